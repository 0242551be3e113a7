//! The web clients, built beforehand and carried inside the program.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use kit::Result;
use proto::Problem;
use rust_embed::{EmbeddedFile, RustEmbed};
use tower::util::BoxCloneSyncService;
use tower::{ServiceExt, service_fn};

use crate::frame;
use crate::pages::layout::{Page, page};
use crate::reader::Reader;
use crate::state::Gateway;

/// Files whose name holds a hash of their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for anew; the ETag makes that cheap.
const ASK_ANEW: &str = "no-cache";
/// Scripts, styles, pictures, the map and its worker from here alone; previews of photos are `blob:`, the map's
/// buttons are `data:`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
                      connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(RustEmbed)]
#[folder = "../web/dist/"]
struct Built;

/// The clients' start pages and their hashed files.
pub fn router(gateway: &Gateway) -> Router {
    let starts = Router::new()
        .route("/", get(resident))
        .route("/console", get(async || Redirect::permanent("/console/")))
        .route("/console/", get(console))
        .route("/planner", get(async || Redirect::permanent("/planner/")))
        .route("/planner/", get(planner))
        .with_state(gateway.clone());
    let assets = Router::new().route("/assets/{*path}", get(asset));
    Router::new()
        .merge(frame::html(gateway, starts))
        .merge(frame::json(gateway, assets))
        .layer(middleware::from_fn(set_policy))
}

/// Files at the root (icon, manifest, service worker), and what is nowhere: a page for people, else a problem.
pub fn fallback(gateway: &Gateway) -> BoxCloneSyncService<Request, Response, Infallible> {
    let files = || Router::new().fallback(root_file);
    // A service worker lives by the policy that it was served with.
    let with_policy = |router: Router| router.layer(middleware::from_fn(set_policy));
    let page = with_policy(frame::html(gateway, files()));
    let problem = with_policy(frame::json(gateway, files()));
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let wants_page = request.headers().get(ACCEPT).is_some_and(|value| contains(value, "text/html"));
        if wants_page { page.clone().oneshot(request) } else { problem.clone().oneshot(request) }
    }))
}

async fn resident(State(gateway): State<Gateway>, reader: Reader, headers: HeaderMap) -> Response {
    start(&gateway, &reader, &headers, "index.html")
}

async fn console(State(gateway): State<Gateway>, reader: Reader, headers: HeaderMap) -> Response {
    start(&gateway, &reader, &headers, "console/index.html")
}

async fn planner(State(gateway): State<Gateway>, reader: Reader, headers: HeaderMap) -> Response {
    start(&gateway, &reader, &headers, "planner/index.html")
}

fn start(gateway: &Gateway, reader: &Reader, headers: &HeaderMap, path: &str) -> Response {
    match Built::get(path) {
        Some(file) => answer(path, file, ASK_ANEW, headers),
        None => not_built(gateway, reader),
    }
}

/// The program was built without the clients; whoever runs it reads what to do.
fn not_built(gateway: &Gateway, reader: &Reader) -> Response {
    let title = reader.say("page-not-built");
    let body = maud::html! {
        h1 { (title) }
        p { (reader.say("page-not-built-detail")) }
        pre { code { "make run" } }
        p { (reader.say("page-not-built-pages")) }
    };
    (
        StatusCode::SERVICE_UNAVAILABLE,
        page(&gateway.app, reader, Page { title: &title, path: Some("/"), body }),
    )
        .into_response()
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Result<Response> {
    let path = format!("assets/{path}");
    let file = Built::get(&path).ok_or_else(Problem::not_found)?;
    Ok(answer(&path, file, FOR_EVER, &headers))
}

async fn root_file(request: Request) -> Result<Response> {
    let path = request.uri().path().trim_start_matches('/');
    let is_file = matches!(*request.method(), Method::GET | Method::HEAD) && !path.contains('/');
    let file = is_file.then(|| Built::get(path)).flatten().ok_or_else(Problem::not_found)?;
    Ok(answer(path, file, ASK_ANEW, request.headers()))
}

fn answer(path: &str, file: EmbeddedFile, caching: &'static str, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &hex::encode(file.metadata.sha256_hash())[..32]);
    let known = headers.get(IF_NONE_MATCH).is_some_and(|value| contains(value, &tag));
    let kind = match path.rsplit_once('.') {
        Some((_, "webmanifest")) => "application/manifest+json",
        _ => file.metadata.mimetype(),
    };
    let headers = [(ETAG, tag.as_str()), (CACHE_CONTROL, caching)];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(CONTENT_TYPE, with_charset(kind))], file.data.into_owned()).into_response()
}

fn with_charset(kind: &str) -> String {
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

fn contains(value: &HeaderValue, text: &str) -> bool {
    value.to_str().is_ok_and(|value| value.contains(text))
}

async fn set_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    response
}

#[cfg(test)]
mod tests;
