//! Photos: uploaded before the request that names them, cleaned, shown to the public once a person agrees.

pub mod after;
pub mod answer;
pub mod fault;
pub mod release;
pub mod store;
pub mod sweep;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::System;
use kit::extract::{Anyone, Path, Query, Raw, Viewer};
use kit::keys::sha256;
use kit::{App, Result};
use proto::reports::UploadedPhoto;
use proto::{PhotoId, Problem};

use self::answer::{Audience, SizeQuery};
use self::store::Upload;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(upload, show))
        .routes(routes!(release::release))
        .routes(routes!(after::attach))
}

/// Takes a photo, cleans it of everything but the picture and keeps it for the request that will name it.
///
/// The same bytes again get the same answer; a photo that no request names is deleted after 24 hours.
#[utoipa::path(put, path = "/v1/photos/{photo_id}", tag = "photo", operation_id = "uploadPhoto",
    params(("photo_id" = PhotoId, Path, description = "Made by the client (UUIDv7)")),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"))),
    responses((status = 201, body = UploadedPhoto), (status = 200, body = UploadedPhoto),
        (status = "default", body = Problem)))]
pub async fn upload(
    State(app): State<App>,
    anyone: Anyone,
    Path(photo_id): Path<PhotoId>,
    raw: Result<Raw>,
) -> Result<Response> {
    let Raw { bytes, kind } = raw.map_err(fault::unread)?;
    if !photo_id.is_v7() {
        return Err(Problem::field("/photo_id", "not-v7").into());
    }
    let digest = sha256(&bytes);
    if let Some(known) = known(&app, photo_id).await? {
        return again(photo_id, known, &digest);
    }
    let declared = Some(kind.as_str()).filter(|kind| !kind.is_empty());
    let photo = app.media.clean(bytes, declared).await.map_err(fault::refused)?;

    let upload = Upload::of(&photo);
    let mut tx = app.db.begin(&anyone).await?;
    if !store::add(&mut tx, photo_id, &upload, app.clock.now()).await? {
        drop(tx);
        let known = known(&app, photo_id).await?.ok_or_else(|| Problem::new(409, "id-taken"))?;
        return again(photo_id, known, &digest);
    }
    // While the new row keeps others from this id, and before it commits: a row always has its photo.
    app.media.put(photo_id.0, &photo).await.map_err(fault::away)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, axum::Json(upload.answer(photo_id))).into_response())
}

/// An upload under this id, whoever's request names it by now: a device repeats what it got no answer for.
async fn known(app: &App, photo_id: PhotoId) -> Result<Option<Upload>> {
    let mut tx = app.db.begin(&System).await?;
    let known = store::upload(&mut tx, photo_id).await?;
    tx.commit().await?;
    Ok(known)
}

/// Only who sends the very bytes learns that they are there.
fn again(photo_id: PhotoId, known: Upload, digest: &[u8; 32]) -> Result<Response> {
    if known.digest != digest {
        return Err(Problem::new(409, "id-taken").into());
    }
    Ok(axum::Json(known.answer(photo_id)).into_response())
}

/// Shows a photo: a released one to everyone, others to staff who may see its request.
#[utoipa::path(get, path = "/v1/photos/{photo_id}", tag = "photo", operation_id = "getPhoto",
    params(("photo_id" = PhotoId, Path), SizeQuery),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = "default", body = Problem)))]
pub async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(photo_id): Path<PhotoId>,
    Query(query): Query<SizeQuery>,
) -> Result<Response> {
    let mut tx = app.db.begin(&viewer).await?;
    let audience = if store::is_public(&mut tx, photo_id).await? {
        Audience::Everyone
    } else if matches!(viewer, Viewer::Staff(_)) && store::request_of(&mut tx, photo_id).await?.is_some() {
        Audience::Insiders
    } else {
        return Err(Problem::not_found().into());
    };
    tx.commit().await?;
    answer::jpeg(&app, photo_id, query.size, audience).await
}

#[cfg(test)]
mod tests;
