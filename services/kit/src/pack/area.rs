//! An area on the ground: distances to it in metres.

use geo::{BoundingRect, Distance, Euclidean, MapCoords, MultiPolygon, Point};

/// Half the greater axis of WGS 84, in metres.
const GREATER_AXIS: f64 = 6_378_137.0;
/// The square of the first eccentricity of WGS 84.
const ECCENTRICITY: f64 = 0.006_694_379_990_14;

/// How far beyond its border an area still counts, in metres: phones err, and borders run along streets.
pub(super) const TOLERANCE: f64 = 50.0;

/// A flat picture of a city's surroundings, in metres.
///
/// A degree east and a degree north are as long everywhere as at the city's latitude on the spheroid. Within 5 km
/// of that latitude this errs by a thousandth, which is 5 cm in 50 m; within 20 km by a quarter of a metre.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    metres_east: f64,
    metres_north: f64,
}

impl Plane {
    /// The picture around a latitude in degrees.
    pub(super) fn at(latitude: f64) -> Self {
        let (sine, cosine) = latitude.to_radians().sin_cos();
        let root = (1.0 - ECCENTRICITY * sine * sine).sqrt();
        let east = GREATER_AXIS / root * cosine;
        let north = GREATER_AXIS * (1.0 - ECCENTRICITY) / root.powi(3);
        Self { metres_east: east.to_radians(), metres_north: north.to_radians() }
    }

    fn point(&self, longitude: f64, latitude: f64) -> Point {
        Point::new(longitude * self.metres_east, latitude * self.metres_north)
    }
}

/// One or several polygons on the ground.
#[derive(Clone, Debug)]
pub(super) struct Area {
    plane: Plane,
    /// In metres on the plane.
    polygons: MultiPolygon,
}

impl Area {
    /// The area of `polygons`, given in degrees.
    pub(super) fn new(plane: Plane, polygons: &MultiPolygon) -> Self {
        Self { plane, polygons: polygons.map_coords(|at| plane.point(at.x, at.y).0) }
    }

    /// Metres from a position to the area; 0 inside and on the border, infinite for what is no position.
    pub(super) fn distance(&self, longitude: f64, latitude: f64) -> f64 {
        if !longitude.is_finite() || !latitude.is_finite() {
            return f64::INFINITY;
        }
        let point = self.plane.point(longitude, latitude);
        self.polygons.iter().map(|polygon| Euclidean.distance(&point, polygon)).fold(f64::INFINITY, f64::min)
    }

    /// Whether a position is inside or at most the tolerance away.
    pub(super) fn reaches(&self, longitude: f64, latitude: f64) -> bool {
        self.distance(longitude, latitude) <= TOLERANCE
    }
}

/// The south-western and north-eastern corners of polygons in degrees; nothing for none.
pub(super) fn bounds(polygons: &MultiPolygon) -> Option<[f64; 4]> {
    let frame = polygons.bounding_rect()?;
    Some([frame.min().x, frame.min().y, frame.max().x, frame.max().y])
}
