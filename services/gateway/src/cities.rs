//! Many cities in one process: the host name picks the city.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use http::header::HOST;
use http::uri::Authority;
use proto::Problem;
use tower::ServiceExt;

use crate::headers;

/// Picks the city by host; the port does not matter, and an unknown host is told so (421).
pub fn cities(by_host: HashMap<String, Router>) -> Router {
    let by_host: HashMap<String, Router> =
        by_host.into_iter().map(|(host, router)| (host.to_ascii_lowercase(), router)).collect();
    let by_host = Arc::new(by_host);
    Router::new().fallback(move |request: Request| pick(by_host.clone(), request))
}

async fn pick(by_host: Arc<HashMap<String, Router>>, request: Request) -> Response {
    match host(&request).and_then(|host| by_host.get(&host)) {
        Some(router) => {
            let Ok(response) = router.clone().oneshot(request).await;
            response
        }
        None => {
            let language = kit::http::language(request.headers());
            let mut response = kit::http::problem_response(Problem::new(421, "city-unknown"), language);
            headers::harden(response.headers_mut());
            response
        }
    }
}

/// The host that was asked for: in the address itself (RFC 9112, 3.2.2), or in the header.
fn host(request: &Request) -> Option<String> {
    let named = request.headers().get(HOST).and_then(|value| value.to_str().ok()?.parse::<Authority>().ok());
    let authority = request.uri().authority().cloned().or(named)?;
    Some(authority.host().trim_end_matches('.').to_ascii_lowercase())
}
