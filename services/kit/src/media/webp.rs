//! The structure of a WebP (RFC 9649).

use std::ops::Range;

use super::PhotoFault;
use super::survey::{Survey, array, slice};

/// Walks the chunks of the RIFF container; what follows it is not looked at.
pub(super) fn survey(bytes: &[u8]) -> Result<Survey, PhotoFault> {
    let size = u32::from_le_bytes(array(bytes, 4)?) as usize;
    let bytes = slice(bytes, 0, size.checked_add(8).ok_or(PhotoFault::Broken)?)?;
    let mut found = Found::default();
    let mut survey = Survey::default();
    let mut at = 12;
    while at < bytes.len() {
        let name: [u8; 4] = array(bytes, at)?;
        let length = u32::from_le_bytes(array(bytes, at + 4)?) as usize;
        let body = slice(bytes, at + 8, length)?;
        // Chunks start at even places; the last one may come without the byte that pads it.
        let next = at + 8 + length + length % 2;
        let chunk = at..next.min(bytes.len());
        match &name {
            b"VP8X" => found.canvas = Some(canvas(body)?),
            b"ANIM" | b"ANMF" => return Err(PhotoFault::Animated),
            b"ALPH" if found.alpha.is_none() => found.alpha = Some(chunk),
            b"VP8 " | b"VP8L" if found.picture.is_none() => {
                found.size = if name[3] == b'L' { lossless(body)? } else { lossy(body)? };
                found.is_lossless = name[3] == b'L';
                found.picture = Some(chunk);
            }
            b"EXIF" => survey.note_exif(at + 8..at + 8 + length),
            _ => {}
        }
        at = next;
    }
    found.into_survey(survey)
}

#[derive(Default)]
struct Found {
    canvas: Option<(u32, u32)>,
    size: (u32, u32),
    is_lossless: bool,
    alpha: Option<Range<usize>>,
    picture: Option<Range<usize>>,
}

impl Found {
    /// Writes the container anew around the picture and, where a lossy one has it, its alpha.
    fn into_survey(self, mut survey: Survey) -> Result<Survey, PhotoFault> {
        let picture = self.picture.ok_or(PhotoFault::Broken)?;
        if self.canvas.is_some_and(|canvas| canvas != self.size) {
            return Err(PhotoFault::Broken);
        }
        let alpha = self.alpha.filter(|_| self.canvas.is_some() && !self.is_lossless);
        let mut chunks = b"WEBP".to_vec();
        if alpha.is_some() {
            chunks.extend_from_slice(b"VP8X\x0A\0\0\0\x10\0\0\0");
            chunks.extend_from_slice(&(self.size.0 - 1).to_le_bytes()[..3]);
            chunks.extend_from_slice(&(self.size.1 - 1).to_le_bytes()[..3]);
        }
        (survey.width, survey.height) = self.size;
        // Planes, colours, and a lossless picture of its own for the alpha.
        survey.weight = match (self.is_lossless, &alpha) {
            (true, _) => 7,
            (false, None) => 5,
            (false, Some(_)) => 10,
        };
        if alpha.as_ref().is_some_and(|alpha| alpha.end > picture.start) {
            return Err(PhotoFault::Broken);
        }
        let mut length = chunks.len();
        for part in alpha.into_iter().chain([picture]) {
            length += part.len();
            survey.keep(part)?;
        }
        survey.head = [b"RIFF", &(length as u32).to_le_bytes()[..], &chunks].concat();
        Ok(survey)
    }
}

/// The canvas of an extended file: one more than the stored numbers, of three bytes each.
fn canvas(body: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = array(body, 0)?;
    if flags & 0x02 != 0 {
        return Err(PhotoFault::Animated);
    }
    Ok((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
}

/// The size in the key frame header of a lossy picture (RFC 6386, 9.1).
fn lossy(body: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1] = array(body, 0)? else {
        return Err(PhotoFault::Broken);
    };
    let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3FFF);
    match (side([w0, w1]), side([h0, h1])) {
        (0, _) | (_, 0) => Err(PhotoFault::Broken),
        size => Ok(size),
    }
}

/// The size in the header of a lossless picture: two numbers of fourteen bits, less one.
fn lossless(body: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let [0x2F, b0, b1, b2, b3] = array(body, 0)? else {
        return Err(PhotoFault::Broken);
    };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    Ok(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
}
