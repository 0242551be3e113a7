//! The parameters of each path, by name, and how OpenAPI describes them.

use proto::Language;
use proto::locale::text;
use serde_json::{Value, json};

use super::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::ogc::collection::{Collection, schema};
use crate::ogc::crs::Crs;

/// The parameters of paths that only have a format.
pub const PLAIN: &[&str] = &["f"];
/// The parameters of one feature.
pub const ITEM: &[&str] = &["f", "crs"];

/// The parameters of a page of features.
pub fn names_of_items(collection: &Collection) -> Vec<&'static str> {
    let fixed = ["f", "limit", "bbox", "bbox-crs", "datetime", "crs", "cursor"];
    fixed.into_iter().chain(collection.filterable().map(|property| property.name)).collect()
}

/// The parameters of a tile.
pub fn names_of_tile(collection: &Collection) -> Vec<&'static str> {
    ["f", "datetime"].into_iter().chain(collection.filterable().map(|property| property.name)).collect()
}

/// A parameter as OpenAPI 3.0 describes it.
pub fn describe(name: &str, collection: Option<&Collection>, formats: &[&str], language: Language) -> Value {
    let uri = || json!({ "type": "string", "format": "uri", "default": Crs::Crs84.uri(), "enum": Crs::ALL.map(Crs::uri) });
    let schema = match name {
        "f" => json!({ "type": "string", "enum": formats }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT }),
        "bbox" => json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } }),
        "bbox-crs" | "crs" => uri(),
        "datetime" | "cursor" => json!({ "type": "string" }),
        _ => return of_property(name, collection, language),
    };
    parameter(name, &text(language, &format!("layers-parameter-{name}")), &schema)
}

/// A list with commas is a text to OpenAPI, so that clients which know plain texts only send their filters.
fn of_property(name: &str, collection: Option<&Collection>, language: Language) -> Value {
    let properties = collection.map(|collection| collection.properties).unwrap_or_default();
    let Some(property) = properties.iter().find(|property| property.name == name) else { return Value::Null };
    let mut described = schema::value(property);
    if let Some(listed) = described.as_object_mut().and_then(|described| described.remove("enum")) {
        let listed: Vec<&str> = listed.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let sentence = text(language, "layers-parameter-list");
        return parameter(
            name,
            &format!("{} {sentence} {}", property.title(language), listed.join(", ")),
            &described,
        );
    }
    let sentence = text(language, "layers-parameter-texts");
    parameter(name, &format!("{} {sentence}", property.title(language)), &described)
}

fn parameter(name: &str, description: &str, schema: &Value) -> Value {
    json!({
        "name": name, "in": "query", "required": false, "style": "form", "explode": false,
        "description": description, "schema": schema,
    })
}
