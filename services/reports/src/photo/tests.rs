//! Photos over HTTP.

use std::time::Duration;

use http::Method;
use kit::job::Worker;
use kit::media::Size;
use kit::testing::{Answer, City};
use proto::PhotoId;
use proto::reports::{PublicRequest, StaffRequest, UploadedPhoto};
use serde_json::json;

use crate::testing::{a_photo, a_request, intake_office, photo_file};
use crate::tests::{city, cleared, rows};

const DAY: Duration = Duration::from_secs(86_400);

async fn put(city: &City, photo: PhotoId, kind: &str, bytes: impl Into<bytes::Bytes>) -> Answer {
    city.anyone().send(Method::PUT, format!("/v1/photos/{photo}"), kind, bytes).await
}

fn new_id(city: &City) -> PhotoId {
    PhotoId(city.ids.uuid())
}

/// Releases a photo, or hides it again.
async fn release(city: &City, photo: PhotoId, released: bool) -> Answer {
    intake_office(city).put(format!("/v1/photos/{photo}/release"), json!({ "released": released })).await
}

#[tokio::test]
async fn the_uploader_learns_size_and_place_and_the_same_when_sending_again() {
    let city = city().await;
    let photo = new_id(&city);
    let first =
        put(&city, photo, "image/jpeg", photo_file("gladbeck_gps_orient6.jpg")).await.assert_status(201);
    let uploaded: UploadedPhoto = first.json();
    let place = uploaded.place.unwrap();
    assert!((6.9..7.1).contains(&place.longitude) && (51.5..51.7).contains(&place.latitude), "{place:?}");
    let again =
        put(&city, photo, "image/jpeg", photo_file("gladbeck_gps_orient6.jpg")).await.assert_status(200);
    assert_eq!(again.body, first.body);
    put(&city, photo, "image/jpeg", photo_file("orient_1.jpg")).await.assert_problem(409, "id-taken");
    assert_eq!(rows(&city, "reports.photo").await, 1);
}

