//! The installation that development runs on: database, secrets and a configuration like a real one.
//!
//! The configuration is written to a file, so that every other command can be tried on the invented city.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kit::clock::Clock;
use kit::cluster::Cluster;
use kit::config::{self, City, Secrets};
use kit::db::{migrate, setup};
use kit::ids::Ids;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::Options;

/// A prepared installation.
pub struct Installation {
    /// The city's configuration.
    pub settings: City,
    /// The file it stands in.
    pub config: PathBuf,
}

impl Installation {
    /// Prepares roles, database, schema, secrets and configuration; what is there stays.
    pub async fn prepare(cluster: &Cluster, state: &Path, options: &Options, smtp_port: u16) -> Result<Self> {
        let pack = std::path::absolute(&options.pack)?;
        let key = city_key(&pack)?;
        database(cluster, &key).await?;
        let secrets = state.join(format!("{key}.secrets.toml"));
        secret_file(&secrets)?;
        let photos = state.join(format!("{key}.photos"));
        std::fs::create_dir_all(&photos)?;
        let config = state.join(format!("{key}.toml"));
        let text = configuration(cluster, &key, &pack, &secrets, &photos, options.port, smtp_port)?;
        std::fs::write(&config, text).with_context(|| format!("cannot write {}", config.display()))?;
        let mut settings = config::read(&config)?;
        let settings = settings.city.remove(&key).context("the configuration lost its city")?;
        Ok(Self { settings, config })
    }
}

/// The name of the pack's folder, as it can stand in the names of roles.
fn city_key(pack: &Path) -> Result<String> {
    let name = pack.file_name().and_then(|name| name.to_str()).context("the pack's folder has no name")?;
    let sign = |sign: char| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '_' };
    Ok(name.chars().map(sign).collect())
}

async fn database(cluster: &Cluster, key: &str) -> Result<()> {
    let name = format!("city_{key}");
    let mut superuser = PgConnection::connect(&cluster.superuser_url("postgres")).await?;
    setup::roles(&mut superuser, key).await.context("the roles cannot be made")?;
    setup::database(&mut superuser, &cluster.superuser_url(&name), &name, key)
        .await
        .context("the database cannot be made")?;
    migrate::migrate(&cluster.url(&setup::login(key, "migrate"), &name)).await?;
    superuser.close().await?;
    Ok(())
}

/// Fresh secrets at the first start; without them no link that was sent would open again.
fn secret_file(file: &Path) -> Result<()> {
    let ids = Ids::random(Clock::system());
    let text = match std::fs::read_to_string(file) {
        Err(_) => Secrets::generate(&ids),
        // An older program knew fewer services.
        Ok(text) => match Secrets::complete(&text, &ids) {
            Some(text) => text,
            None => return Ok(()),
        },
    };
    let draft = file.with_extension("draft");
    let _ = std::fs::remove_file(&draft);
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    std::fs::rename(&draft, file)?;
    Ok(())
}

fn configuration(
    cluster: &Cluster,
    key: &str,
    pack: &Path,
    secrets: &Path,
    photos: &Path,
    port: u16,
    smtp_port: u16,
) -> Result<String> {
    let database = format!("city_{key}");
    let url = |role: &str| toml::Value::from(cluster.url(&setup::login(key, role), &database));
    let mut databases: toml::Table =
        setup::SERVICES.iter().map(|service| ((*service).to_owned(), url(service))).collect();
    databases.insert("direct".to_owned(), url("notify"));
    databases.insert("migrate".to_owned(), url("migrate"));
    let photos =
        url::Url::from_directory_path(photos).ok().context("the folder for photos has no address")?;
    let mail = toml::toml! {
        host = "127.0.0.1"
        tls = "none"
        from = "Übungsstadt <meldung@stadt.example>"
        helo = "localhost"
    };
    let mut city = toml::Table::new();
    city.insert("pack".to_owned(), path(pack)?);
    city.insert("secrets".to_owned(), path(secrets)?);
    city.insert("photos".to_owned(), photos.as_str().into());
    city.insert("base_url".to_owned(), format!("http://localhost:{port}").into());
    city.insert("hosts".to_owned(), vec!["localhost", "127.0.0.1"].into());
    city.insert("database".to_owned(), databases.into());
    let mut mail = mail;
    mail.insert("port".to_owned(), i64::from(smtp_port).into());
    city.insert("mail".to_owned(), mail.into());
    let mut root = toml::Table::new();
    root.insert("city".to_owned(), toml::Table::from_iter([(key.to_owned(), city.into())]).into());
    Ok(format!("# Written by `gladbeck dev` at each start.\n{}", toml::to_string_pretty(&root)?))
}

fn path(path: &Path) -> Result<toml::Value> {
    Ok(path.to_str().context("the path is not text")?.into())
}
