//! What tiles there are: sets per collection, and the matrix set that all of them share.

use axum::extract::State;
use axum::response::Response;
use kit::extract::Path;
use kit::{App, Result};
use proto::locale::text;
use serde_json::{Map, Value, json};

use super::matrix::{CRS, URI, definition};
use super::{MVT, address};
use crate::ogc::collection::{Collection, Kind, Named, Shape, schema};
use crate::ogc::crs::Crs;
use crate::ogc::query::PLAIN;
use crate::ogc::{Asked, EVERYBODY, JSON, Read, document, link, store};

/// What links a set of tiles to its matrix set.
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// Beyond this matrix a map draws nearer tiles larger.
const LAST_DRAWN: u8 = 18;

/// Lists the sets of tiles of a collection.
pub async fn sets(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let here = asked.url(&format!("/collections/{}/tiles/WebMercatorQuad", collection.id));
    let set = json!({
        "title": collection.title(asked.language),
        "dataType": "vector",
        "crs": CRS,
        "tileMatrixSetURI": URI,
        "links": [link("self", &here, JSON, &collection.title(asked.language)), scheme(&asked)],
    });
    let listed = json!({
        "title": title(&asked, collection), "tilesets": [set], "links": links(&asked, &read, collection),
    });
    document(&app, &asked, &read, JSON, &listed)
}

/// Describes the set of tiles of a collection.
pub async fn set(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let bounds = store::extent(&mut tx, collection).await?.bounds;
    tx.commit().await?;
    let here = asked.url(&format!("/collections/{}/tiles/WebMercatorQuad", collection.id));
    let mut links = links(&asked, &read, collection);
    let mut item = link(
        "item",
        &format!("{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"),
        MVT,
        &title(&asked, collection),
    );
    item["templated"] = true.into();
    links.extend([
        item,
        scheme(&asked),
        link("describedby", &format!("{here}/tilejson.json"), JSON, "TileJSON"),
    ]);
    let mut described = json!({
        "title": title(&asked, collection),
        "dataType": "vector",
        "crs": CRS,
        "tileMatrixSetURI": URI,
        "tileMatrixSetId": "WebMercatorQuad",
        "mediaTypes": [MVT],
        "layers": [layer(&asked, collection)],
        "links": links,
    });
    if let Some([west, south, east, north]) = bounds {
        described["boundingBox"] =
            json!({ "lowerLeft": [west, south], "upperRight": [east, north], "crs": Crs::Crs84.uri() });
    }
    document(&app, &asked, &read, JSON, &described)
}

/// Describes the tiles as web maps want it (TileJSON 3.0).
pub async fn tile_json(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let bounds = store::extent(&mut tx, collection).await?.bounds;
    tx.commit().await?;
    let here = asked.url(&format!("/collections/{}/tiles/WebMercatorQuad", collection.id));
    let owners: Vec<&str> = app.city.city.attributions.iter().map(|owner| owner.text.as_str()).collect();
    let mut described = json!({
        "tilejson": "3.0.0",
        "name": collection.title(asked.language),
        "description": collection.description(asked.language),
        "attribution": owners.join(" · "),
        "tiles": [format!("{here}/{{z}}/{{y}}/{{x}}")],
        "minzoom": 0,
        "maxzoom": LAST_DRAWN,
        "vector_layers": [{ "id": collection.id, "fields": fields(collection), "minzoom": 0, "maxzoom": LAST_DRAWN }],
    });
    if let Some(bounds) = bounds {
        described["bounds"] = json!(bounds);
    }
    document(&app, &asked, &read, JSON, &described)
}

/// Lists the matrix sets.
pub async fn matrix_sets(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let own = link("self", &asked.url("/tileMatrixSets/WebMercatorQuad"), JSON, "WebMercatorQuad");
    let listed = json!({
        "title": text(asked.language, "layers-matrix-sets"),
        "tileMatrixSets": [{ "id": "WebMercatorQuad", "title": "WebMercatorQuad", "uri": URI, "links": [own] }],
        "links": asked.itself(&read, JSON),
    });
    document(&app, &asked, &read, JSON, &listed)
}

/// Shows the matrix set.
pub async fn matrix_set(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let links = asked.itself(&read, JSON);
    document(&app, &asked, &read, JSON, &definition("WebMercatorQuad", &links))
}

fn title(asked: &Asked, collection: &Collection) -> String {
    format!("{} – {}", collection.title(asked.language), text(asked.language, "layers-tiles"))
}

fn links(asked: &Asked, read: &Read, collection: &Collection) -> Vec<Value> {
    let mut links = asked.itself(read, JSON);
    let up = asked.url(&format!("/collections/{}", collection.id));
    links.push(link(
        "http://www.opengis.net/def/rel/ogc/1.0/geodata",
        &up,
        JSON,
        &collection.title(asked.language),
    ));
    links
}

fn scheme(asked: &Asked) -> Value {
    link(TILING_SCHEME, &asked.url("/tileMatrixSets/WebMercatorQuad"), JSON, "WebMercatorQuad")
}

fn layer(asked: &Asked, collection: &Collection) -> Value {
    let dimension = match collection.shape {
        Shape::Point { .. } => 0,
        Shape::Area { .. } => 2,
    };
    let properties: Map<String, Value> = kinds(collection)
        .map(|(name, kind)| {
            (name.to_owned(), json!({ "type": if kind == Kind::Integer { "integer" } else { "string" } }))
        })
        .collect();
    json!({
        "id": collection.id,
        "title": collection.title(asked.language),
        "description": collection.description(asked.language),
        "dataType": "vector",
        "geometryDimension": dimension,
        "minTileMatrix": "0",
        "maxTileMatrix": address::LAST_MATRIX.to_string(),
        "propertiesSchema": { "type": "object", "properties": properties, "title": schema::geometry_type(collection) },
    })
}

fn fields(collection: &Collection) -> Map<String, Value> {
    let fields = kinds(collection).map(|(name, kind)| {
        (name.to_owned(), if kind == Kind::Integer { "Number" } else { "String" }.into())
    });
    fields.collect()
}

/// What features have in tiles, far away and near by.
fn kinds(collection: &Collection) -> impl Iterator<Item = (&'static str, Kind)> {
    let counted = collection.tile.clusters.is_some();
    let figures = ["count", "open"].into_iter().filter(move |_| counted).map(|name| (name, Kind::Integer));
    let near = std::iter::once("id")
        .chain(collection.tile.properties.iter().copied())
        .map(|name| (name, Kind::Text));
    near.chain(figures)
}
