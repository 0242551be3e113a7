//! Map layers, addresses and figures: what may be seen without a person's data.
//!
//! layers reads `published.*` and nothing else, and writes nothing. Each feature has a folder.

use axum::Router;
use kit::App;
use kit::db::Statement;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The name of the service and its role.
pub const SERVICE: &str = "layers";

/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 0] = [];

/// The routes of the service, feature by feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

/// The service as a router, with its part of the contract.
pub fn router(app: &App) -> (Router, OpenApi) {
    kit::http::service(app, routes())
}
