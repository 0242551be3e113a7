//! A write survives its caller; a read ends with it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;

use crate::Error;
use crate::db::watched;

/// Runs a write in a task of its own and waits for it; watches a read.
///
/// When a client hangs up, hyper drops the handler's future wherever it stands. A write in a task of its own
/// goes on to its commit; a read's statement is cancelled.
pub(super) async fn lifetime(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return watched(next.run(request)).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(lost) => Error::internal(lost).into_response(),
    }
}
