//! Requests that have waited long enough.

use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// A request that ends.
    pub struct DueRow {
        service_request_id: Uuid,
    }
}

kit::statements! {
    /// Requests of a service that nobody has begun in time, locked.
    LOCK_WAITING: DueRow = "
        SELECT service_request_id
          FROM reports.request
         WHERE service_code = $1
           AND requested_datetime <= $2
           AND status IN ('received', 'in_review')
         ORDER BY requested_datetime
         LIMIT $3
           FOR UPDATE SKIP LOCKED";
}

/// Locks at most `most` requests of a service from before `before` that nobody has begun.
pub async fn lock_waiting(
    connection: &mut PgConnection,
    service_code: &str,
    before: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<ServiceRequestId>> {
    let waiting = sqlx::query_as(LOCK_WAITING).bind(service_code).bind(before).bind(most);
    let rows: Vec<DueRow> = waiting.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| ServiceRequestId(row.service_request_id)).collect())
}
