//! Tells residents what becomes of their requests: turns events into mail.
//!
//! notify owns the schema `notify`: how far it has read, what it has sent, and about which requests nobody
//! wants mail any more. It keeps no address: reports holds them and hands one out for one mail.

pub mod mail;
pub mod reader;
pub mod unsubscribe;

use axum::Router;
use kit::App;
use kit::db::Statement;
use kit::job::Task;
use kit::mail::Mailer;
use proto::Client;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The name of the service, its schema and its role.
pub const SERVICE: &str = "notify";

/// The statements of every store, for the test that plans them as the service's own role.
pub const STATEMENTS: [&[Statement]; 3] =
    [mail::store::STATEMENTS, reader::store::STATEMENTS, unsubscribe::store::STATEMENTS];

/// The routes of the service.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(unsubscribe::unsubscribe))
}

/// The service as a router, with its part of the contract.
pub fn router(app: &App) -> (Router, OpenApi) {
    kit::http::service(app, routes())
}

/// What the service does beside answering requests: it reads events and sends mail.
pub fn tasks(reports: Client, mailer: Mailer) -> Vec<Task> {
    vec![reader::task(reports.clone()), mail::task(reports, mailer)]
}

#[cfg(test)]
mod tests;
