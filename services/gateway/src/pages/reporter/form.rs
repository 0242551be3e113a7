//! The photo of a form (`multipart/form-data`).

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use bytes::Bytes;
use http::HeaderValue;
use proto::{PhotoId, Problem};

/// A photo as the form brings it.
pub struct Photo {
    /// Made with the page, so that sending again is safe.
    pub photo_id: PhotoId,
    /// The type that the browser names.
    pub kind: HeaderValue,
    /// The file.
    pub bytes: Bytes,
}

/// Reads the form's fields `photo_id` and `photo`.
pub async fn read(mut form: Multipart) -> Result<Photo, Problem> {
    let (mut photo_id, mut file) = (None, None);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("photo_id") => photo_id = field.text().await.map_err(unreadable)?.parse::<PhotoId>().ok(),
            Some("photo") => {
                let kind = field.content_type().and_then(|kind| kind.parse().ok());
                file = Some((kind, field.bytes().await.map_err(unreadable)?));
            }
            _ => {}
        }
    }
    let empty = || Problem::new(422, "photo-empty");
    let (kind, bytes) = file.filter(|(_, bytes)| !bytes.is_empty()).ok_or_else(empty)?;
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    Ok(Photo { photo_id: photo_id.ok_or_else(empty)?, kind, bytes })
}

fn unreadable(error: MultipartError) -> Problem {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(413, "photo-too-large");
    }
    Problem::new(400, "body-type-unknown").with("expected", "multipart/form-data")
}
