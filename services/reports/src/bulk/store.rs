//! Writes many requests in one statement each.

use proto::Reference;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::{Columns, Story};

kit::row! {
    /// A request's id.
    pub struct IdRow {
        service_request_id: Uuid,
    }
}

kit::row! {
    /// A reference that is taken.
    pub struct ReferenceRow {
        reference: String,
    }
}

kit::row! {
    /// How many requests of a kind came over a channel.
    pub struct CountRow {
        service_code: String,
        channel: String,
        number: i64,
    }
}

kit::row! {
    /// A public place whose surroundings lie inside the city.
    pub struct Spot {
        /// Names it for programs.
        pub key: String,
        /// Names it for people.
        pub name: String,
        /// Degrees east.
        pub longitude: f64,
        /// Degrees north.
        pub latitude: f64,
        /// The key of its district.
        pub district: Option<String>,
    }
}

kit::statements! {
    /// Public places that keep 25 m from the border.
    SPOTS: Spot = "
        SELECT place.key, place.name, place.longitude, place.latitude,
               (SELECT area.key
                  FROM published.area
                 WHERE kind = 'district' AND ST_Covers(shape, place.location)
                 ORDER BY area.key
                 LIMIT 1) AS district
          FROM published.place
         WHERE EXISTS (SELECT
                         FROM published.area
                        WHERE kind = 'boundary' AND ST_Covers(shape, ST_Buffer(place.location, 25)))
         ORDER BY place.key";

    /// Gives this transaction time: it does the work of hundreds.
    PATIENT = "
        SELECT set_config('statement_timeout', '30s', true),
               set_config('idle_in_transaction_session_timeout', '30s', true),
               set_config('lock_timeout', '30s', true)";

    /// Waits until nobody else brings in requests.
    ALONE = "SELECT pg_advisory_xact_lock(1735160002)";

    /// The greatest id of a range.
    LAST_WITHIN: IdRow = "
        SELECT service_request_id
          FROM published.request
         WHERE service_request_id BETWEEN $1 AND $2
         ORDER BY service_request_id DESC
         LIMIT 1";

    /// Which references are taken.
    TAKEN: ReferenceRow = "
        SELECT reference
          FROM published.request
         WHERE reference = ANY ($1)";

    /// Adds requests behind the wall.
    ADD_REQUESTS = "
        INSERT INTO reports.request (service_request_id, reference, secret_hash, service_code, service_group,
                                     department, confidential, status, status_notes, agency_responsible,
                                     location, longitude, latitude, address_string, description,
                                     description_released, attributes, requested_datetime, updated_datetime,
                                     closed_at, claimed_by, claimed_by_name, version, channel)
        SELECT service_request_id, reference, secret_hash, service_code, service_group, department,
               confidential, status, status_notes, agency_responsible,
               ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832), longitude, latitude,
               address_string, description, description_released, attributes::jsonb, requested_datetime,
               updated_datetime, closed_at, claimed_by, claimed_by_name, version, channel
          FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::boolean[],
                      $8::text[], $9::text[], $10::text[], $11::float8[], $12::float8[], $13::text[],
                      $14::text[], $15::boolean[], $16::text[], $17::timestamptz[], $18::timestamptz[],
                      $19::timestamptz[], $20::text[], $21::text[], $22::bigint[], $23::text[])
               AS past (service_request_id, reference, secret_hash, service_code, service_group, department,
                        confidential, status, status_notes, agency_responsible, longitude, latitude,
                        address_string, description, description_released, attributes, requested_datetime,
                        updated_datetime, closed_at, claimed_by, claimed_by_name, version, channel)";

    /// Adds photos.
    ADD_PHOTOS = "
        INSERT INTO reports.photo (photo_id, service_request_id, digest, width, height, released, uploaded_at,
                                   stage)
        SELECT photo_id, service_request_id, digest, width, height, released, uploaded_at, stage
          FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::integer[], $5::integer[], $6::boolean[],
                      $7::timestamptz[], $8::text[])
               AS past (photo_id, service_request_id, digest, width, height, released, uploaded_at, stage)";

    /// Adds notes.
    ADD_NOTES = "
        INSERT INTO reports.note (note_id, service_request_id, written_at, written_by, written_by_name, text)
        SELECT note_id, service_request_id, written_at, written_by, written_by_name, text
          FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
               AS past (note_id, service_request_id, written_at, written_by, written_by_name, text)";

    /// Writes the public side of requests; a confidential one says nothing about the matter.
    PUBLISH = "
        INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                       status_notes, agency_responsible, requested_datetime,
                                       updated_datetime, location, longitude, latitude, description, photos,
                                       photos_after, service_group, closed_at, district,
                                       nearest_address, reference_version, channel)
        SELECT service_request_id, reference, CASE WHEN public THEN 'public' ELSE 'confidential' END,
               service_code, status, CASE WHEN public THEN status_notes END,
               CASE WHEN public THEN agency_responsible END, requested_datetime, updated_datetime, spot,
               CASE WHEN public THEN longitude END, CASE WHEN public THEN latitude END,
               CASE WHEN shows_text THEN description END,
               CASE WHEN shows_photos
                    THEN ARRAY(SELECT photo_id
                                 FROM reports.photo
                                WHERE photo.service_request_id = past.service_request_id
                                  AND stage = 'before' AND released
                                ORDER BY uploaded_at, photo_id)
                    ELSE '{}' END,
               CASE WHEN shows_photos
                    THEN ARRAY(SELECT photo_id
                                 FROM reports.photo
                                WHERE photo.service_request_id = past.service_request_id
                                  AND stage = 'after' AND released
                                ORDER BY uploaded_at, photo_id)
                    ELSE '{}' END,
               service_group, CASE WHEN public THEN closed_at END,
               (SELECT key
                  FROM published.area
                 WHERE kind = 'district' AND ST_Covers(shape, spot)
                 ORDER BY key
                 LIMIT 1),
               CASE WHEN spot IS NOT NULL THEN published.nearest_address(spot) END,
               (SELECT version FROM published.reference), channel
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                      $8::float8[], $9::float8[], $10::text[], $11::timestamptz[], $12::timestamptz[],
                      $13::timestamptz[], $14::text[], $15::boolean[], $16::boolean[], $17::boolean[])
               AS past (service_request_id, reference, service_code, service_group, status, status_notes,
                        agency_responsible, longitude, latitude, description, requested_datetime,
                        updated_datetime, closed_at, channel, public, shows_text, shows_photos),
               LATERAL (SELECT CASE WHEN public
                                    THEN ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832)
                               END AS spot) AS place";

    /// Counts requests of a range by kind and channel.
    COUNT: CountRow = "
        SELECT service_code, channel, count(*) AS number
          FROM reports.request
         WHERE service_request_id BETWEEN $1 AND $2
         GROUP BY service_code, channel
         ORDER BY service_code, channel";
}

