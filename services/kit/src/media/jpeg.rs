//! The structure of a JPEG (ITU-T T.81, annex B).

use super::PhotoFault;
use super::survey::{Survey, array, slice};

/// Encoders of progressive photos use about ten scans; each costs a pass over the whole picture.
const MAX_SCANS: usize = 32;

const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// Walks from marker to marker up to the end-of-image, which a file cut short does not have.
///
/// What follows the end, a film or a second file, is not looked at.
pub(super) fn survey(bytes: &[u8]) -> Result<Survey, PhotoFault> {
    let mut survey = Survey::default();
    let mut frame = None;
    let mut scans = 0;
    let mut at = 2;
    survey.keep(0..2)?;
    loop {
        let (start, marker) = next_marker(bytes, at)?;
        match marker {
            EOI => {
                survey.keep(start..start + 2)?;
                break;
            }
            // Nothing to skip after these: TEM and stray restarts carry no length.
            0x01 | 0xD0..=0xD7 => {
                at = start + 2;
                continue;
            }
            _ => {}
        }
        let body = segment(bytes, start + 2)?;
        at = start + 4 + body.len();
        match marker {
            0xC0..=0xC2 if frame.is_none() => {
                frame = Some(Frame::read(marker, body)?);
                survey.keep(start..at)?;
            }
            0xC4 | 0xDB | 0xDD => survey.keep(start..at)?,
            // The colour transform of Adobe's CMYK and RGB files; without it their colours turn.
            0xEE if body.starts_with(b"Adobe") && body.len() <= 64 => survey.keep(start..at)?,
            0xE1 if body.starts_with(b"Exif\0\0") => survey.note_exif(start + 10..at),
            0xE0..=0xEF | 0xFE => {}
            SOS => {
                scans += 1;
                let frame = frame.as_mut().ok_or(PhotoFault::Broken)?;
                frame.scan(body)?;
                at = end_of_scan(bytes, at)?;
                survey.keep(start..at)?;
            }
            // A second frame, a frame that no camera makes, or no marker at all.
            _ => return Err(PhotoFault::Broken),
        }
        if scans > MAX_SCANS {
            return Err(PhotoFault::Broken);
        }
    }
    let frame = frame.filter(|_| scans > 0).ok_or(PhotoFault::Broken)?;
    (survey.width, survey.height, survey.weight) = (frame.width, frame.height, frame.weight());
    Ok(survey)
}

/// What the frame header says.
struct Frame {
    width: u32,
    height: u32,
    components: u8,
    /// The decoder holds the coefficients of the whole picture: it has several passes over them.
    buffered: bool,
}

impl Frame {
    fn read(marker: u8, body: &[u8]) -> Result<Self, PhotoFault> {
        let [_precision, h1, h0, w1, w0, components] = array(body, 0)?;
        Ok(Self {
            width: u16::from_be_bytes([w1, w0]).into(),
            height: u16::from_be_bytes([h1, h0]).into(),
            components,
            buffered: marker == 0xC2,
        })
    }

    fn scan(&mut self, body: &[u8]) -> Result<(), PhotoFault> {
        let [components] = array(body, 0)?;
        self.buffered |= components < self.components;
        Ok(())
    }

    /// Three bytes of colour, and two more per component where the coefficients are kept.
    fn weight(&self) -> u64 {
        if self.buffered { 3 + 2 * u64::from(self.components) } else { 3 }
    }
}

/// Where the marker at `at` starts, past any fill bytes, and which it is.
fn next_marker(bytes: &[u8], at: usize) -> Result<(usize, u8), PhotoFault> {
    let fill = bytes.get(at..).ok_or(PhotoFault::Broken)?.iter().take_while(|byte| **byte == 0xFF).count();
    let marker = bytes.get(at + fill).ok_or(PhotoFault::Broken)?;
    if fill == 0 {
        return Err(PhotoFault::Broken);
    }
    Ok((at + fill - 1, *marker))
}

/// The body of the segment whose length field is at `at`.
fn segment(bytes: &[u8], at: usize) -> Result<&[u8], PhotoFault> {
    let length = usize::from(u16::from_be_bytes(array(bytes, at)?));
    slice(bytes, at + 2, length.checked_sub(2).ok_or(PhotoFault::Broken)?)
}

/// Where the coded data from `at` ends: at the first marker that is neither stuffing nor a restart.
fn end_of_scan(bytes: &[u8], at: usize) -> Result<usize, PhotoFault> {
    let mut at = at;
    loop {
        let rest = bytes.get(at..).ok_or(PhotoFault::Broken)?;
        at += rest.iter().position(|byte| *byte == 0xFF).ok_or(PhotoFault::Broken)?;
        match bytes.get(at + 1).ok_or(PhotoFault::Broken)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Ok(at),
        }
    }
}
