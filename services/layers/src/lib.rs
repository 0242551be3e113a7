//! Map layers, addresses and figures: what may be seen without a person's data.
//!
//! layers reads `published.*` and nothing else, and writes nothing. Each feature has a folder.

pub mod address;
pub mod basemap;
pub mod conditional;
pub mod ogc;
pub mod statistics;
pub mod tile;

use axum::Router;
use kit::App;
use kit::db::Statement;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The name of the service and its role.
pub const SERVICE: &str = "layers";

/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 3] =
    [basemap::store::STATEMENTS, statistics::store::STATEMENTS, address::store::STATEMENTS];

/// The routes of the service, feature by feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(statistics::routes()).merge(address::routes()).merge(basemap::routes())
}

/// The service as a router, with its part of the contract.
pub fn router(app: &App) -> (Router, OpenApi) {
    let (router, contract) = kit::http::service(app, routes());
    (router.merge(ogc::router(app)), contract)
}

#[cfg(test)]
mod tests;
