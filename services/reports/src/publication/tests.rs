//! The three steps, and who decides on them.

use kit::testing::City;
use proto::ServiceRequestId;
use proto::reports::PublicRequest;
use serde_json::json;

use crate::testing::{a_photo, a_request, intake_office, moved};
use crate::tests::{city, cleared};

async fn public(city: &City, id: ServiceRequestId) -> PublicRequest {
    city.anyone().get(format!("/v1/requests/{id}")).await.assert_status(200).json()
}

#[tokio::test]
async fn place_and_status_are_public_at_once_and_words_after_a_person_released_them() {
    let city = city().await;
    let filed = a_request(&city).saying("Übungsdaten: Laterne aus").file().await;
    let id = filed.service_request_id;
    assert_eq!(public(&city, id).await.description, None);
    let path = format!("/v1/requests/{id}/release");
    intake_office(&city).put(&path, json!({ "description": true })).await.assert_status(200);
    assert_eq!(public(&city, id).await.description.as_deref(), Some("Übungsdaten: Laterne aus"));
    intake_office(&city).put(&path, json!({ "description": false })).await.assert_status(200);
    assert_eq!(public(&city, id).await.description, None);
}

#[tokio::test]
async fn what_was_taken_back_shows_neither_words_nor_photos() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let filed = a_request(&city).showing(photo).file().await;
    let id = filed.service_request_id;
    let office = intake_office(&city);
    office.put(format!("/v1/requests/{id}/release"), json!({ "description": true })).await.assert_status(200);
    office.put(format!("/v1/photos/{photo}/release"), json!({ "released": true })).await.assert_status(204);
    assert_eq!(public(&city, id).await.photos, [photo]);

    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    reporter.put(format!("/v1/reporter/{}/withdrawal", filed.reference), json!({})).await.assert_status(200);
    let seen = public(&city, id).await;
    assert_eq!((seen.description, seen.photos, seen.status.as_str()), (None, vec![], "withdrawn"));
    city.anyone().get(format!("/v1/photos/{photo}")).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn the_words_of_a_confidential_request_are_never_released() {
    let city = city().await;
    let filed = a_request(&city).of(&city, "house").file().await;
    let path = format!("/v1/requests/{}/release", filed.service_request_id);
    cleared(&city).put(&path, json!({ "description": true })).await.assert_problem(409, "never-published");
}

#[tokio::test]
async fn in_front_of_the_wall_a_confidential_request_says_nothing_about_the_matter() {
    let city = city().await;
    let filed = a_request(&city).of(&city, "house").file().await;
    let path = format!("/v1/requests/{}", filed.service_request_id);
    let change = json!({ "status": "handed_over", "status_note": "Gerda", "agency_responsible": "Kreis" });
    cleared(&city).patch(&path, change).await.assert_status(200);
    let (row,): (String,) = sqlx::query_as("SELECT to_jsonb(r)::text FROM published.request r")
        .fetch_one(&mut city.connect("gateway").await)
        .await
        .unwrap();
    let row: serde_json::Value = serde_json::from_str(&row).unwrap();
    assert_eq!(row["visibility"], "confidential");
    for column in ["location", "longitude", "latitude", "description", "status_notes", "agency_responsible"] {
        assert!(row[column].is_null(), "{column}: {row}");
    }
}

#[tokio::test]
async fn what_the_city_said_is_public_with_the_change() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let change = json!({ "status": "handed_over", "agency_responsible": "Straßen.NRW", "status_note": "Weitergeleitet." });
    moved(&city, filed.service_request_id, change).await;
    let seen = public(&city, filed.service_request_id).await;
    assert_eq!(seen.status_name, "Zuständig ist Straßen.NRW");
    assert_eq!(seen.status_notes.as_deref(), Some("Weitergeleitet."));
}