/// Gives this transaction the time that hundreds of requests need.
pub async fn patient(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(PATIENT).execute(connection).await.map(|_| ())
}

/// Public places that keep 25 m from the border.
pub async fn spots(connection: &mut PgConnection) -> sqlx::Result<Vec<Spot>> {
    sqlx::query_as(SPOTS).fetch_all(connection).await
}

/// Waits until no other transaction brings in requests.
pub async fn alone(connection: &mut PgConnection) -> sqlx::Result<()> {
    patient(connection).await?;
    sqlx::query(ALONE).execute(connection).await.map(|_| ())
}

/// The greatest id from `first` to `last`.
pub async fn last_within(
    connection: &mut PgConnection,
    first: Uuid,
    last: Uuid,
) -> sqlx::Result<Option<Uuid>> {
    let row: Option<IdRow> =
        sqlx::query_as(LAST_WITHIN).bind(first).bind(last).fetch_optional(connection).await?;
    Ok(row.map(|row| row.service_request_id))
}

/// Which of the references are taken.
pub async fn taken(connection: &mut PgConnection, references: &[Reference]) -> sqlx::Result<Vec<String>> {
    let texts: Vec<&str> = references.iter().map(Reference::as_str).collect();
    let rows: Vec<ReferenceRow> = sqlx::query_as(TAKEN).bind(texts).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| row.reference).collect())
}

