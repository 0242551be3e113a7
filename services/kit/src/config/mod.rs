//! Configuration: one file, then the environment; secrets apart.
//!
//! `GLADBECK__SERVER__LISTEN=0.0.0.0:8080` sets `listen` in `[server]`. Unknown names are refused.

pub mod rotation;
mod secrets;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

pub use secrets::{SealingKey, Secrets, SecretsFault, ServiceSecrets, SigningKey};

/// The configuration of a process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How the process serves.
    #[serde(default)]
    pub server: Server,
    /// The cities it serves, by the key that their database roles begin with.
    pub city: BTreeMap<String, City>,
}

/// How the process serves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Where the gateway listens.
    pub listen: SocketAddr,
    /// Where metrics are read; keep it inside the operator's network.
    pub metrics: Option<SocketAddr>,
    /// `text` or `json`.
    pub log: LogFormat,
    /// Most database connections per service and city.
    pub connections: u32,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Default for Server {
    fn default() -> Self {
        Self { listen: ([127, 0, 0, 1], 8080).into(), metrics: None, log: LogFormat::Text, connections: 8 }
    }
}

/// One city of the process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// The folder of the city pack.
    pub pack: PathBuf,
    /// The file with the secrets, readable by the process alone.
    pub secrets: PathBuf,
    /// Where photos are kept: `file:///…`.
    pub photos: Url,
    /// Database addresses.
    pub database: Databases,
    /// The public address, when it is not the pack's.
    pub base_url: Option<Url>,
    /// The host names, when they are not the pack's.
    pub hosts: Option<Vec<String>>,
    /// How mail is sent.
    pub mail: crate::mail::Settings,
    /// Services that run elsewhere, by name: `reports = "10.0.0.2:8081"`.
    #[serde(default)]
    pub services: BTreeMap<String, String>,
}

/// One address per service, each as the service's own role, plus one past any pooler.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Databases {
    /// As accounts.
    pub accounts: String,
    /// As reports.
    pub reports: String,
    /// As layers.
    pub layers: String,
    /// As notify.
    pub notify: String,
    /// As the gateway.
    pub gateway: String,
    /// As the sealer of the audit log.
    pub audit: String,
    /// As notify, past any pooler: for LISTEN.
    pub direct: String,
    /// As the role that migrates, past any pooler; needed by `gladbeck migrate` alone.
    pub migrate: Option<String>,
    /// As the role that brings in areas and addresses; needed by `gladbeck migrate` and `gladbeck import`.
    pub import: Option<String>,
}

/// Why the configuration does not do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file or a variable does not fit.
    #[error("configuration: {0}")]
    Unreadable(#[from] config::ConfigError),
    /// The secrets do not do.
    #[error(transparent)]
    Secrets(#[from] SecretsFault),
    /// No city is named.
    #[error("configuration: name at least one city, as [city.<name>]")]
    NoCity,
    /// The key of a city becomes part of role names.
    #[error("configuration: the city key {0:?} may hold lower-case letters, digits and underscores only")]
    CityKey(String),
}

/// Reads the configuration from a file and the environment.
pub fn read(file: &Path) -> Result<Settings, ConfigFault> {
    let settings: Settings = config::Config::builder()
        .add_source(config::File::from(file))
        .add_source(config::Environment::with_prefix("GLADBECK").prefix_separator("__").separator("__"))
        .build()?
        .try_deserialize()?;
    if settings.city.is_empty() {
        return Err(ConfigFault::NoCity);
    }
    match settings.city.keys().find(|key| !is_role_name(key)) {
        Some(key) => Err(ConfigFault::CityKey(key.clone())),
        None => Ok(settings),
    }
}

fn is_role_name(key: &str) -> bool {
    key.starts_with(|sign: char| sign.is_ascii_lowercase())
        && key.len() <= 40
        && key.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
}
