//! Streets and house numbers from a register of house coordinates, or from a table.
//!
//! A file is taken wholly or not at all: it is read and checked first, every row that cannot be used is listed
//! with its line, and only then one transaction replaces what was there. The same file again changes nothing.

mod file;
mod format;
mod frame;
mod row;
mod store;
pub mod synthetic;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use kit::config::Settings;
use kit::pack::Pack;
use sqlx::postgres::PgConnection;

pub use file::Encoding;
pub use format::Format;
pub use row::House;

/// The statements, for the test that plans them as the role `import`.
pub use store::STATEMENTS;

/// Most rows that are listed one by one.
const LISTED: usize = 50;

/// Which file is imported, and what it is.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The file: gebref.txt of Geobasis NRW, a file of the HK-DE format, or a table with a header.
    pub file: PathBuf,
    /// The city's key in the configuration; not needed when there is only one.
    #[arg(long)]
    pub city: Option<String>,
    /// What the file is; told by its columns when not given.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The reference system of eastings and northings (EPSG): 25832, 25833, 4647, 5650, 31466, 31467 or 3857; 4326
    /// for degrees.
    #[arg(long, default_value_t = 25832, value_parser = frame::system)]
    pub crs: i32,
}

/// What an import has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the database was changed; it is not when the same addresses were there.
    pub changed: bool,
    /// Streets of the file.
    pub streets: usize,
    /// Addresses of the file.
    pub addresses: usize,
    /// Rows of other municipalities.
    pub elsewhere: u64,
    /// Rows that are no address on the ground: deleted ones, and numbers that only the land register uses.
    pub passed_over: u64,
    /// Rows that say an address again.
    pub again: usize,
    /// How the letters were read.
    pub encoding: Encoding,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Rows that cannot be used; nothing was imported.
#[derive(Debug)]
pub struct Faults(pub Vec<Fault>);

/// Imports the file, and prints what has changed.
pub async fn run(options: Options, settings: &Settings) -> Result<()> {
    let city = super::city(settings, options.city.as_deref())?;
    let pack = Pack::open(&city.pack)?;
    let mut connection = super::connect(city).await?;
    let outcome = import(&mut connection, &pack, &options.file, options.format, options.crs).await?;
    println!("{}: {outcome}", pack.name());
    Ok(())
}

/// Imports a file into the database that `connection` opened as the role `import`.
pub async fn import(
    connection: &mut PgConnection,
    pack: &Pack,
    path: &Path,
    format: Option<Format>,
    crs: i32,
) -> Result<Outcome> {
    let content =
        file::read(path, format, &pack.city.ags).with_context(|| format!("cannot use {}", path.display()))?;
    let crs = content.columns.crs.unwrap_or(crs);
    let parsed = row::parse(&content);
    if !parsed.faults.is_empty() {
        bail!(Faults(parsed.faults));
    }
    if parsed.houses.is_empty() {
        bail!("{}", content.nothing(&pack.city.ags, pack.name()));
    }
    let frames = store::frames(connection).await?;
    frame::check(&parsed.houses, crs, &frames, pack.name())?;
    let (houses, again) = row::once(parsed.houses);
    let source = path.file_name().unwrap_or_default().to_string_lossy();
    let (changed, streets) = store::replace(connection, &houses, crs, &source).await?;
    Ok(Outcome {
        changed,
        streets,
        addresses: houses.len(),
        elsewhere: content.elsewhere,
        passed_over: content.passed_over,
        again,
        encoding: content.encoding,
    })
}

/// Gives a demonstration city its invented addresses, if it has a file of them and no addresses yet.
///
/// The file lies beside the packs: `deploy/demonstration/addresses_synthetic.csv` for `deploy/city/<name>`.
pub async fn demonstrate(import_url: &str, folder: &Path, pack: &Pack) -> Result<Option<Outcome>> {
    let file = folder.join("../../demonstration/addresses_synthetic.csv");
    if !pack.city.demonstration || !file.is_file() {
        return Ok(None);
    }
    let mut connection = <PgConnection as sqlx::Connection>::connect(import_url).await?;
    if store::are_there(&mut connection).await? {
        return Ok(None);
    }
    // The file of another city is none of this one's business.
    match import(&mut connection, pack, &file, Some(Format::Csv), 4326).await {
        Ok(outcome) => Ok(Some(outcome)),
        Err(error) if error.is::<frame::Elsewhere>() => Ok(None),
        Err(error) => Err(error),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.changed {
            return write!(out, "nothing changed: these {} addresses are there already", self.addresses);
        }
        write!(out, "{} addresses in {} streets imported", self.addresses, self.streets)?;
        if self.encoding == Encoding::Latin1 {
            write!(out, "; the file was read as Latin-1 (ISO 8859-1), because it is not UTF-8")?;
        }
        let rest = [
            (self.elsewhere, "rows of other municipalities passed over"),
            (self.passed_over, "rows passed over that are no house on the ground"),
            (self.again as u64, "rows passed over that say an address again"),
        ];
        rest.iter()
            .filter(|(count, _)| *count > 0)
            .try_for_each(|(count, what)| write!(out, "; {count} {what}"))
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} rows cannot be used; nothing was imported:", self.0.len())?;
        for fault in self.0.iter().take(LISTED) {
            writeln!(out, "  line {}: {}", fault.line, fault.reason)?;
        }
        match self.0.len().saturating_sub(LISTED) {
            0 => Ok(()),
            more => writeln!(out, "  and {more} more"),
        }
    }
}

impl std::error::Error for Faults {}