/// Adds requests behind the wall.
pub async fn add_requests(connection: &mut PgConnection, columns: &Columns) -> sqlx::Result<()> {
    sqlx::query(ADD_REQUESTS)
        .bind(&columns.ids)
        .bind(&columns.references)
        .bind(&columns.secret_hashes)
        .bind(&columns.service_codes)
        .bind(&columns.service_groups)
        .bind(&columns.departments)
        .bind(&columns.confidential)
        .bind(&columns.statuses)
        .bind(&columns.status_notes)
        .bind(&columns.agencies)
        .bind(&columns.longitudes)
        .bind(&columns.latitudes)
        .bind(&columns.addresses)
        .bind(&columns.descriptions)
        .bind(&columns.released)
        .bind(&columns.attributes)
        .bind(&columns.requested)
        .bind(&columns.updated)
        .bind(&columns.closed)
        .bind(&columns.claimed_by)
        .bind(&columns.claimed_by_names)
        .bind(&columns.versions)
        .bind(&columns.channels)
        .execute(connection)
        .await
        .map(|_| ())
}

/// Adds the photos of requests that are there.
pub async fn add_photos(connection: &mut PgConnection, stories: &[Story]) -> sqlx::Result<()> {
    let photos: Vec<_> = stories
        .iter()
        .flat_map(|story| story.photos.iter().map(|photo| (story.request.id.0, photo)))
        .collect();
    if photos.is_empty() {
        return Ok(());
    }
    sqlx::query(ADD_PHOTOS)
        .bind(photos.iter().map(|(_, photo)| photo.photo_id.0).collect::<Vec<_>>())
        .bind(photos.iter().map(|(id, _)| *id).collect::<Vec<_>>())
        .bind(photos.iter().map(|(_, photo)| &photo.digest[..]).collect::<Vec<_>>())
        .bind(photos.iter().map(|(_, photo)| photo.width).collect::<Vec<_>>())
        .bind(photos.iter().map(|(_, photo)| photo.height).collect::<Vec<_>>())
        .bind(photos.iter().map(|(_, photo)| photo.released).collect::<Vec<_>>())
        .bind(photos.iter().map(|(_, photo)| photo.at).collect::<Vec<_>>())
        .bind(
            photos.iter().map(|(_, photo)| if photo.after { "after" } else { "before" }).collect::<Vec<_>>(),
        )
        .execute(connection)
        .await
        .map(|_| ())
}

/// Adds the notes on requests that are there.
pub async fn add_notes(connection: &mut PgConnection, stories: &[Story]) -> sqlx::Result<()> {
    let notes: Vec<_> =
        stories.iter().flat_map(|story| story.notes.iter().map(|note| (story.request.id.0, note))).collect();
    if notes.is_empty() {
        return Ok(());
    }
    sqlx::query(ADD_NOTES)
        .bind(notes.iter().map(|(_, (note, _))| note.note_id.0).collect::<Vec<_>>())
        .bind(notes.iter().map(|(id, _)| *id).collect::<Vec<_>>())
        .bind(notes.iter().map(|(_, (note, _))| note.at).collect::<Vec<_>>())
        .bind(notes.iter().map(|(_, (_, subject))| subject.as_str()).collect::<Vec<_>>())
        .bind(notes.iter().map(|(_, (note, _))| note.by.as_str()).collect::<Vec<_>>())
        .bind(notes.iter().map(|(_, (note, _))| note.text.as_str()).collect::<Vec<_>>())
        .execute(connection)
        .await
        .map(|_| ())
}

/// Writes the public side of requests whose photos are there.
pub async fn publish(connection: &mut PgConnection, columns: &Columns) -> sqlx::Result<()> {
    sqlx::query(PUBLISH)
        .bind(&columns.ids)
        .bind(&columns.references)
        .bind(&columns.service_codes)
        .bind(&columns.service_groups)
        .bind(&columns.statuses)
        .bind(&columns.status_notes)
        .bind(&columns.agencies)
        .bind(&columns.longitudes)
        .bind(&columns.latitudes)
        .bind(&columns.descriptions)
        .bind(&columns.requested)
        .bind(&columns.updated)
        .bind(&columns.closed)
        .bind(&columns.channels)
        .bind(&columns.public)
        .bind(&columns.shows_text)
        .bind(&columns.shows_photos)
        .execute(connection)
        .await
        .map(|_| ())
}

/// Counts requests with ids from `first` to `last` by service code and channel.
pub async fn count(
    connection: &mut PgConnection,
    first: Uuid,
    last: Uuid,
) -> sqlx::Result<Vec<(String, String, i64)>> {
    let rows: Vec<CountRow> = sqlx::query_as(COUNT).bind(first).bind(last).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.service_code, row.channel, row.number)).collect())
}
