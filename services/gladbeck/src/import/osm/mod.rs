//! `gladbeck import osm`: streets, water, green and buildings from an extract of OpenStreetMap.
//!
//! The whole base map is replaced in one transaction; a file that cannot be read changes nothing.

mod class;
mod read;
mod ring;
mod shape;
mod store;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use kit::config::Settings;
use kit::pack::Pack;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use class::Kind;
use read::{Extract, Feature};

/// How far around the city the map reaches, in metres.
const AROUND: f64 = 3000.0;
/// A degree of latitude, in metres.
const DEGREE: f64 = 111_320.0;
/// How many broken areas are named.
const NAMED: usize = 10;

/// Which file, for which city.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The extract, such as Geofabrik offers: `….osm.pbf`.
    pub file: PathBuf,
    /// The city's key in the configuration; not needed when there is only one.
    #[arg(long)]
    pub city: Option<String>,
}

/// Imports the file, and says what the map now holds.
pub async fn run(options: Options, settings: &Settings) -> Result<()> {
    let city = super::city(settings, options.city.as_deref())?;
    let pack = Pack::open(&city.pack)?;
    let mut connection = super::connect(city).await?;
    let imported = import(&mut connection, &pack, options.file.clone()).await;
    println!("{}", imported.context("nothing was imported")?);
    connection.close().await?;
    Ok(())
}

/// Replaces the base map of a city by what a file says; answers with what people read.
pub async fn import(connection: &mut PgConnection, pack: &Pack, file: PathBuf) -> Result<String> {
    let bounds = around(pack.boundary.bounds());
    let name = file.display().to_string();
    // A file can be broken in ways that make its reader stumble; that ends its task, not the program.
    let reading = tokio::task::spawn_blocking(move || read::read(&file, bounds)).await;
    let extract = reading.map_err(|_| anyhow::anyhow!("{name} is broken"))??;
    if extract.features.is_empty() {
        bail!("{name} has nothing in {} or around; is it an extract of another place?", pack.name());
    }
    let mut tx = connection.begin().await?;
    let stored = store::replace(&mut tx, &extract.features, bounds).await?;
    tx.commit().await?;
    Ok(summary(&extract, stored))
}

/// The box around the city, a little wider.
fn around([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let up = AROUND / DEGREE;
    let aside = up / ((south + north) / 2.0).to_radians().cos();
    [west - aside, south - up, east + aside, north + up]
}

fn summary(extract: &Extract, stored: u64) -> String {
    let count = |kind: Kind| {
        let of_kind = |feature: &&Feature| feature.class.kind == kind;
        format!("{} {}", extract.features.iter().filter(of_kind).count(), kind.as_str())
    };
    let counts = Kind::ALL.map(count).join(", ");
    let mut text = format!("the base map holds {stored} features; read: {counts}");
    if !extract.broken.is_empty() {
        let named = extract.broken.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if extract.broken.len() > NAMED { ", …" } else { "" };
        text.push_str(&format!("; skipped, not closed: {} ({named}{more})", extract.broken.len()));
    }
    text
}

#[cfg(test)]
mod tests;
