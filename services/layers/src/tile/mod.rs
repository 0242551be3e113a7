//! OGC API Tiles: every collection as vector tiles of the matrix set WebMercatorQuad.
//!
//! Far away, points are counted in the cells of a grid over the whole world, so that a cluster belongs to one tile
//! only; near by, they are slim points whose details `items/{id}` tells.

mod address;
mod matrix;
mod sets;
mod sql;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_LANGUAGE};
use http::{HeaderValue, StatusCode};
use kit::extract::Path;
use kit::{App, Result};
use sqlx::Row;

use crate::ogc::collection::Named;
use crate::ogc::{self, Asked, EVERYBODY, Sent, query};

pub use address::Address;
pub use sets::{matrix_set, matrix_sets, set, sets, tile_json};
pub use sql::tile as statement;

/// The type of a tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Maps move on a screen: what was just seen is not asked for again, what changed shows soon.
const CACHING: &str = "public, max-age=15";

/// Shows a tile.
pub async fn show(
    State(app): State<App>,
    asked: Asked,
    Path((Named(collection), matrix, row, column)): Path<(Named, String, String, String)>,
) -> Result<Response> {
    let address = Address::read(&matrix, &row, &column)?;
    let parameters = asked.parameters(&query::names_of_tile(collection))?;
    ogc::takes_tiles(&parameters, &asked.headers)?;
    let filter = parameters.filter(collection)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let found = statement(collection, &filter, address).build().persistent(false).fetch_one(&mut *tx).await?;
    tx.commit().await?;
    let body: Vec<u8> = found.try_get(0)?;
    let empty = body.is_empty();
    let tag = ogc::tag(&[&body]);
    let mut response = ogc::send(&asked, Sent { kind: MVT, tag, caching: CACHING, body, links: &[] });
    // No word of a tile is in the reader's language.
    response.headers_mut().remove(CONTENT_LANGUAGE);
    if empty {
        let mut nothing = StatusCode::NO_CONTENT.into_response();
        nothing.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(CACHING));
        return Ok(nothing);
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
