//! Positions and boxes in longitude and latitude (EPSG:4326), longitude first.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A position in degrees, longitude first (EPSG:4326 in GeoJSON's order).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Degrees east, −180 to 180.
    pub longitude: f64,
    /// Degrees north, −90 to 90.
    pub latitude: f64,
}

impl Position {
    /// A position, unless a number is not finite or out of range.
    pub fn try_new(longitude: f64, latitude: f64) -> Option<Self> {
        let fits = |value: f64, most: f64| value.is_finite() && value.abs() <= most;
        (fits(longitude, 180.0) && fits(latitude, 90.0)).then_some(Self { longitude, latitude })
    }
}

/// A box, `min longitude, min latitude, max longitude, max latitude` in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BBox {
    /// The south-western corner.
    pub min: Position,
    /// The north-eastern corner.
    pub max: Position,
}

/// The text is not a box.
#[derive(Debug, thiserror::Error)]
#[error("a box is min longitude, min latitude, max longitude, max latitude in degrees")]
pub struct NotABox;

impl FromStr for BBox {
    type Err = NotABox;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Vec<f64> =
            text.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().map_err(|_| NotABox)?;
        let [west, south, east, north] = numbers[..] else { return Err(NotABox) };
        let min = Position::try_new(west, south).ok_or(NotABox)?;
        let max = Position::try_new(east, north).ok_or(NotABox)?;
        if west > east || south > north {
            return Err(NotABox);
        }
        Ok(Self { min, max })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_four_finite_numbers_in_order() {
        assert!("6.9,51.5,7.1,51.6".parse::<BBox>().is_ok());
        for wrong in ["", "1,2,3", "1,2,3,4,5", "NaN,1,2,3", "inf,1,2,3", "7,51,6,52", "6,51,7,91", "a,b,c,d"]
        {
            assert!(wrong.parse::<BBox>().is_err(), "{wrong}");
        }
    }
}
