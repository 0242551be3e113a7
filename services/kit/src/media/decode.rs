//! From a surveyed upload to two upright JPEGs.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageBuffer, ImageError, ImageReader, ImageResult, Limits, Pixel, Primitive, RgbImage,
};

use super::PhotoFault;
use super::sniff::Kind;
use super::survey::MAX_MEMORY;

/// The longer side of the photo that is kept.
const FULL_SIDE: u32 = 2048;
/// The longer side of the photo in lists.
const SMALL_SIDE: u32 = 480;
const QUALITY: u8 = 85;

/// Both sizes of a photo, and the pixels of the larger.
pub(super) struct Pair {
    pub(super) full: Bytes,
    pub(super) small: Bytes,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Decodes `essence`, puts it on white, scales it down, turns it upright and encodes it twice.
///
/// Scaling comes before turning, so that only one picture of full size is ever held.
pub(super) fn decode(kind: Kind, essence: Vec<u8>, orientation: Orientation) -> Result<Pair, PhotoFault> {
    let mut picture = read(kind, essence).map_err(fault)?;
    on_white(&mut picture);
    let mut full = DynamicImage::ImageRgb8(fit(picture, FULL_SIDE));
    full.apply_orientation(orientation);
    let (width, height) = (full.width(), full.height());
    let full = full.into_rgb8();
    let encoded = encode(&full).map_err(fault)?;
    let small = fit(full.into(), SMALL_SIDE);
    Ok(Pair { full: encoded, small: encode(&small).map_err(fault)?, width, height })
}

fn read(kind: Kind, essence: Vec<u8>) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(essence), kind.format());
    reader.limits(limits);
    reader.decode()
}

fn fault(error: ImageError) -> PhotoFault {
    match error {
        ImageError::Limits(_) => PhotoFault::TooManyPixels,
        _ => PhotoFault::Broken,
    }
}

/// Puts a picture with holes on white paper: JPEG has no holes, and black ones would hide the text of a screenshot.
fn on_white(picture: &mut DynamicImage) {
    match picture {
        DynamicImage::ImageLumaA8(pixels) => blend(pixels),
        DynamicImage::ImageRgba8(pixels) => blend(pixels),
        DynamicImage::ImageLumaA16(pixels) => blend(pixels),
        DynamicImage::ImageRgba16(pixels) => blend(pixels),
        _ => {}
    }
}

fn blend<P>(pixels: &mut ImageBuffer<P, Vec<P::Subpixel>>)
where
    P: Pixel,
    P::Subpixel: Into<u32> + TryFrom<u32>,
{
    let white: u32 = P::Subpixel::DEFAULT_MAX_VALUE.into();
    for pixel in pixels.pixels_mut() {
        let Some((alpha, colours)) = pixel.channels_mut().split_last_mut() else { continue };
        let opaque: u32 = (*alpha).into();
        if opaque == white {
            continue;
        }
        for colour in colours {
            let seen = ((*colour).into() * opaque + white * (white - opaque)) / white;
            *colour = P::Subpixel::try_from(seen).unwrap_or(P::Subpixel::DEFAULT_MAX_VALUE);
        }
        *alpha = P::Subpixel::DEFAULT_MAX_VALUE;
    }
}

/// Scales `picture` down until its longer side is at most `side`; a smaller one keeps its size.
///
/// The good filter works on floats, many times the size of the picture. From twice the side on, the mean of the
/// pixels looks as good and costs nothing.
fn fit(picture: DynamicImage, side: u32) -> RgbImage {
    let longer = |picture: &DynamicImage| picture.width().max(picture.height());
    if longer(&picture) >= 2 * side {
        return picture.thumbnail(side, side).into_rgb8();
    }
    let picture = DynamicImage::ImageRgb8(picture.into_rgb8());
    if longer(&picture) > side {
        return picture.resize(side, side, FilterType::CatmullRom).into_rgb8();
    }
    picture.into_rgb8()
}

fn encode(picture: &RgbImage) -> ImageResult<Bytes> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture)?;
    Ok(jpeg.into())
}
