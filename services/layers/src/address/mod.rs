//! Places in words: a search that forgives slips, and the address closest to a position.
//!
//! It reads streets, houses and places in front of the wall. What a line may mean is read by [`reading`], how
//! names are compared is said by [`spelling`], how well they fit by [`ranking`].

pub mod query;
pub mod ranking;
pub mod reading;
pub mod search;
pub mod spelling;
pub mod store;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header::CACHE_CONTROL;
use kit::extract::{Anyone, Query};
use kit::pack::Location;
use kit::{App, Result};
use proto::Problem;
use proto::address::{Address, AddressKind, Addresses, CloseAddress, NearestAddress};
use proto::geo::Position;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::query::{AddressQuery, PositionQuery};
use self::store::CloseRow;

/// The same line means the same until the next import.
const A_MINUTE: &str = "public, max-age=60";

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(find)).routes(routes!(nearest))
}

/// Finds addresses, streets and places by what was typed, the best first.
///
/// Slips of the keyboard, umlauts, abbreviations and the order of words do not matter.
#[utoipa::path(get, path = "/v1/addresses", tag = "addresses", operation_id = "findAddresses",
    params(AddressQuery),
    responses((status = 200, body = Addresses), (status = "default", body = Problem)))]
pub async fn find(
    State(app): State<App>,
    anyone: Anyone,
    Query(query): Query<AddressQuery>,
) -> Result<impl IntoResponse> {
    let search = query.search(app.city.name())?;
    let mut tx = app.db.begin(&anyone).await?;
    let addresses = search::search(&mut tx, &search).await?;
    tx.commit().await?;
    Ok(([(CACHE_CONTROL, A_MINUTE)], Json(Addresses { addresses })))
}

/// Tells what a position is called: the closest house within 150 m, else the closest place within 400 m.
#[utoipa::path(get, path = "/v1/addresses/nearest", tag = "addresses", operation_id = "nearestAddress",
    params(PositionQuery),
    responses((status = 200, body = NearestAddress), (status = "default", body = Problem)))]
pub async fn nearest(
    State(app): State<App>,
    anyone: Anyone,
    Query(query): Query<PositionQuery>,
) -> Result<impl IntoResponse> {
    let at = query.position()?;
    let mut address = None;
    if app.city.boundary.locate(at.longitude, at.latitude) == Location::Inside {
        let mut tx = app.db.begin(&anyone).await?;
        if let Some(close) = store::nearest(&mut tx, at).await? {
            let there = Position { longitude: close.longitude, latitude: close.latitude };
            let district = store::districts(&mut tx, &[there]).await?.into_iter().next().flatten();
            address = Some(close.shown(district));
        }
        tx.commit().await?;
    }
    Ok(([(CACHE_CONTROL, A_MINUTE)], Json(NearestAddress { address })))
}

impl CloseRow {
    fn shown(self, district: Option<String>) -> CloseAddress {
        let (kind, label, street) = match &self.house_number {
            Some(number) => {
                (AddressKind::Address, format!("{} {number}", self.name), Some(self.name.clone()))
            }
            None => (AddressKind::Place, format!("bei {}", self.name), None),
        };
        let address = Address {
            kind,
            label,
            street,
            house_number: self.house_number,
            postal_code: self.postal_code,
            district,
            longitude: self.longitude,
            latitude: self.latitude,
        };
        CloseAddress { address, distance: (self.distance * 10.0).round() / 10.0 }
    }
}

#[cfg(test)]
mod tests;
