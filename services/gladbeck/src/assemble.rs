//! Puts the services of one city together: state, transports, routers, tasks.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use kit::clock::Clock;
use kit::config::{self, Secrets};
use kit::db::{Db, PoolSettings};
use kit::ids::Ids;
use kit::job::{Task, Wake};
use kit::keys::Keys;
use kit::mail::Mailer;
use kit::media::Media;
use kit::pack::Pack;
use kit::{App, Floor, transport};
use proto::Client;
use proto::auth::Verifier;
use utoipa::openapi::OpenApi;

/// The services of one city, each with its own state.
#[derive(Clone)]
pub struct Apps {
    /// Sign-in, tokens, rights.
    pub accounts: App,
    /// Service requests.
    pub reports: App,
    /// Map layers, addresses and figures.
    pub layers: App,
    /// Messages.
    pub notify: App,
    /// The app gateway.
    pub gateway: App,
    /// The sealer of the audit log.
    pub audit: App,
}

/// A city that is ready to be served.
pub struct City {
    /// Its services.
    pub apps: Apps,
    /// The clients through which they reach each other.
    pub clients: Clients,
    /// What the services do beside answering.
    pub tasks: Vec<(App, Vec<Task>)>,
    /// The parts of its contract.
    pub contract: Vec<OpenApi>,
}

/// A client per service, in this process or over the network.
#[derive(Clone)]
pub struct Clients {
    /// Of accounts.
    pub accounts: Client,
    /// Of reports.
    pub reports: Client,
    /// Of layers.
    pub layers: Client,
    /// Of notify.
    pub notify: Client,
}

impl Apps {
    /// The state of a city's services from its configuration.
    pub fn open(settings: &config::City, connections: u32, clock: Clock) -> Result<Self> {
        let pack = pack(settings)?;
        let ids = Ids::random(clock.clone());
        let secrets = Secrets::read(&settings.secrets)?;
        let media = Media::open(&settings.photos).context("the store for photos does not open")?;
        let wake = Wake::default();
        let open = |service: &'static str, url: &str| -> Result<App> {
            let pool = PoolSettings { max: connections, ..PoolSettings::default() };
            Ok(App::new(Floor {
                service,
                city: pack.clone(),
                db: Db::open(url, pool).with_context(|| format!("the database address of {service}"))?,
                clock: clock.clone(),
                ids: ids.clone(),
                keys: keys(&secrets, service, &pack)?,
                media: media.clone(),
                wake: wake.clone(),
            }))
        };
        let database = &settings.database;
        Ok(Self {
            accounts: open("accounts", &database.accounts)?,
            reports: open("reports", &database.reports)?,
            layers: open("layers", &database.layers)?,
            notify: open("notify", &database.notify)?,
            gateway: open("gateway", &database.gateway)?,
            audit: open("audit", &database.audit)?,
        })
    }

    /// Every service's state.
    pub fn all(&self) -> [&App; 6] {
        [&self.accounts, &self.reports, &self.layers, &self.notify, &self.gateway, &self.audit]
    }

    /// Signs and checks tokens with the keys of these secrets from now on.
    pub fn renew_keys(&self, secrets: &Secrets) -> Result<()> {
        for app in self.all() {
            app.keys.renew(secrets.service(app.service)?, verifier(secrets, &app.city));
        }
        Ok(())
    }

    /// The state of a service, by name.
    pub fn service(&self, name: &str) -> Option<&App> {
        self.all().into_iter().find(|app| app.service == name)
    }
}

/// The city pack with the addresses of this installation.
fn pack(settings: &config::City) -> Result<Arc<Pack>> {
    let mut pack = Pack::open(&settings.pack)?;
    if let Some(base_url) = &settings.base_url {
        pack.city.base_url = base_url.clone();
    }
    if let Some(hosts) = &settings.hosts {
        pack.city.hosts = hosts.clone();
    }
    Ok(Arc::new(pack))
}

/// Tokens name the city by its public address as issuer and by its municipality key as audience.
fn keys(secrets: &Secrets, service: &str, pack: &Pack) -> Result<Keys> {
    let issuer = pack.city.base_url.as_str();
    Ok(Keys::new(secrets.service(service)?, verifier(secrets, pack), issuer, &pack.city.ags))
}

fn verifier(secrets: &Secrets, pack: &Pack) -> Verifier {
    Verifier::new(pack.city.base_url.as_str(), &pack.city.ags, secrets.public_keys().iter().cloned())
}

impl City {
    /// Puts a city together; services that run elsewhere are reached over the network.
    pub fn open(settings: &config::City, connections: u32, clock: Clock) -> Result<Self> {
        let apps = Apps::open(settings, connections, clock)?;
        let mailer = Mailer::new(&settings.mail)?;
        let mut city = Self::of(apps, mailer, |service| settings.services.get(service).map(String::as_str))?;
        // A service that runs elsewhere does its own jobs.
        city.tasks.retain(|(app, _)| !settings.services.contains_key(app.service));
        Ok(city)
    }

    /// Puts a city together from its state; `elsewhere` answers with the address of a service that runs there.
    pub fn of<'a>(apps: Apps, mailer: Mailer, elsewhere: impl Fn(&str) -> Option<&'a str>) -> Result<Self> {
        let (mut contract, mut tasks) = (Vec::new(), Vec::new());
        let mut mount = |app: &App, router: fn(&App) -> (Router, OpenApi)| -> Result<Client> {
            let (router, part) = router(app);
            contract.push(part);
            match elsewhere(app.service) {
                None => Ok(transport::in_process(router)),
                Some(address) => {
                    let host = app.city.city.hosts.first().map_or("localhost", String::as_str);
                    Ok(transport::http(address.parse().context("the address of a service")?, host))
                }
            }
        };
        let clients = Clients {
            accounts: mount(&apps.accounts, accounts::router)?,
            reports: mount(&apps.reports, reports::router)?,
            layers: mount(&apps.layers, layers::router)?,
            notify: mount(&apps.notify, notify::router)?,
        };
        for (app, own) in [
            (&apps.accounts, accounts::tasks()),
            (&apps.reports, reports::tasks()),
            (&apps.notify, notify::tasks(clients.reports.clone(), mailer)),
            (&apps.gateway, gateway::tasks()),
        ] {
            tasks.push((app.clone(), [own, vec![kit::idempotency::sweep(), kit::job::sweep()]].concat()));
        }
        tasks.push((apps.audit.clone(), vec![seal()]));
        Ok(Self { apps, clients, tasks, contract })
    }

    /// The gateway's router, with everything behind it.
    pub fn router(&self, settings: gateway::Settings) -> Router {
        let upstreams = gateway::Upstreams {
            accounts: self.clients.accounts.clone(),
            reports: self.clients.reports.clone(),
            layers: self.clients.layers.clone(),
            notify: self.clients.notify.clone(),
        };
        gateway::router(&self.apps.gateway, upstreams, self.contract.clone(), settings)
    }
}

/// The router of one service alone, for a process of its own.
pub fn service_router(app: &App) -> Option<Router> {
    match app.service {
        "accounts" => Some(accounts::router(app).0),
        "reports" => Some(reports::router(app).0),
        "layers" => Some(layers::router(app).0),
        "notify" => Some(notify::router(app).0),
        _ => None,
    }
}

/// Seals events within a second.
fn seal() -> Task {
    Task::rounds("seal", Duration::from_millis(500), |app: App| async move {
        Ok(kit::event::seal::seal(&app.db).await? >= 1000)
    })
}
