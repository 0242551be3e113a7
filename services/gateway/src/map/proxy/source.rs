//! Fetches from another host: little, briefly, and without a word about who asks.

use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use flate2::read::GzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kit::error::Cause;
use tokio::sync::Semaphore;
use url::Url;

use super::inside::OnlyOutside;

/// How long an answer may take, below the gateway's own deadline (8 s).
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest answer, in bytes, before and after inflating.
const MAX_BYTES: usize = 8 << 20;
/// Requests to other hosts at once.
const MAX_AT_ONCE: usize = 24;
/// What maps are made of; a page with scripts is not among it.
const KINDS: [&str; 9] = [
    "application/json",
    "application/geo+json",
    "application/vnd.mapbox-vector-tile",
    "application/x-protobuf",
    "application/protobuf",
    "application/octet-stream",
    "image/png",
    "image/webp",
    "image/jpeg",
];

/// The way to other hosts.
pub(super) struct Source {
    client: Client<HttpsConnector<HttpConnector<OnlyOutside>>, Empty<Bytes>>,
    at_once: Semaphore,
}

/// What another host answered.
pub(super) enum Answered {
    /// The content and its type.
    Content(Bytes, String),
    /// It has no such thing: empty tiles, characters that no font has.
    Nothing,
}

impl Source {
    /// A way that opens no connection yet.
    pub(super) fn new() -> Result<Self, Cause> {
        // Only addresses of the pack get here; it allows plain HTTP, and a number instead of a name, for this
        // machine alone. Names go through the resolver.
        let mut plain = HttpConnector::new_with_resolver(OnlyOutside::new());
        plain.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()?
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, at_once: Semaphore::new(MAX_AT_ONCE) })
    }

    /// Fetches an address; redirections are not followed.
    pub(super) async fn fetch(&self, address: &Url) -> Result<Answered, Cause> {
        tokio::time::timeout(PATIENCE, self.ask(address)).await.map_err(|_| "took too long")?
    }

    async fn ask(&self, address: &Url) -> Result<Answered, Cause> {
        let _permit = self.at_once.acquire().await?;
        let request = Request::get(address.as_str())
            .header(USER_AGENT, concat!("gladbeck/", env!("CARGO_PKG_VERSION")))
            .header(ACCEPT_ENCODING, "gzip")
            .body(Empty::new())?;
        let answer = self.client.request(request).await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => return Ok(Answered::Nothing),
            other => return Err(format!("answered {}", other.as_u16()).into()),
        }
        let (parts, body) = answer.into_parts();
        let kind = kind(&parts.headers)?;
        let bytes = Limited::new(body, MAX_BYTES).collect().await?.to_bytes();
        Ok(Answered::Content(inflated(bytes, parts.headers.get(CONTENT_ENCODING))?, kind))
    }
}

fn kind(headers: &HeaderMap) -> Result<String, Cause> {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !KINDS.contains(&essence.as_str()) {
        return Err("answered with a type that is no part of a map".into());
    }
    Ok(essence)
}

fn inflated(bytes: Bytes, encoding: Option<&HeaderValue>) -> Result<Bytes, Cause> {
    match encoding.map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Ok(bytes),
        Some(b"gzip") => {
            let mut plain = Vec::new();
            GzDecoder::new(&bytes[..]).take(MAX_BYTES as u64 + 1).read_to_end(&mut plain)?;
            if plain.len() > MAX_BYTES { Err("is too large".into()) } else { Ok(plain.into()) }
        }
        Some(_) => Err("answered in an encoding that nobody asked for".into()),
    }
}
