//! Whatever comes in, no panic comes out.

use proptest::prelude::*;

use super::sample::{NAMES, clean, read};

/// A sample, changed at some places and perhaps cut.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24);
    let cut = prop::option::weighted(0.2, any::<prop::sample::Index>());
    (prop::sample::select(&NAMES[..5]), changes, cut, 0..2048_usize).prop_map(|(name, changes, cut, head)| {
        let mut bytes = read(name);
        for (index, (place, value)) in changes.into_iter().enumerate() {
            // Every second change falls into the head, where the structure is.
            let reach = if index % 2 == 0 { bytes.len() } else { bytes.len().min(head + 1) };
            bytes[place.index(reach)] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

/// Random bytes behind the first bytes of each type.
fn begun() -> impl Strategy<Value = Vec<u8>> {
    let starts: Vec<&'static [u8]> = vec![
        b"",
        b"\xFF\xD8\xFF",
        b"\xFF\xD8\xFF\xE1\x00\x40Exif\0\0",
        b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x10\0\0\0\x10",
        b"RIFF\x40\0\0\0WEBPVP8X",
        b"RIFF\x40\0\0\0WEBPVP8 ",
        b"RIFF\x40\0\0\0WEBPVP8L",
    ];
    (prop::sample::select(starts), prop::collection::vec(any::<u8>(), 0..512))
        .prop_map(|(start, rest)| [start, &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in begun()) {
        let _ = clean(bytes, None);
    }

    #[test]
    fn damaged_photos_never_panic_and_what_is_kept_is_whole(bytes in mutated()) {
        if let Ok(photo) = clean(bytes, None) {
            let kept = super::sample::decode(&photo.full);
            prop_assert_eq!(kept.dimensions(), (photo.width, photo.height));
            prop_assert!(photo.width.max(photo.height) <= 2048);
            if let Some((longitude, latitude)) = photo.place {
                prop_assert!(longitude.abs() <= 180.0 && latitude.abs() <= 90.0);
            }
        }
    }

    #[test]
    fn random_camera_data_never_panics(tiff in prop::collection::vec(any::<u8>(), 0..256), big in any::<bool>()) {
        let start: &[u8] = if big { b"MM\0*\0\0\0\x08" } else { b"II*\0\x08\0\0\0" };
        let body = [b"Exif\0\0", start, &tiff].concat();
        prop_assert!(clean(super::sample::with_segment(&read("orient_1.jpg"), 0xE1, &body), None).is_ok());
    }
}
