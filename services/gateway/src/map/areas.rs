//! The city's areas and places as the map draws them.

use geo::algorithm::{Area, BooleanOps, BoundingRect, Centroid, Contains, InteriorPoint};
use geo::{MultiPolygon, Point, Polygon, Rect, coord};
use geojson::Geometry;
use kit::pack::Pack;
use serde_json::{Value, json};

/// How far around the city, in parts of its width, a neighbour's name may stand.
const AROUND: f64 = 0.12;

/// The city, its districts and its neighbours, with a point for each name, and everything that is not the city.
pub(super) fn areas(pack: &Pack) -> Value {
    let mut features = Vec::new();
    let view = view(pack);
    for (name, geometry) in pack.boundary.neighbours() {
        features.push(feature(json!(geometry), json!({ "kind": "neighbour", "name": name })));
        let seen = polygons(geometry).map(|shape| shape.intersection(&view.to_polygon()));
        features.extend(seen.and_then(|seen| label(&seen, "neighbour_name", name)));
    }
    for district in &pack.districts {
        let properties = json!({ "kind": "district", "key": district.key, "name": district.name });
        features.push(feature(json!(district.geometry), properties));
        let shape = polygons(&district.geometry);
        features.extend(shape.and_then(|shape| label(&shape, "district_name", &district.name)));
    }
    if let Some(geometry) = &pack.boundary.feature().geometry {
        features.push(feature(json!(geometry), json!({ "kind": "boundary", "name": pack.name() })));
        let outside = polygons(geometry).map(|city| outside(&city));
        features.extend(outside.map(|shape| feature(shape, json!({ "kind": "outside" }))));
    }
    collection(features)
}

/// The named places.
pub(super) fn places(pack: &Pack) -> Value {
    let point = |place: &kit::pack::Place| {
        let at = json!({ "type": "Point", "coordinates": [place.longitude, place.latitude] });
        feature(at, json!({ "name": place.name }))
    };
    collection(pack.places.iter().map(point).collect())
}

fn collection(features: Vec<Value>) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(geometry: Value, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn polygons(geometry: &Geometry) -> Option<MultiPolygon> {
    match geo::Geometry::try_from(geometry.clone()).ok()? {
        geo::Geometry::Polygon(only) => Some(only.into()),
        geo::Geometry::MultiPolygon(all) => Some(all),
        _ => None,
    }
}

/// What is seen of the surroundings when the whole city fills the screen.
fn view(pack: &Pack) -> Rect {
    let [west, south, east, north] = pack.boundary.bounds();
    let (x, y) = ((east - west) * AROUND, (north - south) * AROUND);
    Rect::new(coord! { x: west - x, y: south - y }, coord! { x: east + x, y: north + y })
}

/// One point for a name: drawn from the polygon itself, the name would appear once in every tile.
fn label(shape: &MultiPolygon, kind: &str, name: &str) -> Option<Value> {
    let largest = shape.iter().max_by(|one, other| one.unsigned_area().total_cmp(&other.unsigned_area()))?;
    let middle = largest.centroid().filter(|middle| largest.contains(middle));
    let at: Point = middle.or_else(|| largest.interior_point())?;
    let at = json!({ "type": "Point", "coordinates": [rounded(at.x()), rounded(at.y())] });
    Some(feature(at, json!({ "kind": kind, "name": name })))
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// The country around with a hole where the city is: a veil over it keeps the eye on the city.
fn outside(city: &MultiPolygon) -> Value {
    let far = city.bounding_rect().map_or(Rect::new((0.0, 0.0), (0.0, 0.0)), |near| {
        let (low, high) = (near.min(), near.max());
        Rect::new((low.x - 4.0, low.y - 3.0), (high.x + 4.0, high.y + 3.0))
    });
    let holes = city.iter().map(|part| part.exterior().clone()).collect();
    let outside = Polygon::new(far.to_polygon().into_inner().0, holes);
    json!(Geometry::from(geojson::GeometryValue::from(&outside)))
}
