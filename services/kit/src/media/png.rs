//! The structure of a PNG (W3C PNG, third edition).

use super::PhotoFault;
use super::survey::{Survey, array, slice};

/// Walks the chunks up to the last; what follows is not looked at.
pub(super) fn survey(bytes: &[u8]) -> Result<Survey, PhotoFault> {
    let mut survey = Survey::default();
    let mut header = None;
    let mut transparent = false;
    let mut at = 8;
    survey.keep(0..at)?;
    loop {
        let length = u32::from_be_bytes(array(bytes, at)?) as usize;
        let name: [u8; 4] = array(bytes, at + 4)?;
        let body = slice(bytes, at + 8, length)?;
        let end = at + 12 + length;
        slice(bytes, at, end - at)?;
        match &name {
            b"IHDR" if header.is_none() && at == 8 => header = Some(Header::read(body)?),
            _ if header.is_none() => return Err(PhotoFault::Broken),
            b"acTL" if frames(body)? > 1 => return Err(PhotoFault::Animated),
            b"eXIf" => survey.note_exif(at + 8..at + 8 + length),
            b"tRNS" => transparent = true,
            _ => {}
        }
        if matches!(&name, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            survey.keep(at..end)?;
        }
        if &name == b"IEND" {
            break;
        }
        at = end;
    }
    let header = header.ok_or(PhotoFault::Broken)?;
    (survey.width, survey.height) = (header.width, header.height);
    survey.weight = header.weight(transparent)?;
    Ok(survey)
}

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

impl Header {
    fn read(body: &[u8]) -> Result<Self, PhotoFault> {
        let [w3, w2, w1, w0, h3, h2, h1, h0, depth, colour, ..]: [u8; 13] = array(body, 0)?;
        let (width, height) = (u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]));
        Ok(Self { width, height, depth, colour })
    }

    /// Bytes per decoded pixel: samples of one or two bytes, palettes as colours.
    fn weight(&self, transparent: bool) -> Result<u64, PhotoFault> {
        let samples = match self.colour {
            0 => 1,
            2 | 3 => 3,
            4 => 2,
            6 => 4,
            _ => return Err(PhotoFault::Broken),
        };
        let alpha = u64::from(transparent && matches!(self.colour, 0 | 2 | 3));
        Ok((samples + alpha) * u64::from(self.depth.div_ceil(8)))
    }
}

/// How many frames an animation control chunk announces.
fn frames(body: &[u8]) -> Result<u32, PhotoFault> {
    Ok(u32::from_be_bytes(array(body, 0)?))
}
