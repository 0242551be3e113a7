//! Calls to services that are not JSON both ways: photos.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use proto::client::{Body, full};
use proto::{Client, Problem};

/// Largest problem that is read, in bytes.
const MAX_PROBLEM: usize = 64 << 10;

/// Sends bytes and hands a good answer back as it comes; anything else is the service's problem.
pub async fn send(
    client: &Client,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Problem> {
    let mut request = Request::new(full(body));
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().map_err(|_| Problem::not_found())?;
    *request.headers_mut() = headers;
    let answer = client.send(request).await.map_err(|_| Problem::new(503, "service-away"))?;
    if answer.status().is_success() {
        return Ok(answer);
    }
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(axum::body::Body::new(answer.into_body()), MAX_PROBLEM).await;
    let problem = body.ok().and_then(|body| serde_json::from_slice(&body).ok());
    Err(problem.unwrap_or_else(|| Problem::new(status, "unexpected-answer")))
}
