//! The SQL of devices.

use chrono::NaiveDate;
use proto::DeviceId;
use sqlx::postgres::PgConnection;

kit::row! {
    /// A device that showed its secret.
    pub struct Known {
        /// The last day on which it did.
        pub last_used_on: NaiveDate,
    }
}

kit::statements! {
    /// Adds a device unless its id is taken.
    ADD = "
        INSERT INTO accounts.device (device_id, secret_hash, registered_on, last_used_on)
             VALUES ($1, $2, $3, $3)
        ON CONFLICT (device_id) DO NOTHING";

    /// A device by its id and secret.
    FIND: Known = "
        SELECT last_used_on
          FROM accounts.device
         WHERE device_id = $1 AND secret_hash = $2";

    /// Notes the day of use.
    TOUCH = "
        UPDATE accounts.device
           SET last_used_on = $2
         WHERE device_id = $1 AND last_used_on < $2";
}

/// Adds a device; answers whether its id was free.
pub async fn add(
    conn: &mut PgConnection,
    id: DeviceId,
    secret_hash: &[u8; 32],
    today: NaiveDate,
) -> sqlx::Result<bool> {
    let added = sqlx::query(ADD).bind(id.0).bind(&secret_hash[..]).bind(today).execute(conn).await?;
    Ok(added.rows_affected() == 1)
}

/// The device with this id and secret.
pub async fn find(
    conn: &mut PgConnection,
    id: DeviceId,
    secret_hash: &[u8; 32],
) -> sqlx::Result<Option<Known>> {
    sqlx::query_as(FIND).bind(id.0).bind(&secret_hash[..]).fetch_optional(conn).await
}

/// Notes that the device was used on this day.
pub async fn touch(conn: &mut PgConnection, id: DeviceId, today: NaiveDate) -> sqlx::Result<()> {
    sqlx::query(TOUCH).bind(id.0).bind(today).execute(conn).await.map(drop)
}
