//! Forwarding: the services' own paths, by prefix, unchanged and streaming both ways.

mod table;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use http::HeaderValue;
use http::header::{AUTHORIZATION, COOKIE};
use http_body_util::BodyExt;
use kit::http::RequestId;
use kit::{Error, Result};
use proto::Problem;

use crate::headers::strip_hop_by_hop;
use crate::reader::REQUEST_ID;
use crate::session;
use crate::state::Gateway;
use table::{Prefix, TABLE};

/// Routes per prefix and for what lies below it; the log line shows these templates, never a path.
pub fn routes() -> Router<Gateway> {
    TABLE.iter().fold(Router::new(), |router, prefix| {
        // A wildcard matches no empty rest, so that a slash at the end needs a route of its own.
        let paths =
            [prefix.path.to_owned(), format!("{}/", prefix.path), format!("{}/{{*rest}}", prefix.path)];
        paths.iter().fold(router, |router, path| router.route(path, to(prefix)))
    })
}

fn to(prefix: &'static Prefix) -> MethodRouter<Gateway> {
    any(move |State(gateway): State<Gateway>, request: Request| forward(gateway, prefix, request))
}

async fn forward(gateway: Gateway, prefix: &Prefix, request: Request) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    if has_dot_segment(parts.uri.path()) {
        return Err(Problem::not_found().into());
    }
    let bearer = if prefix.with_session { session::bearer(&gateway, &parts).await? } else { None };

    strip_hop_by_hop(&mut parts.headers);
    parts.headers.remove(COOKIE);
    if let Some(bearer) = bearer {
        parts.headers.insert(AUTHORIZATION, bearer);
    }
    if let Some(id) = parts.extensions.get::<RequestId>().and_then(|id| HeaderValue::from_str(&id.0).ok()) {
        parts.headers.insert(REQUEST_ID.clone(), id);
    }
    let mut onward = http::Request::new(body.map_err(Into::into).boxed_unsync());
    *onward.method_mut() = parts.method;
    *onward.uri_mut() = parts.uri.path_and_query().cloned().map(Into::into).unwrap_or_default();
    *onward.headers_mut() = parts.headers;

    let away = |cause| Error::caused(Problem::new(503, "service-away"), cause);
    let mut answer = prefix.client(&gateway.upstreams).send(onward).await.map_err(away)?;
    strip_hop_by_hop(answer.headers_mut());
    Ok(answer.map(Body::new))
}

/// Whether a proxy on the way could read the path as another one than the one that was matched.
fn has_dot_segment(path: &str) -> bool {
    path.split('/')
        .any(|segment| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

#[cfg(test)]
mod tests;
