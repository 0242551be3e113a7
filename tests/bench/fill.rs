//! What is measured on: invented requests from `gladbeck seed`, and invented addresses.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use gladbeck::dev::installation::Installation;
use gladbeck::import::addresses::synthetic;
use kit::pack::Pack;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::server::{Server, beside};

/// Addresses of a city of 75,000, rounded up.
const ADDRESSES: usize = 30_000;
/// Houses of a street: some 900 streets then.
const PER_STREET: u32 = 33;

/// Fills the database behind `superuser`.
pub async fn fill(superuser: &str, installation: &Installation, requests: usize) -> Result<()> {
    let pack = Pack::open(&installation.settings.pack).map_err(|faults| anyhow::anyhow!("{faults}"))?;
    let table = installation.config.with_extension("addresses.csv");
    std::fs::write(&table, synthetic::table(&pack, ADDRESSES, PER_STREET))?;
    let config = &installation.config;
    gladbeck(config, &["migrate"])?;
    gladbeck(config, &["import", "addresses", table.to_str().context("the path is not text")?])?;
    gladbeck(config, &["seed", "--requests", &requests.to_string()])?;
    let mut superuser = PgConnection::connect(superuser).await?;
    rest(config, &mut superuser).await?;
    for statement in ["CREATE EXTENSION IF NOT EXISTS pg_stat_statements", "VACUUM (ANALYZE)"] {
        sqlx::query(statement).execute(&mut superuser).await?;
    }
    superuser.close().await?;
    Ok(())
}

/// Lets the program seal and read the events of all those years, so that it does not do so while it is measured.
async fn rest(config: &Path, superuser: &mut PgConnection) -> Result<()> {
    let _server = Server::start(config, true).await?;
    loop {
        let (rests,): (bool,) = sqlx::query_as(
            "SELECT coalesce((SELECT count(*) FROM event.event) = (SELECT max(position) FROM audit.seal)
                             AND (SELECT (xid, seq) FROM event.event ORDER BY xid DESC, seq DESC LIMIT 1)
                               = (SELECT (xid::text::xid8, seq) FROM notify.reader), false)",
        )
        .fetch_one(&mut *superuser)
        .await?;
        if rests {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn gladbeck(config: &Path, words: &[&str]) -> Result<()> {
    let output = Command::new(beside("gladbeck")?).arg("--config").arg(config).args(words).output()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "gladbeck {}: {complaint}", words.join(" "));
    Ok(())
}
