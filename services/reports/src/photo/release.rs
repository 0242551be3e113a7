//! A person decides whether everyone may see a photo.

use axum::extract::State;
use http::StatusCode;
use kit::extract::{Json, Path, Staff};
use kit::pack::{Action, Step};
use kit::{App, Result};
use proto::reports::PhotoRelease;
use proto::{PhotoId, Problem};

use super::store;
use crate::publication::steps;
use crate::{event, publication, request};

/// Shows a photo to the public, or hides it again.
#[utoipa::path(put, path = "/v1/photos/{photo_id}/release", tag = "photo", operation_id = "releasePhoto",
    params(("photo_id" = PhotoId, Path)),
    request_body = PhotoRelease,
    responses((status = 204), (status = "default", body = Problem)))]
pub async fn release(
    State(app): State<App>,
    staff: Staff,
    Path(photo_id): Path<PhotoId>,
    Json(wish): Json<PhotoRelease>,
) -> Result<StatusCode> {
    let mut tx = app.db.begin(&staff).await?;
    let id = store::request_of(&mut tx, photo_id).await?.ok_or_else(Problem::not_found)?;
    let mut request = request::store::lock(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    staff.may(Action::Release, &request)?;
    if wish.released && steps::may(&app.city, &request.service_code).photos == Step::Never {
        return Err(Problem::new(409, "never-published").into());
    }

    if store::set_released(&mut tx, photo_id, wish.released).await? {
        request.touch(app.clock.now());
        request::store::save(&mut tx, &request).await?;
        publication::publish(&app.city, &mut tx, &request).await?;
        let event = event::photo_released(&request, photo_id, wish.released);
        kit::event::record(&app, &mut tx, event).await?;
        tx.commit().await?;
        app.wake.wake();
    }
    Ok(StatusCode::NO_CONTENT)
}
