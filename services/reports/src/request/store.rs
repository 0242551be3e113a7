//! One request behind the wall: row-level policies decide whether it is there for the caller.

use std::collections::BTreeMap;

use proto::geo::Position;
use proto::{ServiceRequestId, Timestamp};
use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Claim, Request};

kit::row! {
    /// A request as it is stored.
    pub struct RequestRow {
        service_request_id: Uuid,
        reference: String,
        service_code: String,
        service_group: String,
        department: String,
        confidential: bool,
        status: String,
        status_notes: Option<String>,
        agency_responsible: Option<String>,
        longitude: Option<f64>,
        latitude: Option<f64>,
        address_string: Option<String>,
        description: Option<String>,
        description_released: bool,
        attributes: Json<BTreeMap<String, Value>>,
        captured_at: Option<Timestamp>,
        requested_datetime: Timestamp,
        updated_datetime: Timestamp,
        closed_at: Option<Timestamp>,
        claimed_by: Option<String>,
        claimed_by_name: Option<String>,
        version: i64,
    }
}

/// A statement that reads whole requests.
macro_rules! request_where {
    ($condition:literal) => {
        concat!(
            "
        SELECT service_request_id, reference, service_code, service_group, department, confidential,
               status, status_notes, agency_responsible, longitude, latitude, address_string,
               description, description_released, attributes, captured_at, requested_datetime,
               updated_datetime, closed_at, claimed_by, claimed_by_name, version
          FROM reports.request
         WHERE ",
            $condition
        )
    };
}

kit::statements! {
    /// A request.
    FIND: RequestRow = request_where!("service_request_id = $1");

    /// A request, to be changed.
    LOCK: RequestRow = request_where!("service_request_id = $1 FOR UPDATE");

    /// A request whose secret the caller holds.
    FIND_BY_SECRET: RequestRow = request_where!("service_request_id = $1 AND secret_hash = $2");

    /// A request whose secret the caller holds, to be changed.
    LOCK_BY_SECRET: RequestRow = request_where!("service_request_id = $1 AND secret_hash = $2 FOR UPDATE");

    /// Keeps what can change about a request.
    SAVE = "
        UPDATE reports.request
           SET status = $2, status_notes = $3, agency_responsible = $4, description_released = $5,
               updated_datetime = $6, closed_at = $7, claimed_by = $8, claimed_by_name = $9, version = $10
         WHERE service_request_id = $1";
}

/// Reads a request that the caller may see.
pub async fn find(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Option<Request>> {
    read(sqlx::query_as(FIND).bind(id.0).fetch_optional(connection).await?)
}

/// Locks a request that the caller may see.
pub async fn lock(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Option<Request>> {
    read(sqlx::query_as(LOCK).bind(id.0).fetch_optional(connection).await?)
}

/// Reads a request if `secret_hash` is its secret's.
pub async fn find_by_secret(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    secret_hash: &[u8; 32],
) -> sqlx::Result<Option<Request>> {
    read(sqlx::query_as(FIND_BY_SECRET).bind(id.0).bind(&secret_hash[..]).fetch_optional(connection).await?)
}

/// Locks a request if `secret_hash` is its secret's.
pub async fn lock_by_secret(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    secret_hash: &[u8; 32],
) -> sqlx::Result<Option<Request>> {
    read(sqlx::query_as(LOCK_BY_SECRET).bind(id.0).bind(&secret_hash[..]).fetch_optional(connection).await?)
}

/// Keeps what a rule has changed about a locked request.
pub async fn save(connection: &mut PgConnection, request: &Request) -> sqlx::Result<()> {
    let claim = request.claim.as_ref();
    let saved = sqlx::query(SAVE)
        .bind(request.id.0)
        .bind(request.status.as_str())
        .bind(&request.status_notes)
        .bind(&request.agency_responsible)
        .bind(request.description_released)
        .bind(request.updated_datetime)
        .bind(request.closed_at)
        .bind(claim.map(|claim| &claim.subject))
        .bind(claim.map(|claim| &claim.name))
        .bind(request.version)
        .execute(connection)
        .await?;
    // A policy that hides the row would otherwise turn the change into nothing without a word.
    if saved.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

fn read(row: Option<RequestRow>) -> sqlx::Result<Option<Request>> {
    row.map(Request::try_from).transpose()
}

impl TryFrom<RequestRow> for Request {
    type Error = sqlx::Error;

    fn try_from(row: RequestRow) -> sqlx::Result<Self> {
        let position = match (row.longitude, row.latitude) {
            (Some(longitude), Some(latitude)) => Some(Position { longitude, latitude }),
            _ => None,
        };
        let claim =
            row.claimed_by.map(|subject| Claim { subject, name: row.claimed_by_name.unwrap_or_default() });
        Ok(Self {
            id: ServiceRequestId(row.service_request_id),
            reference: row.reference.parse().map_err(unreadable)?,
            service_code: row.service_code,
            service_group: row.service_group,
            department: row.department,
            confidential: row.confidential,
            status: row.status.parse().map_err(unreadable)?,
            status_notes: row.status_notes,
            agency_responsible: row.agency_responsible,
            position,
            address_string: row.address_string,
            description: row.description,
            description_released: row.description_released,
            attributes: row.attributes.0,
            captured_at: row.captured_at,
            requested_datetime: row.requested_datetime,
            updated_datetime: row.updated_datetime,
            closed_at: row.closed_at,
            claim,
            version: row.version,
        })
    }
}

/// A stored word that this program does not know: the database is newer.
pub fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
