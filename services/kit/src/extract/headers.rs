//! Headers that carry meaning.

use axum::extract::FromRequestParts;
use http::request::Parts;
use proto::Problem;

use crate::Error;

/// The key under which a write can be repeated (draft-ietf-httpapi-idempotency-key-header).
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let value = parts
            .headers
            .get("idempotency-key")
            .ok_or_else(|| Problem::new(400, "idempotency-key-missing"))?;
        let invalid = || Problem::new(400, "idempotency-key-invalid");
        // The draft writes the key as a quoted string; many clients leave the quotes away.
        let key = value.to_str().map_err(|_| invalid())?.trim().trim_matches('"');
        let fits = (16..=100).contains(&key.len()) && key.bytes().all(|sign| sign.is_ascii_graphic());
        if fits { Ok(Self(key.to_owned())) } else { Err(invalid().into()) }
    }
}

/// The secret that opens the reporter's own view of a request.
pub struct ReporterSecret(pub String);

impl<S: Send + Sync> FromRequestParts<S> for ReporterSecret {
    type Rejection = Error;

    /// Without it, the request does not exist for the caller.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let value = parts.headers.get("reporter-secret").and_then(|value| value.to_str().ok());
        value.map(|secret| Self(secret.to_owned())).ok_or_else(|| Problem::not_found().into())
    }
}

/// The version that the caller has seen, if it says so (RFC 9110, 13.1.1).
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let Some(value) = parts.headers.get(http::header::IF_MATCH) else { return Ok(Self(None)) };
        let version = value.to_str().ok().and_then(|tag| tag.trim().trim_matches('"').parse().ok());
        version.map(|version| Self(Some(version))).ok_or_else(|| Problem::new(412, "stale").into())
    }
}

impl IfMatch {
    /// Refuses when the caller has seen another version.
    pub fn require(self, version: i64) -> crate::Result<()> {
        match self.0 {
            Some(seen) if seen != version => Err(Problem::new(412, "stale").into()),
            _ => Ok(()),
        }
    }
}
