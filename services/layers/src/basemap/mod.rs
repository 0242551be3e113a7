//! The base map: streets, water, green and buildings around the city, as vector tiles.
//!
//! `gladbeck import osm` fills it. A city that imported nothing has no base map, and its style leaves it out.

pub mod store;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use http::{HeaderValue, StatusCode};
use kit::extract::{Anyone, Path};
use kit::keys::sha256;
use kit::{App, Result};
use proto::Problem;
use proto::basemap::{TileLayer, TileSet};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::conditional::IfNoneMatch;

/// The first zoom level that has tiles: the whole city and what lies around it.
pub const FIRST_ZOOM: u8 = 8;
/// The last one: beyond it a map enlarges, a tile's grain is then 30 cm.
pub const LAST_ZOOM: u8 = 15;
/// The layers, from the ground up.
const LAYERS: [&str; 5] = ["land", "water", "green", "building", "street"];
/// What the Open Database License asks for.
const ATTRIBUTION: &str = "<a href=\"https://www.openstreetmap.org/copyright\" target=\"_blank\" \
                           rel=\"noopener\">© OpenStreetMap-Mitwirkende (ODbL)</a>";
/// Streets change with the next import only.
const AN_HOUR: &str = "public, max-age=3600";

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(describe)).routes(routes!(tile))
}

/// Describes the tiles of the base map (TileJSON 3.0); 204 when the city imported none.
#[utoipa::path(get, path = "/map/tiles/basemap", tag = "map", operation_id = "describeBasemap",
    responses((status = 200, body = TileSet), (status = 204), (status = "default", body = Problem)))]
pub async fn describe(State(app): State<App>, anyone: Anyone) -> Result<Response> {
    let mut tx = app.db.begin(&anyone).await?;
    let is_there = store::is_there(&mut tx).await?;
    tx.commit().await?;
    let caching = [(CACHE_CONTROL, "no-cache")];
    if !is_there {
        return Ok((StatusCode::NO_CONTENT, caching).into_response());
    }
    Ok((caching, Json(tile_set())).into_response())
}

fn tile_set() -> TileSet {
    let layer = |id: &str| {
        let said: &[&str] = if id == "street" { &["class", "name"] } else { &["class"] };
        let fields: BTreeMap<_, _> =
            said.iter().map(|field| ((*field).to_owned(), "String".to_owned())).collect();
        TileLayer { id: id.to_owned(), fields }
    };
    TileSet {
        tilejson: "3.0.0".to_owned(),
        tiles: vec!["/map/tiles/basemap/{z}/{x}/{y}".to_owned()],
        minzoom: FIRST_ZOOM,
        maxzoom: LAST_ZOOM,
        attribution: ATTRIBUTION.to_owned(),
        vector_layers: LAYERS.map(layer).to_vec(),
    }
}

/// Shows a tile of the base map; 204 where there is nothing.
#[utoipa::path(get, path = "/map/tiles/basemap/{z}/{x}/{y}", tag = "map", operation_id = "basemapTile",
    params(("z" = u8, Path, description = "The zoom level"), ("x" = u32, Path, description = "The column"),
        ("y" = u32, Path, description = "The row")),
    responses((status = 200, body = Vec<u8>, content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204), (status = "default", body = Problem)))]
pub async fn tile(
    State(app): State<App>,
    anyone: Anyone,
    seen: IfNoneMatch,
    Path((z, x, y)): Path<(u8, u32, u32)>,
) -> Result<Response> {
    if !(FIRST_ZOOM..=LAST_ZOOM).contains(&z) || x >> z != 0 || y >> z != 0 {
        return Err(Problem::not_found().into());
    }
    let mut tx = app.db.begin(&anyone).await?;
    let tile = store::tile(&mut tx, (z, x, y)).await?;
    tx.commit().await?;
    Ok(answer(&seen, tile))
}

fn answer(seen: &IfNoneMatch, tile: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", hex::encode(&sha256(&tile)[..16]));
    let headers = [(ETAG, tag.as_str()), (CACHE_CONTROL, AN_HOUR)];
    if seen.has(&tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    if tile.is_empty() {
        return (StatusCode::NO_CONTENT, headers).into_response();
    }
    let kind = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
    (headers, [(CONTENT_TYPE, kind)], tile).into_response()
}

#[cfg(test)]
mod tests;
