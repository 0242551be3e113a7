//! Answers that a client need not load twice (RFC 9110, 13.1.2).

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};
use kit::keys::sha256;
use kit::{Error, Result};

/// The tags of answers that the caller has already.
pub struct IfNoneMatch(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let tags = parts.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        Ok(Self(tags.map(str::to_owned)))
    }
}

impl IfNoneMatch {
    /// Whether the caller has the answer with this tag; weak comparison, as the RFC asks.
    pub fn has(&self, tag: &str) -> bool {
        let named = self.0.as_deref().unwrap_or_default().split(',').map(str::trim);
        named.into_iter().any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    }
}

/// A public answer, tagged by its very bytes, which tells nothing that the answer does not; 304 when the caller
/// has it. `vary` names the request's headers that choose among answers.
pub fn bytes(seen: &IfNoneMatch, kind: &'static str, vary: &'static str, body: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", hex::encode(&sha256(&body)[..16]));
    let headers = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, "no-cache"), (header::VARY, vary)];
    if seen.has(&tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, kind)], body).into_response()
}
