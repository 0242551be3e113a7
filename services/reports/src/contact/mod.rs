//! Where answers go: kept apart from the request, sealed, for one purpose and for a time.

pub mod store;
pub mod sweep;

use axum::extract::State;
use axum::response::IntoResponse;
use chrono::Days;
use http::header;
use kit::db::Tx;
use kit::extract::{Path, Peer};
use kit::{App, Error, Result};
use proto::notify::Contact;
use proto::{Problem, ServiceRequestId};

use crate::intake::filing::Filing;
use crate::request::Request;
use crate::request::caller::PeerFor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(of_request))
}

/// The one service that writes to residents.
const READER: &str = "notify";

/// Hands the address for answers to the service that writes them; for everybody else there is nothing here.
#[utoipa::path(get, path = "/internal/requests/{service_request_id}/contact", tag = "internal",
    operation_id = "getContact",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub async fn of_request(
    State(app): State<App>,
    peer: Peer,
    Path(id): Path<ServiceRequestId>,
) -> Result<impl IntoResponse> {
    if peer.service != READER {
        return Err(Problem::not_found().into());
    }
    let mut tx = app.db.begin(&PeerFor { peer, request: id }).await?;
    let sealed = store::sealed(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    let plain = app.keys.open(&id.to_string(), &sealed).map_err(Error::internal)?;
    let contact: Contact = serde_json::from_slice(&plain).map_err(Error::internal)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(contact)))
}

/// Keeps where the answer goes, if the resident wants one; it opens only for this request.
pub async fn keep(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    filing: &Filing<'_>,
    secret: &str,
) -> Result<()> {
    let Some((address, language)) = &filing.contact else { return Ok(()) };
    let contact = Contact {
        email: address.as_str().to_owned(),
        secret: secret.to_owned(),
        language: (*language).to_owned(),
        reference: request.reference.clone(),
    };
    let plain = serde_json::to_vec(&contact).map_err(Error::internal)?;
    let sealed = app.keys.seal(&app.ids, &request.id.to_string(), &plain)?;
    store::add(tx, request.id, &sealed).await?;
    Ok(())
}

/// Sets the day on which the address is deleted, once the request has ended.
pub async fn end_with(app: &App, tx: &mut Tx, request: &Request) -> Result<()> {
    let Some(closed_at) = request.closed_at else { return Ok(()) };
    let closed_on = closed_at.with_timezone(&app.city.time_zone()).date_naive();
    let days = Days::new(app.city.city.retention.contact_days_after_close.into());
    store::delete_after(tx, request.id, closed_on + days).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
