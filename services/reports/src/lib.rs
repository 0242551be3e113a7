//! Service requests, from the first photo to the last answer.
//!
//! reports owns the schema `reports` and writes `published.request`, which is all that anybody outside sees.
//! Each feature has a folder; [`request`] is what they share.

pub mod bulk;
pub mod catalogue;
pub mod conditional;
pub mod contact;
pub mod event;
pub mod expiry;
pub mod feedback;
pub mod handover;
pub mod intake;
pub mod listing;
pub mod locality;
pub mod page;
pub mod photo;
pub mod publication;
pub mod reporter;
pub mod request;
pub mod testing;
pub mod timeline;
pub mod triage;

use axum::Router;
use kit::App;
use kit::db::Statement;
use kit::job::Task;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The name of the service, its schema and its role.
pub const SERVICE: &str = "reports";

/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 13] = [
    bulk::store::STATEMENTS,
    request::store::STATEMENTS,
    intake::store::STATEMENTS,
    photo::store::STATEMENTS,
    publication::store::STATEMENTS,
    listing::store::STATEMENTS,
    locality::store::STATEMENTS,
    timeline::store::STATEMENTS,
    triage::store::STATEMENTS,
    triage::live::store::STATEMENTS,
    feedback::store::STATEMENTS,
    contact::store::STATEMENTS,
    expiry::store::STATEMENTS,
];

/// The routes of the service, feature by feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(catalogue::routes())
        .merge(photo::routes())
        .merge(intake::routes())
        .merge(listing::routes())
        .merge(reporter::routes())
        .merge(feedback::routes())
        .merge(triage::routes())
        .merge(contact::routes())
        .merge(handover::routes())
}

/// The service as a router, with its part of the contract.
pub fn router(app: &App) -> (Router, OpenApi) {
    kit::http::service(app, routes())
}

/// What the service does beside answering requests.
pub fn tasks() -> Vec<Task> {
    vec![photo::sweep::task(), contact::sweep::task(), expiry::task(), locality::task()]
}

#[cfg(test)]
mod tests;
