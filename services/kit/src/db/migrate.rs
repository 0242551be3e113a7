//! Migrations: one linear history, applied only by `gladbeck migrate` and by set-up.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row};

/// The history of the city database.
pub static CITY: Migrator = sqlx::migrate!("../../migrations/city");

/// Advisory lock of migrations: two that start at once go one after the other.
const LOCK: i64 = 0x676C_6164_0001;

/// Why a database is not as this program needs it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed or was changed after it was applied.
    #[error("a migration failed: {0}")]
    Migrate(#[from] MigrateError),
    /// The schema is older than the program.
    #[error("the schema stands at version {found}, this program needs {needed}; run `gladbeck migrate`")]
    Older {
        /// The newest migration that was applied.
        found: i64,
        /// The newest migration that the program knows.
        needed: i64,
    },
    /// The schema is newer than the program.
    #[error(
        "the schema stands at version {found}, newer than this program knows ({known}); update the program"
    )]
    Newer {
        /// The newest migration that was applied.
        found: i64,
        /// The newest migration that the program knows.
        known: i64,
    },
}

/// Applies what is missing, as the owner of the schemas.
pub async fn migrate(url: &str) -> Result<(), Fault> {
    let mut connection = PgConnection::connect(url).await?;
    // A plain lock would make a waiting migration hold a snapshot, which CREATE INDEX CONCURRENTLY waits for.
    while !try_lock(&mut connection).await? {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    sqlx::query("SET ROLE gladbeck_owner").execute(&mut connection).await?;
    sqlx::query("SET lock_timeout = '3s'").execute(&mut connection).await?;
    let mut migrator = Migrator::with_migrations(CITY.iter().cloned().collect());
    migrator.set_locking(false);
    migrator.run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

async fn try_lock(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let (taken,): (bool,) =
        sqlx::query_as("SELECT pg_try_advisory_lock($1)").bind(LOCK).fetch_one(connection).await?;
    Ok(taken)
}

/// Refuses a schema that this program does not know.
pub async fn require_known_schema(pool: &sqlx::PgPool) -> Result<(), Fault> {
    let known = CITY.iter().map(|migration| migration.version).max().unwrap_or_default();
    let row =
        sqlx::query("SELECT coalesce(max(version), 0) AS version FROM public._sqlx_migrations WHERE success")
            .fetch_one(pool)
            .await?;
    let found: i64 = row.try_get("version")?;
    match found.cmp(&known) {
        std::cmp::Ordering::Less => Err(Fault::Older { found, needed: known }),
        std::cmp::Ordering::Greater => Err(Fault::Newer { found, known }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}
