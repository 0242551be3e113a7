//! Rows as houses, or why not.

use std::collections::BTreeSet;

use layers::address::reading::House as Number;
use layers::address::spelling;

use super::Fault;
use super::file::{Content, Encoding, Line};

/// Longest name of a street.
const MAX_NAME: usize = 100;

/// A house of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct House {
    /// Its line in the file.
    pub line: u64,
    /// The street.
    pub street: String,
    /// The number.
    pub number: i32,
    /// What follows it.
    pub suffix: String,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The town.
    pub town: Option<String>,
    /// The part of the town.
    pub part: Option<String>,
    /// Easting, or degrees east.
    pub east: f64,
    /// Northing, or degrees north.
    pub north: f64,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The houses, in the file's order.
    pub houses: Vec<House>,
    /// The rows that are none.
    pub faults: Vec<Fault>,
}

/// Reads every row.
pub fn parse(content: &Content) -> Parsed {
    let mut parsed = Parsed::default();
    for line in &content.lines {
        match house(content, line) {
            Ok(house) => parsed.houses.push(house),
            Err(reason) => parsed.faults.push(Fault { line: line.number, reason }),
        }
    }
    parsed
}

/// The houses in order, each once; and how many were said again.
pub fn once(mut houses: Vec<House>) -> (Vec<House>, usize) {
    houses.sort_by(|one, other| one.key().cmp(&other.key()).then(one.line.cmp(&other.line)));
    let all = houses.len();
    houses.dedup_by(|later, first| later.key() == first.key());
    let again = all - houses.len();
    (houses, again)
}

impl House {
    fn key(&self) -> (&str, i32, &str) {
        (&self.street, self.number, &self.suffix)
    }
}

fn house(content: &Content, line: &Line) -> Result<House, String> {
    let columns = &content.columns;
    if line.fields.len() != columns.count {
        return Err(format!("{} columns instead of {}", line.fields.len(), columns.count));
    }
    let text = |column: usize| text(&line.fields[column], content.encoding);
    let given = |column: Option<usize>| match column {
        Some(column) => text(column).map(|text| Some(text).filter(|text| !text.is_empty())),
        None => Ok(None),
    };
    let street = street(text(columns.street)?)?;
    let (number, suffix) = number(&text(columns.number)?, &given(columns.addition)?.unwrap_or_default())?;
    let postal_code = given(columns.postal_code)?;
    if let Some(code) = postal_code.as_deref().filter(|code| !is_postal_code(code)) {
        return Err(format!("\"{code}\" is no postal code"));
    }
    let coordinate = |column: usize, name: &str| {
        let text = text(column)?;
        text.replace(',', ".")
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
            .ok_or_else(|| format!("\"{text}\" is no {name}"))
    };
    Ok(House {
        line: line.number,
        street,
        number,
        suffix,
        postal_code,
        town: given(columns.town)?,
        part: given(columns.part)?,
        east: coordinate(columns.east, if columns.crs.is_some() { "longitude" } else { "easting" })?,
        north: coordinate(columns.north, if columns.crs.is_some() { "latitude" } else { "northing" })?,
    })
}

fn text(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes)
            .map_err(|_| "letters that are not UTF-8 in a file that is; is a part of it Latin-1?".to_owned())?
            .to_owned(),
        // Latin-1 is the first 256 signs of Unicode.
        Encoding::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    if text.chars().any(|sign| sign.is_control() || sign == char::REPLACEMENT_CHARACTER) {
        return Err("a sign that is no letter".to_owned());
    }
    Ok(text)
}

fn street(name: String) -> Result<String, String> {
    if name.is_empty() {
        return Err("no street".to_owned());
    }
    if name.chars().count() > MAX_NAME || spelling::key(&name).is_empty() {
        return Err(format!("\"{}\" is no street", name.chars().take(40).collect::<String>()));
    }
    Ok(name)
}

/// "12" with "a", "12a", "12 - 14"; what follows the number in an unusual way is kept as it is, after a space.
fn number(number: &str, addition: &str) -> Result<(i32, String), String> {
    if let Some(house) = Number::parse(&format!("{number}{addition}")) {
        return Ok((house.number, house.suffix));
    }
    let digits = number.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(number.len());
    let rest = format!("{}{addition}", &number[digits..]);
    let rest = rest.trim();
    match number[..digits].parse() {
        Ok(value @ 1..=9999) if rest.chars().count() <= 12 => {
            Ok((value, format!(" {}", rest.to_lowercase())))
        }
        _ => Err(format!("\"{}\" is no house number", format!("{number} {addition}").trim())),
    }
}

fn is_postal_code(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|sign| sign.is_ascii_digit())
}

/// The streets of houses in order: each name with its houses.
pub fn streets(houses: &[House]) -> Vec<(&str, &[House])> {
    let names: BTreeSet<&str> = houses.iter().map(|house| house.street.as_str()).collect();
    let streets: Vec<_> = houses.chunk_by(|one, other| one.street == other.street).collect();
    debug_assert_eq!(names.len(), streets.len(), "the houses are in order");
    streets.into_iter().map(|houses| (houses[0].street.as_str(), houses)).collect()
}
