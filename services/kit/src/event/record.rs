//! Recording: one row in the transaction of the change.

use proto::event::NewEvent;

use crate::app::App;
use crate::db::Tx;
use crate::keys::sha256;
use crate::{Error, Result};

crate::statements! {
    /// Records an event; its number and its transaction come from the database.
    RECORD = "
        INSERT INTO event.event (recorded_at, kind, subject_kind, subject_id, thread_id, visibility,
                                 actor_kind, actor, role, department, payload, salt, payload_hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

/// Records `event` as done by the transaction's caller.
///
/// The payload is kept as the very text that was hashed together with a random salt, so that a redaction can
/// delete both and the chain of hashes still holds.
pub async fn record(app: &App, tx: &mut Tx, event: NewEvent) -> Result<()> {
    let payload = serde_json::to_string(&event.payload).map_err(Error::internal)?;
    let salt: [u8; 16] = app.ids.bytes();
    let hash = payload_hash(&salt, &payload);
    let context = tx.context().clone();
    sqlx::query(RECORD)
        .bind(app.clock.now())
        .bind(event.kind)
        .bind(event.subject_kind)
        .bind(event.subject_id)
        .bind(event.thread_id)
        .bind(event.visibility.as_str())
        .bind(context.kind)
        .bind(context.subject)
        .bind(context.role)
        .bind(context.department)
        .bind(payload)
        .bind(&salt[..])
        .bind(&hash[..])
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// SHA-256 over salt and payload.
pub(super) fn payload_hash(salt: &[u8], payload: &str) -> [u8; 32] {
    sha256(&[salt, payload.as_bytes()].concat())
}
