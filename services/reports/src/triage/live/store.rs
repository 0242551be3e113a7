//! Final events, and whether the caller may see what they are about.

use kit::event::Position;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// An event as the caller may know of it.
    pub struct ChangeRow {
        seq: i64,
        xid: i64,
        /// What happened.
        pub kind: String,
        /// To which request.
        pub subject_id: Uuid,
        /// Whether the request is there for the caller.
        pub is_seen: bool,
    }
}

kit::statements! {
    /// Final events after a position; the policies of the request decide what the caller sees of them.
    CHANGES: ChangeRow = "
        SELECT seq, xid::text::bigint AS xid, kind, subject_id,
               EXISTS (SELECT FROM reports.request WHERE service_request_id = subject_id) AS is_seen
          FROM event.event
         WHERE (xid, seq) > ($1::text::xid8, $2)
           AND xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY event.xid, event.seq
         LIMIT $3";
}

impl ChangeRow {
    /// Where it stands among all events.
    pub fn position(&self) -> Position {
        Position { xid: self.xid, seq: self.seq }
    }
}

/// At most `most` final events after `position`.
pub async fn changes(
    connection: &mut PgConnection,
    position: Position,
    most: i64,
) -> sqlx::Result<Vec<ChangeRow>> {
    sqlx::query_as(CHANGES)
        .bind(position.xid.to_string())
        .bind(position.seq)
        .bind(most)
        .fetch_all(connection)
        .await
}
