//! The contract of the whole API: one OpenAPI 3.1 document from the parts of all services.

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use utoipa::openapi::info::{InfoBuilder, LicenseBuilder};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, OpenApi};

use crate::state::Gateway;

/// Where the contract lies.
pub const PATH: &str = "/openapi.json";

/// The gateway's own contract with those of the services behind it.
///
/// What only services say to each other is left out: from outside those paths do not exist.
pub fn contract(parts: Vec<OpenApi>) -> OpenApi {
    let mut whole = crate::routes().into_openapi();
    for part in parts {
        whole.merge(part);
    }
    whole.paths.paths.retain(|path, _| !is_internal(path));
    let license = LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build();
    whole.info = InfoBuilder::new()
        .title("gladbeck")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("The API of a city's app: reports, answers and what became of them."))
        .license(Some(license))
        .build();
    whole.servers = None;
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    whole.components.get_or_insert_with(Components::new).add_security_scheme("bearer", bearer);
    whole
}

fn is_internal(path: &str) -> bool {
    path.starts_with("/internal/") || path.starts_with("/v1/session")
}

/// The document as a route; it is written once, at the start.
pub fn routes(contract: &OpenApi) -> Router<Gateway> {
    let text = Bytes::from(contract.to_json().unwrap_or_default());
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")];
    Router::new().route(PATH, get(async move || (headers, text.clone())))
}

#[cfg(test)]
mod tests;
