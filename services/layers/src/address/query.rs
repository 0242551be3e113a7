//! The queries of the two routes.

use kit::{Error, Result};
use proto::Problem;
use proto::geo::Position;
use serde::Deserialize;
use utoipa::IntoParams;

use super::reading::Line;
use super::search::Search;

/// Answers of a search unless more are wanted.
const USUAL: usize = 8;
/// Most answers of a search.
const MOST: usize = 50;
/// A search.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AddressQuery {
    /// What was typed so far: street, number, postal code and town in any order.
    pub q: Option<String>,
    /// How many answers, 1 to 50; 8 when not given.
    pub limit: Option<String>,
    /// Longitude and latitude with a comma; decides between what fits as well.
    pub near: Option<String>,
}

/// A position.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PositionQuery {
    /// Degrees east.
    pub longitude: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
}

impl AddressQuery {
    /// What is searched for, in a city of this name.
    pub fn search(&self, town: &str) -> Result<Search> {
        let typed = self.q.as_deref().map(str::trim).unwrap_or_default();
        if typed.is_empty() || !proto::reports::is_search_text(typed) {
            return Err(invalid("q"));
        }
        let limit = match self.limit.as_deref() {
            None => USUAL,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| invalid("limit"))?,
        };
        let near = match self.near.as_deref() {
            None => None,
            Some(text) => Some(
                text.split_once(',')
                    .and_then(|(longitude, latitude)| position(longitude, latitude))
                    .ok_or_else(|| invalid("near"))?,
            ),
        };
        Ok(Search { line: Line::read(typed, town), near, limit })
    }
}

impl PositionQuery {
    /// The position.
    pub fn position(&self) -> Result<Position> {
        let longitude = self.longitude.as_deref().ok_or_else(|| invalid("longitude"))?;
        let latitude = self.latitude.as_deref().ok_or_else(|| invalid("latitude"))?;
        position(longitude, "0").ok_or_else(|| invalid("longitude"))?;
        position(longitude, latitude).ok_or_else(|| invalid("latitude"))
    }
}

fn position(longitude: &str, latitude: &str) -> Option<Position> {
    Position::try_new(longitude.trim().parse().ok()?, latitude.trim().parse().ok()?)
}

fn invalid(name: &str) -> Error {
    Problem::new(400, "query-invalid").with("parameter", name).into()
}
