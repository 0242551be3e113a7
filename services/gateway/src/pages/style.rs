//! The style of the pages: one plain file.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};
use kit::keys::sha256;

const STYLE: &str = include_str!("../../assets/page.css");

/// The style, with a tag by which a browser keeps it until it changes.
pub async fn style(headers: HeaderMap) -> Response {
    let tag = format!("\"{}\"", &hex::encode(sha256(STYLE.as_bytes()))[..32]);
    let known =
        headers.get(IF_NONE_MATCH).is_some_and(|value| value.to_str().is_ok_and(|seen| seen.contains(&tag)));
    let headers = [(ETAG, tag.as_str()), (CACHE_CONTROL, "no-cache")];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}
