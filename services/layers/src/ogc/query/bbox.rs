//! Boxes: of four or six numbers, in any of our systems, over the poles and across the antimeridian.

use crate::ogc::crs::Crs;

/// A box of the ground in one system, easting or longitude first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// West.
    pub min_x: f64,
    /// South.
    pub min_y: f64,
    /// East.
    pub max_x: f64,
    /// North.
    pub max_y: f64,
}

/// The area of a `bbox`: one box, or two on both sides of the antimeridian.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The system of its numbers.
    pub crs: Crs,
    /// The boxes.
    pub boxes: Vec<Bounds>,
}

impl Area {
    /// Reads the value of `bbox`; heights are checked and say nothing more, for our features lie on the ground.
    pub fn read(text: &str, crs: Crs) -> Option<Self> {
        let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
        let [a, b, c, d] = match numbers?[..] {
            [a, b, c, d] => [a, b, c, d],
            [a, b, low, c, d, high] if low <= high => [a, b, c, d],
            _ => return None,
        };
        let [min_x, min_y, max_x, max_y] = if crs.is_latitude_first() { [b, a, d, c] } else { [a, b, c, d] };
        let bounds = Bounds { min_x, min_y, max_x, max_y };
        let boxes = if crs.is_degrees() { degrees(bounds)? } else { metres(bounds)? };
        Some(Self { crs, boxes })
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn metres(bounds: Bounds) -> Option<Vec<Bounds>> {
    (bounds.min_x <= bounds.max_x && bounds.min_y <= bounds.max_y).then(|| vec![bounds])
}

/// A box whose west lies east of its east goes across the antimeridian (RFC 7946, 5.2).
fn degrees(bounds: Bounds) -> Option<Vec<Bounds>> {
    let fits = |longitude: f64, latitude: f64| longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    let Bounds { min_x, min_y, max_x, max_y } = bounds;
    if !fits(min_x, min_y) || !fits(max_x, max_y) || min_y > max_y {
        return None;
    }
    if min_x <= max_x {
        return Some(vec![bounds]);
    }
    Some(vec![Bounds { max_x: 180.0, ..bounds }, Bounds { min_x: -180.0, ..bounds }])
}

impl Bounds {
    /// A box of degrees in EPSG:3857, whose axes run along meridians and parallels.
    pub fn mercator(self) -> Self {
        Self {
            min_x: easting(self.min_x),
            min_y: northing(self.min_y),
            max_x: easting(self.max_x),
            max_y: northing(self.max_y),
        }
    }

    /// The same, wider by `by` on every side.
    pub fn wider(self, by: f64) -> Self {
        Self {
            min_x: self.min_x - by,
            min_y: self.min_y - by,
            max_x: self.max_x + by,
            max_y: self.max_y + by,
        }
    }
}

/// The radius of the sphere of EPSG:3857, in metres.
const RADIUS: f64 = 6_378_137.0;
/// Where the square of web maps ends, in degrees.
const LAST_LATITUDE: f64 = 85.051_128_779_806_59;

fn easting(longitude: f64) -> f64 {
    RADIUS * longitude.to_radians()
}

fn northing(latitude: f64) -> f64 {
    RADIUS * latitude.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians().tan().asinh()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_four_or_six_finite_numbers_in_order() {
        for right in
            ["6,51,7,52", "6,51,-9,7,52,9", "-180,85,180,90", " 6 ,51,7,52", "6,51,6,51", "1e1,5,20,6"]
        {
            assert!(Area::read(right, Crs::Crs84).is_some(), "{right}");
        }
        for wrong in [
            "",
            "6,51,7",
            "6,51,7,52,8",
            "6,51,9,7,52,8",
            "6,52,7,51",
            "a,b,c,d",
            "NaN,51,7,52",
            "6,51,inf,52",
            "6,51,7,91",
            "-181,51,7,52",
            "6,51,7,52,",
            "6;51;7;52",
        ] {
            assert!(Area::read(wrong, Crs::Crs84).is_none(), "{wrong}");
        }
        assert!(Area::read("7,51,6,52", Crs::Epsg25832).is_none());
    }

    #[test]
    fn latitude_stands_first_where_the_authority_says_so() {
        let area = Area::read("51,6,52,7", Crs::Epsg4326).unwrap();
        assert_eq!(area.boxes, Area::read("6,51,7,52", Crs::Crs84).unwrap().boxes);
    }

    #[test]
    fn across_the_antimeridian_there_are_two_boxes() {
        let area = Area::read("177,65,-177,70", Crs::Crs84).unwrap();
        let sides: Vec<_> = area.boxes.iter().map(|side| (side.min_x, side.max_x)).collect();
        assert_eq!(sides, [(177.0, 180.0), (-180.0, -177.0)]);
    }
}
