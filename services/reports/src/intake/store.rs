//! Adds requests.

use sqlx::postgres::PgConnection;
use sqlx::types::Json;

use crate::request::Request;

kit::statements! {
    /// Adds a request, unless its id or its reference is taken.
    ADD = "
        INSERT INTO reports.request (service_request_id, reference, secret_hash, service_code, service_group,
                                     department, confidential, status, location, longitude, latitude,
                                     address_string, description, attributes, captured_at,
                                     requested_datetime, updated_datetime, filed_by, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
                     ST_Transform(ST_SetSRID(ST_MakePoint($9, $10), 4326), 25832), $9, $10,
                     $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT DO NOTHING";

    /// Whether there is a request with this id.
    IS_THERE = "
        SELECT EXISTS (SELECT FROM reports.request WHERE service_request_id = $1)";
}

/// What became of an attempt to add a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is added.
    Yes,
    /// Another request has its id.
    IdTaken,
    /// Another request has its reference.
    ReferenceTaken,
}

/// Adds `request`; the caller must be its reporter, so that a taken id shows.
pub async fn add(
    connection: &mut PgConnection,
    request: &Request,
    secret_hash: &[u8; 32],
    filed_by: Option<&str>,
) -> sqlx::Result<Added> {
    let position = request.position;
    let added = sqlx::query(ADD)
        .bind(request.id.0)
        .bind(request.reference.as_str())
        .bind(&secret_hash[..])
        .bind(&request.service_code)
        .bind(&request.service_group)
        .bind(&request.department)
        .bind(request.confidential)
        .bind(request.status.as_str())
        .bind(position.map(|position| position.longitude))
        .bind(position.map(|position| position.latitude))
        .bind(&request.address_string)
        .bind(&request.description)
        .bind(Json(&request.attributes))
        .bind(request.captured_at)
        .bind(request.requested_datetime)
        .bind(request.updated_datetime)
        .bind(filed_by)
        .bind(request.version)
        .execute(&mut *connection)
        .await?;
    if added.rows_affected() == 1 {
        return Ok(Added::Yes);
    }
    let (id_taken,): (bool,) = sqlx::query_as(IS_THERE).bind(request.id.0).fetch_one(connection).await?;
    Ok(if id_taken { Added::IdTaken } else { Added::ReferenceTaken })
}
