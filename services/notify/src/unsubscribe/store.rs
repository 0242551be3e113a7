//! The SQL of those who want no more mail.

use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;

kit::statements! {
    /// Notes that no more mail about a request is wanted, unless it is noted already.
    MUTE = "
        INSERT INTO notify.mute (service_request_id, muted_at)
             VALUES ($1, $2)
        ON CONFLICT (service_request_id) DO NOTHING";
}

/// Stops mail about a request; answers whether it went out until now.
pub async fn mute(conn: &mut PgConnection, id: ServiceRequestId, now: Timestamp) -> sqlx::Result<bool> {
    let muted = sqlx::query(MUTE).bind(id.0).bind(now).execute(conn).await?;
    Ok(muted.rows_affected() == 1)
}