#[tokio::test]
async fn a_device_may_send_again_what_its_request_has_named_by_now() {
    let city = city().await;
    let photo = a_photo(&city).await;
    a_request(&city).showing(photo).file().await;
    put(&city, photo, "image/jpeg", photo_file("orient_1.jpg")).await.assert_status(200);
    put(&city, photo, "image/jpeg", photo_file("orient_3.jpg")).await.assert_problem(409, "id-taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_uploads_under_one_id_at_once_keep_the_bytes_of_the_one_that_was_accepted() {
    let city = city().await;
    for _ in 0..3 {
        let photo = new_id(&city);
        let (one, other) = tokio::join!(
            put(&city, photo, "image/jpeg", photo_file("orient_1.jpg")),
            put(&city, photo, "image/png", photo_file("gladbeck_gps.png")),
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let name = if one.status == 201 { "orient_1.jpg" } else { "gladbeck_gps.png" };
        let media = &city.app(crate::SERVICE).media;
        let expected = media.clean(photo_file(name), None).await.unwrap();
        assert_eq!(media.get(photo.0, Size::Full).await.unwrap().unwrap(), expected.full);
    }
}

#[tokio::test]
async fn hostile_uploads_are_refused_and_leave_nothing() {
    let city = city().await;
    let jpeg = photo_file("orient_1.jpg");
    // A PNG that says it is 50,000 pixels wide and high.
    let mut bomb = photo_file("gladbeck_gps.png").to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
    let cut = jpeg.slice(..jpeg.len() / 3);
    let cases: Vec<(&str, bytes::Bytes, u16, &str)> = vec![
        ("image/jpeg", bytes::Bytes::new(), 422, "photo-empty"),
        ("image/jpeg", cut, 422, "photo-broken"),
        ("image/png", jpeg.clone(), 415, "photo-type-lies"),
        ("image/gif", "GIF89a".into(), 415, "photo-type-unknown"),
        ("image/svg+xml", "<svg onload=alert(1)>".into(), 415, "photo-type-unknown"),
        ("image/jpeg", "<html><script>alert(1)</script>".into(), 415, "photo-type-unknown"),
        ("text/html", jpeg.clone(), 415, "photo-type-unknown"),
        ("image/png", bomb.into(), 413, "photo-too-many-pixels"),
        ("image/jpeg", vec![0xff; (15 << 20) + 1].into(), 413, "photo-too-large"),
    ];
    for (kind, bytes, status, code) in cases {
        let photo = new_id(&city);
        put(&city, photo, kind, bytes).await.assert_problem(status, code);
        assert!(city.app(crate::SERVICE).media.get(photo.0, Size::Full).await.unwrap().is_none());
    }
    let not_v7 = PhotoId(uuid::Uuid::nil());
    put(&city, not_v7, "image/jpeg", jpeg).await.assert_field("/photo_id", "not-v7");
    assert_eq!(rows(&city, "reports.photo").await, 0);
}

#[tokio::test]
async fn an_upload_that_no_request_names_is_shown_to_nobody() {
    let city = city().await;
    let photo = a_photo(&city).await;
    for guest in [city.anyone(), city.resident(), city.staff("office"), intake_office(&city)] {
        guest.get(format!("/v1/photos/{photo}")).await.assert_problem(404, "not-found");
    }
    release(&city, photo, true).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn a_photo_is_public_from_its_release_until_it_is_hidden_again() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let filed = a_request(&city).showing(photo).file().await;
    let path = format!("/v1/photos/{photo}?size=small");
    let public = async || city.anyone().get(&path).await;
    let listed = async || {
        let request = city.anyone().get(format!("/v1/requests/{}", filed.service_request_id)).await;
        request.json::<PublicRequest>().photos
    };

    public().await.assert_problem(404, "not-found");
    let staff = city.staff("office").get(&path).await.assert_status(200);
    assert_eq!(staff.header("cache-control"), Some("private, no-store"));
    city.staff("yard").get(&path).await.assert_problem(404, "not-found");

    release(&city, photo, true).await.assert_status(204);
    let shown = public().await.assert_status(200);
    assert_eq!(shown.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(shown.header("content-type"), Some("image/jpeg"));
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    assert!(!shown.body.windows(4).any(|window| window == b"Exif"));
    assert_eq!(listed().await, [photo]);

    release(&city, photo, true).await.assert_status(204);
    release(&city, photo, false).await.assert_status(204);
    public().await.assert_problem(404, "not-found");
    assert_eq!(listed().await, []);
    let kinds: Vec<String> = city.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["request.received", "photo.released", "photo.released"]);
}

#[tokio::test]
async fn a_photo_of_a_service_that_never_shows_photos_stays_inside() {
    let city = city().await;
    for (service, staff) in [("litter", city.staff("yard")), ("house", cleared(&city))] {
        let photo = a_photo(&city).await;
        let filed = a_request(&city).of(&city, service).showing(photo).file().await;
        let path = format!("/v1/photos/{photo}/release");
        staff.put(&path, json!({ "released": true })).await.assert_problem(409, "never-published");
        let seen: StaffRequest =
            staff.get(format!("/v1/queue/{}", filed.service_request_id)).await.assert_status(200).json();
        assert!(!seen.photos[0].released);
    }
    assert_eq!(city.events().await.len(), 2);
}

#[tokio::test]
async fn the_sweep_deletes_what_no_request_named_in_a_day_and_nothing_else() {
    let city = city().await;
    let (lost, named) = (a_photo(&city).await, a_photo(&city).await);
    a_request(&city).showing(named).file().await;
    city.clock.advance(DAY + Duration::from_secs(1));
    let fresh = a_photo(&city).await;
    let app = city.app(crate::SERVICE);
    Worker::new(app.clone(), crate::tasks()).run_once().await.unwrap();
    for (photo, kept) in [(lost, false), (named, true), (fresh, true)] {
        assert_eq!(app.media.get(photo.0, Size::Full).await.unwrap().is_some(), kept);
        assert_eq!(app.media.get(photo.0, Size::Small).await.unwrap().is_some(), kept);
    }
    assert_eq!(rows(&city, "reports.photo").await, 2);
}

#[tokio::test]
async fn a_photo_that_the_store_has_lost_takes_nothing_else_with_it() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let filed = a_request(&city).showing(photo).file().await;
    city.app(crate::SERVICE).media.delete(photo.0).await.unwrap();
    city.staff("office").get(format!("/v1/photos/{photo}")).await.assert_problem(404, "not-found");
    city.staff("office").get(format!("/v1/queue/{}", filed.service_request_id)).await.assert_status(200);
}
