//! Answers that a client need not load twice (RFC 9110, 13.1.2).

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};
use kit::keys::sha256;
use kit::{Error, Result};
use serde::Serialize;

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
    fn has(&self, tag: &str) -> bool {
        let named = self.0.as_deref().unwrap_or_default().split(',').map(str::trim);
        named.into_iter().any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    }
}

/// A public answer in the reader's language, tagged by what it says; 304 when the caller has it.
///
/// The tag is a hash of the very bytes, so it tells nothing that the answer does not.
pub fn json(seen: &IfNoneMatch, body: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(body).map_err(Error::internal)?;
    let tag = format!("\"{}\"", hex::encode(&sha256(&body)[..16]));
    let headers = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "Accept-Language".to_owned()),
    ];
    if seen.has(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}
