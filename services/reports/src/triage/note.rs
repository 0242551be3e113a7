//! Internal notes: colleagues read them, nobody else ever does.

use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use kit::extract::{IdempotencyKey, Json, Path, Staff};
use kit::idempotency::{self, Repeat};
use kit::pack::Action;
use kit::{App, Result};
use proto::reports::{NewNote, Note};
use proto::{NoteId, Problem, ServiceRequestId};

use super::{lock, store};
use crate::{event, request};

/// Writes an internal note on a request.
#[utoipa::path(post, path = "/v1/requests/{service_request_id}/notes", tag = "triage",
    operation_id = "writeNote",
    params(("service_request_id" = ServiceRequestId, Path),
        ("Idempotency-Key" = String, Header, description = "Random, kept by the client; makes sending again safe")),
    request_body = NewNote,
    responses((status = 201, body = Note), (status = "default", body = Problem)))]
pub async fn write(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<ServiceRequestId>,
    key: IdempotencyKey,
    Json(new): Json<NewNote>,
) -> Result<impl IntoResponse> {
    let mut tx = app.db.begin(&staff).await?;
    let note =
        match idempotency::take::<NoteId>(&mut tx, &key, "POST /v1/requests/notes", &(id, &new)).await? {
            // Only the note's id is kept, so that its words stay behind their policy.
            Repeat::Again(note_id) => store::note(&mut tx, note_id).await?.ok_or_else(Problem::not_found)?,
            Repeat::First(taken) => {
                let mut request = lock(&mut tx, id).await?;
                staff.may(Action::WriteNote, &request)?;
                let note = Note {
                    note_id: NoteId(app.ids.uuid()),
                    at: app.clock.now(),
                    by: staff.name.clone(),
                    text: new.text,
                };
                store::add_note(&mut tx, request.id, &staff.subject, &note).await?;
                // A new version, but no newer date: the public must not see that staff write among themselves.
                request.version += 1;
                request::store::save(&mut tx, &request).await?;
                kit::event::record(&app, &mut tx, event::note_written(&request, note.note_id)).await?;
                idempotency::keep(&mut tx, taken, &note.note_id).await?;
                tx.commit().await?;
                app.wake.wake();
                note
            }
        };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "private, no-store")], axum::Json(note)))
}
