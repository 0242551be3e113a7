//! Tokens of devices: a secret is exchanged for an access token of ten minutes.

use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use kit::extract::Json;
use kit::keys::sha256;
use kit::{App, Result};
use proto::accounts::{Token, TokenRequest};
use proto::auth::{Bearer, ResidentClaims};
use proto::{DeviceId, Problem};

use crate::device::{store, today};
use crate::exchange::Exchange;

/// How long a device's token holds, in seconds.
const LIFETIME: u32 = 600;

/// Exchanges a device's secret for an access token.
///
/// Whatever is wrong with the secret, the answer is the same.
#[utoipa::path(post, path = "/v1/token", tag = "accounts", operation_id = "exchangeDeviceSecret",
    request_body = TokenRequest,
    responses((status = 200, body = Token), (status = "default", body = Problem)))]
pub async fn exchange(
    State(app): State<App>,
    Json(request): Json<TokenRequest>,
) -> Result<impl IntoResponse> {
    let secret = request.device_secret;
    let id = device_of(&secret).ok_or_else(|| Problem::new(401, "signed-out"))?;

    let mut tx = app.db.begin(&Exchange::default()).await?;
    let known = store::find(&mut tx, id, &sha256(secret.as_bytes())).await?;
    let known = known.ok_or_else(|| Problem::new(401, "signed-out"))?;
    let today = today(&app);
    if known.last_used_on < today {
        store::touch(&mut tx, id, today).await?;
    }
    tx.commit().await?;

    let access_token = app.keys.sign(
        &id.to_string(),
        Bearer::Resident(ResidentClaims::default()),
        app.clock.now(),
        LIFETIME,
    )?;
    let token = Token { access_token, token_type: "Bearer".to_owned(), expires_in: LIFETIME };
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(token)))
}

/// The device that the secret names in front.
fn device_of(secret: &str) -> Option<DeviceId> {
    secret.split_once('.').and_then(|(id, _)| id.parse().ok())
}

#[cfg(test)]
mod tests;
