//! Shapes as well-known binary, which PostGIS reads.

/// A position: degrees east and north.
pub type Position = (f64, f64);

/// A shape in degrees.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line.
    Line(Vec<Position>),
    /// Closed rings: around areas and around holes alike; the database finds out which lies in which.
    Area(Vec<Vec<Position>>),
}

impl Shape {
    /// The shape as well-known binary: a line, or several.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Line(line) => bytes_of(line),
            Self::Area(rings) => {
                let mut bytes = vec![1];
                bytes.extend(5_u32.to_le_bytes());
                bytes.extend(count(rings.len()));
                rings.iter().for_each(|ring| bytes.extend(bytes_of(ring)));
                bytes
            }
        }
    }
}

fn bytes_of(line: &[Position]) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(2_u32.to_le_bytes());
    bytes.extend(count(line.len()));
    for (longitude, latitude) in line {
        bytes.extend(longitude.to_le_bytes());
        bytes.extend(latitude.to_le_bytes());
    }
    bytes
}

fn count(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_line_is_its_kind_its_length_and_its_positions() {
        let bytes = Shape::Line(vec![(1.0, 2.0), (3.0, 4.0)]).bytes();
        assert_eq!((bytes.len(), &bytes[..9]), (9 + 32, &[1, 2, 0, 0, 0, 2, 0, 0, 0][..]));
        let area = Shape::Area(vec![vec![(1.0, 2.0), (3.0, 4.0)]]).bytes();
        assert_eq!((&area[..9], &area[9..]), (&[1, 5, 0, 0, 0, 1, 0, 0, 0][..], &bytes[..]));
    }
}
