//! The public side of requests.

use sqlx::postgres::PgConnection;

use super::steps::Steps;
use crate::request::Request;

kit::statements! {
    /// Writes the public side of a request.
    PUBLISH = "
        INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                       status_notes, agency_responsible, requested_datetime,
                                       updated_datetime, location, longitude, latitude, description, photos,
                                       photos_after, service_group, closed_at, district, nearest_address,
                                       reference_version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                     ST_Transform(ST_SetSRID(ST_MakePoint($10, $11), 4326), 25832), $10, $11, $12,
                     ARRAY(SELECT photo_id
                             FROM reports.photo
                            WHERE service_request_id = $1 AND stage = 'before' AND released AND $13
                            ORDER BY uploaded_at, photo_id),
                     ARRAY(SELECT photo_id
                             FROM reports.photo
                            WHERE service_request_id = $1 AND stage = 'after' AND released AND $13
                            ORDER BY uploaded_at, photo_id),
                     $14, $15,
                     (SELECT key
                        FROM published.area
                       WHERE kind = 'district'
                         AND ST_Covers(shape, ST_Transform(ST_SetSRID(ST_MakePoint($10, $11), 4326), 25832))
                       ORDER BY key
                       LIMIT 1),
                     published.nearest_address(
                         ST_Transform(ST_SetSRID(ST_MakePoint($10, $11), 4326), 25832)),
                     (SELECT version FROM published.reference))
        ON CONFLICT (service_request_id) DO UPDATE
                SET status = EXCLUDED.status, status_notes = EXCLUDED.status_notes,
                    agency_responsible = EXCLUDED.agency_responsible,
                    updated_datetime = EXCLUDED.updated_datetime, location = EXCLUDED.location,
                    longitude = EXCLUDED.longitude, latitude = EXCLUDED.latitude,
                    description = EXCLUDED.description, photos = EXCLUDED.photos,
                    photos_after = EXCLUDED.photos_after,
                    closed_at = EXCLUDED.closed_at, district = EXCLUDED.district,
                    nearest_address = EXCLUDED.nearest_address,
                    reference_version = EXCLUDED.reference_version";
}

/// Writes the public side of `request`.
///
/// Of a confidential request the row holds what other services need to find it, and nothing about the matter.
pub async fn publish(connection: &mut PgConnection, request: &Request, steps: Steps) -> sqlx::Result<()> {
    let position = request.position.filter(|_| steps.public);
    sqlx::query(PUBLISH)
        .bind(request.id.0)
        .bind(request.reference.as_str())
        .bind(if steps.public { "public" } else { "confidential" })
        .bind(&request.service_code)
        .bind(request.status.as_str())
        .bind(request.status_notes.as_deref().filter(|_| steps.public))
        .bind(request.agency_responsible.as_deref().filter(|_| steps.public))
        .bind(request.requested_datetime)
        .bind(request.updated_datetime)
        .bind(position.map(|position| position.longitude))
        .bind(position.map(|position| position.latitude))
        .bind(request.description.as_deref().filter(|_| steps.text))
        .bind(steps.photos)
        .bind(&request.service_group)
        .bind(request.closed_at.filter(|_| steps.public))
        .execute(connection)
        .await
        .map(|_| ())
}
