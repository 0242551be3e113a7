//! A database per test, cloned from a migrated template.

use std::sync::OnceLock;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

use crate::cluster::{Cluster, Settings, state_folder};
use crate::db::{migrate, setup};
use crate::keys::sha256;

/// The key of the city whose roles tests use.
pub const CITY: &str = "test";
/// Advisory lock of whoever builds the template, in the database `postgres`.
const LOCK: i64 = 0x676C_6164_0003;

/// A database that vanishes with its test.
#[derive(Debug)]
pub struct Database {
    cluster: Cluster,
    name: String,
}

impl Database {
    /// Clones the template; builds it first when no test of these migrations has run before.
    pub async fn new() -> Self {
        let cluster = tokio::task::spawn_blocking(cluster).await.expect("the cluster starts without a panic");
        let mut superuser = connect(&cluster.superuser_url("postgres")).await;
        let template = template(&cluster, &mut superuser).await;
        let name =
            format!("t_{}", hex::encode(crate::ids::Ids::random(crate::clock::Clock::system()).bytes::<8>()));
        execute(&mut superuser, format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
            .await;
        setup::allow(&mut superuser, &name, CITY).await.expect("the test's roles may connect");
        Self { cluster, name }
    }

    /// The address for a service: `reports`; `migrate` for the owner.
    pub fn url(&self, service: &str) -> String {
        self.cluster.url(&setup::login(CITY, service), &self.name)
    }

    /// The address for the superuser.
    pub fn superuser_url(&self) -> String {
        self.cluster.superuser_url(&self.name)
    }

    /// The cluster it lives on.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}

fn cluster() -> Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER
        .get_or_init(|| {
            let state = state_folder().expect("the test's folder can be read");
            Cluster::join(&Settings::test(state)).unwrap_or_else(|error| panic!("{error}"))
        })
        .clone()
}

/// The template's name, after it was built if need be.
async fn template(cluster: &Cluster, superuser: &mut PgConnection) -> String {
    let history: Vec<u8> =
        migrate::CITY.iter().flat_map(|migration| migration.checksum.iter().copied()).collect();
    // Set-up is part of what the template holds, so its text is part of the name.
    let setup = sha256(include_bytes!("../db/setup.rs"));
    let name = format!("template_{}", &hex::encode(sha256(&[history, setup.to_vec()].concat()))[..16]);
    if is_ready(superuser, &name).await {
        return name;
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *superuser).await.expect("lock");
    if !is_ready(superuser, &name).await {
        build(cluster, superuser, &name).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(&mut *superuser).await.expect("unlock");
    name
}

async fn build(cluster: &Cluster, superuser: &mut PgConnection, name: &str) {
    setup::roles(superuser, CITY).await.expect("roles");
    execute(superuser, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    setup::database(superuser, &cluster.superuser_url(name), name, CITY).await.expect("database");
    migrate::migrate(&cluster.url(&setup::login(CITY, "migrate"), name)).await.expect("migrations");
    // Closed to connections, so that cloning never waits; marks that it is complete.
    execute(superuser, format!("ALTER DATABASE {name} IS_TEMPLATE true ALLOW_CONNECTIONS false")).await;
}

async fn is_ready(superuser: &mut PgConnection, name: &str) -> bool {
    let ready: Option<(bool,)> =
        sqlx::query_as("SELECT datistemplate FROM pg_database WHERE datname = $1 AND NOT datallowconn")
            .bind(name)
            .fetch_optional(superuser)
            .await
            .expect("pg_database can be read");
    ready.is_some_and(|(ready,)| ready)
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("the private cluster answers")
}

async fn execute(connection: &mut PgConnection, sql: String) {
    connection.execute(AssertSqlSafe(sql.clone())).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

impl Drop for Database {
    /// Drops the database from a thread of its own: the test's runtime may be gone already.
    fn drop(&mut self) {
        let (url, name) = (self.cluster.superuser_url("postgres"), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut superuser = PgConnection::connect(&url).await.map_err(std::io::Error::other)?;
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                superuser.execute(AssertSqlSafe(sql)).await.map_err(std::io::Error::other)
            })
        });
        // What could not be dropped lies on a cluster that is thrown away.
        drop(dropping.join());
    }
}
