//! Bounds of what one request may weigh and of how many are at work at once.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::CONTENT_LENGTH;
use kit::Result;
use proto::Problem;

use crate::state::Gateway;

/// Requests of one city at work at once; more are told to come back.
pub const MAX_REQUESTS: usize = 512;
/// Largest body, in bytes.
pub const MAX_BODY: usize = 16 << 20;
/// Largest head, in bytes: names and values of all headers.
const MAX_HEAD: usize = 16 << 10;
/// Longest address, in bytes.
const MAX_ADDRESS: usize = 4 << 10;

/// Refuses what is too large before anything is done with it, and everything while there is too much to do.
pub async fn keep(State(gateway): State<Gateway>, request: Request, next: Next) -> Result<Response> {
    if request.uri().to_string().len() > MAX_ADDRESS {
        return Err(Problem::new(414, "address-too-long").into());
    }
    let head: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if head > MAX_HEAD {
        return Err(Problem::new(431, "headers-too-large").into());
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > MAX_BODY as u64) {
        return Err(Problem::new(413, "body-too-large").with("limit", MAX_BODY).into());
    }
    let Ok(_permit) = gateway.permits.try_acquire() else {
        return Err(Problem::new(503, "busy").into());
    };
    Ok(next.run(request).await)
}
