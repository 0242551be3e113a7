//! Checks what an operator can get wrong and names every fault.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use kit::config::{City, Secrets, Settings};
use kit::db::{migrate, setup};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, PgPool};

/// Checks one pack, or the packs, secrets and databases of the configuration.
pub async fn doctor(pack: Option<PathBuf>, settings: impl Fn() -> Result<Settings>) -> Result<ExitCode> {
    let mut faults: Vec<String> = Vec::new();
    match pack {
        Some(pack) => check_pack(&pack, &mut faults),
        None => {
            let settings = settings()?;
            for (key, city) in &settings.city {
                check_pack(&city.pack, &mut faults);
                check_secrets(key, city, &mut faults);
                check_database(key, &city.database.reports, &mut faults).await;
            }
        }
    }
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("no faults found");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} faults found", faults.len());
    Ok(ExitCode::FAILURE)
}

fn check_pack(pack: &std::path::Path, faults: &mut Vec<String>) {
    faults.extend(kit::pack::check(pack).iter().map(ToString::to_string));
}

/// Every service that runs here needs secrets; the role that imports signs nothing.
fn check_secrets(key: &str, city: &City, faults: &mut Vec<String>) {
    let secrets = match Secrets::read(&city.secrets) {
        Ok(secrets) => secrets,
        Err(fault) => return faults.push(format!("{key}: {fault}")),
    };
    let runs_here = |name: &&str| *name != "import" && !city.services.contains_key(*name);
    for name in setup::SERVICES.into_iter().filter(runs_here) {
        if let Err(fault) = secrets.service(name) {
            faults.push(format!("{key}: {fault}"));
        }
    }
}

async fn check_database(key: &str, url: &str, faults: &mut Vec<String>) {
    match PgPool::connect(url).await {
        Err(error) => faults.push(format!("{key}: the database does not answer: {error}")),
        Ok(pool) => {
            if let Err(fault) = migrate::require_known_schema(&pool).await {
                faults.push(format!("{key}: {fault}"));
            }
        }
    }
    if let Ok(mut connection) = PgConnection::connect(url).await {
        for function in setup::unmarked(&mut connection).await.unwrap_or_default() {
            faults.push(format!("{key}: {function} is not LEAKPROOF; staff's search goes through every row"));
        }
    }
}
