//! What cameras and editors send.

use image::{DynamicImage, ImageFormat, Luma, LumaA, Rgba};
use jpeg_encoder::{ColorType, Encoder};

use super::sample::{NAMES, canvas, clean, decode, encode, fields, read, webp, webp_chunk, with_segment};
use crate::media::{Media, PhotoFault};

/// The largest difference of two pictures of the same size, and the mean.
fn difference(one: &image::RgbImage, other: &image::RgbImage) -> (u8, f64) {
    assert_eq!(one.dimensions(), other.dimensions());
    let all: Vec<u8> = one.iter().zip(other.iter()).map(|(a, b)| a.abs_diff(*b)).collect();
    let mean = all.iter().map(|d| f64::from(*d)).sum::<f64>() / all.len() as f64;
    (all.into_iter().max().unwrap(), mean)
}

/// Where a stored pixel is seen, by the table of the EXIF standard: what the first row and the first column show.
fn seen(turn: u16, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let (right, bottom) = (width - 1 - x, height - 1 - y);
    match turn {
        1 => (x, y),
        2 => (right, y),
        3 => (right, bottom),
        4 => (x, bottom),
        5 => (y, x),
        6 => (bottom, x),
        7 => (bottom, right),
        _ => (y, right),
    }
}

/// The photo that a camera stores when it is held in this way before `scene`.
fn held(turn: u16, scene: &image::RgbImage) -> Vec<u8> {
    let (width, height) = match turn {
        1..=4 => scene.dimensions(),
        _ => (scene.height(), scene.width()),
    };
    let stored = image::RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = seen(turn, (x, y), (width, height));
        *scene.get_pixel(x, y)
    });
    let orientation = super::metadata::notes(&[(exif::Tag::Orientation, exif::Value::Short(vec![turn]))]);
    with_segment(&encode(&stored.into(), ImageFormat::Jpeg), 0xE1, &[b"Exif\0\0", &orientation[..]].concat())
}

#[test]
fn photos_held_in_each_of_eight_ways_come_out_alike() {
    let scene = fields(96, 64).into_rgb8();
    for turn in 1..=8 {
        let photo = clean(held(turn, &scene), Some("image/jpeg")).unwrap();
        let (_, mean) = difference(&decode(&photo.full), &scene);
        assert!(mean < 2.0, "orientation {turn} differs by {mean}");
    }
    // A turn does change this scene, so that the comparison above means something.
    assert!(difference(&image::imageops::rotate180(&scene), &scene).1 > 20.0);
}

/// The samples hold the same stored pixels under eight orientations.
#[test]
fn the_samples_are_turned_as_the_standard_says() {
    let stored = decode(&clean(read("orient_1.jpg"), None).unwrap().full);
    for turn in 1..=8 {
        let photo = clean(read(&format!("orient_{turn}.jpg")), Some("image/jpeg")).unwrap();
        assert_eq!((photo.width, photo.height), if turn < 5 { (80, 40) } else { (40, 80) });
        let turned = decode(&photo.full);
        for (x, y, pixel) in stored.enumerate_pixels() {
            let (x, y) = seen(turn, (x, y), stored.dimensions());
            let worst = (0..3).map(|i| pixel.0[i].abs_diff(turned.get_pixel(x, y).0[i])).max().unwrap();
            assert!(worst < 48, "orientation {turn} at {x}, {y} differs by {worst}");
        }
    }
}

#[test]
fn place_and_time_are_read_from_every_type() {
    for name in ["gladbeck_gps.png", "gladbeck_gps.webp", "gladbeck_gps_orient6.jpg"] {
        let photo = clean(read(name), None).unwrap();
        let (longitude, latitude) = photo.place.expect(name);
        assert!((longitude - 6.9829).abs() < 1e-6, "{name}: {longitude}");
        assert!((latitude - 51.5716).abs() < 1e-6, "{name}: {latitude}");
        assert_eq!(photo.taken_at.unwrap().to_string(), "2025-03-14 09:26:53", "{name}");
    }
}

#[test]
fn a_photo_held_upright_keeps_its_upright_size() {
    let photo = clean(read("gladbeck_gps_orient6.jpg"), None).unwrap();
    assert_eq!((photo.width, photo.height), (480, 640));
    assert_eq!(decode(&photo.full).dimensions(), (480, 640));
    assert_eq!(decode(&photo.small).dimensions(), (360, 480));
}

#[test]
fn large_photos_are_scaled_and_small_ones_are_left() {
    for (size, full, small) in [
        ((6000, 3000), (2048, 1024), (480, 240)),
        ((1500, 3000), (1024, 2048), (240, 480)),
        ((400, 300), (400, 300), (400, 300)),
        ((1, 1), (1, 1), (1, 1)),
        ((9000, 1), (2048, 1), (480, 1)),
    ] {
        let photo = clean(encode(&fields(size.0, size.1), ImageFormat::Png), None).unwrap();
        assert_eq!((photo.width, photo.height), full);
        assert_eq!(decode(&photo.full).dimensions(), full);
        assert_eq!(decode(&photo.small).dimensions(), small);
    }
}

