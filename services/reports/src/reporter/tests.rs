//! The reporter's own view over HTTP.

use kit::testing::{City, Guest};
use proto::reports::{FiledRequest, ReporterRequest};
use serde_json::{Value, json};

use crate::testing::{a_photo, a_request, moved};
use crate::tests::{city, cleared, rows};

fn reporter(city: &City, filed: &FiledRequest) -> Guest {
    city.anyone().with("reporter-secret", &filed.secret)
}

fn path(filed: &FiledRequest, rest: &str) -> String {
    format!("/v1/reporter/{}{rest}", filed.reference)
}

async fn seen(city: &City, filed: &FiledRequest) -> ReporterRequest {
    reporter(city, filed).get(path(filed, "")).await.assert_status(200).json()
}

#[tokio::test]
async fn whoever_holds_the_secret_sees_what_became_of_the_request_and_nothing_internal() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let filed = a_request(&city).of(&city, "house").showing(photo).answering("kim@example.org").file().await;
    let staff = cleared(&city);
    let request = format!("/v1/requests/{}", filed.service_request_id);
    staff.put(format!("{request}/claim"), json!({})).await.assert_status(200);
    staff.post(format!("{request}/notes"), json!({ "text": "Interner Vermerk" })).await.assert_status(201);
    staff
        .patch(&request, json!({ "status": "in_progress", "status_note": "Termin folgt." }))
        .await
        .assert_status(200);

    let answer = reporter(&city, &filed).get(path(&filed, "")).await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    for internal in ["Interner Vermerk", "Sascha", "claimed", "note_written", "kim@example.org"] {
        assert!(!answer.text().contains(internal), "{internal}: {}", answer.text());
    }
    let seen: ReporterRequest = answer.json();
    let steps: Vec<_> = seen.timeline.iter().map(|step| step.status_name.as_deref().unwrap()).collect();
    assert_eq!(steps, ["Eingegangen", "Wird geprüft", "Beauftragt"]);
    assert_eq!(seen.timeline[2].status_note.as_deref(), Some("Termin folgt."));
    assert!(seen.confidential && seen.contact && !seen.may_withdraw);
    assert_eq!(seen.all_photos.len(), 1);
    assert!(seen.request.longitude.is_some());
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_reference_get_the_same_answer() {
    let city = city().await;
    let (filed, other) = (a_request(&city).of(&city, "house").file().await, a_request(&city).file().await);
    let photo = a_photo(&city).await;
    let wrong = city.anyone().with("reporter-secret", &other.secret);
    let expected = wrong.get("/v1/reporter/MUS-0000-00").await.assert_problem(404, "not-found");
    for rest in ["", &format!("/photos/{photo}")] {
        let answer = wrong.get(path(&filed, rest)).await.assert_problem(404, "not-found");
        assert_eq!(answer.body, expected.body);
        city.anyone().get(path(&filed, rest)).await.assert_problem(404, "not-found");
        city.anyone()
            .with("reporter-secret", "")
            .get(path(&filed, rest))
            .await
            .assert_problem(404, "not-found");
    }
    for rest in ["/withdrawal", &format!("/photos/{photo}")] {
        wrong.put(path(&filed, rest), json!({})).await.assert_problem(404, "not-found");
    }
    wrong.delete(path(&filed, "/contact")).await.assert_problem(404, "not-found");
    assert_eq!(city.events().await.len(), 2);
}

#[tokio::test]
async fn the_reference_is_read_as_people_type_it() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let typed = filed.reference.as_str().to_lowercase().replace('0', "o").replace('1', "l");
    reporter(&city, &filed).get(format!("/v1/reporter/{typed}")).await.assert_status(200);
}

#[tokio::test]
async fn a_photo_can_follow_and_is_seen_by_its_reporter_alone() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let stranger = a_request(&city).file().await;
    let photo = a_photo(&city).await;
    let rest = format!("/photos/{photo}");
    for _ in 0..2 {
        reporter(&city, &filed).put(path(&filed, &rest), json!({})).await.assert_status(204);
    }
    let answer = reporter(&city, &filed).get(path(&filed, &rest)).await.assert_status(200);
    assert_eq!(answer.header("content-type"), Some("image/jpeg"));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    reporter(&city, &stranger).get(path(&stranger, &rest)).await.assert_problem(404, "not-found");
    let taken = reporter(&city, &stranger).put(path(&stranger, &rest), json!({})).await;
    taken.assert_field("/photo_id", "photo-unknown");
    let attached = city.events().await.iter().filter(|(kind, _)| kind == "photo.attached").count();
    assert_eq!(attached, 1);
}

#[tokio::test]
async fn five_photos_are_enough_and_none_follows_the_end() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let attach =
        async |photo| reporter(&city, &filed).put(path(&filed, &format!("/photos/{photo}")), json!({})).await;
    for _ in 0..5 {
        attach(a_photo(&city).await).await.assert_status(204);
    }
    attach(a_photo(&city).await).await.assert_problem(409, "too-many-photos");
    moved(&city, filed.service_request_id, json!({ "status": "done" })).await;
    attach(a_photo(&city).await).await.assert_problem(409, "request-closed");
    assert_eq!(seen(&city, &filed).await.all_photos.len(), 5);
}

#[tokio::test]
async fn a_request_can_be_taken_back_until_work_is_ordered() {
    let city = city().await;
    for (change, allowed) in [
        (None, true),
        (Some(json!({ "status": "in_review" })), true),
        (Some(json!({ "status": "in_progress" })), false),
        (Some(json!({ "status": "done" })), false),
    ] {
        let filed = a_request(&city).file().await;
        if let Some(change) = change {
            moved(&city, filed.service_request_id, change).await;
        }
        assert_eq!(seen(&city, &filed).await.may_withdraw, allowed);
        let answer = reporter(&city, &filed).put(path(&filed, "/withdrawal"), json!({})).await;
        if allowed {
            assert_eq!(answer.assert_status(200).json::<Value>()["status"], "withdrawn");
            // Sent again, nothing happens twice.
            reporter(&city, &filed).put(path(&filed, "/withdrawal"), json!({})).await.assert_status(200);
        } else {
            let problem: Value = answer.assert_problem(409, "status-not-reachable").json();
            assert_eq!(problem["to"], "Zurückgezogen");
        }
    }
    let withdrawn = city.events().await.iter().filter(|(kind, _)| kind == "request.withdrawn").count();
    assert_eq!(withdrawn, 2);
}

#[tokio::test]
async fn the_address_is_deleted_at_once_when_its_owner_says_so() {
    let city = city().await;
    let filed = a_request(&city).answering("kim@example.org").file().await;
    for _ in 0..2 {
        reporter(&city, &filed).delete(path(&filed, "/contact")).await.assert_status(204);
    }
    assert!(!seen(&city, &filed).await.contact);
    assert_eq!(rows(&city, "reports.contact").await, 0);
    let kinds: Vec<String> = city.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["request.received", "contact.deleted"]);
}
