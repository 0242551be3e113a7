//! How answers leave: type, language, tag, links, and open to every origin.

use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LINK, VARY,
};
use http::{HeaderValue, StatusCode};
use kit::http::problem_response;
use kit::keys::sha256;
use kit::{App, Error, Result};
use proto::{Language, Problem};
use serde_json::Value;

use super::asked::{Asked, Read};
use super::negotiate::Format;
use super::page;

/// The methods of every path under `/ogc`.
pub const METHODS: &str = "GET, HEAD, OPTIONS";
/// A page has a style and no script.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// An answer that is a document: as JSON of a type, or as a page with the same content.
pub fn document(
    app: &App,
    asked: &Asked,
    read: &Read,
    json_type: &'static str,
    document: &Value,
) -> Result<Response> {
    let links = document["links"].as_array().map(Vec::as_slice).unwrap_or_default();
    let (kind, body) = match read.format {
        Format::Json => (json_type, serde_json::to_vec(document).map_err(Error::internal)?),
        Format::Html => ("text/html; charset=utf-8", page::document(app, asked, document).into_bytes()),
    };
    let tag = tag(&[&body]);
    Ok(send(asked, Sent { kind, tag, caching: "no-cache", body, links }))
}

/// What is sent.
pub struct Sent<'l> {
    /// Its type.
    pub kind: &'static str,
    /// By which it is recognised.
    pub tag: String,
    /// How long it may be kept.
    pub caching: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
    /// What the header `Link` says.
    pub links: &'l [Value],
}

/// Sends an answer, or 304 to who has it already.
pub fn send(asked: &Asked, sent: Sent<'_>) -> Response {
    let known = asked.has(&sent.tag);
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = if known { status.into_response() } else { (status, sent.body).into_response() };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(sent.caching));
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(asked.language.tag()));
    if let Ok(tag) = HeaderValue::from_str(&sent.tag) {
        headers.insert(ETAG, tag);
    }
    for link in sent.links.iter().filter_map(header) {
        headers.append(LINK, link);
    }
    if !known {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(sent.kind));
    }
    if sent.kind.starts_with("text/html") {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    }
    response
}

/// A tag by the content: weak, because a compressed answer has the same one.
pub fn tag(parts: &[&[u8]]) -> String {
    let hash = match parts {
        [one] => sha256(one),
        _ => sha256(&parts.concat()),
    };
    format!("W/\"{}\"", hex::encode(&hash[..16]))
}

/// A link as the header writes it; without its title, which may be in any script.
fn header(link: &Value) -> Option<HeaderValue> {
    let (href, rel, kind) = (link["href"].as_str()?, link["rel"].as_str()?, link["type"].as_str()?);
    if link["templated"] == true {
        return None;
    }
    HeaderValue::from_str(&format!("<{href}>; rel=\"{rel}\"; type=\"{kind}\"")).ok()
}

/// A problem under `/ogc`: for every origin, and with the methods that would have worked.
pub fn problem(problem: Problem, language: Language) -> Response {
    let refused_method = problem.status == 405;
    let mut response = problem_response(problem, language);
    if refused_method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    }
    response
}

/// Lets pages of every origin read: nothing here depends on who asks.
pub async fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("content-crs, content-language, etag, link"),
    );
    response
}

/// What may be asked, also for browsers that ask before they ask.
pub async fn options() -> Response {
    let headers = [
        (ALLOW, METHODS),
        (ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (ACCESS_CONTROL_ALLOW_HEADERS, "accept, accept-language, if-none-match"),
        (ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Only reading is possible here.
pub async fn no_such_method() -> Error {
    Problem::new(405, "method-not-allowed").into()
}
