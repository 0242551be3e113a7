//! Uploads that are made to do harm.

use std::time::{Duration, Instant};

use bytes::Bytes;
use image::ImageFormat;

use super::sample::{
    canvas, chunk, clean, decode, encode, fault, fields, read, webp, webp_chunk, with_chunk, with_segment,
};
use crate::media::clean::DECODING;
use crate::media::{MAX_UPLOAD, Media, PhotoFault};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

fn png_header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let body = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    [SIGNATURE, &chunk(b"IHDR", &body)].concat()
}

fn png_of(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    [png_header(width, height, depth, colour), chunk(b"IDAT", &[0; 64]), chunk(b"IEND", b"")].concat()
}

/// A JPEG whose frame header says this size and this kind.
fn jpeg_of(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut jpeg = encode(&fields(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    if progressive {
        jpeg[frame + 1] = 0xC2;
    }
    jpeg
}

#[test]
fn bombs_are_refused_before_they_are_decoded() {
    let vp8 = |side: u16| {
        let mut picture = webp_chunk(&read("gladbeck_gps.webp"), b"VP8 ").to_vec();
        picture[6..8].copy_from_slice(&side.to_le_bytes());
        picture[8..10].copy_from_slice(&side.to_le_bytes());
        picture
    };
    let started = Instant::now();
    for (name, bomb) in [
        ("png, 50,000 × 50,000", png_of(50_000, 50_000, 8, 2)),
        ("png, as wide as numbers go", png_of(u32::MAX, u32::MAX, 8, 6)),
        ("png, 50 megapixels of 8 bytes", png_of(7_000, 7_000, 16, 6)),
        ("jpeg, 65,535 × 65,535", jpeg_of(u16::MAX, u16::MAX, false)),
        ("jpeg, 49 megapixels in passes", jpeg_of(7_000, 7_000, true)),
        ("webp, 16,383 × 16,383", webp(&[(b"VP8 ", &vp8(16_383))])),
        ("webp, 16,384 × 16,384 lossless", webp(&[(b"VP8L", &[0x2F, 0xFF, 0xFF, 0xFF, 0x0F])])),
    ] {
        assert_eq!(fault(bomb), PhotoFault::TooManyPixels, "{name}");
    }
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn sizes_at_the_limit_are_told_apart() {
    assert_eq!(fault(Bytes::new()), PhotoFault::Empty);
    assert_eq!(fault(vec![0xFF; MAX_UPLOAD + 1]), PhotoFault::TooLarge);
    // As many bytes as allowed: a photo with its film behind it.
    let mut photo = read("orient_1.jpg");
    photo.resize(MAX_UPLOAD, 0);
    assert!(clean(photo.clone(), None).is_ok());
    photo.push(0);
    assert_eq!(fault(photo), PhotoFault::TooLarge);
}

#[test]
fn a_picture_that_hides_its_size_is_broken() {
    let small = webp_chunk(&read("gladbeck_gps.webp"), b"VP8 ").to_vec();
    let plain = encode(&fields(16, 16), ImageFormat::Jpeg);
    let frame = plain.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let second = [&plain[..frame + 19], &plain[frame..]].concat();
    for (name, file) in [
        ("canvas larger than picture", webp(&[(b"VP8X", &canvas(0, 9_000, 9_000)), (b"VP8 ", &small)])),
        ("no pixels", png_of(0, 10, 8, 2)),
        ("no height", jpeg_of(10, 0, false)),
        ("two frame headers", second),
        ("no such colours", png_of(10, 10, 8, 5)),
        ("only a header", png_header(10, 10, 8, 2)),
        ("no picture", [png_header(10, 10, 8, 2), chunk(b"IEND", b"")].concat()),
        ("no canvas and no picture", webp(&[])),
        ("bare markers", vec![0xFF, 0xD8, 0xFF, 0xD9]),
    ] {
        assert_eq!(fault(file), PhotoFault::Broken, "{name}");
    }
}

#[test]
fn films_are_refused() {
    let png = encode(&fields(16, 16), ImageFormat::Png);
    let frames = |count: u32| [count.to_be_bytes(), [0; 4]].concat();
    assert_eq!(fault(with_chunk(&png, b"acTL", &frames(100_000))), PhotoFault::Animated);
    assert!(clean(with_chunk(&png, b"acTL", &frames(1)), None).is_ok());
    let lossless = encode(&fields(16, 16), ImageFormat::WebP);
    let picture = webp_chunk(&lossless, b"VP8L");
    for film in [
        webp(&[(b"VP8X", &canvas(0x02, 16, 16)), (b"VP8L", picture)]),
        webp(&[(b"VP8X", &canvas(0, 16, 16)), (b"ANIM", &[0; 6]), (b"VP8L", picture)]),
        webp(&[(b"VP8X", &canvas(0, 16, 16)), (b"ANMF", &[0; 24])]),
    ] {
        assert_eq!(fault(film), PhotoFault::Animated);
    }
}

#[test]
fn other_files_are_not_photos_whatever_they_say() {
    for file in [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF;/*<script>*/"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"BM\x3A\0\0\0",
        b"II*\0\x08\0\0\0",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"\0\0\0\x18ftypavif\0\0\0\0",
        b"RIFF\x24\0\0\0WAVE",
        b"\xFF\xD8",
        b"\0",
    ] {
        for declared in [None, Some("image/jpeg"), Some("image/gif"), Some("image/svg+xml")] {
            assert_eq!(clean(file, declared).map(drop), Err(PhotoFault::TypeUnknown), "{file:?}");
        }
    }
}

/// Twenty kinds of a file inside a photo, before, between and behind its parts.
#[test]
fn no_polyglot_survives() {
    let payloads: [&[u8]; 5] = [
        b"<script>alert(document.domain)</script><!-- wide enough for the window -->",
        b"GIF89a/*****************************************************/=1;alert(1)",
        b"PK\x03\x04 archive archive archive archive archive archive archive archive",
        b"%PDF-1.7 1 0 obj <</OpenAction 2 0 R>> endobj trailer trailer trailer !!",
        b"<?php __HALT_COMPILER(); ?> phar phar phar phar phar phar phar phar phar",
    ];
    for payload in payloads {
        let (jpeg, png) = (read("gladbeck_gps_orient6.jpg"), read("gladbeck_gps.png"));
        let webp_file = read("gladbeck_gps.webp");
        for (name, polyglot) in [
            ("behind a jpeg", [&jpeg, payload].concat()),
            ("in a jpeg's comment", with_segment(&jpeg, 0xFE, payload)),
            ("in a png's text", with_chunk(&png, b"tEXt", &[b"Comment\0", payload].concat())),
            ("behind a webp", [&webp_file, payload].concat()),
        ] {
            let photo = clean(polyglot, None).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            for kept in [&photo.full, &photo.small] {
                let shared = payload.windows(16).any(|part| kept.windows(16).any(|other| other == part));
                assert!(!shared, "{name}");
                assert!(kept.starts_with(&[0xFF, 0xD8, 0xFF, 0xE0]) && kept.ends_with(&[0xFF, 0xD9]));
            }
        }
    }
}

#[test]
fn huge_notes_do_not_reach_the_decoder() {
    let plain = encode(&fields(64, 48), ImageFormat::Jpeg);
    let profile = [&b"ICC_PROFILE\0"[..], &[7; 60_000]].concat();
    let stuffed = (0..200).fold(plain, |jpeg, _| with_segment(&jpeg, 0xE2, &profile));
    assert!(stuffed.len() > 11_000_000);
    assert_eq!(clean(stuffed, None).unwrap().width, 64);

    let png = encode(&fields(64, 48), ImageFormat::Png);
    let stuffed = with_chunk(&png, b"iCCP", &vec![7; 10_000_000]);
    let stuffed = with_chunk(&stuffed, b"eXIf", &vec![0x4D; 4_000_000]);
    assert_eq!(clean(stuffed, None).unwrap().place, None);
}

#[test]
fn a_million_tiny_parts_are_refused() {
    let empty: Vec<u8> = [chunk(b"IDAT", b""), chunk(b"tEXt", b"")].concat().repeat(500_000);
    let file = [png_header(16, 16, 8, 2), empty, chunk(b"IEND", b"")].concat();
    assert_eq!(fault(file), PhotoFault::Broken);
}

#[test]
fn a_jpeg_of_endless_passes_is_refused() {
    let plain = encode(&fields(64, 48), ImageFormat::Jpeg);
    let scan = plain.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let (head, rest) = plain.split_at(scan);
    let passes = rest[..rest.len() - 2].repeat(1_000);
    assert_eq!(fault([head, &passes, &[0xFF, 0xD9]].concat()), PhotoFault::Broken);
}

#[test]
fn a_photo_cut_short_is_refused_wherever_it_is_cut() {
    let large = encode(&image::DynamicImage::ImageRgb8(noise(640, 480)), ImageFormat::Jpeg);
    assert!(large.len() > 100 * 1024, "{}", large.len());
    let samples = ["gladbeck_gps.png", "gladbeck_gps.webp", "gladbeck_gps_orient6.jpg", "orient_6.jpg"];
    for whole in samples.iter().map(|name| read(name)).chain([large]) {
        assert!(clean(whole.clone(), None).is_ok());
        let every_kib = (0..whole.len()).step_by(1024);
        for length in every_kib.chain(0..64).chain(whole.len() - 64..whole.len()) {
            let cut = clean(whole[..length].to_vec(), None);
            assert!(cut.is_err(), "{length} of {} bytes", whole.len());
        }
    }
}

fn noise(width: u32, height: u32) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, y| {
        let mixed = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761);
        image::Rgb([(mixed >> 8) as u8, (mixed >> 16) as u8, (mixed >> 24) as u8])
    })
}

#[tokio::test]
async fn one_photo_is_decoded_at_a_time_and_bombs_do_not_wait_for_it() {
    let media = Media::open(&"memory:///".parse().unwrap()).unwrap();
    let other = DECODING.acquire().await.unwrap();
    let wait = Duration::from_millis(200);

    let bomb = tokio::time::timeout(wait, media.clean(png_of(50_000, 50_000, 8, 2).into(), None)).await;
    let photo = tokio::time::timeout(wait, media.clean(read("orient_1.jpg").into(), None)).await;

    assert_eq!(bomb.expect("is refused at once"), Err(PhotoFault::TooManyPixels));
    assert!(photo.is_err(), "waits for its turn");
    drop(other);
    let photos = (1..=4).map(|turn| media.clean(read(&format!("orient_{turn}.jpg")).into(), None));
    for photo in futures_util::future::join_all(photos).await {
        assert_eq!(decode(&photo.unwrap().full).dimensions(), (80, 40));
    }
}
