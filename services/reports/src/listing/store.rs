//! Public requests.

use proto::geo::BBox;
use proto::{Reference, ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::page::{Key, Page};
use crate::timeline::store::EventRow;

kit::row! {
    /// A request as everyone sees it.
    pub struct PublicRow {
        /// The id.
        pub service_request_id: Uuid,
        /// What people call it.
        pub reference: String,
        /// The kind of request.
        pub service_code: String,
        /// Where it stands.
        pub status: String,
        /// What the city last said.
        pub status_notes: Option<String>,
        /// The body it was handed to.
        pub agency_responsible: Option<String>,
        /// When it arrived.
        pub requested_datetime: Timestamp,
        /// When it last changed.
        pub updated_datetime: Timestamp,
        /// Degrees east.
        pub longitude: Option<f64>,
        /// Degrees north.
        pub latitude: Option<f64>,
        /// The nearest address or place.
        pub nearest_address: Option<String>,
        /// The resident's words, once released.
        pub description: Option<String>,
        /// The released photos.
        pub photos: Vec<Uuid>,
        /// Photos of the place once the matter was done.
        pub photos_after: Vec<Uuid>,
    }
}

kit::row! {
    /// An id.
    pub struct IdRow {
        service_request_id: Uuid,
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
}

/// A statement that reads public requests; each names the visibility, as its partial index does.
macro_rules! public_where {
    ($condition:literal) => {
        concat!(
            "
        SELECT service_request_id, reference, service_code, status, status_notes, agency_responsible,
               requested_datetime, updated_datetime, longitude, latitude, nearest_address, description, photos,
               photos_after
          FROM published.request
         WHERE visibility = 'public'
           AND ",
            $condition
        )
    };
}

kit::statements! {
    /// Requests after a cursor, newest first.
    NEWEST: PublicRow = public_where!("
               ($1::text[] IS NULL OR status = ANY ($1))
           AND ($2::text[] IS NULL OR service_code = ANY ($2))
           AND (requested_datetime, service_request_id)
               < (coalesce($3, 'infinity'::timestamptz), coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
         ORDER BY requested_datetime DESC, service_request_id DESC
         LIMIT $5");

    /// Requests inside a box after a cursor, newest first; apart, because a box that may be missing uses no index.
    ///
    /// The box in metres stands around the box in degrees and holds little else. `coalesce` hides from the planner
    /// that degrees are compared too: it would take them for a further choice, expect too few rows, and read and
    /// sort thousands where the newest fifty are soon found along the dates.
    IN_BOX: PublicRow = public_where!("
               location && ST_Transform(ST_MakeEnvelope($6, $7, $8, $9, 4326), 25832)
           AND coalesce(longitude BETWEEN $6 AND $8 AND latitude BETWEEN $7 AND $9, false)
           AND ($1::text[] IS NULL OR status = ANY ($1))
           AND ($2::text[] IS NULL OR service_code = ANY ($2))
           AND (requested_datetime, service_request_id)
               < (coalesce($3, 'infinity'::timestamptz), coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
         ORDER BY requested_datetime DESC, service_request_id DESC
         LIMIT $5");

    /// A request.
    BY_ID: PublicRow = public_where!("service_request_id = $1");

    /// The request with a reference.
    BY_REFERENCE: PublicRow = public_where!("reference = $1");

    /// The id behind a reference, also of a confidential request: for whoever holds its secret.
    ID_OF: IdRow = "
        SELECT service_request_id
          FROM published.request
         WHERE reference = $1";

    /// The public events of a public request, oldest first.
    TIMELINE: EventRow = "
        SELECT event.recorded_at, event.kind, event.payload
          FROM published.request
          JOIN event.event ON event.subject_id = request.service_request_id
         WHERE request.service_request_id = $1
           AND request.visibility = 'public'
           AND event.visibility = 'public'
         ORDER BY event.seq";
}

impl PublicRow {
    /// Its place in a list.
    pub fn key(&self) -> Key {
        (self.requested_datetime, self.service_request_id)
    }
}

/// A page of public requests, with one row too much when there is another page.
pub async fn list(
    connection: &mut PgConnection,
    filter: &Filter,
    page: &Page,
) -> sqlx::Result<Vec<PublicRow>> {
    let statement = if filter.bbox.is_some() { IN_BOX } else { NEWEST };
    let mut query = sqlx::query_as(statement)
        // Planned for its very box: a whole city is read along the dates, a street by its place.
        .persistent(filter.bbox.is_none())
        .bind(&filter.statuses)
        .bind(&filter.service_codes)
        .bind(page.after.map(|(time, _)| time))
        .bind(page.after.map(|(_, id)| id))
        .bind(page.rows());
    if let Some(area) = filter.bbox {
        query = query
            .bind(area.min.longitude)
            .bind(area.min.latitude)
            .bind(area.max.longitude)
            .bind(area.max.latitude);
    }
    query.fetch_all(connection).await
}

/// A public request.
pub async fn by_id(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Option<PublicRow>> {
    sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection).await
}

/// The public request with a reference.
pub async fn by_reference(
    connection: &mut PgConnection,
    reference: &Reference,
) -> sqlx::Result<Option<PublicRow>> {
    sqlx::query_as(BY_REFERENCE).bind(reference.as_str()).fetch_optional(connection).await
}

/// The id behind a reference.
pub async fn id_of(
    connection: &mut PgConnection,
    reference: &Reference,
) -> sqlx::Result<Option<ServiceRequestId>> {
    let row: Option<IdRow> =
        sqlx::query_as(ID_OF).bind(reference.as_str()).fetch_optional(connection).await?;
    Ok(row.map(|row| ServiceRequestId(row.service_request_id)))
}

/// The public events of a public request, oldest first; none of one that is not public.
pub async fn timeline(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as(TIMELINE).bind(id.0).fetch_all(connection).await
}
