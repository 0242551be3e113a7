//! What this interface keeps to; only what tests hold it to stands here.

use axum::extract::State;
use axum::response::Response;
use kit::{App, Result};
use proto::locale::text;
use serde_json::json;

use super::asked::Asked;
use super::query::PLAIN;
use super::{JSON, answer};

/// The classes of conformance.
pub const CLASSES: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
];

/// Lists the classes of conformance.
pub async fn show(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let document = json!({
        "title": text(asked.language, "layers-conformance"),
        "conformsTo": CLASSES,
        "links": asked.itself(&read, JSON),
    });
    answer::document(&app, &asked, &read, JSON, &document)
}
