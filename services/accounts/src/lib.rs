//! Who somebody is: devices of residents, staff and their sessions, and the tokens that speak for both.
//!
//! accounts owns the schema `accounts` and the one key whose tokens may speak for people. Its tables open only
//! while a secret is exchanged ([`exchange::Exchange`]) or while it works by itself.

pub mod device;
pub mod exchange;
pub mod jwks;
pub mod session;
pub mod staff;
pub mod sweep;
pub mod token;

use axum::Router;
use kit::App;
use kit::db::Statement;
use kit::job::Task;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The name of the service, its schema and its role.
pub const SERVICE: &str = "accounts";

/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 4] =
    [device::store::STATEMENTS, session::store::STATEMENTS, staff::store::STATEMENTS, sweep::STATEMENTS];

/// The routes of the service.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(device::register))
        .routes(routes!(token::exchange))
        .routes(routes!(jwks::public_keys))
        .routes(routes!(session::exchange))
        .routes(routes!(session::end))
        .routes(routes!(staff::me))
}

/// The service as a router, with its part of the contract.
pub fn router(app: &App) -> (Router, OpenApi) {
    kit::http::service(app, routes())
}

/// What the service does beside answering requests.
pub fn tasks() -> Vec<Task> {
    vec![sweep::task()]
}

#[cfg(test)]
mod tests;
