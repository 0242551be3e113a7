//! A photo of the place once the matter is done: staff show it, the public and the reporter see it.

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Path, Staff};
use kit::pack::{Action, Step};
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{MAX_PHOTOS, StaffRequest};
use proto::status::Status;
use proto::{PhotoId, Problem, ServiceRequestId};

use super::store;
use crate::publication::steps;
use crate::request::Request;
use crate::triage::view;
use crate::{event, publication, request};

/// Adds a photo that was uploaded to a finished request, as one of the place afterwards.
///
/// Staff took it and have looked at it, so it is released at once, unless the service never shows photos.
#[utoipa::path(put, path = "/v1/requests/{service_request_id}/photos/{photo_id}", tag = "photo",
    operation_id = "attachPhotoAfter",
    params(("service_request_id" = ServiceRequestId, Path), ("photo_id" = PhotoId, Path)),
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn attach(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path((id, photo_id)): Path<(ServiceRequestId, PhotoId)>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    let mut request = request::store::lock(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    staff.may(Action::ChangeStatus, &request)?;
    let after = store::of_request(&mut tx, id).await?.after;
    if after.iter().any(|photo| photo.photo_id == photo_id) {
        return view::answer(&app, tx, &request, language).await;
    }
    may_follow(request.status, after.len())?;

    let public =
        !request.confidential && steps::may(&app.city, &request.service_code).photos == Step::AfterRelease;
    if !store::attach_after(&mut tx, photo_id, id, public).await? {
        return Err(Problem::field("/photo_id", "photo-unknown").into());
    }
    note(&mut request, public, &app);
    request::store::save(&mut tx, &request).await?;
    publication::publish(&app.city, &mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::photo_after_attached(&request, photo_id)).await?;
    let response = view::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

/// Whether another photo of the place afterwards can be added.
fn may_follow(status: Status, there: usize) -> Result<()> {
    match status {
        Status::Done if there < MAX_PHOTOS => Ok(()),
        Status::Done => Err(Problem::new(409, "too-many-photos").with("most", MAX_PHOTOS).into()),
        _ => Err(Problem::new(409, "not-done").into()),
    }
}

/// The public sees a newer date only where it sees the photo.
fn note(request: &mut Request, public: bool, app: &App) {
    if public {
        request.touch(app.clock.now());
    } else {
        request.version += 1;
    }
}

#[cfg(test)]
mod tests;
