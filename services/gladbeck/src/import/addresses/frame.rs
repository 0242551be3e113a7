//! Whether coordinates can be right: where the city lies in each reference system that files come in.

use std::fmt;

use super::row::House;

/// The reference systems (EPSG) that a German file comes in.
pub const SYSTEMS: [i32; 8] = [25832, 25833, 4326, 4647, 5650, 31466, 31467, 3857];

/// The surroundings of the city in one reference system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The reference system.
    pub crs: i32,
    /// The least easting.
    pub west: f64,
    /// The least northing.
    pub south: f64,
    /// The greatest easting.
    pub east: f64,
    /// The greatest northing.
    pub north: f64,
}

/// The coordinates are somewhere else than the city.
#[derive(Debug, PartialEq, Eq)]
pub struct Elsewhere(String);

/// A reference system that is known here.
pub fn system(text: &str) -> Result<i32, String> {
    let number = text.trim_start_matches("EPSG:").parse().ok();
    number
        .filter(|crs| SYSTEMS.contains(crs))
        .ok_or_else(|| format!("one of {}", SYSTEMS.map(|crs| crs.to_string()).join(", ")))
}

/// Refuses coordinates that lie outside the city's surroundings, and says what they look like.
pub fn check(houses: &[House], crs: i32, frames: &[Frame], city: &str) -> Result<(), anyhow::Error> {
    let Some(frame) = frames.iter().find(|frame| frame.crs == crs) else {
        return Err(Elsewhere(format!("EPSG:{crs} is not known; nothing was imported")).into());
    };
    let outside: Vec<&House> = houses.iter().filter(|house| !frame.holds(house.east, house.north)).collect();
    let Some(first) = outside.first() else { return Ok(()) };
    if outside.len() * 2 < houses.len() {
        let reason = |house: &&House| super::Fault {
            line: house.line,
            reason: format!(
                "{} / {} is not near {city}{}",
                house.east,
                house.north,
                looks_like(house, frames)
            ),
        };
        return Err(super::Faults(outside.iter().map(reason).collect()).into());
    }
    Err(Elsewhere(format!(
        "{} of {} positions are not near {city} in EPSG:{crs}, the first in line {}: {} / {}{}; nothing was imported",
        outside.len(),
        houses.len(),
        first.line,
        first.east,
        first.north,
        looks_like(first, frames)
    ))
    .into())
}

/// ", which looks like EPSG:4647; say --crs 4647", or nothing.
fn looks_like(house: &House, frames: &[Frame]) -> String {
    let fits = |east: f64, north: f64| frames.iter().find(|frame| frame.holds(east, north));
    match (fits(house.east, house.north), fits(house.north, house.east)) {
        (Some(frame), _) if frame.crs == 4326 => {
            ", which looks like degrees (EPSG:4326); name the columns longitude and latitude".to_owned()
        }
        (Some(frame), _) => format!(", which looks like EPSG:{0}; say --crs {0}", frame.crs),
        (None, Some(frame)) => format!(", which looks like EPSG:{} with its two numbers swapped", frame.crs),
        (None, None) => String::new(),
    }
}

impl Frame {
    fn holds(&self, east: f64, north: f64) -> bool {
        (self.west..=self.east).contains(&east) && (self.south..=self.north).contains(&north)
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Elsewhere {}
