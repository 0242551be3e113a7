//! The audit log from the command line.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use kit::config::Settings;
use kit::event::verify::{self, Verdict};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

/// Walks the chain of every city; fails when one is broken.
pub async fn verify(settings: &Settings) -> Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for (key, city) in &settings.city {
        let mut connection = connect(&city.database.audit).await.with_context(|| format!("city {key}"))?;
        match verify::verify(&mut connection).await? {
            Verdict::Holds { links, redacted, head } => {
                println!(
                    "{key}: {links} events hold, {redacted} of them redacted; the chain ends with {head}"
                );
            }
            Verdict::Broken { event_seq, why } => {
                println!("{key}: BROKEN at event.event, seq {event_seq}: {why}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Deletes an event's payload and leaves a tombstone.
pub async fn redact(settings: &Settings, city: &str, event: i64, reason: &str) -> Result<()> {
    let city = settings.city.get(city).with_context(|| format!("the configuration knows no city {city}"))?;
    let mut connection = connect(&city.database.audit).await?;
    let (redacted,): (bool,) = sqlx::query_as("SELECT event.redact($1, $2)")
        .bind(event)
        .bind(reason)
        .fetch_one(&mut connection)
        .await?;
    if !redacted {
        bail!("there is no event {event}, or it was redacted before");
    }
    println!("event {event} is redacted; the chain still holds");
    Ok(())
}

async fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::connect(url).await.context("the database did not answer")
}
