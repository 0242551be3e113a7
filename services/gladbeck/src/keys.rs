//! Changing the keys that sign tokens, while everything runs.
//!
//! The commands write the file of secrets; running processes read it anew within seconds.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use clap::Subcommand;
use kit::clock::Clock;
use kit::config::{Secrets, Settings, rotation};
use kit::ids::Ids;
use tokio_util::sync::CancellationToken;

use crate::assemble::Apps;

/// How often a running process looks whether the file of secrets is another one.
const REST: Duration = Duration::from_secs(10);

/// What can be done with keys.
#[derive(Subcommand)]
pub enum Keys {
    /// Puts the next signing key into use; tokens of the old one pass until their end.
    Rotate {
        /// The city's key in the configuration.
        city: String,
        /// Whose key.
        #[arg(long, default_value = "accounts")]
        service: String,
    },
    /// Makes all tokens of a key worthless at once; for a key that was stolen.
    Revoke {
        /// The city's key in the configuration.
        city: String,
        /// The key's name, as `/.well-known/jwks.json` shows it.
        kid: String,
    },
    /// Prints the public keys of a service, for the secrets file of a process on another machine.
    Public {
        /// The city's key in the configuration.
        city: String,
        /// Whose keys.
        service: String,
    },
}

/// Does what was asked for.
pub fn run(settings: &Settings, keys: Keys) -> Result<()> {
    let clock = Clock::system();
    let ids = Ids::random(clock.clone());
    match keys {
        Keys::Rotate { city, service } => {
            let file = file(settings, &city)?;
            let (text, kid) = rotation::rotate(&read(file)?, &service, &ids, clock.now())?;
            write(file, &text)?;
            println!(
                "{city}: {kid} signs from now on; running processes follow within {} seconds",
                REST.as_secs()
            );
        }
        Keys::Revoke { city, kid } => {
            let file = file(settings, &city)?;
            write(file, &rotation::revoke(&read(file)?, &kid, &ids)?)?;
            println!("{city}: tokens of {kid} pass nowhere in {} seconds at the latest", REST.as_secs());
        }
        Keys::Public { city, service } => {
            print!("{}", rotation::public_keys(&read(file(settings, &city)?)?, &service)?);
        }
    }
    Ok(())
}

fn file<'s>(settings: &'s Settings, city: &str) -> Result<&'s Path> {
    let city = settings.city.get(city).with_context(|| format!("the configuration knows no city {city}"))?;
    Ok(&city.secrets)
}

/// Reads the file after the checks that it gets at each start.
fn read(file: &Path) -> Result<String> {
    Secrets::read(file)?;
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Replaces the file in one step: a process that reads it meanwhile gets the old one or the new one, whole.
fn write(file: &Path, text: &str) -> Result<()> {
    Secrets::parse(text)?;
    let draft = file.with_extension("draft");
    let written = || -> std::io::Result<()> {
        let mut open = std::fs::OpenOptions::new();
        let mut out = open.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        // The file keeps its owner: the service reads it under its own account.
        let owner = std::fs::metadata(file)?;
        std::os::unix::fs::fchown(&out, Some(owner.uid()), Some(owner.gid()))?;
        std::fs::rename(&draft, file)
    };
    use std::os::unix::fs::MetadataExt;
    written().with_context(|| format!("cannot write {}", file.display()))
}

/// Follows the file of secrets until `stop`: whenever it is another one, its keys sign and check.
///
/// A file that does not do is passed over with a line in the log; the keys in use stay.
pub async fn follow(file: PathBuf, apps: Apps, stop: CancellationToken) {
    let mut seen = changed_at(&file);
    while stop.run_until_cancelled(tokio::time::sleep(REST)).await.is_some() {
        let now = changed_at(&file);
        if now == seen {
            continue;
        }
        match Secrets::read(&file).map_err(anyhow::Error::from).and_then(|secrets| apps.renew_keys(&secrets))
        {
            Ok(()) => {
                seen = now;
                tracing::info!("the keys of tokens were read anew");
            }
            Err(error) => tracing::error!(%error, "the file of secrets does not do; the old keys stay"),
        }
    }
}

fn changed_at(file: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(file).ok()?;
    Some((about.modified().ok()?, std::os::unix::fs::MetadataExt::ino(&about)))
}
