//! The reporter's own view: whoever holds the secret of a request sees all of it that is not internal.
//!
//! A wrong secret and an unknown reference get the same answer, after the same work.

use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kit::db::Tx;
use kit::extract::{Anyone, Path, Query, ReporterSecret};
use kit::keys::sha256;
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{MAX_PHOTOS, ReporterRequest};
use proto::{PhotoId, Problem, Reference, ServiceRequestId};
use uuid::Uuid;

use crate::photo::answer::{self, Audience, SizeQuery};
use crate::request::Request;
use crate::request::caller::Reporter;
use crate::timeline::{self, Reader};
use crate::{contact, event, feedback, listing, locality, photo, publication, request};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(see))
        .routes(routes!(attach_photo, show_photo))
        .routes(routes!(withdraw))
        .routes(routes!(delete_contact))
}

/// Shows a request to the resident who filed it.
#[utoipa::path(get, path = "/v1/reporter/{reference}", tag = "reporter", operation_id = "getOwnRequest",
    params(("reference" = Reference, Path), ("Reporter-Secret" = String, Header)),
    responses((status = 200, body = ReporterRequest), (status = "default", body = Problem)))]
pub async fn see(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(reference): Path<Reference>,
    secret: ReporterSecret,
) -> Result<Response> {
    let mut tx = begin(&app, &anyone, &reference).await?;
    let id = reported(&tx);
    let request = request::store::find_by_secret(&mut tx, id, &hash(&secret)).await?;
    let request = request.ok_or_else(Problem::not_found)?;
    answer(&app, tx, &request, language).await
}

/// Adds a photo that was uploaded to the request.
#[utoipa::path(put, path = "/v1/reporter/{reference}/photos/{photo_id}", tag = "reporter",
    operation_id = "attachPhoto",
    params(("reference" = Reference, Path), ("photo_id" = PhotoId, Path), ("Reporter-Secret" = String, Header)),
    responses((status = 204), (status = "default", body = Problem)))]
pub async fn attach_photo(
    State(app): State<App>,
    anyone: Anyone,
    Path((reference, photo_id)): Path<(Reference, PhotoId)>,
    secret: ReporterSecret,
) -> Result<StatusCode> {
    let (mut tx, mut request) = lock(&app, &anyone, &reference, &secret).await?;
    let photos = photo::store::of_request(&mut tx, request.id).await?;
    if photos.sent.iter().any(|photo| photo.photo_id == photo_id) {
        return Ok(StatusCode::NO_CONTENT);
    }
    if request.status.is_closed() {
        return Err(Problem::new(409, "request-closed").into());
    }
    if app.city.service(&request.service_code).is_some_and(|service| !service.accepts.photos) {
        return Err(Problem::field("/photo_id", "photos-not-accepted").into());
    }
    if photos.sent.len() >= MAX_PHOTOS {
        return Err(Problem::new(409, "too-many-photos").with("most", MAX_PHOTOS).into());
    }

    if photo::store::attach(&mut tx, &[photo_id], request.id).await?.is_empty() {
        return Err(Problem::field("/photo_id", "photo-unknown").into());
    }
    request.version += 1;
    request::store::save(&mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::photo_attached(&request, photo_id)).await?;
    tx.commit().await?;
    app.wake.wake();
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a photo of the request to the resident who filed it, released or not.
#[utoipa::path(get, path = "/v1/reporter/{reference}/photos/{photo_id}", tag = "reporter",
    operation_id = "getOwnPhoto",
    params(("reference" = Reference, Path), ("photo_id" = PhotoId, Path), ("Reporter-Secret" = String, Header),
        SizeQuery),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = "default", body = Problem)))]
pub async fn show_photo(
    State(app): State<App>,
    anyone: Anyone,
    Path((reference, photo_id)): Path<(Reference, PhotoId)>,
    Query(query): Query<SizeQuery>,
    secret: ReporterSecret,
) -> Result<Response> {
    let mut tx = begin(&app, &anyone, &reference).await?;
    let id = reported(&tx);
    let request = request::store::find_by_secret(&mut tx, id, &hash(&secret)).await?;
    let request = request.ok_or_else(Problem::not_found)?;
    if photo::store::request_of(&mut tx, photo_id).await? != Some(request.id) {
        return Err(Problem::not_found().into());
    }
    tx.commit().await?;
    answer::jpeg(&app, photo_id, query.size, Audience::Insiders).await
}

