//! The map as a browser and an app meet it.

mod background;
mod elsewhere;
mod limits;
mod own;
mod town;
mod upstream;

use serde_json::Value;

pub use elsewhere::{Elsewhere, Scripted};
pub use town::Town;

/// Where a browser meets the city.
pub const ORIGIN: &str = "http://musterhausen.localhost:8080";

/// Every address in a document, except in what is said of its owners: links there are for people.
pub fn addresses(document: &Value) -> Vec<String> {
    match document {
        Value::String(text) if text.contains("//") => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(addresses).collect(),
        Value::Object(members) => {
            let told = members.iter().filter(|(name, _)| *name != "attribution");
            told.flat_map(|(_, value)| addresses(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The ids of a style's layers, from the ground up.
pub fn layers(style: &Value) -> Vec<String> {
    let layers = style["layers"].as_array().unwrap();
    layers.iter().map(|layer| layer["id"].as_str().unwrap().to_owned()).collect()
}
