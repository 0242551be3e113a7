//! An answer that is ready, with the tag that names its content.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};
use kit::keys::sha256;
use serde_json::Value;

/// Bytes with their type and their tag.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The content.
    pub(super) bytes: Bytes,
    kind: String,
    tag: String,
}

impl Kept {
    /// Keeps these bytes of a content type.
    pub(super) fn new(bytes: impl Into<Bytes>, kind: impl Into<String>) -> Self {
        let bytes = bytes.into();
        let tag = format!("\"{}\"", &hex::encode(sha256(&bytes))[..32]);
        Self { bytes, kind: kind.into(), tag }
    }

    /// Keeps a GeoJSON document.
    pub(super) fn geojson(document: Value) -> Self {
        Self::new(document.to_string(), "application/geo+json")
    }

    /// Whether it is of this content type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// The answer, or only its tag when the reader has it already.
    pub(super) fn answer(&self, headers: &HeaderMap, caching: &'static str) -> Response {
        let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let tagged = [(ETAG, self.tag.as_str()), (CACHE_CONTROL, caching)];
        if known.is_some_and(|known| known.contains(&self.tag)) {
            return (StatusCode::NOT_MODIFIED, tagged).into_response();
        }
        (tagged, [(CONTENT_TYPE, self.kind.as_str())], self.bytes.clone()).into_response()
    }
}
