//! The SQL of mail: what there is to tell, and what was sent.

use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// What happened.
    pub struct Event {
        /// In one word.
        pub kind: String,
        /// To which request.
        pub subject_id: Uuid,
        /// When.
        pub recorded_at: Timestamp,
        /// With what; nothing after a redaction.
        pub payload: Option<String>,
    }
}

kit::row! {
    /// A request as the front of the wall shows it.
    pub struct Request {
        /// Whether only its reporter and staff may know of it.
        pub confidential: bool,
        /// Its kind.
        pub service_code: String,
        /// The body it was handed to.
        pub agency_responsible: Option<String>,
        /// When it arrived.
        pub requested_datetime: Timestamp,
        /// Degrees east, once placed.
        pub longitude: Option<f64>,
        /// Degrees north, once placed.
        pub latitude: Option<f64>,
    }
}

kit::row! {
    /// A mail whose sending began.
    pub struct Mail {
        /// When.
        pub begun_at: Timestamp,
        /// When the mail server took it.
        pub sent_at: Option<Timestamp>,
    }
}

kit::statements! {
    /// An event by its number.
    EVENT: Event = "
        SELECT kind, subject_id, recorded_at, payload
          FROM event.event
         WHERE seq = $1";

    /// A request about which mail is wanted.
    REQUEST: Request = "
        SELECT visibility = 'confidential' AS confidential, service_code, agency_responsible,
               requested_datetime, longitude, latitude
          FROM published.request
         WHERE service_request_id = $1
           AND NOT EXISTS (SELECT FROM notify.mute
                            WHERE mute.service_request_id = request.service_request_id)";

    /// Notes that a mail is about to be sent, or tells since when; a mail is never begun twice.
    BEGIN: Mail = "
        INSERT INTO notify.mail (message_id, service_request_id, kind, begun_at)
             VALUES ($1, $2, $3, $4)
        ON CONFLICT (message_id) DO UPDATE SET begun_at = mail.begun_at
          RETURNING begun_at, sent_at";

    /// Notes that the mail server took a mail.
    SENT = "
        UPDATE notify.mail
           SET sent_at = $2
         WHERE message_id = $1 AND sent_at IS NULL";
}

/// The event with this number.
pub async fn event(conn: &mut PgConnection, seq: i64) -> sqlx::Result<Option<Event>> {
    sqlx::query_as(EVENT).bind(seq).fetch_optional(conn).await
}

/// The request, unless nobody wants mail about it.
pub async fn request(conn: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Option<Request>> {
    sqlx::query_as(REQUEST).bind(id.0).fetch_optional(conn).await
}

/// Notes that a mail is about to be sent; tells whether it was begun or even sent before.
pub async fn begin(
    conn: &mut PgConnection,
    message_id: &str,
    id: ServiceRequestId,
    kind: &str,
    now: Timestamp,
) -> sqlx::Result<Mail> {
    sqlx::query_as(BEGIN).bind(message_id).bind(id.0).bind(kind).bind(now).fetch_one(conn).await
}

/// Notes that the mail server took a mail.
pub async fn sent(conn: &mut PgConnection, message_id: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(SENT).bind(message_id).bind(now).execute(conn).await.map(drop)
}
