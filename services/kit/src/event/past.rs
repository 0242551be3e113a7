//! Recording what happened earlier: whoever brings in a history brings its times and its actors.

use proto::Timestamp;
use proto::event::NewEvent;

use super::record::payload_hash;
use crate::db::{Context, Tx};
use crate::{Error, Result};

crate::statements! {
    /// Records earlier events in their order; numbers and transaction come from the database.
    RECORD_PAST = "
        INSERT INTO event.event (recorded_at, kind, subject_kind, subject_id, thread_id, visibility,
                                 actor_kind, actor, role, department, payload, salt, payload_hash)
        SELECT recorded_at, kind, subject_kind, subject_id, thread_id, visibility,
               actor_kind, actor, role, department, payload, salt, payload_hash
          FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
                      $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[], $13::bytea[])
               WITH ORDINALITY
               AS past (recorded_at, kind, subject_kind, subject_id, thread_id, visibility, actor_kind,
                        actor, role, department, payload, salt, payload_hash, place)
         ORDER BY place";
}

/// An event of the past.
#[derive(Clone, Debug)]
pub struct PastEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub by: Context,
    /// What happened.
    pub event: NewEvent,
    /// Makes the hash of its payload useless for guessing; unforeseeable for outsiders.
    pub salt: [u8; 16],
}

/// Records events of the past in one statement, each as [`record`](super::record()) would have at its time.
pub async fn record_past(tx: &mut Tx, events: &[PastEvent]) -> Result<()> {
    let payloads = events
        .iter()
        .map(|past| serde_json::to_string(&past.event.payload).map_err(Error::internal))
        .collect::<Result<Vec<String>>>()?;
    let hashes: Vec<Vec<u8>> = events
        .iter()
        .zip(&payloads)
        .map(|(past, payload)| payload_hash(&past.salt, payload).to_vec())
        .collect();
    sqlx::query(RECORD_PAST)
        .bind(column(events, |past| past.at))
        .bind(column(events, |past| past.event.kind))
        .bind(column(events, |past| past.event.subject_kind))
        .bind(column(events, |past| past.event.subject_id))
        .bind(column(events, |past| past.event.thread_id))
        .bind(column(events, |past| past.event.visibility.as_str()))
        .bind(column(events, |past| past.by.kind))
        .bind(column(events, |past| past.by.subject.as_deref()))
        .bind(column(events, |past| past.by.role.as_deref()))
        .bind(column(events, |past| past.by.department.as_deref()))
        .bind(payloads)
        .bind(column(events, |past| &past.salt[..]))
        .bind(hashes)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn column<'e, T>(events: &'e [PastEvent], of: impl Fn(&'e PastEvent) -> T) -> Vec<T> {
    events.iter().map(of).collect()
}
