//! A collection as a JSON Schema.

use proto::Language;
use serde_json::{Map, Value, json};

use super::{Collection, Filterable, Kind, Property, Shape};

/// The schema of the features' properties and geometry (JSON Schema 2020-12).
pub fn of(collection: &Collection, id: &str, language: Language) -> Value {
    let mut properties = Map::new();
    properties.insert("geometry".to_owned(), geometry(collection));
    for property in collection.properties {
        properties.insert(property.name.to_owned(), titled(property, language));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "type": "object",
        "title": collection.title(language),
        "description": collection.description(language),
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The type of the geometry, as GeoJSON names it.
pub fn geometry_type(collection: &Collection) -> &'static str {
    match collection.shape {
        Shape::Point { .. } => "Point",
        Shape::Area { .. } => "MultiPolygon",
    }
}

fn geometry(collection: &Collection) -> Value {
    let format = match collection.shape {
        Shape::Point { .. } => "geometry-point",
        Shape::Area { .. } => "geometry-multipolygon",
    };
    json!({ "format": format, "x-ogc-role": "primary-geometry" })
}

fn titled(property: &Property, language: Language) -> Value {
    let mut schema = value(property);
    schema["title"] = property.title(language).into();
    schema
}

/// The schema of one value of a property.
pub fn value(property: &Property) -> Value {
    let mut schema = match property.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Instant => json!({ "type": "string", "format": "date-time" }),
    };
    if let Filterable::OneOf(values) = property.filter {
        schema["enum"] = values().into();
    }
    schema
}
