//! Whether the process lives and is ready to serve, for operators and load balancers.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use http::StatusCode;

use crate::db::Db;

/// `/health/live` and `/health/ready`; ready means that every database answers within a second.
pub fn router(databases: Vec<Db>) -> Router {
    Router::new().route("/health/live", get(async || "live\n")).route(
        "/health/ready",
        get(async move || {
            for db in &databases {
                let ping = sqlx::query("SELECT 1").execute(db.pool());
                if !matches!(tokio::time::timeout(Duration::from_secs(1), ping).await, Ok(Ok(_))) {
                    return (StatusCode::SERVICE_UNAVAILABLE, "waiting for the database\n");
                }
            }
            (StatusCode::OK, "ready\n")
        }),
    )
}
