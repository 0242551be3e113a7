//! Photos in the store.

use std::io;

use bytes::Bytes;
use url::Url;
use uuid::Uuid;

use super::sample::{clean, read};
use crate::media::{Media, Size, StoreFault};

fn folder() -> (tempfile::TempDir, Media) {
    let folder = tempfile::tempdir().unwrap();
    let media = Media::open(&Url::from_directory_path(folder.path().join("new/photos")).unwrap()).unwrap();
    (folder, media)
}

fn id(last: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + last)
}

#[tokio::test]
async fn a_photo_is_kept_repeated_and_deleted() {
    let (_folder, media) = folder();
    let photo = clean(read("gladbeck_gps_orient6.jpg"), None).unwrap();
    assert_eq!(media.get(id(1), Size::Full).await.unwrap(), None);

    media.put(id(1), &photo).await.unwrap();
    media.put(id(1), &photo).await.unwrap();

    assert_eq!(media.get(id(1), Size::Full).await.unwrap(), Some(photo.full.clone()));
    assert_eq!(media.get(id(1), Size::Small).await.unwrap(), Some(photo.small.clone()));
    assert_eq!(media.get(id(2), Size::Full).await.unwrap(), None);
    media.delete(id(1)).await.unwrap();
    media.delete(id(1)).await.unwrap();
    assert_eq!(media.get(id(1), Size::Full).await.unwrap(), None);
    assert_eq!(media.get(id(1), Size::Small).await.unwrap(), None);
}

#[tokio::test]
async fn photos_outlive_the_process_and_only_their_owner_may_look() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, media) = folder();
    media.put(id(3), &clean(read("orient_1.jpg"), None).unwrap()).await.unwrap();
    drop(media);

    let path = folder.path().join("new/photos");
    let again = Media::open(&Url::from_directory_path(&path).unwrap()).unwrap();
    assert!(again.get(id(3), Size::Small).await.unwrap().is_some());
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_reader_sees_a_whole_photo_or_none() {
    let (_folder, media) = folder();
    let mut one = clean(read("gladbeck_gps_orient6.jpg"), None).unwrap();
    let mut other = one.clone();
    (one.full, other.full) = (vec![1; 4 << 20].into(), vec![2; 4 << 20].into());
    let writer = {
        let (media, one, other) = (media.clone(), one.clone(), other.clone());
        tokio::spawn(async move {
            for _ in 0..10 {
                media.put(id(4), &one).await.unwrap();
                media.put(id(4), &other).await.unwrap();
            }
        })
    };
    let mut seen = 0;
    while !writer.is_finished() {
        if let Some(photo) = media.get(id(4), Size::Full).await.unwrap() {
            assert!(photo == one.full || photo == other.full, "half a photo of {} bytes", photo.len());
            seen += 1;
        }
    }
    writer.await.unwrap();
    assert!(seen > 0);
}

#[tokio::test]
async fn a_store_that_is_away_is_a_typed_fault_and_comes_back() {
    let (folder, media) = folder();
    let photo = clean(read("orient_1.jpg"), None).unwrap();
    let path = folder.path().join("new/photos");
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, b"no folder").unwrap();

    let fault = media.put(id(5), &photo).await.unwrap_err();

    assert!(matches!(fault, StoreFault::Away(_)), "{fault:?}");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    media.put(id(5), &photo).await.unwrap();
    assert!(media.get(id(5), Size::Full).await.unwrap().is_some());
}

#[test]
fn a_full_disk_is_told_from_a_missing_one() {
    let fault = |kind: io::ErrorKind| {
        let source = Box::new(io::Error::from(kind));
        StoreFault::from(object_store::Error::Generic { store: "test", source })
    };
    assert!(matches!(fault(io::ErrorKind::StorageFull), StoreFault::Full(_)));
    assert!(matches!(fault(io::ErrorKind::QuotaExceeded), StoreFault::Full(_)));
    assert!(matches!(fault(io::ErrorKind::PermissionDenied), StoreFault::Away(_)));
}

/// The kernel's own "no space left", from the device that is made for it.
#[test]
fn an_answer_of_the_kernel_is_understood() {
    use std::io::Write;

    let error = std::fs::File::options().write(true).open("/dev/full").unwrap().write_all(b"x").unwrap_err();
    let fault = StoreFault::from(object_store::Error::Generic { store: "test", source: Box::new(error) });
    assert!(matches!(fault, StoreFault::Full(_)));
}

#[test]
fn stores_that_are_not_built_in_are_refused() {
    for url in ["s3://bucket/photos", "ftp://host/photos", "file://host/photos"] {
        assert!(Media::open(&url.parse().unwrap()).is_err(), "{url}");
    }
}

#[tokio::test]
async fn memory_stores_do_not_share() {
    let open = || Media::open(&"memory:///".parse().unwrap()).unwrap();
    let (one, other) = (open(), open());
    one.put(id(6), &clean(read("orient_1.jpg"), None).unwrap()).await.unwrap();
    assert!(one.get(id(6), Size::Full).await.unwrap().is_some());
    assert_eq!(other.get(id(6), Size::Full).await.unwrap(), None::<Bytes>);
}
