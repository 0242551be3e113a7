//! Photos to try with: those under `tests/data/photos`, and made ones.

use std::io::Cursor;
use std::path::Path;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::media::clean::Upload;
use crate::media::{CleanPhoto, PhotoFault};

/// Every sample on disk.
pub(super) const NAMES: [&str; 11] = [
    "gladbeck_gps.png",
    "gladbeck_gps.webp",
    "gladbeck_gps_orient6.jpg",
    "orient_1.jpg",
    "orient_2.jpg",
    "orient_3.jpg",
    "orient_4.jpg",
    "orient_5.jpg",
    "orient_6.jpg",
    "orient_7.jpg",
    "orient_8.jpg",
];

pub(super) fn read(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/photos");
    std::fs::read(folder.join(name)).unwrap()
}

/// Cleans without the task around it, so that a panic in a decoder fails the test.
pub(super) fn clean(bytes: impl Into<Bytes>, declared: Option<&str>) -> Result<CleanPhoto, PhotoFault> {
    Upload::inspect(bytes.into(), declared)?.decode()
}

pub(super) fn fault(bytes: impl Into<Bytes>) -> PhotoFault {
    clean(bytes, None).unwrap_err()
}

pub(super) fn decode(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

pub(super) fn encode(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A picture of four fields, dark and light, so that every turn of it looks different.
pub(super) fn fields(width: u32, height: u32) -> DynamicImage {
    let grey = |x: u32, y: u32| match (x * 2 / width, y * 2 / height) {
        (0, 0) => 230,
        (1, 0) => 150,
        (0, _) => 80,
        _ => 10,
    };
    RgbImage::from_fn(width, height, |x, y| Rgb([grey(x, y); 3])).into()
}

/// Puts a segment behind the start of a JPEG.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, body, &jpeg[2..]].concat()
}

/// Writes one PNG chunk.
pub(super) fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let checked = [name, body].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], &checked, &crc(&checked).to_be_bytes()].concat()
}

/// The check sum of PNG chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}

/// Puts a chunk behind the header of a PNG.
pub(super) fn with_chunk(png: &[u8], name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, body), &png[33..]].concat()
}

/// Writes a WebP file of these chunks.
pub(super) fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, bytes) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

/// The body of the first chunk of a WebP file that has this name.
pub(super) fn webp_chunk<'a>(file: &'a [u8], name: &[u8; 4]) -> &'a [u8] {
    let mut rest = &file[12..];
    loop {
        let length = u32::from_le_bytes(*rest[4..].first_chunk().unwrap()) as usize;
        if rest.starts_with(name) {
            return &rest[8..8 + length];
        }
        rest = &rest[8 + length.next_multiple_of(2)..];
    }
}

/// The head of a WebP file with a canvas of its own.
pub(super) fn canvas(flags: u8, width: u32, height: u32) -> Vec<u8> {
    [&[flags, 0, 0, 0], &(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat()
}
