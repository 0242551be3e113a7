//! The map: its style, the city's areas and places for it, and a background from elsewhere.
//!
//! Clients load one style from here and nothing from any other host. Without `map.style_url` the product draws the
//! map itself; with it, the background is fetched by the gateway, so that its owner never sees who looks at it.

mod areas;
mod basemap;
mod colours;
mod kept;
mod own;
mod proxy;
mod style;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::HeaderMap;
use http::header::HOST;
use http::uri::Authority;
use kit::extract::Query;
use kit::pack::Pack;
use kit::{Error, Result};
use serde::Deserialize;

use crate::frame;
use crate::reader::Reader;
use crate::state::Gateway;
use kept::Kept;
use proxy::Proxy;

/// Where the style lies.
pub const STYLE: &str = "/map/style.json";
const AREAS: &str = "/map/areas.json";
const PLACES: &str = "/map/places.json";
/// Areas and places change with the city pack only.
const AN_HOUR: &str = "public, max-age=3600";
/// The style changes when streets are imported; asking anew is cheap.
const ASK_ANEW: &str = "no-cache";

/// What the map is drawn from.
pub struct Map {
    areas: Kept,
    places: Kept,
    proxy: Option<Proxy>,
}

impl Map {
    /// The map of a city.
    pub fn of(pack: &Pack) -> Self {
        Self {
            areas: Kept::geojson(areas::areas(pack)),
            places: Kept::geojson(areas::places(pack)),
            proxy: pack.city.map.background.as_ref().map(Proxy::of),
        }
    }
}

/// Light or dark surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    theme: Theme,
}

/// The routes of the map.
pub fn router(gateway: &Gateway) -> Router {
    let routes = Router::new()
        .route(STYLE, get(style))
        .route(AREAS, get(areas))
        .route(PLACES, get(places))
        .route("/map/proxy/{*address}", get(proxy::fetch))
        .with_state(gateway.clone());
    frame::json(gateway, routes)
}

async fn style(
    State(gateway): State<Gateway>,
    Query(wanted): Query<Wanted>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response> {
    let origin = origin(&gateway.app.city, &headers);
    let style = match &gateway.map.proxy {
        None => {
            let streets = basemap::source(&gateway, &reader, &origin).await;
            style::style(&gateway.app.city, &origin, wanted.theme, streets)
        }
        Some(proxy) => {
            let background = proxy.style(&gateway.app.clock, &origin, wanted.theme).await?;
            style::over(background, &gateway.app.city, &origin, wanted.theme)
        }
    };
    let bytes = serde_json::to_vec(&style).map_err(Error::internal)?;
    Ok(Kept::new(bytes, "application/json").answer(&headers, ASK_ANEW))
}

async fn areas(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    gateway.map.areas.answer(&headers, AN_HOUR)
}

async fn places(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    gateway.map.places.answer(&headers, AN_HOUR)
}

/// Where the reader met the city: addresses inside a style are whole, or apps could not follow them.
fn origin(pack: &Pack, headers: &HeaderMap) -> String {
    let base = &pack.city.base_url;
    let asked = headers.get(HOST).and_then(|value| value.to_str().ok()?.parse::<Authority>().ok());
    match asked.filter(|asked| pack.city.hosts.iter().any(|host| host == asked.host())) {
        Some(authority) => format!("{}://{authority}", base.scheme()),
        None => base.origin().ascii_serialization(),
    }
}

#[cfg(test)]
mod tests;
