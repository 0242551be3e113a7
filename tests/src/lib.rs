//! A whole city for tests: every service, the gateway and a mailbox, over either transport.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use gladbeck::assemble::{self, Apps};
use gladbeck::mailbox::{Mail, Mailbox};
use kit::job::Worker;
use kit::mail::{Mailer, Settings, Tls};
use kit::testing::{City, Guest, musterhausen};
use proto::StaffId;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How the services reach each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// As routers in one process.
    InProcess,
    /// Over sockets of this machine, each service listening for itself.
    Http,
}

/// A whole city.
pub struct World {
    /// Database, clock, ids and guests, whose requests go to the gateway.
    pub city: City,
    assembled: assemble::City,
    mailbox: Mailbox,
    stop: CancellationToken,
    _mails: tempfile::TempDir,
}

impl World {
    /// The invented city over a transport.
    pub async fn over(transport: Transport) -> Self {
        Self::of_pack(&musterhausen(), transport).await
    }

    /// The invented city in one process.
    pub async fn new() -> Self {
        Self::over(Transport::InProcess).await
    }

    /// The city of a pack over a transport.
    pub async fn of_pack(pack: &Path, transport: Transport) -> Self {
        let mut city = City::of_pack(pack, &[]).await;
        let stop = CancellationToken::new();
        let mails = tempfile::tempdir().expect("a folder for mails");
        let mailbox = Mailbox::open(mails.path()).expect("a mailbox");
        let mailer = mailer(&mailbox, &stop).await;
        let apps = apps(&city);
        let mut elsewhere = BTreeMap::new();
        if transport == Transport::Http {
            for app in [&apps.accounts, &apps.reports, &apps.layers, &apps.notify] {
                elsewhere.insert(app.service, listen(app, &stop).await);
            }
        }
        let assembled =
            assemble::City::of(apps, mailer, |service| elsewhere.get(service).map(String::as_str))
                .expect("the services fit together");
        city.serve(assembled.router(gateway::Settings::default()));
        Self { city, assembled, mailbox, stop, _mails: mails }
    }

    /// The services' states.
    pub fn apps(&self) -> &Apps {
        &self.assembled.apps
    }

    /// A clerk in a browser: a session at the gateway, its cookie and its proof against forged writes.
    pub async fn clerk(&self, department: &str, roles: &[&str], confidential: &[&str]) -> Guest {
        let member = accounts::staff::NewStaff {
            staff_id: StaffId(self.city.ids.uuid()),
            name: format!("Kim Muster ({department})"),
            department: department.to_owned(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            confidential: confidential.iter().map(|group| (*group).to_owned()).collect(),
        };
        let staff_id = member.staff_id;
        accounts::staff::upsert(&self.apps().accounts, member).await.expect("staff can be added");
        let session =
            accounts::session::start(&self.apps().accounts, staff_id).await.expect("a session starts");
        let cookie = gateway::session::open(&self.apps().gateway, &session.secret, session.ends_at)
            .await
            .expect("the gateway keeps it");
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let guest = self.city.anyone().with("cookie", &cookie);
        let session: serde_json::Value = guest.get("/session").await.assert_status(200).json();
        guest.with("x-csrf-token", session["csrf"].as_str().expect("a proof against forged writes"))
    }

    /// Does what is due until `number` different mails are there, then answers with them, oldest first.
    pub async fn mails(&self, number: usize) -> Vec<Mail> {
        for _ in 0..400 {
            for (app, tasks) in &self.assembled.tasks {
                Worker::new(app.clone(), tasks.clone()).run_once().await.expect("tasks can be done");
            }
            let mut mails = self.mailbox.mails().expect("the mailbox can be read");
            if mails.len() >= number {
                mails.reverse();
                return mails;
            }
            // Other tests' transactions on the same server may hold events back for a moment.
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{number} mails did not arrive, only {}", self.mailbox.mails().map_or(0, |mails| mails.len()));
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn apps(city: &City) -> Apps {
    let app = |service: &str| city.app(service).clone();
    Apps {
        accounts: app("accounts"),
        reports: app("reports"),
        layers: app("layers"),
        notify: app("notify"),
        gateway: app("gateway"),
        audit: app("audit"),
    }
}

async fn mailer(mailbox: &Mailbox, stop: &CancellationToken) -> Mailer {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (mailbox, stop) = (mailbox.clone(), stop.clone());
    tokio::spawn(async move { mailbox.serve(listener, stop).await });
    let settings = Settings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "Musterhausen <meldung@musterhausen.example>".to_owned(),
        helo: "localhost".to_owned(),
    };
    Mailer::new(&settings).expect("a mailer")
}

/// Serves one service on a port of its own.
async fn listen(app: &kit::App, stop: &CancellationToken) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let router = assemble::service_router(app).expect("a service with a router");
    tokio::spawn(kit::serve::serve(listener, router, stop.clone()));
    address
}
