//! The order office: the queue, who takes what, where it goes, what the resident reads.

pub mod claim;
pub mod live;
pub mod note;
pub mod query;
pub mod queue;
pub mod status;
pub mod store;
pub mod view;

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::db::Tx;
use kit::extract::{IdempotencyKey, IfMatch, Json, Path, Staff};
use kit::idempotency::{self, Repeat};
use kit::pack::{Action, Step};
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{StaffRequest, StatusChange, TextRelease};
use proto::status::Status;
use proto::{Problem, ServiceRequestId};

use crate::publication::steps;
use crate::request::Request;
use crate::{contact, event, publication, request};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(change_status))
        .routes(routes!(queue::list))
        .routes(routes!(queue::single))
        .routes(routes!(claim::claim, claim::unclaim))
        .routes(routes!(note::write))
        .routes(routes!(release))
        .merge(live::routes())
}

/// Moves a service request to another status, or answers about one that stays where it is.
///
/// The change, what the public sees of it and its event commit together.
#[utoipa::path(patch, path = "/v1/requests/{service_request_id}", tag = "triage", operation_id = "changeStatus",
    params(("service_request_id" = ServiceRequestId, Path),
        ("Idempotency-Key" = String, Header, description = "Random, kept by the client; makes sending again safe"),
        ("If-Match" = Option<String>, Header, description = "The version that the caller has seen")),
    request_body = StatusChange,
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn change_status(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
    key: IdempotencyKey,
    seen: IfMatch,
    Json(change): Json<StatusChange>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    // Kept without the request itself: it holds a resident's words, and its policies decide each time.
    let taken = match idempotency::take::<()>(&mut tx, &key, "PATCH /v1/requests", &(id, &change)).await? {
        Repeat::Again(()) => return view::show(&app, tx, id, language).await,
        Repeat::First(taken) => taken,
    };
    let request = lock(&mut tx, id).await?;
    staff.may(Action::ChangeStatus, &request)?;
    seen.require(request.version)?;

    let from = request.status;
    let request = request.change(&change, app.clock.now()).map_err(|refusal| refusal.problem(language))?;

    save(&app, &mut tx, &request).await?;
    let event = tell(&request, from, &change);
    kit::event::record(&app, &mut tx, event).await?;
    idempotency::keep(&mut tx, taken, &()).await?;
    let response = view::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

fn tell(request: &Request, from: Status, change: &StatusChange) -> proto::event::NewEvent {
    if request.status == from {
        event::answered(request, change)
    } else {
        event::status_changed(request, from, change)
    }
}

/// Shows the resident's words to the public, or hides them again.
#[utoipa::path(put, path = "/v1/requests/{service_request_id}/release", tag = "triage",
    operation_id = "releaseText",
    params(("service_request_id" = ServiceRequestId, Path),
        ("If-Match" = Option<String>, Header, description = "The version that the caller has seen")),
    request_body = TextRelease,
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn release(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
    seen: IfMatch,
    Json(wish): Json<TextRelease>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    let mut request = lock(&mut tx, id).await?;
    staff.may(Action::Release, &request)?;
    seen.require(request.version)?;
    if wish.description && steps::may(&app.city, &request.service_code).text == Step::Never {
        return Err(Problem::new(409, "never-published").into());
    }
    if request.description_released == wish.description {
        return view::answer(&app, tx, &request, language).await;
    }

    request.description_released = wish.description;
    request.touch(app.clock.now());
    save(&app, &mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::text_released(&request)).await?;
    let response = view::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

/// Locks a request; what the caller may not see does not exist.
async fn lock(tx: &mut Tx, id: ServiceRequestId) -> Result<Request> {
    Ok(request::store::lock(tx, id).await?.ok_or_else(Problem::not_found)?)
}

/// Keeps a change, with what follows from it behind the wall and in front of it.
async fn save(app: &App, tx: &mut Tx, request: &Request) -> Result<()> {
    request::store::save(tx, request).await?;
    contact::end_with(app, tx, request).await?;
    publication::publish(&app.city, tx, request).await
}

#[cfg(test)]
mod tests;
