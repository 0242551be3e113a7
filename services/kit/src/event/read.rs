//! Reading in an order in which nothing is skipped.
//!
//! Numbers are drawn before commits, so a reader that remembers a number alone misses the rows of slow
//! transactions. Readers go by `(xid, seq)` and stop before the oldest transaction that is still running:
//! whatever lies before it is final.

use proto::Timestamp;
use proto::event::Event;
use sqlx::postgres::PgConnection;

crate::row! {
    /// An event as it is stored.
    pub struct EventRow {
        seq: i64,
        xid: i64,
        recorded_at: Timestamp,
        kind: String,
        subject_id: uuid::Uuid,
        department: Option<String>,
        payload: Option<String>,
    }
}

crate::row! {
    /// The oldest transaction that may still record events.
    pub struct HorizonRow {
        xid: i64,
    }
}

crate::statements! {
    /// The oldest transaction that is still running, or the next one.
    HORIZON: HorizonRow = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid";

    /// Final events after a position, in the order of transactions.
    READ_AFTER: EventRow = "
        SELECT seq, xid::text::bigint AS xid, recorded_at, kind, subject_id, department, payload
          FROM event.event
         WHERE (xid, seq) > ($1::text::xid8, $2)
           AND xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY event.xid, event.seq
         LIMIT $3";
}

/// Up to where a reader has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The transaction (`xid8`).
    pub xid: i64,
    /// The number within it.
    pub seq: i64,
}

/// The end of what is final: whoever reads on from here misses nothing that is recorded from now on.
pub async fn end(connection: &mut PgConnection) -> sqlx::Result<Position> {
    let horizon: HorizonRow = sqlx::query_as(HORIZON).fetch_one(connection).await?;
    Ok(Position { xid: horizon.xid - 1, seq: i64::MAX })
}

/// At most `limit` events after `position`.
pub async fn read_after(
    connection: &mut PgConnection,
    position: Position,
    limit: i64,
) -> sqlx::Result<Vec<Event>> {
    let rows: Vec<EventRow> = sqlx::query_as(READ_AFTER)
        .bind(position.xid.to_string())
        .bind(position.seq)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(Event::from).collect())
}

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Self {
        Self {
            seq: row.seq,
            xid: row.xid,
            recorded_at: row.recorded_at,
            kind: row.kind,
            subject_id: row.subject_id,
            department: row.department,
            payload: row.payload.and_then(|text| serde_json::from_str(&text).ok()),
        }
    }
}
