//! Where answers go, and who a witness is: kept apart from the request, sealed, for one purpose and for a time.

pub mod answerable;
pub mod reveal;
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
use proto::{Problem, Reference, ServiceRequestId};
use serde::{Deserialize, Serialize};

use crate::intake::addressee::{Addressee, Witness};
use crate::intake::filing::Filing;
use crate::request::Request;
use crate::request::caller::PeerFor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(of_request))
        .routes(routes!(answerable::among))
        .routes(routes!(reveal::reveal))
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Inside {
    #[serde(default)]
    email: Option<String>,
    secret: String,
    language: String,
    reference: Reference,
    #[serde(default)]
    witness: Option<Witness>,
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
    let Inside { email, secret, language, reference, .. } = open(&app, id, &sealed)?;
    let email = email.ok_or_else(Problem::not_found)?;
    let contact = Contact { email, secret, language, reference };
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(contact)))
}

fn open(app: &App, id: ServiceRequestId, sealed: &str) -> Result<Inside> {
    let plain = app.keys.open(&id.to_string(), sealed).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

fn seal(app: &App, id: ServiceRequestId, inside: &Inside) -> Result<String> {
    let plain = serde_json::to_vec(inside).map_err(Error::internal)?;
    app.keys.seal(&app.ids, &id.to_string(), &plain)
}

/// Who has seen what the request says, if it names them.
pub async fn witness(app: &App, tx: &mut Tx, id: ServiceRequestId) -> Result<Option<Witness>> {
    match store::sealed(tx, id).await? {
        Some(sealed) => Ok(open(app, id, &sealed)?.witness),
        None => Ok(None),
    }
}

/// Ends the answers by mail at once; answers whether there was an address.
///
/// A witness stays named until the request's own end: what they have said cannot be used without them.
pub async fn stop_answers(app: &App, tx: &mut Tx, id: ServiceRequestId) -> Result<bool> {
    let Some(sealed) = store::sealed(tx, id).await? else { return Ok(false) };
    let mut inside = open(app, id, &sealed)?;
    if inside.witness.is_none() {
        return Ok(store::delete(tx, id).await?);
    }
    if inside.email.take().is_none() {
        return Ok(false);
    }
    store::close_mail(tx, id, &seal(app, id, &inside)?).await?;
    Ok(true)
}

/// Keeps who the resident is, if they said so; it opens only for this request.
pub async fn keep(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    filing: &Filing<'_>,
    secret: &str,
) -> Result<()> {
    let Some(Addressee { email, language, purpose, witness }) = &filing.contact else { return Ok(()) };
    let inside = Inside {
        email: email.as_ref().map(|address| address.as_str().to_owned()),
        secret: secret.to_owned(),
        language: (*language).to_owned(),
        reference: request.reference.clone(),
        witness: witness.clone(),
    };
    let sealed = seal(app, request.id, &inside)?;
    store::add(tx, request.id, &sealed, purpose.as_str(), inside.email.is_some()).await?;
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
