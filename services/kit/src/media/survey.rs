//! What an upload says about itself, read from its structure without decoding a pixel.
//!
//! A survey finds the picture's size, its camera data, and the parts that a decoder needs. Only those parts are
//! decoded: comments, colour profiles, thumbnails, films behind the photo and whatever a polyglot hides never reach
//! a decoder, however large they are.

use std::ops::Range;

use super::sniff::Kind;
use super::{PhotoFault, jpeg, png, webp};

/// More pixels than any phone sends after its own shrinking, and all that the memory below allows.
const MAX_PIXELS: u64 = 50_000_000;
/// What one decode may take at its peak. One decode runs at a time, so this bounds the process.
pub(super) const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// A file of more pieces than this was made to be slow.
const MAX_PARTS: usize = 100_000;
/// Camera data beyond this is not read; an APP1 segment of a JPEG cannot be longer.
const MAX_EXIF: usize = 64 * 1024;

/// The findings about one upload.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Stored width, before turning upright.
    pub(super) width: u32,
    /// Stored height, before turning upright.
    pub(super) height: u32,
    /// Bytes per pixel that the decoder holds at its peak.
    pub(super) weight: u64,
    /// Where the camera data lies.
    pub(super) exif: Option<Range<usize>>,
    /// Bytes that go before the parts, where the container has to be written anew.
    pub(super) head: Vec<u8>,
    /// The parts of the upload that the decoder needs.
    pub(super) parts: Vec<Range<usize>>,
}

impl Survey {
    /// Surveys `bytes` and refuses what is broken, animated or too large to decode.
    pub(super) fn of(kind: Kind, bytes: &[u8]) -> Result<Self, PhotoFault> {
        let survey = match kind {
            Kind::Jpeg => jpeg::survey(bytes)?,
            Kind::Png => png::survey(bytes)?,
            Kind::Webp => webp::survey(bytes)?,
        };
        survey.fits()?;
        Ok(survey)
    }

    /// Keeps `range` for the decoder.
    pub(super) fn keep(&mut self, range: Range<usize>) -> Result<(), PhotoFault> {
        let count = self.parts.len();
        match self.parts.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ if count == MAX_PARTS => return Err(PhotoFault::Broken),
            _ => self.parts.push(range),
        }
        Ok(())
    }

    /// Notes where camera data lies; the first of several counts, as with every reader of photos.
    pub(super) fn note_exif(&mut self, range: Range<usize>) {
        if self.exif.is_none() && range.len() <= MAX_EXIF {
            self.exif = Some(range);
        }
    }

    /// The picture and nothing else, as a file for the decoder.
    pub(super) fn essence(&self, bytes: &[u8]) -> Vec<u8> {
        let length = self.head.len() + self.parts.iter().map(ExactSizeIterator::len).sum::<usize>();
        let mut file = Vec::with_capacity(length);
        file.extend_from_slice(&self.head);
        for part in &self.parts {
            file.extend_from_slice(&bytes[part.clone()]);
        }
        file
    }

    fn fits(&self) -> Result<(), PhotoFault> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        if pixels == 0 {
            return Err(PhotoFault::Broken);
        }
        if pixels > MAX_PIXELS || pixels * self.weight > MAX_MEMORY {
            return Err(PhotoFault::TooManyPixels);
        }
        Ok(())
    }
}

/// The `length` bytes of `bytes` from `start`, if they are there.
pub(super) fn slice(bytes: &[u8], start: usize, length: usize) -> Result<&[u8], PhotoFault> {
    start.checked_add(length).and_then(|end| bytes.get(start..end)).ok_or(PhotoFault::Broken)
}

/// The `N` bytes of `bytes` from `start`, if they are there.
pub(super) fn array<const N: usize>(bytes: &[u8], start: usize) -> Result<[u8; N], PhotoFault> {
    bytes.get(start..).and_then(|rest| rest.first_chunk()).copied().ok_or(PhotoFault::Broken)
}
