//! Filing: a resident's report becomes a service request, or nothing at all.

pub mod addressee;
pub mod attributes;
pub mod filing;
pub mod place;
pub mod plate;
pub mod store;
pub mod terms;

use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use kit::db::Tx;
use kit::extract::{Anyone, IdempotencyKey, Json};
use kit::idempotency::{self, Repeat};
use kit::keys::sha256;
use kit::{App, Error, Result};
use proto::problem::FieldError;
use proto::reports::{FiledRequest, NewRequest};
use proto::status::Status;
use proto::{Problem, Reference, ServiceRequestId, Timestamp};
use serde::{Deserialize, Serialize};

use self::filing::Filing;
use self::store::Added;
use crate::request::Request;
use crate::request::caller::Reporter;
use crate::{contact, event, photo, publication};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(file))
}

/// References that are drawn before it counts as a fault: of 2³⁰, a city has used a handful.
const DRAWS: usize = 10;

/// What is kept for whoever sends a request again; its secret is computed anew.
#[derive(Serialize, Deserialize)]
struct Receipt {
    service_request_id: ServiceRequestId,
    reference: Reference,
    requested_datetime: Timestamp,
}

/// Files a service request.
///
/// The request, its photos, its contact, what the public sees of it and its event commit together. Sent
/// again with the same key the answer is the same; whoever else uses the id learns only that it is taken.
#[utoipa::path(post, path = "/v1/requests", tag = "intake", operation_id = "fileRequest",
    params(("Idempotency-Key" = String, Header, description = "Random, kept by the client; makes sending again safe")),
    request_body = NewRequest,
    responses((status = 201, body = FiledRequest), (status = "default", body = Problem)))]
pub async fn file(
    State(app): State<App>,
    anyone: Anyone,
    key: IdempotencyKey,
    Json(new): Json<NewRequest>,
) -> Result<impl IntoResponse> {
    let secret = secret(&app, new.service_request_id, &key.0);
    let mut tx = app.db.begin(&Reporter::of(new.service_request_id, &anyone)).await?;
    let receipt = match idempotency::take(&mut tx, &key, "POST /v1/requests", &new).await? {
        Repeat::Again(receipt) => receipt,
        Repeat::First(taken) => {
            let filing = Filing::try_new(&new, &app.city, app.clock.now())?;
            let request = add(&app, &mut tx, &filing, &secret).await?;
            attach_photos(&mut tx, &new).await?;
            contact::keep(&app, &mut tx, &request, &filing, &secret).await?;
            publication::publish(&app.city, &mut tx, &request).await?;
            kit::event::record(&app, &mut tx, event::received(&request)).await?;
            let receipt = Receipt::from(request);
            idempotency::keep(&mut tx, taken, &receipt).await?;
            tx.commit().await?;
            app.wake.wake();
            receipt
        }
    };
    let page = format!("m/{}/{secret}", receipt.reference);
    let filed = FiledRequest {
        service_request_id: receipt.service_request_id,
        reference: receipt.reference,
        secret,
        status: Status::Received,
        requested_datetime: receipt.requested_datetime,
        page: app.city.city.base_url.join(&page).map_err(Error::internal)?.into(),
    };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], axum::Json(filed)))
}

/// What opens the reporter's view; stored only as a hash.
pub(crate) fn secret(app: &App, id: ServiceRequestId, key: &str) -> String {
    app.keys.mac_text("reporter-secret", &[id.0.as_bytes(), key.as_bytes()])
}

/// Adds the request under a reference that nobody has.
async fn add(app: &App, tx: &mut Tx, filing: &Filing<'_>, secret: &str) -> Result<Request> {
    let filed_by = tx.context().subject.clone();
    let secret_hash = sha256(secret.as_bytes());
    for _ in 0..DRAWS {
        let reference = Reference::new(&app.city.city.reference_prefix, app.ids.u32());
        let request = filing.request(reference);
        match store::add(tx, &request, &secret_hash, filed_by.as_deref()).await? {
            Added::Yes => return Ok(request),
            Added::IdTaken => return Err(Problem::new(409, "id-taken").into()),
            Added::ReferenceTaken => {}
        }
    }
    Err(Error::internal("every reference that was drawn is taken"))
}

/// Gives the uploaded photos to the request; one that is missing or another's is a fault of its field.
async fn attach_photos(tx: &mut Tx, new: &NewRequest) -> Result<()> {
    let attached = photo::store::attach(tx, &new.photos, new.service_request_id).await?;
    let missing = |(index, photo): (usize, _)| {
        (!attached.contains(photo)).then(|| FieldError::new(format!("/photos/{index}"), "photo-unknown"))
    };
    let faults: Vec<FieldError> = new.photos.iter().enumerate().filter_map(missing).collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::fields(faults).into()) }
}

impl From<Request> for Receipt {
    fn from(request: Request) -> Self {
        Self {
            service_request_id: request.id,
            reference: request.reference,
            requested_datetime: request.requested_datetime,
        }
    }
}

#[cfg(test)]
mod tests;
