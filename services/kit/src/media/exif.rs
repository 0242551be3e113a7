//! What a camera noted beside the picture: how it was held, where and when.

use chrono::NaiveDateTime;
use exif::{Context, Exif, Field, In, Reader, Tag, Value};
use image::metadata::Orientation;

/// The notes of a camera that the city reads; all others are dropped unread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Notes {
    pub(super) orientation: Orientation,
    pub(super) place: Option<(f64, f64)>,
    pub(super) taken_at: Option<NaiveDateTime>,
}

impl Notes {
    /// Reads what can be read of `data`, a TIFF structure; damaged notes are no reason to refuse a photo.
    pub(super) fn read(data: &[u8]) -> Self {
        // Some writers of WebP put the marker of a JPEG segment before the structure.
        let data = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
        let exif = Reader::new()
            .continue_on_error(true)
            .read_raw(data.to_vec())
            .or_else(|error| error.distill_partial_result(|_| ()));
        exif.map_or(Self::NONE, |exif| Self {
            orientation: orientation(&exif).unwrap_or(Orientation::NoTransforms),
            place: place(&exif),
            taken_at: taken_at(&exif),
        })
    }

    /// The notes of a photo that has none.
    pub(super) const NONE: Self =
        Self { orientation: Orientation::NoTransforms, place: None, taken_at: None };
}

fn orientation(exif: &Exif) -> Option<Orientation> {
    let number = field(exif, Tag::Orientation)?.value.get_uint(0)?;
    Orientation::from_exif(u8::try_from(number).ok()?)
}

/// Longitude and latitude in degrees, to the centimetre.
fn place(exif: &Exif) -> Option<(f64, f64)> {
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, [b'E', b'W'], 180.0)?;
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, [b'N', b'S'], 90.0)?;
    // Cameras without a fix write zeros; no city lies there.
    (longitude != 0.0 || latitude != 0.0).then_some((longitude, latitude))
}

fn degrees(exif: &Exif, angle: Tag, side: Tag, [plus, minus]: [u8; 2], most: f64) -> Option<f64> {
    let Value::Rational(parts) = &field(exif, angle)?.value else { return None };
    let Value::Ascii(side) = &field(exif, side)?.value else { return None };
    let sign = match side.first()?.first()? {
        letter if *letter == plus => 1.0,
        letter if *letter == minus => -1.0,
        _ => return None,
    };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let sum = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let sum = (sign * sum * 1e7).round() / 1e7;
    // A zero below the line of a fraction has made it infinite, or no number.
    (sum.is_finite() && sum.abs() <= most).then_some(sum)
}

fn taken_at(exif: &Exif) -> Option<NaiveDateTime> {
    let Value::Ascii(text) = &field(exif, Tag::DateTimeOriginal)?.value else { return None };
    let text = str::from_utf8(text.first()?).ok()?;
    NaiveDateTime::parse_from_str(text.trim_end(), "%Y:%m:%d %H:%M:%S").ok()
}

/// The field of the picture itself, not of its thumbnail, also where a writer put it beside its proper list.
fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY).or_else(|| exif.get_field(Tag(Context::Tiff, tag.number()), In::PRIMARY))
}
