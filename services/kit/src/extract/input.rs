//! Bodies, paths and queries.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use garde::Validate;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use proto::Problem;
use proto::problem::FieldError;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::http::Pace;

/// Largest JSON body, in bytes: the longest description in the widest script fits three times.
const MAX_JSON: usize = 64 << 10;
/// Largest raw body, in bytes.
const MAX_RAW: usize = 15 << 20;

/// A JSON body whose fields keep their rules.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T> FromRequest<S> for Json<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Problem::new(415, "body-type-unknown").with("expected", "application/json").into());
        }
        let bytes = read(request, MAX_JSON).await?;
        let mut text = serde_json::Deserializer::from_slice(&bytes);
        let value: T = serde_path_to_error::deserialize(&mut text).map_err(|error| unreadable(&error))?;
        text.end().map_err(|_| Problem::new(400, "body-not-json"))?;
        value.validate().map_err(|report| Problem::fields(faults(&report)))?;
        Ok(Self(value))
    }
}

fn is_json(headers: &http::HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.parse::<mime::Mime>().ok())
        .is_some_and(|kind| kind.essence_str() == "application/json" || kind.suffix() == Some(mime::JSON))
}

/// Broken JSON is 400; JSON that does not fit the type is 422 and names the field.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    if !error.inner().is_data() {
        return Problem::new(400, "body-not-json").into();
    }
    let text = error.inner().to_string();
    let code = match text.split_whitespace().next() {
        Some("unknown") if text.starts_with("unknown field") => "unknown-field",
        Some("missing") => "required",
        _ => "wrong-type",
    };
    let mut pointer = pointer(&error.path().to_string());
    if code == "required"
        && let Some(name) = text.split('`').nth(1)
    {
        pointer = format!("{pointer}/{name}");
    }
    Problem::field(&pointer, code).into()
}

/// `contact.email` or `photos[3]` as a JSON pointer (RFC 6901).
fn pointer(path: &str) -> String {
    if path.is_empty() || path == "." {
        return String::new();
    }
    let parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty());
    parts.map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
}

/// What garde found, with the code and figure that our rules put into its message.
fn faults(report: &garde::Report) -> Vec<FieldError> {
    let fault = |(path, error): &(garde::Path, garde::Error)| {
        let message = error.message();
        let (code, figure) = message.split_once(':').unwrap_or((message, ""));
        let fault = FieldError::new(pointer(&path.to_string()), code);
        if figure.is_empty() { fault } else { fault.with("limit", figure) }
    };
    report.iter().map(fault).collect()
}

/// A body as it came, at most 15 MiB, with its content type.
pub struct Raw {
    /// The bytes.
    pub bytes: Bytes,
    /// The content type, without parameters.
    pub kind: String,
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let bytes = read(request, MAX_RAW).await?;
        Ok(Self { bytes, kind })
    }
}

async fn read(request: Request, limit: usize) -> Result<Bytes, Error> {
    match Limited::new(request.into_body(), limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) => Err(unread(error.as_ref(), limit)),
    }
}

fn unread(error: &(dyn std::error::Error + 'static), limit: usize) -> Error {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() || error.downcast_ref::<Pace>() == Some(&Pace::TooLarge) {
            return Problem::new(413, "body-too-large").with("limit", limit).into();
        }
        if error.downcast_ref::<Pace>() == Some(&Pace::TooSlow) {
            return Problem::new(408, "body-too-slow").into();
        }
        cause = error.source();
    }
    // The client broke off or its framing is wrong; it will hardly read this.
    Error::caused(Problem::new(400, "body-not-json"), error.to_string())
}

/// Parts of the path; one that does not parse names nothing that exists.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(path) => Ok(Self(path.0)),
            Err(_) => Err(Problem::not_found().into()),
        }
    }
}

/// The query, without unknown names if its type denies them.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|rejection| {
            let text = std::error::Error::source(&rejection).map(ToString::to_string).unwrap_or_default();
            // serde names the field either in backquotes or before a colon.
            let named = text.split('`').nth(1).or_else(|| text.split(':').next()).unwrap_or_default();
            Problem::new(400, "query-invalid").with("parameter", named.trim()).into()
        })
    }
}
