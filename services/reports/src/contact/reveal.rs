//! Seeing who reported a request: for a reason of the city's list, noted each time.
//!
//! Nobody needs this to answer: messages reach the reporter without showing the address to anyone.

use axum::extract::State;
use axum::response::IntoResponse;
use chrono::TimeDelta;
use http::header;
use kit::db::Tx;
use kit::extract::{IdempotencyKey, Json, Path, Staff};
use kit::idempotency::{self, Repeat};
use kit::pack::Action;
use kit::{App, Result};
use proto::contact::{Reveal, RevealedContact};
use proto::{Problem, ServiceRequestId};

use super::{open, store};
use crate::{event, request};

/// Reveals by one person within an hour that are usual; each further one is told as unusual.
const USUAL_PER_HOUR: i64 = 20;

/// Shows who reported a request; the reason is kept with the request's file.
#[utoipa::path(post, path = "/v1/queue/{service_request_id}/contact/reveal", tag = "triage",
    operation_id = "revealContact",
    params(("service_request_id" = ServiceRequestId, Path),
        ("Idempotency-Key" = String, Header, description = "Random, kept by the client; makes sending again safe")),
    request_body = Reveal,
    responses((status = 200, body = RevealedContact), (status = "default", body = Problem)))]
pub async fn reveal(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<ServiceRequestId>,
    key: IdempotencyKey,
    Json(asked): Json<Reveal>,
) -> Result<impl IntoResponse> {
    let mut tx = app.db.begin(&staff).await?;
    let request = request::store::lock(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    staff.may(Action::RevealContact, &request)?;
    if !app.city.rights.reveal_reasons.iter().any(|reason| reason.key == asked.reason) {
        return Err(Problem::field("/reason", "unknown-reason").into());
    }
    let sealed = store::sealed(&mut tx, id).await?.ok_or_else(|| Problem::new(409, "no-contact"))?;
    let inside = open(&app, id, &sealed)?;

    // Sent again after a lost answer it is the same look, not a second one; the address itself is not kept twice.
    if let Repeat::First(taken) =
        idempotency::take::<()>(&mut tx, &key, "POST /v1/queue/contact/reveal", &(id, &asked)).await?
    {
        note(&app, &mut tx, &staff, &request, &asked.reason).await?;
        idempotency::keep(&mut tx, taken, &()).await?;
    }
    tx.commit().await?;
    app.wake.wake();

    let (name, postal_address) = inside.witness.map(|witness| (witness.name, witness.postal_address)).unzip();
    let contact = RevealedContact { email: inside.email, name, postal_address };
    Ok(([(header::CACHE_CONTROL, "private, no-store")], axum::Json(contact)))
}

/// Records the look, and that it is unusual when one person has looked very often.
async fn note(app: &App, tx: &mut Tx, staff: &Staff, request: &request::Request, reason: &str) -> Result<()> {
    let since = app.clock.now() - TimeDelta::hours(1);
    let before = store::reveals_since(tx, &staff.subject, since, USUAL_PER_HOUR).await?;
    kit::event::record(app, tx, event::contact_revealed(request, reason)).await?;
    if before >= USUAL_PER_HOUR {
        kit::event::record(app, tx, event::contact_revealed_often(request)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
