//! The OpenAPI 3.0 document of `/ogc`, with a literal path per collection: clients look there for what they may
//! send, and push their filters down only when the parameter is described.

use axum::extract::State;
use axum::response::Response;
use kit::{App, Result};
use proto::Language;
use proto::locale::{text, text_with};
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::collection::{ALL, Collection};
use super::items::GEOJSON;
use super::negotiate::FORMATS;
use super::query::{ITEM, PLAIN, describe, names_of_items, names_of_tile};
use super::{JSON, answer};
use crate::tile::MVT;

/// The type of the document.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Shows the document.
pub async fn show(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let mut document = document(&app, &asked.url(""), asked.language);
    if read.format == super::negotiate::Format::Html {
        document["title"] = text(asked.language, "layers-api").into();
        document["links"] = asked.itself(&read, OPENAPI).into();
    }
    answer::document(&app, &asked, &read, OPENAPI, &document)
}

/// The document for the interface at an address.
pub fn document(app: &App, server: &str, language: Language) -> Value {
    let city = [("city", app.city.city.full_name.in_language(language.tag()).to_owned())];
    let mut paths = Map::new();
    for (path, id, kind) in [
        ("/", "getLandingPage", JSON),
        ("/api", "getApi", OPENAPI),
        ("/conformance", "getConformance", JSON),
        ("/collections", "getCollections", JSON),
        ("/tileMatrixSets", "getTileMatrixSetsList", JSON),
        ("/tileMatrixSets/WebMercatorQuad", "getTileMatrixSet", JSON),
    ] {
        paths.insert(path.to_owned(), plain(id, kind, PLAIN, None, language));
    }
    for collection in ALL {
        of_collection(&mut paths, collection, language);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": text_with(language, "layers-title", &city),
            "description": text_with(language, "layers-description", &city),
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "EUPL-1.2" },
            "contact": { "email": app.city.city.contact.email },
        },
        "servers": [{ "url": server }],
        "tags": ALL.iter().map(|collection| json!({
            "name": collection.id, "description": collection.description(language),
        })).collect::<Vec<_>>(),
        "paths": paths,
        "components": { "schemas": { "problem": problem() } },
    })
}

fn of_collection(paths: &mut Map<String, Value>, collection: &Collection, language: Language) {
    let (id, some) = (collection.id, Some(collection));
    let path = format!("/collections/{id}");
    let mut add = |below: &str, operation: Value| paths.insert(format!("{path}{below}"), operation);
    add("", plain(&format!("{id}.getCollection"), JSON, PLAIN, some, language));
    add("/schema", plain(&format!("{id}.getSchema"), "application/schema+json", PLAIN, some, language));
    add("/items", plain(&format!("{id}.getFeatures"), GEOJSON, &names_of_items(collection), some, language));
    let item = plain(&format!("{id}.getFeature"), GEOJSON, ITEM, some, language);
    add("/items/{featureId}", with_path(item, &[("featureId", "string")]));
    add("/tiles", plain(&format!("{id}.collection.vector.getTileSetsList"), JSON, PLAIN, some, language));
    let set = plain(&format!("{id}.collection.vector.getTileSet"), JSON, PLAIN, some, language);
    add("/tiles/WebMercatorQuad", set);
    let tile =
        plain(&format!("{id}.collection.vector.getTile"), MVT, &names_of_tile(collection), some, language);
    let place = [("tileMatrix", "integer"), ("tileRow", "integer"), ("tileCol", "integer")];
    add("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", with_path(tile, &place));
}

/// A path that is read with GET.
fn plain(id: &str, kind: &str, names: &[&str], collection: Option<&Collection>, language: Language) -> Value {
    let formats = if kind == MVT { &["mvt"] } else { FORMATS };
    let parameters: Vec<Value> =
        names.iter().map(|name| describe(name, collection, formats, language)).collect();
    let mut content = json!({ kind: { "schema": schema(kind) } });
    if kind != MVT {
        content["text/html"] = json!({ "schema": { "type": "string" } });
    }
    let mut responses = json!({ "200": { "description": "OK", "content": content }, "304": { "description": "Not Modified" } });
    if kind == MVT {
        responses["204"] = json!({ "description": "No Content" });
    }
    for (status, meaning) in [
        ("400", "Bad Request"),
        ("404", "Not Found"),
        ("405", "Method Not Allowed"),
        ("406", "Not Acceptable"),
        ("500", "Internal Server Error"),
        ("503", "Service Unavailable"),
    ] {
        let schema = json!({ "$ref": "#/components/schemas/problem" });
        responses[status] = json!({ "description": meaning, "content": { "application/problem+json": { "schema": schema } } });
    }
    let tag = collection.map_or("layers", |collection| collection.id);
    json!({ "get": { "operationId": id, "tags": [tag], "parameters": parameters, "responses": responses } })
}

fn with_path(mut operation: Value, names: &[(&str, &str)]) -> Value {
    if let Some(parameters) = operation["get"]["parameters"].as_array_mut() {
        for (name, kind) in names {
            parameters
                .push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": kind } }));
        }
    }
    operation
}

fn schema(kind: &str) -> Value {
    if kind == MVT { json!({ "type": "string", "format": "binary" }) } else { json!({ "type": "object" }) }
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
            "detail": { "type": "string" }, "code": { "type": "string" }, "parameter": { "type": "string" },
            "errors": { "type": "array", "items": { "type": "object" } },
        },
    })
}
