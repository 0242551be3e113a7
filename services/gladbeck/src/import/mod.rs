//! `gladbeck import`: reference data from files that a city gets elsewhere.
//!
//! It runs as the role `import`, which may write areas, addresses and the base map and read nothing of a person.

pub mod addresses;
pub mod osm;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use kit::config::{City, Settings};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

/// What is imported.
#[derive(Subcommand)]
pub enum Import {
    /// Replaces the streets and house numbers of a city by those of a file.
    Addresses(addresses::Options),
    /// Replaces the streets, waters, woods and houses of the map by those of an extract of OpenStreetMap.
    Osm(osm::Options),
}

/// Imports, and says what has changed.
pub async fn run(import: Import, settings: &Settings) -> Result<()> {
    match import {
        Import::Addresses(options) => addresses::run(options, settings).await,
        Import::Osm(options) => osm::run(options, settings).await,
    }
}

/// The city with this key; without one, the only city of the configuration.
pub fn city<'s>(settings: &'s Settings, key: Option<&str>) -> Result<&'s City> {
    let mut cities = settings.city.iter();
    match (key, cities.next(), cities.next()) {
        (Some(key), ..) => {
            settings.city.get(key).with_context(|| format!("the configuration knows no city {key}"))
        }
        (None, Some((_, only)), None) => Ok(only),
        _ => bail!("the configuration knows several cities; say which with --city"),
    }
}

/// A connection to the city's database as the role that imports.
pub async fn connect(city: &City) -> Result<PgConnection> {
    let url = city.database.import.as_deref();
    let url = url.context("the configuration has no address for the role import: database.import")?;
    PgConnection::connect(url).await.context("the database did not answer")
}
