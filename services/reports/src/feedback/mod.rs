//! Is it really done? The resident says so with one of two buttons, and may change their mind.
//!
//! The answer opens nothing again by itself: staff see it in the queue and decide.

pub mod store;

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Anyone, Json, Path, ReporterSecret};
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{Feedback, NewFeedback, ReporterRequest};
use proto::status::Status;
use proto::{Problem, Reference};

use crate::{event, reporter, request};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(answer))
}

/// Says whether a request that is done is settled for the resident; the last answer counts.
#[utoipa::path(put, path = "/v1/reporter/{reference}/feedback", tag = "reporter", operation_id = "giveFeedback",
    params(("reference" = Reference, Path), ("Reporter-Secret" = String, Header)),
    request_body = NewFeedback,
    responses((status = 200, body = ReporterRequest), (status = "default", body = Problem)))]
pub async fn answer(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Path(reference): Path<Reference>,
    secret: ReporterSecret,
    Json(new): Json<NewFeedback>,
) -> Result<Response> {
    let (mut tx, mut request) = reporter::lock(&app, &anyone, &reference, &secret).await?;
    if request.status != Status::Done {
        return Err(Problem::new(409, "not-done").into());
    }
    let before = store::of_request(&mut tx, request.id).await?;
    if before.is_some_and(|before| before.solved == new.solved) {
        return reporter::answer(&app, tx, &request, language).await;
    }

    let feedback = Feedback { solved: new.solved, at: app.clock.now() };
    store::save(&mut tx, request.id, &feedback).await?;
    // A new version, but no newer date: the public does not learn what the resident says to the city.
    request.version += 1;
    request::store::save(&mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::feedback(&request, new.solved)).await?;
    let response = reporter::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

#[cfg(test)]
mod tests;
