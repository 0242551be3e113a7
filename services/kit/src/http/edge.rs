//! The edge of a service: one log line, one language, one place where a failure becomes an answer.

use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use proto::{Language, Problem};
use tokio::time::Instant;

use super::Dialect;
use crate::Error;
use crate::app::App;
use crate::error::Failure;

/// The header that carries the id of a request from the gateway to the last service.
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, for log lines.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The reader's language.
pub fn language(headers: &HeaderMap) -> Language {
    Language::negotiate(headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

pub(super) async fn edge(
    State((app, dialect)): State<(App, Dialect)>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let language = language(request.headers());
    let id = request_id(&app, request.headers());
    let method = request.method().clone();
    let route = route(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(language);

    let mut response = next.run(request).await;

    let failure = response.extensions_mut().remove::<Failure>();
    let cause = failure.as_ref().and_then(|failure| failure.cause.clone());
    let code = failure.as_ref().map(|failure| failure.problem.code.clone());
    if let Some(failure) = failure {
        response = dialect(failure.problem, language);
    }
    let duration = started.elapsed();
    log(&app, &id, method.as_str(), &route, response.status(), duration, code.as_deref(), cause.as_deref());
    let labels = [
        ("service", app.service.to_owned()),
        ("route", route),
        ("status", response.status().as_str().to_owned()),
    ];
    metrics::histogram!("http_request_seconds", &labels).record(duration.as_secs_f64());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    response
}

/// A problem as JSON in the reader's language (RFC 9457).
pub fn problem_response(problem: Problem, language: Language) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem.localised(language)).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    // Whoever is told to come back is told when.
    if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The route's template: a path would carry references and secrets into the log.
fn route(request: &Request) -> String {
    request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned())
}

/// The gateway's id if it is one of ours, or a new one.
fn request_id(app: &App, headers: &HeaderMap) -> String {
    headers
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| uuid::Uuid::parse_str(id).is_ok())
        .map_or_else(|| app.ids.uuid().to_string(), str::to_owned)
}

#[expect(clippy::too_many_arguments, reason = "one wide line needs all that is known")]
fn log(
    app: &App,
    id: &str,
    method: &str,
    route: &str,
    status: StatusCode,
    duration: Duration,
    code: Option<&str>,
    cause: Option<&str>,
) {
    let milliseconds = duration.as_micros() as f64 / 1000.0;
    let (service, city, status) = (app.service, app.city.name(), status.as_u16());
    if status >= 500 {
        tracing::error!(
            service,
            city,
            request_id = id,
            method,
            route,
            status,
            duration_ms = milliseconds,
            code,
            cause,
            "answered"
        );
    } else {
        tracing::info!(
            service,
            city,
            request_id = id,
            method,
            route,
            status,
            duration_ms = milliseconds,
            code,
            "answered"
        );
    }
}

pub(super) async fn no_such_route() -> Error {
    Problem::not_found().into()
}

pub(super) async fn no_such_method() -> Error {
    Problem::new(405, "method-not-allowed").into()
}

/// A panic is a fault on our side; its text goes to the log, never to the caller.
pub(super) fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panic without a text");
    Error::internal(format!("panic: {text}")).into_response()
}
