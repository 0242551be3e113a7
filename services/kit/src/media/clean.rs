//! From hostile bytes to a clean photo, one decode at a time.

use aws_lc_rs::digest;
use bytes::Bytes;
use chrono::NaiveDateTime;
use tokio::sync::Semaphore;
use tokio::task;

use super::PhotoFault;
use super::decode::{self, Pair};
use super::exif::Notes;
use super::sniff::Kind;
use super::survey::Survey;

/// The most bytes that an upload may have; the caller stops reading a body there.
pub const MAX_UPLOAD: usize = 15 * 1024 * 1024;

/// One decode at a time: the memory is the process's, however many cities it serves.
pub(super) static DECODING: Semaphore = Semaphore::const_new(1);

/// A photo as the city keeps it: upright JPEGs without a word about camera, place or owner.
#[derive(Clone, PartialEq)]
pub struct CleanPhoto {
    /// The photo with a longer side of at most 2048 pixels.
    pub full: Bytes,
    /// The photo with a longer side of at most 480 pixels.
    pub small: Bytes,
    /// Width of the full photo.
    pub width: u32,
    /// Height of the full photo.
    pub height: u32,
    /// Longitude and latitude where the camera was, in degrees, if it noted them.
    pub place: Option<(f64, f64)>,
    /// The camera's own wall clock when it took the photo; it names no time zone and may be wrong.
    pub taken_at: Option<NaiveDateTime>,
    /// SHA-256 of the upload as it came, by which a repeated upload is recognised.
    pub digest: [u8; 32],
}

/// Shows sizes only: the picture is no text, and the place belongs to a person.
impl std::fmt::Debug for CleanPhoto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CleanPhoto")
            .field("width", &self.width)
            .field("height", &self.height)
            .field("full_bytes", &self.full.len())
            .field("small_bytes", &self.small.len())
            .finish_non_exhaustive()
    }
}

/// Cleans one upload; see [`Media::clean`](super::Media::clean).
pub(super) async fn clean(bytes: Bytes, declared: Option<&str>) -> Result<CleanPhoto, PhotoFault> {
    let upload = Upload::inspect(bytes, declared)?;
    // Never closed, so a permit always comes.
    let permit = DECODING.acquire().await.map_err(|_| PhotoFault::Broken)?;
    // The permit moves into the work: a caller that leaves does not let a second decode start beside the first.
    let work = task::spawn_blocking(move || {
        let _permit = permit;
        upload.decode()
    });
    work.await.unwrap_or_else(|error| {
        // A decoder met something its makers did not foresee: the photo is refused, the process lives.
        tracing::error!(error = %error, "photo decoder panicked");
        Err(PhotoFault::Broken)
    })
}

/// An upload that passed every check which needs no decoding.
pub(super) struct Upload {
    bytes: Bytes,
    kind: Kind,
    survey: Survey,
}

impl Upload {
    /// Checks size, type and structure of `bytes`; cheap enough to run beside other requests.
    pub(super) fn inspect(bytes: Bytes, declared: Option<&str>) -> Result<Self, PhotoFault> {
        match bytes.len() {
            0 => return Err(PhotoFault::Empty),
            length if length > MAX_UPLOAD => return Err(PhotoFault::TooLarge),
            _ => {}
        }
        let kind = Kind::of(&bytes, declared)?;
        let survey = Survey::of(kind, &bytes)?;
        Ok(Self { bytes, kind, survey })
    }

    /// Decodes the picture; this takes up to seconds and hundreds of megabytes.
    pub(super) fn decode(self) -> Result<CleanPhoto, PhotoFault> {
        let Self { bytes, kind, survey } = self;
        let notes = survey.exif.clone().map_or(Notes::NONE, |range| Notes::read(&bytes[range]));
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest::digest(&digest::SHA256, &bytes).as_ref());
        let essence = survey.essence(&bytes);
        drop(bytes);
        let Pair { full, small, width, height } = decode::decode(kind, essence, notes.orientation)?;
        let Notes { place, taken_at, .. } = notes;
        Ok(CleanPhoto { full, small, width, height, place, taken_at, digest: sha256 })
    }
}