/// Takes the request back, as long as no work is ordered.
#[utoipa::path(put, path = "/v1/reporter/{reference}/withdrawal", tag = "reporter",
    operation_id = "withdrawRequest",
    params(("reference" = Reference, Path), ("Reporter-Secret" = String, Header)),
    responses((status = 200, body = ReporterRequest), (status = "default", body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(reference): Path<Reference>,
    secret: ReporterSecret,
) -> Result<Response> {
    let (mut tx, request) = lock(&app, &anyone, &reference, &secret).await?;
    if request.is_withdrawn() {
        return answer(&app, tx, &request, language).await;
    }
    let from = request.status;
    let request = request.withdraw(app.clock.now()).map_err(|refusal| refusal.problem(language))?;

    request::store::save(&mut tx, &request).await?;
    contact::end_with(&app, &mut tx, &request).await?;
    publication::publish(&app.city, &mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::withdrawn(&request, from)).await?;
    let response = answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

/// Deletes the address for answers at once.
#[utoipa::path(delete, path = "/v1/reporter/{reference}/contact", tag = "reporter",
    operation_id = "deleteContact",
    params(("reference" = Reference, Path), ("Reporter-Secret" = String, Header)),
    responses((status = 204), (status = "default", body = Problem)))]
pub async fn delete_contact(
    State(app): State<App>,
    anyone: Anyone,
    Path(reference): Path<Reference>,
    secret: ReporterSecret,
) -> Result<StatusCode> {
    let (mut tx, request) = lock(&app, &anyone, &reference, &secret).await?;
    if contact::stop_answers(&app, &mut tx, request.id).await? {
        kit::event::record(&app, &mut tx, event::contact_deleted(request.id)).await?;
        tx.commit().await?;
        app.wake.wake();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Begins as the reporter of the request with this reference; as nobody's when there is none.
async fn begin(app: &App, anyone: &Anyone, reference: &Reference) -> Result<Tx> {
    let mut tx = app.db.begin(anyone).await?;
    let id = listing::store::id_of(&mut tx, reference).await?;
    tx.commit().await?;
    // The nil id names no request, so that an unknown reference takes the same way as a wrong secret.
    let id = id.unwrap_or(ServiceRequestId(Uuid::nil()));
    app.db.begin(&Reporter::of(id, anyone)).await
}

/// The request that the reporter's transaction is about.
fn reported(tx: &Tx) -> ServiceRequestId {
    ServiceRequestId(tx.context().request.unwrap_or_default())
}

/// Locks the request of whoever holds its secret.
pub(crate) async fn lock(
    app: &App,
    anyone: &Anyone,
    reference: &Reference,
    secret: &ReporterSecret,
) -> Result<(Tx, Request)> {
    let mut tx = begin(app, anyone, reference).await?;
    let id = reported(&tx);
    let request = request::store::lock_by_secret(&mut tx, id, &hash(secret)).await?;
    Ok((tx, request.ok_or_else(Problem::not_found)?))
}

fn hash(secret: &ReporterSecret) -> [u8; 32] {
    sha256(secret.0.as_bytes())
}

/// Reads what belongs to the view, commits, and answers.
pub(crate) async fn answer(app: &App, mut tx: Tx, request: &Request, language: Language) -> Result<Response> {
    let photos = photo::store::of_request(&mut tx, request.id).await?;
    let mut whole = request::view::whole(request, &photos, &app.city, language);
    whole.nearest_address = locality::store::nearest(&mut tx, request.position).await?;
    let view = ReporterRequest {
        request: whole,
        address_string: request.address_string.clone(),
        contact: contact::store::is_there(&mut tx, request.id).await?,
        timeline: timeline::read(&mut tx, request.id, Reader::Reporter, language).await?,
        all_photos: photos.sent,
        feedback: feedback::store::of_request(&mut tx, request.id).await?,
        may_withdraw: request.may_withdraw(),
        confidential: request.confidential,
    };
    tx.commit().await?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], axum::Json(view)).into_response())
}

#[cfg(test)]
mod tests;
