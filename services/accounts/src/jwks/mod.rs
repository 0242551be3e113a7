//! The public keys of tokens that speak for people (RFC 7517, RFC 8037).

use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header;
use kit::App;
use proto::Problem;
use proto::auth::PublicKey;
use serde::Serialize;
use utoipa::ToSchema;

/// A set of public keys.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeySet {
    /// The keys in use, next and just retired.
    pub keys: Vec<Key>,
}

/// A public Ed25519 key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Key {
    /// Always `OKP`.
    pub kty: &'static str,
    /// Always `Ed25519`.
    pub crv: &'static str,
    /// Always `EdDSA`.
    pub alg: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// The name that a token's header carries.
    pub kid: String,
    /// The public key, in base64url.
    pub x: String,
}

impl From<PublicKey> for Key {
    fn from(public: PublicKey) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            usage: "sig",
            kid: public.kid,
            x: BASE64_URL_SAFE_NO_PAD.encode(public.key),
        }
    }
}

/// The keys with which anyone can check a person's token.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "accounts", operation_id = "publicKeys",
    responses((status = 200, body = KeySet), (status = "default", body = Problem)))]
pub async fn public_keys(State(app): State<App>) -> impl IntoResponse {
    let keys = app.keys.public_keys(app.clock.now()).into_iter().map(Key::from).collect();
    ([(header::CACHE_CONTROL, "public, max-age=300")], axum::Json(KeySet { keys }))
}

#[cfg(test)]
mod tests;
