//! The city's border: whether a position is the city's business, and whose otherwise.

use geo::MultiPolygon;
use geo::orient::{Direction, Orient};
use geojson::{Feature, Geometry};

use super::area::{self, Area, Plane};
use super::shapes::{self, Shape};
use super::sheet::Sheet;

/// Where a position lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location<'b> {
    /// In the city, or at most 50 m beyond its border.
    Inside,
    /// In a neighbouring municipality, by its name.
    Neighbour(&'b str),
    /// Somewhere else.
    Outside {
        /// Whether the position would be inside with longitude and latitude swapped.
        swapped: bool,
    },
}

/// The city's border and its neighbours.
#[derive(Clone, Debug)]
pub struct Boundary {
    feature: Feature,
    bounds: [f64; 4],
    plane: Plane,
    area: Area,
    neighbours: Vec<Neighbour>,
}

#[derive(Clone, Debug)]
struct Neighbour {
    name: String,
    geometry: Geometry,
    area: Area,
}

impl Boundary {
    /// Where a position lies; numbers that are no position lie outside.
    ///
    /// Between the city and a neighbour the city wins: up to 50 m beyond the border a position counts as inside.
    pub fn locate(&self, longitude: f64, latitude: f64) -> Location<'_> {
        if self.area.reaches(longitude, latitude) {
            return Location::Inside;
        }
        match self.neighbours.iter().find(|neighbour| neighbour.area.distance(longitude, latitude) == 0.0) {
            Some(neighbour) => Location::Neighbour(&neighbour.name),
            None => Location::Outside { swapped: self.area.reaches(latitude, longitude) },
        }
    }

    /// The smallest box around the city: west, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        self.bounds
    }

    /// The border as a GeoJSON feature with the city's name, its outer rings counter-clockwise (RFC 7946).
    pub fn feature(&self) -> &Feature {
        &self.feature
    }

    /// The neighbouring municipalities: their names and their borders.
    pub fn neighbours(&self) -> impl Iterator<Item = (&str, &Geometry)> {
        self.neighbours.iter().map(|neighbour| (neighbour.name.as_str(), &neighbour.geometry))
    }

    pub(super) fn plane(&self) -> Plane {
        self.plane
    }
}

/// Reads boundary.geojson and, if there is one, neighbours.geojson.
pub(super) fn read(boundary: &Sheet<'_>, neighbours: Option<&Sheet<'_>>) -> Option<Boundary> {
    let around = neighbours.and_then(shapes::read).unwrap_or_default();
    let mut shapes = shapes::read(boundary)?.into_iter();
    let (Some(city), None) = (shapes.next(), shapes.next()) else {
        boundary.fault_on(1, "the border is one feature with a polygon, no more and no less");
        return None;
    };
    let bounds = area::bounds(&city.polygons)?;
    let [_, south, _, north] = bounds;
    let plane = Plane::at((south + north) / 2.0);
    let area = Area::new(plane, &city.polygons);
    let neighbours = around.iter().map(|shape| neighbour(plane, shape)).collect();
    Some(Boundary { feature: feature(&city.name, &city.polygons), bounds, plane, area, neighbours })
}

fn neighbour(plane: Plane, shape: &Shape) -> Neighbour {
    Neighbour {
        name: shape.name.clone(),
        geometry: geometry(&shape.polygons),
        area: Area::new(plane, &shape.polygons),
    }
}

fn feature(name: &str, polygons: &MultiPolygon) -> Feature {
    let mut feature = Feature::from(geometry(polygons));
    feature.set_property("name", name);
    feature
}

/// Polygons as GeoJSON, their outer rings counter-clockwise (RFC 7946).
pub(super) fn geometry(polygons: &MultiPolygon) -> Geometry {
    let polygons = polygons.orient(Direction::Default);
    Geometry::from(match polygons.0.as_slice() {
        [only] => geojson::GeometryValue::from(only),
        _ => geojson::GeometryValue::from(&polygons),
    })
}
