//! Reads named areas from GeoJSON and knows the line of every position.
//!
//! The values stay raw until they are looked at: a raw value is a part of the text, so that its place in the text
//! tells the line. The `geojson` crate, which writes our answers, forgets where a value stood.

use std::collections::BTreeSet;

use geo::{Coord, LineString, MultiPolygon, Polygon, Validation};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::sheet::Sheet;

/// A feature: polygons with properties.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) properties: Map<String, Value>,
    pub(super) polygons: MultiPolygon,
}

#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    features: Vec<&'t RawValue>,
}

#[derive(Deserialize)]
struct Feature<'t> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(borrow)]
    geometry: &'t RawValue,
}

#[derive(Deserialize)]
struct Geometry<'t> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    coordinates: &'t RawValue,
}

/// Where Germany lies: longitude from–to, latitude from–to.
const GERMANY: [f64; 4] = [5.5, 15.5, 47.0, 55.5];

impl Sheet<'_> {
    /// The line of a part of this text.
    fn line_of(&self, part: &str) -> usize {
        self.line_at(part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()))
    }

    fn json<'t, T: Deserialize<'t>>(&self, part: &'t str, expected: &str) -> Option<T> {
        serde_json::from_str(part)
            .map_err(|error| {
                let line = self.line_of(part) + error.line().saturating_sub(1);
                let cause = error.to_string();
                let cause = cause.split(" at line ").next().unwrap_or_default();
                self.fault_on(line, format!("this is not {expected}: {cause}"));
            })
            .ok()
    }

    fn is_kind(&self, part: &str, kind: &str, expected: &[&str]) -> bool {
        let fits = expected.contains(&kind);
        if !fits {
            let expected = expected.join(" or ");
            self.fault_on(self.line_of(part), format!("`type` is \"{kind}\"; it has to be {expected}"));
        }
        fits
    }
}

/// The areas of a FeatureCollection, or the one of a lone Feature; nothing when one of them is faulty.
pub(super) fn read(sheet: &Sheet<'_>) -> Option<Vec<Shape>> {
    let text = sheet.text.trim_start();
    let collection: Collection<'_> = sheet.json(text, "GeoJSON")?;
    if collection.kind == "Feature" {
        return Some(vec![shape(sheet, text)?]);
    }
    if !sheet.is_kind(text, &collection.kind, &["Feature", "FeatureCollection"]) {
        return None;
    }
    // All of them are looked at before the first faulty one ends it.
    let shapes: Vec<Option<Shape>> =
        collection.features.iter().map(|feature| shape(sheet, feature.get())).collect();
    let shapes: Vec<Shape> = shapes.into_iter().collect::<Option<_>>()?;
    let mut names = BTreeSet::new();
    for shape in shapes.iter().filter(|shape| !names.insert(shape.name.as_str())) {
        sheet.fault_on(shape.line, format!("there are two features named \"{}\"", shape.name));
    }
    Some(shapes)
}

fn shape(sheet: &Sheet<'_>, text: &str) -> Option<Shape> {
    let feature: Feature<'_> = sheet.json(text, "a GeoJSON feature with properties and a geometry")?;
    if !sheet.is_kind(text, &feature.kind, &["Feature"]) {
        return None;
    }
    let line = sheet.line_of(text);
    let name = feature.properties.get("name").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        sheet.fault_on(line, "this feature has no `name` in its properties");
    }
    let polygons = polygons(sheet, feature.geometry.get())?;
    let errors = polygons.validation_errors();
    for error in &errors {
        sheet.fault_on(line, format!("the area cannot be drawn: {error}"));
    }
    if !errors.is_empty() {
        return None;
    }
    Some(Shape { name, line, properties: feature.properties, polygons })
}

fn polygons(sheet: &Sheet<'_>, text: &str) -> Option<MultiPolygon> {
    let geometry: Geometry<'_> = sheet.json(text, "a GeoJSON geometry")?;
    if !sheet.is_kind(text, &geometry.kind, &["Polygon", "MultiPolygon"]) {
        return None;
    }
    let parts = match geometry.kind.as_str() {
        "Polygon" => vec![geometry.coordinates],
        _ => sheet.json(geometry.coordinates.get(), "a list of polygons")?,
    };
    let polygons: Vec<Option<Polygon>> = parts.into_iter().map(|part| polygon(sheet, part.get())).collect();
    let polygons: Vec<Polygon> = polygons.into_iter().collect::<Option<_>>()?;
    if polygons.is_empty() {
        sheet.fault_on(sheet.line_of(text), "this geometry has no polygon");
        return None;
    }
    Some(MultiPolygon::new(polygons))
}

fn polygon(sheet: &Sheet<'_>, text: &str) -> Option<Polygon> {
    let rings: Vec<&RawValue> = sheet.json(text, "a list of rings")?;
    if rings.is_empty() {
        sheet.fault_on(sheet.line_of(text), "this polygon has no ring of positions");
    }
    let rings: Vec<Option<LineString>> = rings.into_iter().map(|part| ring(sheet, part.get())).collect();
    let mut rings = rings.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
    Some(Polygon::new(rings.next()?, rings.collect()))
}

fn ring(sheet: &Sheet<'_>, text: &str) -> Option<LineString> {
    let raw: Vec<&RawValue> = sheet.json(text, "a ring, which is a list of positions")?;
    let mut positions = Vec::with_capacity(raw.len());
    for part in &raw {
        // One fault per ring: a file in the wrong order is wrong at every position.
        positions.push(position(sheet, part.get())?);
    }
    if positions.len() < 4 {
        sheet.fault_on(
            sheet.line_of(text),
            "a ring has at least four positions, the last one the same as the first",
        );
        return None;
    }
    if positions.first() != positions.last() {
        let line = raw.last().map_or(1, |last| sheet.line_of(last.get()));
        sheet.fault_on(line, "this ring is not closed: its last position has to be the same as its first");
        return None;
    }
    Some(LineString::new(positions))
}

fn position(sheet: &Sheet<'_>, text: &str) -> Option<Coord> {
    let numbers: Vec<f64> = sheet.json(text, "a position, which is [longitude, latitude]")?;
    let ([longitude, latitude] | [longitude, latitude, _]) = numbers[..] else {
        sheet.fault_on(sheet.line_of(text), "a position is [longitude, latitude]");
        return None;
    };
    if is_in_germany(longitude, latitude) {
        return Some(Coord { x: longitude, y: latitude });
    }
    let reason = if is_in_germany(latitude, longitude) {
        "latitude and longitude are swapped: GeoJSON wants [longitude, latitude]"
    } else if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
        "this is not in degrees; convert the file to EPSG:4326 (WGS 84)"
    } else {
        "this position is not in Germany"
    };
    sheet.fault_on(sheet.line_of(text), reason);
    None
}

fn is_in_germany(longitude: f64, latitude: f64) -> bool {
    let [west, east, south, north] = GERMANY;
    (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
}
