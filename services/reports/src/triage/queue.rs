//! The queue: what the caller's roles and departments let them see, newest first.

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Path, Query, Staff};
use kit::pack::{Action, Pack};
use kit::{App, Error, Result};
use proto::locale::Language;
use proto::reports::{Queue, QueueRow, StaffRequest};
use proto::status::Status;
use proto::{Problem, ServiceRequestId};

use super::query::QueueQuery;
use super::store::{self, Row};
use super::view;
use crate::catalogue::service_name;
use crate::page::{self, Page};

/// Lists the requests that the caller may see, newest first.
#[utoipa::path(get, path = "/v1/queue", tag = "triage", operation_id = "listQueue",
    params(QueueQuery),
    responses((status = 200, body = Queue), (status = "default", body = Problem)))]
pub async fn list(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Query(query): Query<QueueQuery>,
) -> Result<Response> {
    if !staff.rights.grant(Action::SeeQueue) {
        return Err(Problem::new(403, "not-allowed").into());
    }
    let page = Page::try_new(query.limit.as_deref(), query.cursor.as_deref())?;
    let filter = query.filter(&staff)?;
    let mut tx = app.db.begin(&staff).await?;
    let mut rows = store::queue(&mut tx, &filter, &page).await?;
    tx.commit().await?;

    let next = page.cut(&mut rows, Row::key);
    let link = next.map(|next| page::link("/v1/queue", &query.parameters(), &next));
    let requests: Result<Vec<_>> = rows.into_iter().map(|row| shown(row, &app.city, language)).collect();
    Ok(page::answer(Queue { requests: requests? }, link, "private, no-store"))
}

/// Shows a request to staff.
#[utoipa::path(get, path = "/v1/queue/{service_request_id}", tag = "triage", operation_id = "getQueueRequest",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn single(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
) -> Result<Response> {
    let tx = app.db.begin(&staff).await?;
    view::show(&app, tx, id, language).await
}

fn shown(row: Row, city: &Pack, language: Language) -> Result<QueueRow> {
    let status: Status = row.status.parse().map_err(Error::internal)?;
    Ok(QueueRow {
        service_request_id: ServiceRequestId(row.service_request_id),
        reference: row.reference.parse().map_err(Error::internal)?,
        service_name: service_name(city, &row.service_code, language),
        service_code: row.service_code,
        status,
        status_name: status.words(language, row.agency_responsible.as_deref()),
        department: row.department,
        claimed_by: row.claimed_by_name,
        requested_datetime: row.requested_datetime,
        updated_datetime: row.updated_datetime,
        longitude: row.longitude,
        latitude: row.latitude,
        address_string: row.address_string,
        nearest_address: row.nearest_address,
        excerpt: row.description.map(|text| text.chars().take(view::EXCERPT).collect()),
        photo_count: row.photo_count,
        confidential: row.confidential,
        feedback_solved: row.feedback_solved,
    })
}
