//! Ending mail about one request, by the link at the foot of each mail.

pub mod store;
pub mod token;

use axum::extract::State;
use http::StatusCode;
use kit::extract::{Anyone, Json};
use kit::{App, Result, event};
use proto::Problem;
use proto::event::{NewEvent, Visibility};
use proto::notify::Unsubscribe;
use serde_json::json;

/// Stops mail about one service request.
///
/// Mail programs send this by themselves when their reader presses "unsubscribe" (RFC 8058), and perhaps
/// twice, so it needs no key to be repeated: the answer is the same each time.
#[utoipa::path(post, path = "/v1/unsubscribe", tag = "notify", operation_id = "unsubscribe",
    request_body = Unsubscribe,
    responses((status = 204, description = "No more mail about this request"),
              (status = "default", body = Problem)))]
pub async fn unsubscribe(
    State(app): State<App>,
    caller: Anyone,
    Json(wish): Json<Unsubscribe>,
) -> Result<StatusCode> {
    let id = token::read(&app.keys, &wish.token).ok_or_else(Problem::not_found)?;
    let mut tx = app.db.begin(&caller).await?;
    if store::mute(&mut tx, id, app.clock.now()).await? {
        let muted = NewEvent {
            kind: "request.mail_stopped",
            subject_kind: "request",
            subject_id: id.0,
            thread_id: id.0,
            visibility: Visibility::Staff,
            payload: json!({}),
        };
        event::record(&app, &mut tx, muted).await?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests;
