//! An area on the ground: distances to it in metres.

use geo::{BoundingRect, Distance, Euclidean, MapCoords, MultiPolygon, Point};

/// Mean radius of the earth, in metres.
const EARTH: f64 = 6_371_008.8;

/// How far beyond its border an area still counts, in metres: phones err, and borders run along streets.
pub(super) const TOLERANCE: f64 = 50.0;

/// A flat picture of a city's surroundings, in metres.
///
/// Degrees east are shortened by the cosine of the city's latitude (equirectangular projection). Within
/// 20 km of that latitude this errs by at most half a per cent, which is a quarter of a metre in 50.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    metres_east: f64,
    metres_north: f64,
}

impl Plane {
    /// The picture around a latitude in degrees.
    pub(super) fn at(latitude: f64) -> Self {
        let metres_north = EARTH.to_radians();
        Self { metres_east: metres_north * latitude.to_radians().cos(), metres_north }
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
