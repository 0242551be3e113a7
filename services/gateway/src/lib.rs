//! The app gateway: what apps, browsers and mail readers meet.
//!
//! It picks the city by host, forwards the services' own paths unchanged, composes what one screen needs from
//! several services, keeps the sessions of staff browsers, and serves the web clients and the pages that work
//! without JavaScript. It decides nothing about service requests and keeps nothing but sessions.

mod cities;
mod contract;
mod docs;
mod forward;
mod frame;
mod headers;
mod home;
mod limits;
mod map;
mod pages;
mod reader;
pub mod session;
mod state;
mod upstream;
mod web;

use axum::Router;
use axum::middleware;
use kit::App;
use kit::db::Statement;
use kit::job::Task;
use tower_http::compression::CompressionLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use cities::cities;
pub use contract::contract;
pub use state::{Settings, Upstreams};

use state::Gateway;

/// The name of the service, its schema and its role.
pub const SERVICE: &str = "gateway";
/// Where the style of the pages lies, for further pages of the same look.
pub const PAGE_STYLE: &str = "/page.css";
/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 1] = [session::store::STATEMENTS];

/// The gateway of one city; `parts` are the contracts of the services behind it.
pub fn router(app: &App, upstreams: Upstreams, parts: Vec<OpenApi>, settings: Settings) -> Router {
    let gateway = Gateway::new(app, upstreams, settings);
    let (own, _) = routes().split_for_parts();
    let api =
        own.merge(forward::routes()).merge(contract::routes(&contract(parts))).with_state(gateway.clone());
    Router::new()
        .merge(frame::json(&gateway, api))
        .merge(frame::json(&gateway, docs::routes()).layer(middleware::from_fn(docs::policy)))
        .merge(pages::router(&gateway))
        .merge(map::router(&gateway))
        .merge(web::router(&gateway))
        .fallback_service(web::fallback(&gateway))
        .layer(middleware::from_fn_with_state(gateway, headers::answer))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::arriving))
}

/// The gateway's own routes that belong to the contract.
fn routes() -> OpenApiRouter<Gateway> {
    OpenApiRouter::new()
        .routes(routes!(home::home))
        .routes(routes!(home::city))
        .routes(routes!(home::boundary))
        .routes(routes!(home::places))
        .routes(routes!(session::show, session::end))
}

/// What the gateway does beside answering requests.
pub fn tasks() -> Vec<Task> {
    vec![session::sweep()]
}

#[cfg(test)]
mod tests;
