//! The queue and the notes, behind their row-level policies.

use proto::geo::BBox;
use proto::reports::Note;
use proto::{NoteId, ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::page::{Key, Page};

kit::row! {
    /// A row of the queue.
    pub struct Row {
        /// The id.
        pub service_request_id: Uuid,
        /// What people call it.
        pub reference: String,
        /// The kind of request.
        pub service_code: String,
        /// Where it stands.
        pub status: String,
        /// The body it was handed to.
        pub agency_responsible: Option<String>,
        /// The department in charge.
        pub department: String,
        /// Who has taken it.
        pub claimed_by_name: Option<String>,
        /// When it arrived.
        pub requested_datetime: Timestamp,
        /// When it last changed.
        pub updated_datetime: Timestamp,
        /// Degrees east.
        pub longitude: Option<f64>,
        /// Degrees north.
        pub latitude: Option<f64>,
        /// The place in words.
        pub address_string: Option<String>,
        /// The nearest address or place.
        pub nearest_address: Option<String>,
        /// The resident's words.
        pub description: Option<String>,
        /// Number of photos.
        pub photo_count: i64,
        /// Whether nobody outside learns of it.
        pub confidential: bool,
        /// Whether the resident agrees that it is done, if they said so.
        pub feedback_solved: Option<bool>,
    }
}

kit::row! {
    /// An internal note.
    pub struct NoteRow {
        note_id: Uuid,
        written_at: Timestamp,
        written_by_name: String,
        text: String,
    }
}

/// Which requests are wanted; what is not given asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Inside a box.
    pub bbox: Option<BBox>,
    /// In one of these statuses.
    pub statuses: Option<Vec<&'static str>>,
    /// Of one of these services.
    pub service_codes: Option<Vec<String>>,
    /// In charge of this department.
    pub department: Option<String>,
    /// Taken by this member of staff.
    pub claimed_by: Option<String>,
    /// Of which the resident has said that it is done, or that it is not.
    pub feedback_solved: Option<bool>,
    /// With these words.
    pub words: Option<String>,
}

