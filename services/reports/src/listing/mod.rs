//! What everyone sees of requests: lists, one by its id, one by its reference.
//!
//! It reads `published.request` only. A confidential request answers as one that does not exist.

pub mod query;
pub mod store;

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Anyone, Path, Query};
use kit::pack::Pack;
use kit::{App, Error, Result};
use proto::locale::Language;
use proto::reports::{PublicRequest, PublicRequests, Timeline};
use proto::status::Status;
use proto::{PhotoId, Problem, Reference, ServiceRequestId};

use self::query::ListQuery;
use self::store::PublicRow;
use crate::catalogue::service_name;
use crate::conditional::{self, IfNoneMatch};
use crate::page::{self, Page};
use crate::timeline::steps;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(single))
        .routes(routes!(by_reference))
        .routes(routes!(timeline))
}

/// Lists what everyone sees of requests, newest first.
#[utoipa::path(get, path = "/v1/requests", tag = "listing", operation_id = "listRequests",
    params(ListQuery),
    responses((status = 200, body = PublicRequests), (status = "default", body = Problem)))]
pub async fn list(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Query(query): Query<ListQuery>,
) -> Result<Response> {
    let page = Page::try_new(query.limit.as_deref(), query.cursor.as_deref())?;
    let filter = query.filter()?;
    let mut tx = app.db.begin(&anyone).await?;
    let mut rows = store::list(&mut tx, &filter, &page).await?;
    tx.commit().await?;

    let next = page.cut(&mut rows, PublicRow::key);
    let link = next.map(|next| page::link("/v1/requests", &query.parameters(), &next));
    let requests: Result<Vec<_>> = rows.into_iter().map(|row| shown(row, &app.city, language)).collect();
    Ok(page::answer(PublicRequests { requests: requests? }, link, "no-cache"))
}

/// Shows what everyone sees of a request.
#[utoipa::path(get, path = "/v1/requests/{service_request_id}", tag = "listing", operation_id = "getRequest",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = PublicRequest), (status = 304), (status = "default", body = Problem)))]
pub async fn single(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
    seen: IfNoneMatch,
) -> Result<Response> {
    let mut tx = app.db.begin(&anyone).await?;
    let row = store::by_id(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    conditional::json(&seen, &shown(row, &app.city, language)?)
}

/// Shows what everyone sees of the request with a reference.
#[utoipa::path(get, path = "/v1/requests/by-reference/{reference}", tag = "listing",
    operation_id = "getRequestByReference",
    params(("reference" = Reference, Path)),
    responses((status = 200, body = PublicRequest), (status = 304), (status = "default", body = Problem)))]
pub async fn by_reference(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(reference): Path<Reference>,
    seen: IfNoneMatch,
) -> Result<Response> {
    let mut tx = app.db.begin(&anyone).await?;
    let row = store::by_reference(&mut tx, &reference).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    conditional::json(&seen, &shown(row, &app.city, language)?)
}

/// Tells what became of a request, as far as everyone may know it.
#[utoipa::path(get, path = "/v1/requests/{service_request_id}/timeline", tag = "listing",
    operation_id = "getTimeline",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = Timeline), (status = "default", body = Problem)))]
pub async fn timeline(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
) -> Result<axum::Json<Timeline>> {
    let mut tx = app.db.begin(&anyone).await?;
    let rows = store::timeline(&mut tx, id).await?;
    tx.commit().await?;
    // What everyone sees has at least arrived.
    if rows.is_empty() {
        return Err(Problem::not_found().into());
    }
    Ok(axum::Json(Timeline { steps: steps(rows, language) }))
}

fn shown(row: PublicRow, city: &Pack, language: Language) -> Result<PublicRequest> {
    let status: Status = row.status.parse().map_err(Error::internal)?;
    Ok(PublicRequest {
        service_request_id: ServiceRequestId(row.service_request_id),
        reference: row.reference.parse().map_err(Error::internal)?,
        service_name: service_name(city, &row.service_code, language),
        service_code: row.service_code,
        status,
        status_name: status.words(language, row.agency_responsible.as_deref()),
        status_notes: row.status_notes,
        agency_responsible: row.agency_responsible,
        requested_datetime: row.requested_datetime,
        updated_datetime: row.updated_datetime,
        longitude: row.longitude,
        latitude: row.latitude,
        nearest_address: row.nearest_address,
        description: row.description,
        photos: row.photos.into_iter().map(PhotoId).collect(),
        photos_after: row.photos_after.into_iter().map(PhotoId).collect(),
    })
}

#[cfg(test)]
mod tests;
