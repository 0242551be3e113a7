//! The two ways to a service: in the same process, or over the network.
//!
//! The in-process way rebuilds request and answer from method, URI, headers and body, so that nothing passes
//! that HTTP would not carry.

use std::convert::Infallible;

use axum::Router;
use http::header::HOST;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Request, Response, Uri};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use proto::Client;
use proto::client::{Body, BoxError};
use tower::{ServiceExt, service_fn};

/// A client of a router in this process.
pub fn in_process(router: Router) -> Client {
    Client::new(service_fn(move |request: Request<Body>| {
        let router = router.clone();
        async move {
            let (parts, body) = request.into_parts();
            let mut rebuilt = Request::new(axum::body::Body::new(body));
            *rebuilt.method_mut() = parts.method;
            *rebuilt.uri_mut() = parts.uri;
            *rebuilt.headers_mut() = parts.headers;
            let answer = router.oneshot(rebuilt).await.map_err(|never: Infallible| match never {})?;
            let (parts, body) = answer.into_parts();
            let mut answer = Response::new(body.map_err(Into::into).boxed_unsync());
            *answer.status_mut() = parts.status;
            *answer.headers_mut() = parts.headers;
            Ok::<_, BoxError>(answer)
        }
    }))
}

/// A client of a service at `authority` (`host:port`), over plain HTTP inside the operator's network.
///
/// A service that serves several cities chooses by `Host`; a call that names none is for the city at `host`.
pub fn http(authority: Authority, host: &str) -> Client {
    let host = HeaderValue::from_str(host).ok();
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(std::time::Duration::from_secs(1)));
    let client: HyperClient<HttpConnector, Body> = HyperClient::builder(TokioExecutor::new())
        .pool_idle_timeout(std::time::Duration::from_secs(3))
        .build(connector);
    Client::new(service_fn(move |mut request: Request<Body>| {
        let (client, authority, host) = (client.clone(), authority.clone(), host.clone());
        async move {
            let path = request.uri().path_and_query().cloned();
            let uri = Uri::builder()
                .scheme(Scheme::HTTP)
                .authority(authority)
                .path_and_query(path.unwrap_or_else(|| PathAndQuery::from_static("/")))
                .build()?;
            *request.uri_mut() = uri;
            strip_hop_by_hop(request.headers_mut());
            if let Some(host) = host {
                request.headers_mut().entry(HOST).or_insert(host);
            }
            let mut answer = client.request(request).await?;
            strip_hop_by_hop(answer.headers_mut());
            Ok::<_, BoxError>(answer.map(|body| body.map_err(Into::into).boxed_unsync()))
        }
    }))
}

/// Removes headers that concern one connection only (RFC 9110, 7.6.1).
fn strip_hop_by_hop(headers: &mut http::HeaderMap) {
    for name in
        ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"]
    {
        headers.remove(name);
    }
}
