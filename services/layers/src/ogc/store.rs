//! Reads features; knows nothing of HTTP.

use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};

use super::collection::Collection;
use super::crs::Crs;
use super::query::Filter;
use super::sql::{self, After, FeatureId};
use proto::Timestamp;

/// Up to this number, features are counted exactly.
pub const MOST_COUNTED: u32 = 10_000;

/// Where and when the features of a collection lie.
pub struct Extent {
    /// West, south, east and north in degrees; none without features.
    pub bounds: Option<[f64; 4]>,
    /// The first instant.
    pub first: Option<Timestamp>,
}

/// A page of features, with one row too much when there is another page.
pub async fn page(
    connection: &mut PgConnection,
    collection: &Collection,
    filter: &Filter,
    crs: Crs,
    after: Option<&After>,
    limit: u32,
) -> sqlx::Result<Vec<PgRow>> {
    let mut sql = sql::page(collection, filter, crs, after, limit.saturating_add(1));
    // Planned for its very values: a whole city is read along the dates, a street by its place.
    sql.build().persistent(false).fetch_all(connection).await
}

/// How many features match; nothing when they are more than are counted.
pub async fn count(
    connection: &mut PgConnection,
    collection: &Collection,
    filter: &Filter,
) -> sqlx::Result<Option<u32>> {
    let mut sql = sql::count(collection, filter, MOST_COUNTED + 1);
    let row = sql.build().persistent(false).fetch_one(connection).await?;
    let number = u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(u32::MAX);
    Ok((number <= MOST_COUNTED).then_some(number))
}

/// One feature.
pub async fn one(
    connection: &mut PgConnection,
    collection: &Collection,
    id: &FeatureId,
    crs: Crs,
) -> sqlx::Result<Option<PgRow>> {
    sql::one(collection, id, crs).build().fetch_optional(connection).await
}

/// Where and when the features of a collection lie.
pub async fn extent(connection: &mut PgConnection, collection: &Collection) -> sqlx::Result<Extent> {
    let row = sql::extent(collection).build().fetch_one(connection).await?;
    let number = |column: usize| row.try_get::<Option<f64>, _>(column);
    let bounds = match (number(0)?, number(1)?, number(2)?, number(3)?) {
        (Some(west), Some(south), Some(east), Some(north)) => Some([west, south, east, north]),
        _ => None,
    };
    Ok(Extent { bounds, first: row.try_get(4)? })
}