#[test]
fn scaling_keeps_what_is_seen() {
    let photo = clean(encode(&fields(6000, 4000), ImageFormat::Png), None).unwrap();
    let expected = fields(photo.width, photo.height).into_rgb8();
    assert!(difference(&decode(&photo.full), &expected).1 < 1.0);
}

#[test]
fn a_photo_with_holes_lies_on_white() {
    let holes = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(64, 64, |x, _| match x {
        0..32 => Rgba([0, 0, 0, 0]),
        _ => Rgba([0, 0, 0, 128]),
    }));
    let lossy = {
        let photo = read("gladbeck_gps.webp");
        let alpha = [vec![0], vec![0; 640 * 480]].concat();
        webp(&[(b"VP8X", &canvas(0x10, 640, 480)), (b"ALPH", &alpha), (b"VP8 ", webp_chunk(&photo, b"VP8 "))])
    };
    let grey: image::ImageBuffer<LumaA<u16>, Vec<u16>> =
        image::ImageBuffer::from_pixel(64, 64, LumaA([0, 0]));
    for (name, file) in [
        ("png", encode(&holes, ImageFormat::Png)),
        ("16-bit png", encode(&DynamicImage::ImageRgba16(holes.to_rgba16()), ImageFormat::Png)),
        ("16-bit grey png", encode(&DynamicImage::ImageLumaA16(grey), ImageFormat::Png)),
        ("lossless webp", encode(&holes, ImageFormat::WebP)),
        ("lossy webp", lossy),
    ] {
        let picture = decode(&clean(file, None).unwrap().full);
        let pixel = picture.get_pixel(8, 8).0;
        assert!(pixel.iter().all(|value| *value > 250), "{name}: {pixel:?}");
        if matches!(name, "png" | "16-bit png" | "lossless webp") {
            let half = picture.get_pixel(48, 32).0[0];
            assert!((122..=132).contains(&half), "{name}: {half}");
        }
    }
}

#[test]
fn grey_and_deep_pictures_are_photos_too() {
    let deep: image::ImageBuffer<Luma<u16>, Vec<u16>> =
        image::ImageBuffer::from_pixel(40, 30, Luma([0x8000]));
    for picture in [DynamicImage::ImageLuma16(deep), fields(40, 30).into_luma8().into()] {
        let photo = clean(encode(&picture, ImageFormat::Png), None).unwrap();
        assert_eq!((photo.width, photo.height), (40, 30));
    }
}

#[test]
fn progressive_cmyk_and_grey_jpegs_are_photos_too() {
    let plain = fields(120, 80).into_rgb8();
    let grey: Vec<u8> = plain.pixels().map(|pixel| pixel.0[0]).collect();
    let cmyk: Vec<u8> = grey.iter().flat_map(|value| [0, 0, 0, 255 - value]).collect();
    let jpeg = |pixels: &[u8], colour, progressive| {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 95);
        encoder.set_progressive(progressive);
        encoder.encode(pixels, 120, 80, colour).unwrap();
        file
    };
    for (name, file) in [
        ("baseline", jpeg(&plain, ColorType::Rgb, false)),
        ("progressive", jpeg(&plain, ColorType::Rgb, true)),
        ("grey", jpeg(&grey, ColorType::Luma, false)),
        ("cmyk", jpeg(&cmyk, ColorType::Cmyk, false)),
        ("cmyk as ycck", jpeg(&cmyk, ColorType::CmykAsYcck, true)),
    ] {
        let photo = clean(file, None).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let (_, mean) = difference(&decode(&photo.full), &plain);
        assert!(mean < 6.0, "{name} differs by {mean}");
    }
}

#[tokio::test]
async fn the_digest_is_of_the_upload_and_tells_repeats() {
    let media = Media::open(&"memory:///".parse().unwrap()).unwrap();
    let bytes = read("orient_1.jpg");
    let one = media.clean(bytes.clone().into(), Some("image/jpeg")).await.unwrap();
    let again = media.clean(bytes.clone().into(), None).await.unwrap();
    let other = media.clean(read("orient_2.jpg").into(), None).await.unwrap();
    assert_eq!(one, again);
    assert_ne!(one.digest, other.digest);
    assert_eq!(&one.digest[..], aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes).as_ref());
}

#[test]
fn the_declared_type_must_be_true() {
    for name in NAMES {
        let bytes = read(name);
        let own = match name.rsplit_once('.').unwrap().1 {
            "jpg" => "image/jpeg",
            "png" => "image/png",
            _ => "image/webp",
        };
        for declared in ["image/jpeg", "image/png", "image/webp", "IMAGE/JPEG"] {
            let expected =
                if declared.eq_ignore_ascii_case(own) { Ok(()) } else { Err(PhotoFault::TypeLies) };
            assert_eq!(clean(bytes.clone(), Some(declared)).map(drop), expected, "{name} as {declared}");
        }
        for declared in ["image/heic", "text/html", "application/octet-stream", "", "so so"] {
            assert_eq!(clean(bytes.clone(), Some(declared)).map(drop), Err(PhotoFault::TypeUnknown));
        }
    }
}
