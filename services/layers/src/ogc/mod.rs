//! OGC API Features: the city's layers for maps and geographic information systems.
//!
//! It reads `published.*` only and asks nobody who he is. What a collection is stands in one description
//! ([`collection::Collection`]); everything else is derived from it. It has an OpenAPI 3.0 document of its own,
//! because geographic clients read no other.

mod answer;
mod api;
mod asked;
pub mod collection;
mod collections;
mod conformance;
pub mod crs;
mod feature;
mod item;
mod items;
mod landing;
mod negotiate;
mod page;
pub mod query;
pub mod sql;
pub mod store;

use std::sync::Arc;

use axum::Router;
use axum::middleware::map_response;
use axum::routing::{MethodRouter, get};
use kit::App;
use kit::extract::Anyone;
use kit::http::Frame;

pub use answer::{Sent, document, send, tag};
pub use asked::{Asked, Read, link};
pub use negotiate::tile as takes_tiles;

use crate::tile;

/// Everybody: no layer shows more to somebody who signed in.
pub const EVERYBODY: Anyone = Anyone(None);
/// The type of JSON documents.
pub const JSON: &str = "application/json";

/// A path with its handler.
type Route = (&'static str, fn() -> MethodRouter<App>);

/// Every path.
const ROUTES: &[Route] = &[
    ("/ogc", || get(landing::show)),
    ("/ogc/", || get(landing::show)),
    ("/ogc/api", || get(api::show)),
    ("/ogc/conformance", || get(conformance::show)),
    ("/ogc/collections", || get(collections::list)),
    ("/ogc/collections/{collection}", || get(collections::show)),
    ("/ogc/collections/{collection}/schema", || get(collections::schema)),
    ("/ogc/collections/{collection}/items", || get(items::list)),
    ("/ogc/collections/{collection}/items/{feature}", || get(item::show)),
    ("/ogc/collections/{collection}/tiles", || get(tile::sets)),
    ("/ogc/collections/{collection}/tiles/WebMercatorQuad", || get(tile::set)),
    ("/ogc/collections/{collection}/tiles/WebMercatorQuad/tilejson.json", || get(tile::tile_json)),
    ("/ogc/collections/{collection}/tiles/WebMercatorQuad/{tile_matrix}/{tile_row}/{tile_col}", || {
        get(tile::show)
    }),
    ("/ogc/tileMatrixSets", || get(tile::matrix_sets)),
    ("/ogc/tileMatrixSets/WebMercatorQuad", || get(tile::matrix_set)),
];

/// The paths' templates, for the table that names who may read what.
pub fn paths() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|(path, _)| *path)
}

/// The paths as a router, with problems and open doors of their own.
pub fn router(app: &App) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, (path, handler)| {
        router.route(path, handler().options(answer::options).fallback(answer::no_such_method))
    });
    let frame = Frame { dialect: Arc::new(answer::problem), ..Frame::default() };
    kit::http::framed(app, routes.with_state(app.clone()), frame).layer(map_response(answer::open))
}

#[cfg(test)]
pub(crate) mod tests;
