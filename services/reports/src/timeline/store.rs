//! The events of a request.

use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;

kit::row! {
    /// An event, as far as a timeline shows it.
    pub struct EventRow {
        /// When it happened.
        pub recorded_at: Timestamp,
        /// What happened.
        pub kind: String,
        /// Before and after; nothing after a redaction.
        pub payload: Option<String>,
    }
}

kit::statements! {
    /// The events of a request, oldest first; for the reporter without those of staff among themselves.
    OF_REQUEST: EventRow = "
        SELECT recorded_at, kind, payload
          FROM event.event
         WHERE subject_id = $1
           AND ($2 OR visibility IN ('public', 'reporter'))
         ORDER BY seq";
}

/// The events of a request, oldest first.
pub async fn of_request(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    for_staff: bool,
) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as(OF_REQUEST).bind(id.0).bind(for_staff).fetch_all(connection).await
}
