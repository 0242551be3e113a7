//! A photo of the place once it is done.

use kit::testing::{Answer, City, Guest};
use proto::reports::{FiledRequest, PublicRequest, ReporterRequest, StaffRequest};
use proto::{PhotoId, ServiceRequestId};
use serde_json::json;

use crate::testing::{a_photo, a_request, intake_office, moved};
use crate::tests::{city, cleared};

async fn attach(guest: &Guest, id: ServiceRequestId, photo: PhotoId) -> Answer {
    guest.put(format!("/v1/requests/{id}/photos/{photo}"), json!({})).await
}

async fn done(city: &City) -> FiledRequest {
    let filed = a_request(city).file().await;
    moved(city, filed.service_request_id, json!({ "status": "done" })).await;
    filed
}

async fn public(city: &City, id: ServiceRequestId) -> PublicRequest {
    city.anyone().get(format!("/v1/requests/{id}")).await.assert_status(200).json()
}

async fn own(city: &City, filed: &FiledRequest) -> ReporterRequest {
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    reporter.get(format!("/v1/reporter/{}", filed.reference)).await.assert_status(200).json()
}

#[tokio::test]
async fn everyone_sees_the_place_afterwards_at_once_and_apart_from_what_was_reported() {
    let city = city().await;
    let before = a_photo(&city).await;
    let filed = a_request(&city).showing(before).file().await;
    let id = filed.service_request_id;
    moved(&city, id, json!({ "status": "done" })).await;
    let photo = a_photo(&city).await;
    for _ in 0..2 {
        let seen: StaffRequest = attach(&intake_office(&city), id, photo).await.assert_status(200).json();
        assert_eq!((seen.photos.len(), seen.photos_after.len(), seen.row.photo_count), (1, 1, 1));
        assert!(seen.photos_after[0].released && !seen.photos[0].released);
    }
    let shown = public(&city, id).await;
    assert_eq!((shown.photos, shown.photos_after), (vec![], vec![photo]));
    let picture = city.anyone().get(format!("/v1/photos/{photo}?size=small")).await.assert_status(200);
    assert_eq!(picture.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let own = own(&city, &filed).await;
    assert_eq!((own.request.photos_after, own.all_photos.len()), (vec![photo], 1));
    let kinds: Vec<String> = city.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["request.received", "request.status_changed", "photo.after_attached"]);
}

#[tokio::test]
async fn it_can_be_hidden_again() {
    let city = city().await;
    let (filed, photo) = (done(&city).await, a_photo(&city).await);
    let (office, id) = (intake_office(&city), filed.service_request_id);
    attach(&office, id, photo).await.assert_status(200);
    let path = format!("/v1/photos/{photo}/release");
    office.put(&path, json!({ "released": false })).await.assert_status(204);
    assert_eq!(public(&city, id).await.photos_after, []);
    city.anyone().get(format!("/v1/photos/{photo}")).await.assert_problem(404, "not-found");
    assert_eq!(own(&city, &filed).await.request.photos_after, [photo]);
}

#[tokio::test]
async fn where_photos_are_never_shown_only_the_reporter_sees_it() {
    let city = city().await;
    for (service, staff) in [("litter", city.staff("yard")), ("house", cleared(&city))] {
        let filed = a_request(&city).of(&city, service).file().await;
        let (id, photo) = (filed.service_request_id, a_photo(&city).await);
        staff.patch(format!("/v1/requests/{id}"), json!({ "status": "done" })).await.assert_status(200);
        attach(&staff, id, photo).await.assert_status(200);
        city.anyone().get(format!("/v1/photos/{photo}")).await.assert_problem(404, "not-found");
        assert_eq!(own(&city, &filed).await.request.photos_after, [photo]);
        let reporter = city.anyone().with("reporter-secret", &filed.secret);
        let path = format!("/v1/reporter/{}/photos/{photo}", filed.reference);
        reporter.get(path).await.assert_status(200);
        let (columns,): (i64,) =
            sqlx::query_as("SELECT coalesce(sum(cardinality(photos_after)), 0) FROM published.request")
                .fetch_one(&mut city.superuser().await)
                .await
                .unwrap();
        assert_eq!(columns, 0, "{service}");
    }
}

#[tokio::test]
async fn it_follows_the_end_and_five_are_enough() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let (office, id) = (intake_office(&city), filed.service_request_id);
    attach(&office, id, a_photo(&city).await).await.assert_problem(409, "not-done");
    moved(&city, id, json!({ "status": "done" })).await;
    for _ in 0..5 {
        attach(&office, id, a_photo(&city).await).await.assert_status(200);
    }
    attach(&office, id, a_photo(&city).await).await.assert_problem(409, "too-many-photos");
    assert_eq!(public(&city, id).await.photos_after.len(), 5);
}

#[tokio::test]
async fn only_a_free_upload_can_be_given() {
    let city = city().await;
    let taken = a_photo(&city).await;
    a_request(&city).showing(taken).file().await;
    let filed = done(&city).await;
    let missing = PhotoId(city.ids.uuid());
    for photo in [taken, missing] {
        let answer = attach(&intake_office(&city), filed.service_request_id, photo).await;
        answer.assert_field("/photo_id", "photo-unknown");
    }
}
