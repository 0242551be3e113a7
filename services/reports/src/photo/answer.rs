//! Photos on their way out: always our own JPEG, never what was uploaded.

use axum::response::{IntoResponse, Response};
use http::header;
use kit::media::Size;
use kit::{App, Result};
use proto::{PhotoId, Problem};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::fault;

/// The size of a photo that is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SizeQuery {
    /// `small` for lists; the photo that one looks at when not given.
    #[serde(default)]
    pub size: PhotoSize,
}

/// A size of a photo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoSize {
    /// At most 2048 pixels on the longer side.
    #[default]
    Full,
    /// At most 480 pixels on the longer side.
    Small,
}

/// Who else may get to see what is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone: caches may keep it for good, for a photo never changes.
    Everyone,
    /// Staff or the reporter: nothing on the way may keep it.
    Insiders,
}

/// The photo as a JPEG.
pub async fn jpeg(app: &App, photo_id: PhotoId, size: PhotoSize, audience: Audience) -> Result<Response> {
    let size = match size {
        PhotoSize::Full => Size::Full,
        PhotoSize::Small => Size::Small,
    };
    let bytes = app.media.get(photo_id.0, size).await.map_err(fault::away)?;
    let bytes = bytes.ok_or_else(Problem::not_found)?;
    let cache_control = match audience {
        Audience::Everyone => "public, max-age=31536000, immutable",
        Audience::Insiders => "private, no-store",
    };
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, cache_control),
    ];
    Ok((headers, bytes).into_response())
}