/// A statement that reads a page of the queue, beginning with what finds it by an index.
macro_rules! queue_where {
    ($found:literal) => {
        concat!(
            "
        SELECT service_request_id, reference, service_code, status, agency_responsible, department,
               claimed_by_name, requested_datetime, updated_datetime, longitude, latitude, address_string,
               description, confidential, feedback_solved,
               (SELECT count(*)
                  FROM reports.photo
                 WHERE photo.service_request_id = request.service_request_id
                   AND stage = 'before') AS photo_count,
               CASE WHEN confidential
                    THEN published.nearest_address(location)
                    ELSE (SELECT nearest_address
                            FROM published.request AS public_side
                           WHERE public_side.service_request_id = request.service_request_id)
                     END AS nearest_address
          FROM reports.request
         WHERE (requested_datetime, service_request_id)
               < (coalesce($1, 'infinity'::timestamptz), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
           AND ($4::text[] IS NULL OR status = ANY ($4))
           AND ($5::text[] IS NULL OR service_code = ANY ($5))
           AND ($6::text IS NULL OR department = $6)
           AND ($7::text IS NULL OR claimed_by = $7)",
            $found,
            "
         ORDER BY requested_datetime DESC, service_request_id DESC
         LIMIT $3"
        )
    };
}

kit::statements! {
    /// Requests after a cursor, newest first.
    NEWEST: Row = queue_where!("");

    /// Requests inside a box; apart, because a box that may be missing uses no index.
    IN_BOX: Row = queue_where!("
           AND location && ST_Transform(ST_MakeEnvelope($8, $9, $10, $11, 4326), 25832)
           AND longitude BETWEEN $8 AND $10
           AND latitude BETWEEN $9 AND $11");

    /// Requests with words, in a box if there is one; few have the words, so the box may be a filter.
    BY_WORDS: Row = queue_where!("
           AND search @@ websearch_to_tsquery('german', $12)
           AND ($8::float8 IS NULL OR longitude BETWEEN $8 AND $10)
           AND ($9::float8 IS NULL OR latitude BETWEEN $9 AND $11)
           AND ($13::boolean IS NULL OR feedback_solved = $13)");

    /// Requests of which the resident has said whether they are done, in a box if there is one; few have said it.
    BY_FEEDBACK: Row = queue_where!("
           AND feedback_solved = $12
           AND ($8::float8 IS NULL OR longitude BETWEEN $8 AND $10)
           AND ($9::float8 IS NULL OR latitude BETWEEN $9 AND $11)");

    /// The notes on a request, oldest first.
    NOTES: NoteRow = "
        SELECT note_id, written_at, written_by_name, text
          FROM reports.note
         WHERE service_request_id = $1
         ORDER BY written_at, note_id";

    /// A note.
    NOTE: NoteRow = "
        SELECT note_id, written_at, written_by_name, text
          FROM reports.note
         WHERE note_id = $1";

    /// Adds a note.
    ADD_NOTE = "
        INSERT INTO reports.note (note_id, service_request_id, written_at, written_by, written_by_name, text)
             VALUES ($1, $2, $3, $4, $5, $6)";
}

impl Row {
    /// Its place in the queue.
    pub fn key(&self) -> Key {
        (self.requested_datetime, self.service_request_id)
    }
}

/// A page of the queue, with one row too much when there is another page.
pub async fn queue(connection: &mut PgConnection, filter: &Filter, page: &Page) -> sqlx::Result<Vec<Row>> {
    let statement = match (&filter.words, filter.feedback_solved, filter.bbox) {
        (Some(_), _, _) => BY_WORDS,
        (None, Some(_), _) => BY_FEEDBACK,
        (None, None, Some(_)) => IN_BOX,
        (None, None, None) => NEWEST,
    };
    let mut query = sqlx::query_as(statement)
        // Planned for its very box and words: what is common is read along the dates, what is rare by its index.
        .persistent(statement == NEWEST)
        .bind(page.after.map(|(time, _)| time))
        .bind(page.after.map(|(_, id)| id))
        .bind(page.rows())
        .bind(&filter.statuses)
        .bind(&filter.service_codes)
        .bind(&filter.department)
        .bind(&filter.claimed_by);
    if statement != NEWEST {
        query = query
            .bind(filter.bbox.map(|area| area.min.longitude))
            .bind(filter.bbox.map(|area| area.min.latitude))
            .bind(filter.bbox.map(|area| area.max.longitude))
            .bind(filter.bbox.map(|area| area.max.latitude));
    }
    if let Some(words) = &filter.words {
        query = query.bind(words);
    }
    if matches!(statement, BY_WORDS | BY_FEEDBACK) {
        query = query.bind(filter.feedback_solved);
    }
    query.fetch_all(connection).await
}

/// The notes on a request, oldest first.
pub async fn notes(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Vec<Note>> {
    let rows: Vec<NoteRow> = sqlx::query_as(NOTES).bind(id.0).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Note::from).collect())
}

/// A note on a request that the caller may see.
pub async fn note(connection: &mut PgConnection, id: NoteId) -> sqlx::Result<Option<Note>> {
    let row: Option<NoteRow> = sqlx::query_as(NOTE).bind(id.0).fetch_optional(connection).await?;
    Ok(row.map(Note::from))
}

/// Adds a note by `subject`.
pub async fn add_note(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    subject: &str,
    note: &Note,
) -> sqlx::Result<()> {
    sqlx::query(ADD_NOTE)
        .bind(note.note_id.0)
        .bind(id.0)
        .bind(note.at)
        .bind(subject)
        .bind(&note.by)
        .bind(&note.text)
        .execute(connection)
        .await
        .map(|_| ())
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self { note_id: NoteId(row.note_id), at: row.written_at, by: row.written_by_name, text: row.text }
    }
}
