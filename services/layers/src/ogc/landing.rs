//! Where everything begins.

use axum::extract::State;
use axum::response::Response;
use kit::{App, Result};
use proto::locale::text_with;
use serde_json::json;

use super::api::OPENAPI;
use super::asked::{Asked, link};
use super::query::PLAIN;
use super::{JSON, answer};
use proto::locale::text;

/// Says what there is and where.
pub async fn show(State(app): State<App>, asked: Asked) -> Result<Response> {
    let read = asked.read(PLAIN)?;
    let say = |key: &str| text(asked.language, key);
    let city = [("city", app.city.city.full_name.in_language(asked.language.tag()).to_owned())];
    let mut links = asked.itself(&read, JSON);
    for (rel, path, kind, title) in [
        ("service-desc", "/api", OPENAPI, "layers-api"),
        ("service-doc", "/api?f=html", "text/html", "layers-api-page"),
        ("conformance", "/conformance", JSON, "layers-conformance"),
        ("data", "/collections", JSON, "layers-collections"),
        (
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
            "/tileMatrixSets",
            JSON,
            "layers-matrix-sets",
        ),
    ] {
        links.push(link(rel, &asked.url(path), kind, &say(title)));
    }
    let attributions: Vec<&str> =
        app.city.city.attributions.iter().map(|owner| owner.text.as_str()).collect();
    let document = json!({
        "title": text_with(asked.language, "layers-title", &city),
        "description": text_with(asked.language, "layers-description", &city),
        "attribution": attributions.join(" · "),
        "links": links,
    });
    answer::document(&app, &asked, &read, JSON, &document)
}
