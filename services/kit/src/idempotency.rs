//! Every write can be repeated: same key, same body, same answer.
//!
//! The key is random and shown to nobody; it is stored hashed, beside a fingerprint of the parsed body and
//! the answer, in the transaction of the write itself. A second request that arrives while the first is in
//! flight waits for the first one's row; when that takes longer than the lock time-out it is told so.

use std::time::Duration;

use proto::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::db::{System, Tx};
use crate::extract::IdempotencyKey;
use crate::job::Task;
use crate::keys::sha256;
use crate::{Error, Result};

crate::row! {
    /// What was answered before.
    pub struct Kept {
        fingerprint: Vec<u8>,
        answer: Option<serde_json::Value>,
    }
}

crate::statements! {
    /// Takes the key; waits for another transaction that holds it.
    TAKE = "
        INSERT INTO kit.idempotency (scope, key_hash, fingerprint)
             VALUES ($1, $2, $3)
        ON CONFLICT (owner, scope, key_hash) DO NOTHING";

    /// What was kept under the key.
    FIND: Kept = "
        SELECT fingerprint, answer
          FROM kit.idempotency
         WHERE scope = $1 AND key_hash = $2";

    /// Keeps the answer.
    KEEP = "
        UPDATE kit.idempotency
           SET answer = $3
         WHERE scope = $1 AND key_hash = $2";

    /// Forgets what is old.
    SWEEP = "DELETE FROM kit.idempotency WHERE kept_at < $1";
}

/// How long answers are kept: a phone that heard no answer may be offline for weeks before it repeats.
const KEPT_FOR: chrono::Duration = chrono::Duration::days(30);

/// A key that was taken for this write.
pub struct Taken {
    scope: String,
    key_hash: [u8; 32],
}

/// What a repeated write finds.
pub enum Repeat<T> {
    /// It is the first of its kind; keep its answer with the token.
    First(Taken),
    /// It was answered before.
    Again(T),
}

/// Takes `key` for a write of `body` on `route`, or finds what was answered.
///
/// 422 when the key was used for another body, 409 when the first request is still in flight.
pub async fn take<T: DeserializeOwned>(
    tx: &mut Tx,
    key: &IdempotencyKey,
    route: &str,
    body: &impl Serialize,
) -> Result<Repeat<T>> {
    let scope = tx.context().subject.clone().unwrap_or_else(|| "anyone".to_owned());
    let key_hash = sha256(key.0.as_bytes());
    let fingerprint = sha256(&serde_json::to_vec(&(route, body)).map_err(Error::internal)?);
    let taken = sqlx::query(TAKE)
        .bind(&scope)
        .bind(&key_hash[..])
        .bind(&fingerprint[..])
        .execute(&mut **tx)
        .await
        .map_err(in_flight)?;
    if taken.rows_affected() == 1 {
        return Ok(Repeat::First(Taken { scope, key_hash }));
    }
    let kept: Kept = sqlx::query_as(FIND).bind(&scope).bind(&key_hash[..]).fetch_one(&mut **tx).await?;
    if kept.fingerprint != fingerprint {
        return Err(Problem::new(422, "idempotency-key-reused").into());
    }
    let answer = kept.answer.ok_or_else(|| Error::internal("a key was kept without its answer"))?;
    Ok(Repeat::Again(serde_json::from_value(answer).map_err(Error::internal)?))
}

/// Keeps the answer under the key, for whoever repeats the write. The answer holds no secret.
pub async fn keep(tx: &mut Tx, taken: Taken, answer: &impl Serialize) -> Result<()> {
    let answer = serde_json::to_value(answer).map_err(Error::internal)?;
    sqlx::query(KEEP).bind(&taken.scope).bind(&taken.key_hash[..]).bind(answer).execute(&mut **tx).await?;
    Ok(())
}

/// The lock time-out ran out while another transaction held the key.
fn in_flight(error: sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
    if code.as_deref() == Some("55P03") {
        return Error::caused(Problem::new(409, "request-in-flight"), error);
    }
    error.into()
}

/// Forgets answers after 30 days: by then nobody repeats.
pub fn sweep() -> Task {
    Task::every("sweep-idempotency", Duration::from_secs(3600), |app: App| async move {
        let mut tx = app.db.begin(&System).await?;
        let before = app.clock.now() - KEPT_FOR;
        sqlx::query(SWEEP).bind(before).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(false)
    })
}
