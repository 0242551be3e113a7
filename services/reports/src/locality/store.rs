//! District and nearest address of public requests.

use proto::geo::Position;
use sqlx::postgres::PgConnection;

kit::row! {
    /// What a spot is called.
    pub struct SpotRow {
        nearest_address: Option<String>,
    }
}

kit::statements! {
    /// Looks up anew what was looked up in older areas and addresses; the change is none of the request itself.
    RENEW = "
        UPDATE published.request
           SET district = (SELECT key
                             FROM published.area
                            WHERE kind = 'district'
                              AND ST_Covers(shape, request.location)
                            ORDER BY key
                            LIMIT 1),
               nearest_address = published.nearest_address(request.location),
               reference_version = reference.version
          FROM published.reference
         WHERE request.service_request_id IN (
                   SELECT stale.service_request_id
                     FROM published.request AS stale
                    WHERE stale.location IS NOT NULL
                      AND stale.reference_version < (SELECT version FROM published.reference)
                    ORDER BY stale.reference_version
                    LIMIT $1
                      FOR UPDATE SKIP LOCKED)";

    /// What a spot is called, also that of a request that is not public.
    NEAREST: SpotRow = "
        SELECT published.nearest_address(
                   ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832)) AS nearest_address";
}

/// Looks up anew at most `most` requests; answers how many there were.
pub async fn renew(connection: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    Ok(sqlx::query(RENEW).bind(most).execute(connection).await?.rows_affected())
}

/// What a position is called: an address, or "bei" a place, or nothing.
pub async fn nearest(
    connection: &mut PgConnection,
    position: Option<Position>,
) -> sqlx::Result<Option<String>> {
    let Some(position) = position else { return Ok(None) };
    let row: SpotRow = sqlx::query_as(NEAREST)
        .bind(position.longitude)
        .bind(position.latitude)
        .fetch_one(connection)
        .await?;
    Ok(row.nearest_address)
}
