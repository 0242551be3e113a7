//! Devices: a resident's app is known by an id and a secret, and by nothing about the person.

pub mod store;

use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use kit::extract::{IdempotencyKey, Json};
use kit::idempotency::{self, Repeat};
use kit::keys::sha256;
use kit::{App, Result};
use proto::accounts::{Device, NewDevice};
use proto::{DeviceId, Problem};

use crate::exchange::Exchange;

/// Makes a device known and hands it its secret.
///
/// Sent again with the same key the answer is the same. No event is recorded: an event would outlive the
/// device and stand in no file.
#[utoipa::path(post, path = "/v1/devices", tag = "accounts", operation_id = "registerDevice",
    params(("Idempotency-Key" = String, Header, description = "Random, kept by the client; makes sending again safe")),
    request_body = NewDevice,
    responses((status = 201, body = Device), (status = "default", body = Problem)))]
pub async fn register(
    State(app): State<App>,
    key: IdempotencyKey,
    Json(new): Json<NewDevice>,
) -> Result<impl IntoResponse> {
    let device_id = new.device_id;
    if !device_id.is_v7() {
        return Err(Problem::field("/device_id", "not-v7").into());
    }
    let device_secret = secret(&app, device_id, &key);
    let mut tx = app.db.begin(&Exchange::default()).await?;
    if let Repeat::First(taken) =
        idempotency::take::<DeviceId>(&mut tx, &key, "POST /v1/devices", &new).await?
    {
        if !store::add(&mut tx, device_id, &sha256(device_secret.as_bytes()), today(&app)).await? {
            return Err(Problem::new(409, "id-taken").into());
        }
        idempotency::keep(&mut tx, taken, &device_id).await?;
        tx.commit().await?;
    }
    let answer = axum::Json(Device { device_id, device_secret });
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], answer))
}

/// The secret of a device, computed anew for a repeated request: it is stored only as a hash.
fn secret(app: &App, id: DeviceId, key: &IdempotencyKey) -> String {
    format!("{id}.{}", app.keys.mac_text("device-secret", &[id.0.as_bytes(), key.0.as_bytes()]))
}

/// The day on the city's calendar: finer than that no use of a device is kept.
pub fn today(app: &App) -> chrono::NaiveDate {
    app.clock.now().with_timezone(&app.city.time_zone()).date_naive()
}

#[cfg(test)]
mod tests;
