//! The city that is measured: a private cluster of its own, filled once, cloned afresh for each run.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use gladbeck::dev;
use gladbeck::dev::installation::Installation;
use kit::cluster::{Cluster, Settings};
use kit::db::{migrate, setup};
use kit::keys::sha256;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

use crate::fill;

/// The options of `gladbeck dev`, whose installation is used.
#[derive(Parser)]
struct Dev {
    #[command(flatten)]
    options: dev::Options,
}

/// A filled city.
pub struct City {
    /// The database server.
    pub cluster: Cluster,
    /// The server's first process.
    pub postmaster: u32,
    /// The configuration for `gladbeck serve`.
    pub config: PathBuf,
    /// Into the city's database, behind every wall.
    pub superuser: PgConnection,
    key: String,
    /// Held while measuring: two runs at once would measure each other.
    _alone: File,
}

impl City {
    /// A city with so many requests; filled at the first run and whenever schema, pack or number change.
    pub async fn open(state: &Path, pack: &Path, requests: usize) -> Result<Self> {
        std::fs::create_dir_all(state)?;
        let alone = File::create(state.join("bench.lock"))?;
        alone.try_lock().context("another bench is running")?;
        let settings = Settings::bench(state);
        let cluster = tokio::task::spawn_blocking(move || Cluster::join(&settings)).await??;
        let key = pack.file_name().and_then(|name| name.to_str()).context("the pack has no name")?.to_owned();
        let (name, full) = (format!("city_{key}"), filled_name(pack, requests)?);
        let mut postgres = PgConnection::connect(&cluster.superuser_url("postgres")).await?;
        execute(&mut postgres, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        if !is_there(&mut postgres, &full).await? {
            drop_filled(&mut postgres).await?;
            println!("Filling a city with {requests} requests; it is kept for the next run.");
            let installation = install(&cluster, state, pack).await?;
            fill::fill(&cluster.superuser_url(&name), &installation, requests).await?;
            execute(&mut postgres, format!("ALTER DATABASE {name} RENAME TO {full}")).await?;
        }
        execute(&mut postgres, format!("CREATE DATABASE {name} TEMPLATE {full} STRATEGY file_copy")).await?;
        let installation = install(&cluster, state, pack).await?;
        setup::allow(&mut postgres, &name, &key).await?;
        let superuser = PgConnection::connect(&cluster.superuser_url(&name)).await?;
        let postmaster = postmaster(&mut postgres).await?;
        Ok(Self { postmaster, config: installation.config, superuser, cluster, key, _alone: alone })
    }

    /// The address of the database as a service's role.
    pub fn url(&self, service: &str) -> String {
        self.cluster.url(&setup::login(&self.key, service), &format!("city_{}", self.key))
    }

    /// Lets the server count statements from the next connections on, or no longer.
    pub async fn count(&mut self, count: bool) -> Result<()> {
        let (name, track) = (format!("city_{}", self.key), if count { "top" } else { "none" });
        execute(
            &mut self.superuser,
            format!("ALTER DATABASE {name} SET pg_stat_statements.track = '{track}'"),
        )
        .await
    }

    /// Writes to disk what lies in memory, so that no measurement pays for the one before.
    pub async fn settle(&mut self) -> Result<()> {
        execute(&mut self.superuser, "CHECKPOINT".to_owned()).await
    }

    /// The version of the database server.
    pub async fn version(&mut self) -> Result<String> {
        let (version,): (String,) =
            sqlx::query_as("SHOW server_version").fetch_one(&mut self.superuser).await?;
        Ok(version)
    }
}

async fn install(cluster: &Cluster, state: &Path, pack: &Path) -> Result<Installation> {
    let words = ["bench", "--pack", pack.to_str().context("the pack's path is not text")?];
    // Nobody listens there: measured requests ask for no mail.
    let smtp_port = 9;
    Installation::prepare(cluster, state, &Dev::parse_from(words).options, smtp_port).await
}

/// The name of the filled database says what it was made from.
fn filled_name(pack: &Path, requests: usize) -> Result<String> {
    let mut made_from: Vec<u8> =
        migrate::CITY.iter().flat_map(|migration| migration.checksum.iter().copied()).collect();
    made_from.extend(include_bytes!("fill.rs"));
    made_from.extend(requests.to_be_bytes());
    content(pack, &mut made_from)?;
    Ok(format!("filled_{}", &hex(&sha256(&made_from))[..16]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn content(folder: &Path, into: &mut Vec<u8>) -> Result<()> {
    let mut paths: Vec<PathBuf> = folder.read_dir()?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            content(&path, into)?;
        } else {
            into.extend(std::fs::read(&path)?);
        }
    }
    Ok(())
}

async fn is_there(postgres: &mut PgConnection, name: &str) -> Result<bool> {
    let (there,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(postgres)
        .await?;
    Ok(there)
}

/// Filled databases of older schemas would only take up room.
async fn drop_filled(postgres: &mut PgConnection) -> Result<()> {
    let names: Vec<(String,)> =
        sqlx::query_as("SELECT datname::text FROM pg_database WHERE datname ~ '^filled_[0-9a-f]{16}$'")
            .fetch_all(&mut *postgres)
            .await?;
    for (name,) in names {
        execute(postgres, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    }
    Ok(())
}

async fn postmaster(postgres: &mut PgConnection) -> Result<u32> {
    let (file,): (String,) =
        sqlx::query_as("SELECT pg_read_file('postmaster.pid')").fetch_one(postgres).await?;
    file.lines().next().and_then(|pid| pid.trim().parse().ok()).context("the server has no number")
}

async fn execute(connection: &mut PgConnection, sql: String) -> Result<()> {
    connection.execute(AssertSqlSafe(sql.clone())).await.with_context(|| sql)?;
    Ok(())
}
