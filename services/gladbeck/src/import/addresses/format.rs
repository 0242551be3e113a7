//! Which column says what.
//!
//! * `nw`: `gebref.txt` of the "Gebäudereferenzen" of Geobasis NRW (open data, opengeodata.nrw.de, product
//!   `gebref_txt`, `gebref_EPSG25832_ASCII.zip`): 21 columns without header, semicolons, decimal commas, UTF-8:
//!   nba; oid; qua; landschl; land; regbezschl; regbez; kreisschl; kreis; gmdschl; gmd; ottschl; ott; strschl;
//!   str; hnr; adz; zone; ostwert; nordwert; datum. No postal codes: the land register of NRW has none.
//! * `hk`: "Hauskoordinaten Deutschland" of the surveying authorities (AdV, HK-DE, "Datenformatbeschreibung
//!   Hauskoordinaten Deutschland" 3.1 of 2013 and 4.2 of 2019): NBA; OI; QUA; LAN; RBZ; KRS; GMD; OTT; SSS; HNR;
//!   ADZ; easting; northing; STN, and then PLZ; ONM; ZON; POT. Until 2019 `gebref.txt` had these columns too, with
//!   a date as the fifteenth. Latin-1 until 3.1, UTF-8 since; the easting of HK-DE begins with the zone (EPSG:4647).
//! * `csv`: a header and commas or semicolons; see [`Columns::of_header`].

use anyhow::{Result, bail};
use clap::ValueEnum;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// gebref.txt of Geobasis NRW, 21 columns.
    Nw,
    /// HK-DE of the surveying authorities, 14 to 18 columns.
    Hk,
    /// A table with a header.
    Csv,
}

/// Where the facts of a row stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// How many there are; a row with another number is broken.
    pub count: usize,
    /// The sign between columns.
    pub separator: u8,
    /// Land, district of government, county and municipality, which make the municipality's key (AGS).
    pub municipality: Option<[usize; 4]>,
    /// What becomes of the row: `L` is deleted.
    pub state: Option<usize>,
    /// The quality: `C` is a number that only the land register uses.
    pub quality: Option<usize>,
    /// The street.
    pub street: usize,
    /// The house number.
    pub number: usize,
    /// What follows the number.
    pub addition: Option<usize>,
    /// The postal code.
    pub postal_code: Option<usize>,
    /// The town.
    pub town: Option<usize>,
    /// The part of the town.
    pub part: Option<usize>,
    /// Easting or longitude.
    pub east: usize,
    /// Northing or latitude.
    pub north: usize,
    /// The reference system, where the columns say it.
    pub crs: Option<i32>,
}

impl Format {
    /// Tells the kind of file by its first row.
    pub fn of_first_row(line: &str) -> Result<Self> {
        match line.split(';').count() {
            _ if Columns::of_header(line).is_ok() => Ok(Self::Csv),
            21 => Ok(Self::Nw),
            14 | 15 | 18 => Ok(Self::Hk),
            columns => bail!(
                "the first row has {columns} columns with semicolons: 21 are expected of gebref.txt, 14, 15 or 18 \
                 of an HK file, or a header with street, house_number and longitude, latitude or easting, northing"
            ),
        }
    }
}

impl Columns {
    /// The columns of a file of this kind that begins with `line`.
    pub fn of(format: Format, line: &str) -> Result<Self> {
        let given = line.split(';').count();
        match format {
            Format::Csv => Self::of_header(line),
            Format::Nw if given == 21 => Ok(Self::nw()),
            Format::Nw => bail!("gebref.txt has 21 columns with semicolons; the first row has {given}"),
            Format::Hk if [14, 15, 18].contains(&given) => Ok(Self::hk(given)),
            Format::Hk => {
                bail!("an HK file has 14, 15 or 18 columns with semicolons; the first row has {given}")
            }
        }
    }

    fn nw() -> Self {
        Self {
            count: 21,
            separator: b';',
            municipality: Some([3, 5, 7, 9]),
            state: Some(0),
            quality: Some(2),
            street: 14,
            number: 15,
            addition: Some(16),
            postal_code: None,
            town: Some(10),
            part: Some(12),
            east: 18,
            north: 19,
            crs: None,
        }
    }

    fn hk(count: usize) -> Self {
        let of_the_post = |column| (count == 18).then_some(column);
        Self {
            count,
            separator: b';',
            municipality: Some([3, 4, 5, 6]),
            state: Some(0),
            quality: Some(2),
            street: 13,
            number: 9,
            addition: Some(10),
            postal_code: of_the_post(14),
            town: of_the_post(15),
            part: of_the_post(17),
            east: 11,
            north: 12,
            crs: None,
        }
    }

    /// The columns that a header names: `street`, `house_number`, and `longitude` with `latitude` (EPSG:4326) or
    /// `easting` with `northing`; if they are there also `suffix`, `postal_code`, `town` and `part`.
    pub fn of_header(line: &str) -> Result<Self> {
        let separator = if line.contains(';') { ';' } else { ',' };
        let names: Vec<String> = line
            .trim_start_matches('\u{feff}')
            .split(separator)
            .map(|name| name.trim().trim_matches('"').to_lowercase())
            .collect();
        let find = |name: &str| names.iter().position(|found| found == name);
        let (Some(street), Some(number)) = (find("street"), find("house_number")) else {
            bail!("the header has to name street and house_number");
        };
        let degrees = find("longitude").zip(find("latitude"));
        let Some((east, north)) = degrees.or_else(|| find("easting").zip(find("northing"))) else {
            bail!("the header has to name longitude and latitude, or easting and northing");
        };
        Ok(Self {
            count: names.len(),
            separator: separator as u8,
            municipality: None,
            state: None,
            quality: None,
            street,
            number,
            addition: find("suffix"),
            postal_code: find("postal_code"),
            town: find("town"),
            part: find("part"),
            east,
            north,
            crs: degrees.map(|_| 4326),
        })
    }
}
