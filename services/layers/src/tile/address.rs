//! Where a tile lies.

use kit::Result;
use proto::Problem;

use crate::ogc::query::invalid;

/// The last matrix: a tile is then ten metres wide.
pub const LAST_MATRIX: u8 = 22;

/// A tile of WebMercatorQuad, counted from the north-western corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The matrix.
    pub matrix: u8,
    /// The row, from the north.
    pub row: u32,
    /// The column, from the west.
    pub column: u32,
}

impl Address {
    /// The tile at these numbers: 400 when they are none, 404 where there is no tile.
    pub fn read(matrix: &str, row: &str, column: &str) -> Result<Self> {
        let number = |name: &str, text: &str| -> Result<u64> {
            let digits = !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
            if digits { Ok(text.parse().unwrap_or(u64::MAX)) } else { Err(invalid(name, "value-wrong")) }
        };
        let numbers = (number("tileMatrix", matrix)?, number("tileRow", row)?, number("tileCol", column)?);
        Self::of(numbers).ok_or_else(|| Problem::not_found().into())
    }

    fn of((matrix, row, column): (u64, u64, u64)) -> Option<Self> {
        let matrix = u8::try_from(matrix).ok().filter(|matrix| *matrix <= LAST_MATRIX)?;
        let inside = |number: u64| u32::try_from(number).ok().filter(|number| *number < 1 << matrix);
        Some(Self { matrix, row: inside(row)?, column: inside(column)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_lies_inside_its_matrix() {
        let status =
            |matrix, row, column| Address::read(matrix, row, column).map_err(|error| error.problem().status);
        assert_eq!(status("3", "7", "0"), Ok(Address { matrix: 3, row: 7, column: 0 }));
        for (matrix, row, column, expected) in [
            ("3", "8", "0", 404),
            ("3", "0", "8", 404),
            ("23", "0", "0", 404),
            ("99999999999999999999999", "0", "0", 404),
            ("3", "-1", "0", 400),
            ("3", "0", "1.5", 400),
            ("z", "0", "0", 400),
            ("+3", "0", "0", 400),
        ] {
            assert_eq!(status(matrix, row, column), Err(expected), "{matrix}/{row}/{column}");
        }
    }
}
