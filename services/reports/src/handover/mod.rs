//! Handing a request over as one file, to a body outside that decides on it.
//!
//! The file is one HTML page with its photos inside: any office opens, prints and files it without unpacking or
//! installing anything, and it fetches nothing. It is the only way on which a witness leaves the database in the
//! clear, so each time is an event, and only services whose pack says so have it.

pub mod file;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use kit::extract::{Path, Staff};
use kit::media::Size;
use kit::pack::{Action, HandOver, Service};
use kit::{App, Result};
use proto::{Language, Problem, ServiceRequestId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::file::Contents;
use crate::photo::fault;
use crate::{contact, event, photo, request};

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(file))
}

/// Gives a request with its witness and photos as one file, in the city's first language.
#[utoipa::path(get, path = "/v1/queue/{service_request_id}/file", tag = "handover", operation_id = "getRequestFile",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = String, content_type = "text/html"), (status = "default", body = Problem)))]
pub async fn file(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<ServiceRequestId>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    let request = request::store::lock(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    let service = app.city.service(&request.service_code).filter(|service| leaves_as_file(service));
    let service = service.ok_or_else(Problem::not_found)?;
    staff.may(Action::HandOverFile, &request)?;

    let witness = contact::witness(&app, &mut tx, id).await?;
    let mut photos: Vec<Bytes> = Vec::new();
    for photo in photo::store::of_request(&mut tx, id).await?.sent {
        let bytes = app.media.get(photo.photo_id.0, Size::Full).await.map_err(fault::away)?;
        photos.extend(bytes);
    }
    let first = app.city.languages().first().and_then(|tag| Language::from_tag(tag));
    let contents = Contents {
        city: &app.city,
        language: first.unwrap_or(Language::FIRST),
        service,
        request: &request,
        witness: witness.as_ref(),
        photos: &photos,
        now: app.clock.now(),
    };
    let page = contents.page().into_string();
    kit::event::record(&app, &mut tx, event::file_handed_over(&request)).await?;
    tx.commit().await?;
    app.wake.wake();

    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.html\"", request.reference.as_str()),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, page).into_response())
}

fn leaves_as_file(service: &Service) -> bool {
    service.hand_over == Some(HandOver::File)
}

#[cfg(test)]
mod tests;
