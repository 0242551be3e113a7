//! A client of a service, over any transport.
//!
//! It wraps a `tower::Service`; kit supplies one that calls a router in the same process and one that
//! crosses the network. The caller sees no difference.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Collected, Full, Limited};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt};

use crate::Problem;

/// Why a body or a transport broke.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
/// A body of bytes that arrive over time.
pub type Body = UnsyncBoxBody<Bytes, BoxError>;

/// An answer under way.
///
/// Boxed by name: inside an `async fn` the compiler loses the `'static` of [`BoxError`] and calls the future
/// not `Send`.
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// A body that is there at once.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// Largest answer that a typed call reads, in bytes.
const MAX_ANSWER: usize = 4 << 20;

/// A client of one service.
#[derive(Clone)]
pub struct Client {
    service: BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>,
}

/// What a typed call hands on from the caller it acts for.
#[derive(Clone, Debug, Default)]
pub struct Call {
    headers: HeaderMap,
}

impl Call {
    /// A call in the reader's language.
    pub fn in_language(tag: &str) -> Self {
        Self::default().header(header::ACCEPT_LANGUAGE, tag)
    }

    /// Adds the bearer of a token.
    pub fn bearer(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION, &format!("Bearer {token}"))
    }

    /// Adds a header; one that HTTP cannot carry is left out, and the service answers accordingly.
    pub fn header(mut self, name: impl Into<http::HeaderName>, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name.into(), value);
        }
        self
    }
}

impl Client {
    /// A client over a transport.
    pub fn new<S>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = BoxError>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        Self { service: BoxCloneSyncService::new(service) }
    }

    /// Sends a request as it is and hands the answer back as it comes.
    pub fn send(&self, request: Request<Body>) -> Sending<Response<Body>> {
        Box::pin(self.service.clone().oneshot(request))
    }

    /// Gets a value.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, call: &Call) -> Result<T, Problem> {
        self.call(Method::GET, path, call, None::<&()>).await
    }

    /// Posts a value and reads the answer.
    pub async fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        call: &Call,
        body: &B,
    ) -> Result<T, Problem> {
        self.call(Method::POST, path, call, Some(body)).await
    }

    /// Sends a request with a JSON body, if any, and reads a JSON answer; no content reads as `null`.
    pub async fn call<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        call: &Call,
        body: Option<&B>,
    ) -> Result<T, Problem> {
        let answer =
            self.send(request(method, path, call, body).ok_or_else(away)?).await.map_err(|_| away())?;
        let status = answer.status();
        let bytes = read(answer.into_body()).await.map_err(|_| away())?.to_bytes();
        if !status.is_success() {
            let fallback = || Problem::new(status.as_u16(), "unexpected-answer");
            return Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| fallback()));
        }
        let bytes = if bytes.is_empty() { Bytes::from_static(b"null") } else { bytes };
        serde_json::from_slice(&bytes).map_err(|_| Problem::new(502, "unexpected-answer"))
    }
}

/// Reads a body whole, unless it is too large.
fn read(body: Body) -> Sending<Collected<Bytes>> {
    Box::pin(Limited::new(body, MAX_ANSWER).collect())
}

fn request<B: Serialize>(method: Method, path: &str, call: &Call, body: Option<&B>) -> Option<Request<Body>> {
    let bytes = body.map(serde_json::to_vec).transpose().ok()?;
    let mut request = Request::builder().method(method).uri(path);
    if bytes.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let mut request = request.body(full(bytes.unwrap_or_default())).ok()?;
    request.headers_mut().extend(call.headers.clone());
    Some(request)
}

/// The service does not answer.
fn away() -> Problem {
    Problem::new(503, "service-away")
}
