//! Names of places, so that a person without a map can say where.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::boundary::{Boundary, Location};
use super::sheet::Sheet;

/// A named place.
#[derive(Clone, Debug)]
pub struct Place {
    /// The name as people read it.
    pub name: String,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// The name in plain letters, umlauts written out: "goerlitzer strasse".
    spelt: String,
    /// The same with bare vowels: "gorlitzer strasse".
    bare: String,
}

impl Place {
    /// The key that programs use: "markt_nord".
    pub fn key(&self) -> String {
        self.spelt.replace(' ', "_")
    }
}

/// The places whose names have `query` in them, those that begin with it first.
///
/// Capitals, umlauts, hyphens and "str." do not matter, and a house number at the end is passed over.
pub(super) fn like<'p>(places: &'p [Place], query: &str) -> Vec<&'p Place> {
    let query = plain(query, true);
    let query = without_house_number(&query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Rank, &Place)> =
        places.iter().filter_map(|place| Some((rank(place, query)?, place))).collect();
    found.sort_by(|(one, first), (other, second)| match one.cmp(other) {
        Ordering::Equal => first.spelt.cmp(&second.spelt),
        unequal => unequal,
    });
    found.into_iter().map(|(_, place)| place).collect()
}

/// How well a name fits, the best first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Begins,
    WordBegins,
    Contains,
}

fn rank(place: &Place, query: &str) -> Option<Rank> {
    let of = |name: &str| {
        if name.starts_with(query) {
            Some(Rank::Begins)
        } else if name.contains(&format!(" {query}")) {
            Some(Rank::WordBegins)
        } else {
            name.contains(query).then_some(Rank::Contains)
        }
    };
    // `None` is the least of all, so that the two spellings cannot simply be compared.
    [of(&place.spelt), of(&place.bare)].into_iter().flatten().min()
}

/// Lower-case letters and digits in words with one space between; "str" written out; umlauts as "ae" or bare "a".
pub(super) fn plain(text: &str, spell_umlauts: bool) -> String {
    let mut letters = String::with_capacity(text.len() + 8);
    for letter in text.to_lowercase().chars() {
        let (base, is_umlaut) = match letter {
            'ä' => ("a", true),
            'ö' => ("o", true),
            'ü' => ("u", true),
            'ß' => ("ss", false),
            // Some keyboards send the two dots as a letter of their own, after the vowel.
            '\u{308}' => ("", true),
            _ if letter.is_alphanumeric() => {
                letters.push(letter);
                continue;
            }
            _ => (" ", false),
        };
        letters.push_str(base);
        if is_umlaut && spell_umlauts {
            letters.push('e');
        }
    }
    let words: Vec<String> = letters.split_whitespace().map(written_out).collect();
    words.join(" ")
}

/// "berliner str" and "bachstr" as "berliner strasse" and "bachstrasse".
fn written_out(word: &str) -> String {
    match word.strip_suffix("str") {
        Some(stem) => format!("{stem}strasse"),
        None => word.to_owned(),
    }
}

fn without_house_number(query: &str) -> &str {
    match query.rsplit_once(' ') {
        Some((street, number)) if number.starts_with(|first: char| first.is_ascii_digit()) => street,
        _ => query,
    }
}

/// Reads places.csv: `name,longitude,latitude`, with notes on lines that begin with #.
pub(super) fn read(sheet: &Sheet<'_>, boundary: Option<&Boundary>) -> Vec<Place> {
    let mut lines = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(sheet.text.as_bytes());
    if lines.headers().is_ok_and(|headers| headers != vec!["name", "longitude", "latitude"]) {
        let line = line_of(sheet, None);
        sheet.fault_on(line, "the first row has to be name,longitude,latitude");
        return Vec::new();
    }
    let mut names = BTreeSet::new();
    let mut places = Vec::new();
    for record in lines.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                sheet.fault_on(line_of(sheet, error.position()), "this row cannot be read");
                continue;
            }
        };
        let line = line_of(sheet, record.position());
        match place(&record) {
            Some(place) if !is_inside(boundary, &place) => {
                sheet.fault_on(line, format!("\"{}\" is not in the city; is latitude first?", place.name));
            }
            Some(place) if !names.insert(place.spelt.clone()) => {
                sheet.fault_on(line, format!("\"{}\" is listed twice", place.name));
            }
            Some(place) => places.push(place),
            None => sheet.fault_on(line, "a row is a name, a longitude and a latitude"),
        }
    }
    places
}

/// The line of a row; the reader counts the notes above a row as its beginning.
fn line_of(sheet: &Sheet<'_>, position: Option<&csv::Position>) -> usize {
    let start = position.and_then(|position| usize::try_from(position.line()).ok()).unwrap_or(1);
    let is_note = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    start + sheet.text.lines().skip(start.saturating_sub(1)).take_while(is_note).count()
}

fn is_inside(boundary: Option<&Boundary>, place: &Place) -> bool {
    boundary.is_none_or(|boundary| boundary.locate(place.longitude, place.latitude) == Location::Inside)
}

fn place(record: &csv::StringRecord) -> Option<Place> {
    let mut fields = record.iter();
    let (name, longitude, latitude, None) = (fields.next()?, fields.next()?, fields.next()?, fields.next())
    else {
        return None;
    };
    let (longitude, latitude) = (longitude.parse().ok()?, latitude.parse().ok()?);
    let spelt = plain(name, true);
    (!spelt.is_empty()).then(|| Place {
        name: name.to_owned(),
        longitude,
        latitude,
        bare: plain(name, false),
        spelt,
    })
}
