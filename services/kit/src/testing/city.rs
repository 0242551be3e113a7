//! A city for one test: its own database, clock, ids and keys.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use chrono::DateTime;
use proto::auth::{Bearer, ResidentClaims, StaffClaims, Verifier, service_subject};
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::database::Database;
use super::guest::Guest;
use crate::app::{App, Floor};
use crate::clock::Clock;
use crate::config::Secrets;
use crate::db::{Db, PoolSettings};
use crate::ids::Ids;
use crate::job::Wake;
use crate::keys::Keys;
use crate::media::Media;
use crate::pack::Pack;

/// Builds a service's router for a test.
pub type Mount = fn(&App) -> Router;

/// A city that lives as long as its test.
pub struct City {
    /// Time stands still until the test moves it: Monday, 2 March 2026, 7:40 in Berlin.
    pub clock: Clock,
    /// Foreseeable ids.
    pub ids: Ids,
    /// The city's data.
    pub pack: Arc<Pack>,
    /// The database.
    pub database: Database,
    apps: BTreeMap<&'static str, App>,
    router: Router,
    secrets: Mutex<String>,
    _photos: tempfile::TempDir,
}

impl City {
    /// The invented city with these services; requests of guests go to the first.
    pub async fn of(services: &[(&'static str, Mount)]) -> Self {
        Self::of_pack(&super::musterhausen(), services).await
    }

    /// The city of a pack with these services; requests of guests go to the first.
    pub async fn of_pack(pack: &Path, services: &[(&'static str, Mount)]) -> Self {
        let pack = Arc::new(Pack::open(pack).unwrap_or_else(|faults| panic!("{faults}")));
        let database = Database::new().await;
        crate::reference::load(&database.url("import"), &pack).await.expect("areas and places can be loaded");
        let photos = tempfile::tempdir().expect("a folder for photos");
        let start = DateTime::from_timestamp(1_772_433_600, 0).expect("a date");
        let clock = Clock::held_at(start);
        let ids = Ids::counted(clock.clone(), 1);
        let text = Secrets::generate(&ids);
        let secrets = Secrets::parse(&text).expect("fresh secrets");
        let media = Media::open(&url::Url::from_directory_path(photos.path()).expect("an absolute folder"))
            .expect("a store for photos");
        let wake = Wake::default();
        let build = |service: &'static str| {
            let url = database.url(service);
            let settings = PoolSettings { max: 4, ..PoolSettings::default() };
            App::new(Floor {
                service,
                city: pack.clone(),
                db: Db::open(&url, settings).expect("an address"),
                clock: clock.clone(),
                ids: ids.clone(),
                keys: keys(&secrets, service, &pack),
                media: media.clone(),
                wake: wake.clone(),
            })
        };
        let apps: BTreeMap<_, _> =
            crate::db::setup::SERVICES.into_iter().map(|name| (name, build(name))).collect();
        let router = services.first().map_or_else(Router::new, |(name, mount)| mount(&apps[name]));
        Self { clock, ids, pack, database, apps, router, secrets: Mutex::new(text), _photos: photos }
    }

    /// The state of a service.
    pub fn app(&self, service: &str) -> &App {
        &self.apps[service]
    }

    /// Sends guests' requests to another router, such as a gateway with everything behind it.
    pub fn serve(&mut self, router: Router) {
        self.router = router;
    }

    /// The router that guests' requests go to.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Somebody without a token.
    pub fn anyone(&self) -> Guest {
        Guest::new(self.router.clone(), self.ids.clone())
    }

    /// A resident's device with a token.
    pub fn resident(&self) -> Guest {
        self.resident_as(&self.ids.uuid().to_string(), ResidentClaims::default())
    }

    /// A resident as described.
    pub fn resident_as(&self, subject: &str, claims: ResidentClaims) -> Guest {
        self.bearer("accounts", subject, Bearer::Resident(claims))
    }

    /// An officer of a department.
    pub fn staff(&self, department: &str) -> Guest {
        self.staff_as(StaffClaims {
            name: "Kim Muster".to_owned(),
            department: department.to_owned(),
            roles: vec!["officer".to_owned()],
            confidential: Vec::new(),
            sid: self.ids.uuid(),
        })
    }

    /// A member of staff as described.
    pub fn staff_as(&self, claims: StaffClaims) -> Guest {
        let staff = self.ids.uuid().to_string();
        self.bearer("accounts", &staff, Bearer::Staff(claims))
    }

    /// Another service of the city.
    pub fn service(&self, name: &str) -> Guest {
        self.bearer(name, &service_subject(name), Bearer::Service)
    }

    fn bearer(&self, signer: &str, sub: &str, bearer: Bearer) -> Guest {
        let token = self.apps[signer].keys.sign(sub, bearer, self.clock.now(), 300).expect("a token");
        self.anyone().with("authorization", &format!("Bearer {token}"))
    }

    /// Changes the file of secrets, and lets every service read it anew.
    pub fn change_secrets(&self, change: impl FnOnce(&str) -> String) {
        let mut text = self.secrets.lock().expect("no test has panicked inside");
        *text = change(&text);
        let secrets = Secrets::parse(&text).expect("secrets that do");
        for (name, app) in &self.apps {
            app.keys.renew(secrets.service(name).expect("its secrets"), verifier(&secrets, &self.pack));
        }
    }

    /// A connection as a service's role, past its pool.
    pub async fn connect(&self, service: &str) -> PgConnection {
        PgConnection::connect(&self.database.url(service)).await.expect("the role may connect")
    }

    /// A connection as the superuser, who sees behind every wall.
    pub async fn superuser(&self) -> PgConnection {
        PgConnection::connect(&self.database.superuser_url()).await.expect("the superuser may connect")
    }

    /// What happened to what, in order.
    pub async fn events(&self) -> Vec<(String, Uuid)> {
        sqlx::query_as("SELECT kind, subject_id FROM event.event ORDER BY seq")
            .fetch_all(&mut self.superuser().await)
            .await
            .expect("events can be read")
    }
}

fn keys(secrets: &Secrets, service: &str, pack: &Pack) -> Keys {
    let issuer = pack.city.base_url.as_str();
    Keys::new(secrets.service(service).expect("its secrets"), verifier(secrets, pack), issuer, &pack.city.ags)
}

fn verifier(secrets: &Secrets, pack: &Pack) -> Verifier {
    Verifier::new(pack.city.base_url.as_str(), &pack.city.ags, secrets.public_keys().iter().cloned())
}
