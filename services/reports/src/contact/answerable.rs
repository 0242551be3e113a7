//! Which requests have somebody who waits for an answer by mail.

use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use kit::db::System;
use kit::extract::{Json, Peer};
use kit::{App, Result};
use proto::Problem;
use proto::notify::Answerable;

use super::{READER, store};

/// Names those of the requests that have an address for answers, so that nobody asks for each one in vain.
#[utoipa::path(post, path = "/internal/requests/answerable", tag = "internal", operation_id = "listAnswerable",
    request_body = Answerable,
    responses((status = 200, body = Answerable), (status = "default", body = Problem)))]
pub async fn among(
    State(app): State<App>,
    peer: Peer,
    Json(asked): Json<Answerable>,
) -> Result<impl IntoResponse> {
    if peer.service != READER {
        return Err(Problem::not_found().into());
    }
    let mut tx = app.db.begin(&System).await?;
    let service_request_ids = store::answerable(&mut tx, &asked.service_request_ids).await?;
    tx.commit().await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(Answerable { service_request_ids })))
}
