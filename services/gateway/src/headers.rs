//! Headers: what a stranger may not say, and what every answer says.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CONNECTION, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::state::Gateway;

/// Answers for programs show nothing and load nothing.
const PROGRAM: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The pages have a style and pictures, and no script.
pub const PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                        base-uri 'none'; frame-ancestors 'none'";
/// What the web clients may use of the device: place and camera, for reports.
const PERMISSIONS: &str =
    "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()";
/// Headers that concern one connection only (RFC 9110, 7.6.1).
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Drops what only a trusted proxy could say: no service believes it, and none shall ever begin to.
pub async fn arriving(mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    let claimed: Vec<HeaderName> =
        headers.keys().filter(|name| claims_identity(name.as_str())).cloned().collect();
    for name in claimed {
        headers.remove(name);
    }
    next.run(request).await
}

fn claims_identity(name: &str) -> bool {
    let prefixes = ["x-forwarded", "x-user", "x-auth", "x-remote", "remote-", "x-real-ip", "x-client-ip"];
    matches!(name, "forwarded" | "via" | "x-request-id")
        || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Removes headers that concern one connection only, with those that `Connection` names.
pub fn strip_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
}

/// Adds to every answer of a city what keeps browsers from harm.
pub async fn answer(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    harden(response.headers_mut());
    if gateway.settings.framed_by_self {
        allow_own_frames(response.headers_mut());
    }
    if gateway.app.city.city.base_url.scheme() == "https" {
        let a_year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, a_year);
    }
    response
}

/// Lets pages for people stand in a frame of a page from here; no other site gets to frame them.
///
/// Told apart by their policy: an answer that says "not modified" carries one too, and no type.
fn allow_own_frames(headers: &mut HeaderMap) {
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let Some(policy) = policy.filter(|policy| *policy != PROGRAM) else { return };
    let policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Adds what keeps browsers from harm; a route's own policy stays.
pub fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, PROGRAM),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
