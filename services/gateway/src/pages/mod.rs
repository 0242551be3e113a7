//! Pages that work without JavaScript: what a slip, a mail or a search engine leads to.

mod direction;
pub mod failure;
pub mod layout;
mod legal;
mod photos;
mod reporter;
mod request;
mod style;
mod unsubscribe;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use http::{HeaderName, HeaderValue};
use proto::Language;

use crate::reader::Chosen;
use crate::state::Gateway;
use crate::{PAGE_STYLE, frame, headers, limits};

/// All pages, each with its policy.
pub fn router(gateway: &Gateway) -> Router {
    let open = Router::new()
        .route("/m/{reference}", get(request::show))
        .route("/legal/{page}", get(legal::show))
        .with_state(gateway.clone());
    let secret = Router::new()
        .route("/m/{reference}/{secret}", get(reporter::show))
        .route("/m/{reference}/{secret}/photos", post(reporter::add_photo))
        .route("/m/{reference}/{secret}/photos/{photo_id}", get(reporter::photo))
        .route("/m/{reference}/{secret}/feedback", post(reporter::give_feedback))
        .route("/m/{reference}/{secret}/withdrawal", post(reporter::withdraw))
        .route("/m/{reference}/{secret}/contact-deletion", post(reporter::delete_contact))
        .route("/m/unsubscribe/{token}", get(unsubscribe::ask).post(unsubscribe::unsubscribe))
        .layer(DefaultBodyLimit::max(limits::MAX_BODY))
        .with_state(gateway.clone());
    let style = Router::new().route(PAGE_STYLE, get(style::style));
    Router::new()
        .merge(frame::html(gateway, open))
        .merge(frame::html(gateway, secret).layer(middleware::from_fn(keep_secret)))
        .merge(frame::json(gateway, style))
        .layer(middleware::from_fn(choose_language))
        .layer(middleware::from_fn(policy))
}

/// `?lang=en` on a link wins over the browser's languages.
async fn choose_language(mut request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let tag = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    if let Some(language) = tag.and_then(Language::from_tag) {
        request.headers_mut().insert(ACCEPT_LANGUAGE, HeaderValue::from_static(language.tag()));
        request.extensions_mut().insert(Chosen);
    }
    next.run(request).await
}

/// The address of these pages is a secret: no cache keeps them, no other site and no search engine learns it.
async fn keep_secret(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::PAGE));
    response
}

#[cfg(test)]
mod tests;
