//! What cameras note beside the picture: read where useful, kept never.

use std::io::{Cursor, Write};
use std::process::Command;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::ImageFormat;

use super::sample::{NAMES, clean, encode, fields, read, webp, with_chunk, with_segment};

/// Camera data with a place, written as these degrees, minutes and seconds.
fn placed(latitude: [(u32, u32); 3], south: bool, longitude: [(u32, u32); 3], west: bool) -> Vec<u8> {
    let angle = |parts: [(u32, u32); 3]| {
        Value::Rational(parts.iter().map(|(num, denom)| Rational { num: *num, denom: *denom }).collect())
    };
    let letter = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    notes(&[
        (Tag::GPSLatitudeRef, letter(if south { "S" } else { "N" })),
        (Tag::GPSLatitude, angle(latitude)),
        (Tag::GPSLongitudeRef, letter(if west { "W" } else { "E" })),
        (Tag::GPSLongitude, angle(longitude)),
    ])
}

/// Camera data with these fields.
pub(super) fn notes(fields: &[(Tag, Value)]) -> Vec<u8> {
    let fields: Vec<Field> = fields
        .iter()
        .map(|(tag, value)| Field { tag: *tag, ifd_num: In::PRIMARY, value: value.clone() })
        .collect();
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    tiff.into_inner()
}

fn jpeg_with(tiff: &[u8]) -> Vec<u8> {
    let plain = encode(&fields(64, 48), ImageFormat::Jpeg);
    with_segment(&plain, 0xE1, &[b"Exif\0\0", tiff].concat())
}

#[test]
fn places_on_every_side_of_the_globe_are_read() {
    for (south, west, place) in [
        (false, false, (6.983, 51.57)),
        (true, false, (6.983, -51.57)),
        (false, true, (-6.983, 51.57)),
        (true, true, (-6.983, -51.57)),
    ] {
        let tiff = placed([(51, 1), (34, 1), (12, 1)], south, [(6, 1), (58, 1), (588, 10)], west);
        assert_eq!(clean(jpeg_with(&tiff), None).unwrap().place, Some(place));
    }
}

#[test]
fn impossible_places_are_no_places() {
    let none = [(0, 1), (0, 1), (0, 1)];
    let fine = [(51, 1), (0, 1), (0, 1)];
    for (latitude, longitude) in [
        ([(51, 0), (0, 1), (0, 1)], fine),
        (fine, [(0, 0), (0, 0), (0, 0)]),
        ([(91, 1), (0, 1), (0, 1)], fine),
        (fine, [(180, 1), (0, 1), (1, 1)]),
        ([(u32::MAX, 1), (u32::MAX, 1), (u32::MAX, 1)], fine),
        (none, none),
    ] {
        let photo = clean(jpeg_with(&placed(latitude, false, longitude, false)), None).unwrap();
        assert_eq!(photo.place, None, "{latitude:?} {longitude:?}");
    }
}

#[test]
fn half_a_place_and_a_senseless_time_are_dropped() {
    let half = notes(&[
        (Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        (Tag::GPSLatitude, Value::Rational(vec![Rational { num: 51, denom: 1 }])),
        (Tag::DateTimeOriginal, Value::Ascii(vec![b"0000:00:00 00:00:00".to_vec()])),
        (Tag::Orientation, Value::Short(vec![77])),
    ]);
    let photo = clean(jpeg_with(&half), None).unwrap();
    assert_eq!((photo.place, photo.taken_at, photo.width), (None, None, 64));
}

#[test]
fn camera_data_in_a_webp_may_start_as_in_a_jpeg() {
    let tiff = placed([(51, 1), (34, 1), (12, 1)], false, [(6, 1), (58, 1), (588, 10)], false);
    let plain = encode(&fields(64, 48), ImageFormat::WebP);
    let picture = super::sample::webp_chunk(&plain, b"VP8L");
    let file = webp(&[(b"VP8L", picture), (b"EXIF", &[b"Exif\0\0", &tiff[..]].concat())]);
    assert_eq!(clean(file, None).unwrap().place, Some((6.983, 51.57)));
}

/// Every sample, and one of each type that is stuffed with everything that editors add.
fn talkative() -> Vec<(String, Vec<u8>)> {
    let secret = b"Seriennummer 4711";
    let mut jpeg = read("gladbeck_gps_orient6.jpg");
    for (marker, start) in [
        (0xE1, &b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP"[..]),
        (0xE2, b"ICC_PROFILE\0\x01\x01"),
        (0xE2, b"MPF\0"),
        (0xED, b"Photoshop 3.0\08BIM"),
        (0xFE, b"Kommentar"),
    ] {
        jpeg = with_segment(&jpeg, marker, &[start, secret].concat());
    }
    let mut png = read("gladbeck_gps.png");
    for (name, start) in
        [(b"tEXt", &b"Author\0"[..]), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0XMP"), (b"tIME", b"")]
    {
        png = with_chunk(&png, name, &[start, secret].concat());
    }
    let plain = encode(&fields(64, 48), ImageFormat::WebP);
    let picture = super::sample::webp_chunk(&plain, b"VP8L");
    let webp = webp(&[
        (b"VP8X", &super::sample::canvas(0x2C, 64, 48)),
        (b"ICCP", secret),
        (b"VP8L", picture),
        (b"EXIF", &placed([(51, 1), (0, 1), (0, 1)], false, [(6, 1), (0, 1), (0, 1)], false)),
        (b"XMP ", b"<x:xmpmeta>XMP Seriennummer 4711"),
    ]);
    let mut all: Vec<_> = NAMES.iter().map(|name| ((*name).to_owned(), read(name))).collect();
    all.extend([("jpeg".into(), jpeg), ("png".into(), png), ("webp".into(), webp)]);
    all
}

#[test]
fn nothing_but_the_picture_is_kept() {
    for (name, upload) in talkative() {
        let photo = clean(upload, None).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        for kept in [&photo.full, &photo.small] {
            let found = exif::Reader::new().read_from_container(&mut Cursor::new(kept));
            assert!(matches!(found, Err(exif::Error::NotFound(_))), "{name}");
            for word in
                ["Exif", "GPS", "XMP", "xmp", "ICC", "MPF", "8BIM", "TestCam", "Seriennummer", "Kommentar"]
            {
                let there = kept.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!there, "{name} keeps {word}");
            }
            assert_eq!(markers(kept), [0xE0, 0xC0, 0xDB, 0xC4, 0xDA], "{name}");
        }
    }
}

/// The kinds of segments of a JPEG, up to its picture.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut kinds) = (2, Vec::new());
    loop {
        assert_eq!(jpeg[at], 0xFF);
        if kinds.last() != Some(&jpeg[at + 1]) {
            kinds.push(jpeg[at + 1]);
        }
        if jpeg[at + 1] == 0xDA {
            return kinds;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
}

/// The independent judge, where it is installed: it knows formats that we did not think of.
#[test]
fn exiftool_finds_nothing_either() {
    if Command::new("exiftool").arg("-ver").output().is_err() {
        return;
    }
    for (name, upload) in talkative() {
        let photo = clean(upload, None).unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&photo.full).unwrap();
        let said =
            Command::new("exiftool").args(["-a", "-u", "-G1", "-s"]).arg(file.path()).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.contains("ImageWidth"), "{name}: {said}");
        for line in said.lines() {
            let known = ["[ExifTool]", "[System]", "[File]", "[JFIF]", "[Composite]"];
            assert!(known.iter().any(|group| line.starts_with(group)), "{name}: {line}");
            assert!(!line.contains("Warning") && !line.contains("GPS"), "{name}: {line}");
        }
    }
}
