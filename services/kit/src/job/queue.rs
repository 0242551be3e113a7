//! The queue in the database.

use serde::Serialize;
use sqlx::postgres::PgConnection;

use crate::{Error, Result};
use proto::Timestamp;

/// Tries before a job is set aside.
pub const MAX_ATTEMPTS: i32 = 10;

crate::row! {
    /// A job that was taken.
    pub struct Job {
        /// Its number.
        pub job_id: i64,
        /// What is to be done.
        pub kind: String,
        /// With what.
        pub payload: serde_json::Value,
        /// Which try this is, from 1.
        pub attempts: i32,
    }
}

crate::statements! {
    /// Adds a job, unless one with the same name was added before.
    ENQUEUE = "
        INSERT INTO job.job (service, kind, name, payload, run_at)
             VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (service, name) DO NOTHING";

    /// Takes the next job that is due and leases it for a while.
    TAKE: Job = "
        UPDATE job.job
           SET attempts = attempts + 1, leased_until = $2::timestamptz + interval '1 minute'
         WHERE job_id = (SELECT job_id
                           FROM job.job
                          WHERE service = $1
                            AND done_at IS NULL AND set_aside_at IS NULL
                            AND run_at <= $2
                            AND (leased_until IS NULL OR leased_until < $2)
                          ORDER BY run_at, job_id
                            FOR UPDATE SKIP LOCKED
                          LIMIT 1)
     RETURNING job_id, kind, payload, attempts";

    /// A job is done.
    DONE = "
        UPDATE job.job
           SET done_at = $2, leased_until = NULL, last_error = NULL
         WHERE job_id = $1";

    /// A job failed and is tried again later.
    RETRY = "
        UPDATE job.job
           SET run_at = $2, leased_until = NULL, last_error = $3
         WHERE job_id = $1";

    /// A job waits for something that is away; the try does not count.
    POSTPONE = "
        UPDATE job.job
           SET run_at = $2, leased_until = NULL, last_error = $3, attempts = attempts - 1
         WHERE job_id = $1";

    /// Nothing helps: people have to look.
    SET_ASIDE = "
        UPDATE job.job
           SET set_aside_at = $2, leased_until = NULL, last_error = $3
         WHERE job_id = $1";

    /// Forgets jobs that were done long ago.
    SWEEP = "DELETE FROM job.job WHERE done_at < $1";

    /// Jobs that people have to look at.
    COUNT_SET_ASIDE = "
        SELECT count(*)
          FROM job.job
         WHERE service = $1 AND set_aside_at IS NOT NULL";
}

/// Adds a job in the transaction of the change that needs it.
///
/// `name` makes it unique: adding it again changes nothing.
pub async fn enqueue(
    connection: &mut PgConnection,
    service: &str,
    kind: &str,
    name: &str,
    payload: &impl Serialize,
    run_at: Timestamp,
) -> Result<bool> {
    let payload = serde_json::to_value(payload).map_err(Error::internal)?;
    let added = sqlx::query(ENQUEUE)
        .bind(service)
        .bind(kind)
        .bind(name)
        .bind(payload)
        .bind(run_at)
        .execute(connection)
        .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes a job that is due.
pub(super) async fn take(
    connection: &mut PgConnection,
    service: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Job>> {
    sqlx::query_as(TAKE).bind(service).bind(now).fetch_optional(connection).await
}

/// Notes that a job is done.
pub(super) async fn done(connection: &mut PgConnection, job: &Job, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(DONE).bind(job.job_id).bind(now).execute(connection).await.map(|_| ())
}

/// Notes that a job failed: tried again after 5 s · 2ⁿ, set aside after the tenth try or at once.
pub(super) async fn failed(
    connection: &mut PgConnection,
    job: &Job,
    now: Timestamp,
    why: &str,
    for_good: bool,
) -> sqlx::Result<()> {
    let statement = if for_good || job.attempts >= MAX_ATTEMPTS { SET_ASIDE } else { RETRY };
    let pause = chrono::Duration::seconds(5 << job.attempts.clamp(1, 10).saturating_sub(1));
    let at = if statement == RETRY { now + pause } else { now };
    sqlx::query(statement).bind(job.job_id).bind(at).bind(why).execute(connection).await.map(|_| ())
}

/// Notes that a job waits until `at` for something that is away.
pub(super) async fn postpone(
    connection: &mut PgConnection,
    job: &Job,
    at: Timestamp,
    why: &str,
) -> sqlx::Result<()> {
    sqlx::query(POSTPONE).bind(job.job_id).bind(at).bind(why).execute(connection).await.map(|_| ())
}

/// How many jobs of `service` wait for people.
pub async fn set_aside(connection: &mut PgConnection, service: &str) -> sqlx::Result<i64> {
    let (count,): (i64,) = sqlx::query_as(COUNT_SET_ASIDE).bind(service).fetch_one(connection).await?;
    Ok(count)
}

/// Forgets jobs that were done before `before`.
pub(super) async fn forget(connection: &mut PgConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query(SWEEP).bind(before).execute(connection).await.map(|_| ())
}
