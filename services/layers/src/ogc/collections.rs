//! The collections, described.

use axum::extract::State;
use axum::response::Response;
use kit::extract::Path;
use kit::{App, Result};
use proto::locale::text;
use serde_json::{Value, json};

use super::asked::{Asked, Read, link};
use super::collection::{ALL, Collection, Named, schema};
use super::crs::Crs;
use super::items::GEOJSON;
use super::negotiate::Format;
use super::query::PLAIN;
use super::store::{self, Extent};
use super::{EVERYBODY, JSON, answer};

/// The type of a schema.
const SCHEMA: &str = "application/schema+json";
/// By how much the box of a collection is wider than its features, in degrees: boxes lean between systems, and
/// the box must hold every feature in each of them.
const SLACK: f64 = 0.005;

/// Lists all collections.
pub async fn list(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let mut collections = Vec::new();
    for collection in ALL {
        let extent = store::extent(&mut tx, collection).await?;
        collections.push(describe(&asked, &read, collection, &extent));
    }
    tx.commit().await?;
    let document = json!({
        "title": text(asked.language, "layers-collections"),
        "links": asked.itself(&read, JSON),
        "collections": collections,
    });
    answer::document(&app, &asked, &read, JSON, &document)
}

/// Describes one collection.
pub async fn show(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let extent = store::extent(&mut tx, collection).await?;
    tx.commit().await?;
    let mut document = describe(&asked, &read, collection, &extent);
    // The same links as in the list, and the one to the other format of this very answer.
    if let Some(links) = document["links"].as_array_mut() {
        links.extend(asked.itself(&read, JSON).into_iter().filter(|link| link["rel"] == "alternate"));
    }
    answer::document(&app, &asked, &read, JSON, &document)
}

/// The schema of a collection's features.
pub async fn schema(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let id = asked.url(&format!("/collections/{}/schema", collection.id));
    answer::document(&app, &asked, &read, SCHEMA, &schema::of(collection, &id, asked.language))
}

fn describe(asked: &Asked, read: &Read, collection: &Collection, extent: &Extent) -> Value {
    json!({
        "id": collection.id,
        "title": collection.title(asked.language),
        "description": collection.description(asked.language),
        "itemType": "feature",
        "extent": {
            "spatial": { "bbox": [extent.bounds.map_or([-180.0, -90.0, 180.0, 90.0], loose)], "crs": Crs::Crs84.uri() },
            "temporal": {
                "interval": [[extent.first, Value::Null]],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            },
        },
        "crs": collection.systems().iter().map(|crs| crs.uri()).collect::<Vec<_>>(),
        "storageCrs": Crs::Epsg25832.uri(),
        "links": links(asked, read, collection),
    })
}

fn loose([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let down = |number: f64| ((number - SLACK) * 1000.0).floor() / 1000.0;
    let up = |number: f64| ((number + SLACK) * 1000.0).ceil() / 1000.0;
    [down(west), down(south), up(east), up(north)]
}

fn links(asked: &Asked, read: &Read, collection: &Collection) -> Vec<Value> {
    let here = asked.url(&format!("/collections/{}", collection.id));
    // GDAL appends `/{id}` to the link as it stands; a browser would get the page without `f`.
    let items = match read.format {
        Format::Json => format!("{here}/items"),
        Format::Html => format!("{here}/items?f=json"),
    };
    let say = |key: &str| text(asked.language, key);
    vec![
        link("self", &here, JSON, &collection.title(asked.language)),
        link("items", &items, GEOJSON, &say("layers-items")),
        link("items", &format!("{here}/items?f=html"), "text/html", &say("layers-items-page")),
        link("describedby", &format!("{here}/schema"), SCHEMA, &say("layers-schema")),
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
            &format!("{here}/tiles"),
            JSON,
            &say("layers-tiles"),
        ),
    ]
}
