//! The file: what is in it, who gets it, and that each time is noted.

use kit::testing::{Answer, City, Guest};
use proto::auth::StaffClaims;
use proto::reports::FiledRequest;
use serde_json::{Value, json};

use crate::testing::{a_photo, a_request, intake_office};
use crate::tests::{city, cleared, rows};

/// An officer who may work on the group and hand files over.
fn handler(city: &City, department: &str, roles: &[&str], groups: &[&str]) -> Guest {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    city.staff_as(StaffClaims {
        name: "Robin Muster".to_owned(),
        department: department.to_owned(),
        roles: owned(roles),
        confidential: owned(groups),
        sid: city.ids.uuid(),
    })
}

async fn witnessed(city: &City) -> FiledRequest {
    let photo = a_photo(city).await;
    let draft = a_request(city).of(city, "witnessed").showing(photo).saying("Übung <b>& mehr</b>");
    let answers = json!({ "seen_from": "2026-07-01T22:30:00Z", "deed": ["dumped", "burnt"] });
    let contact = json!({
        "name": "Kim Zeuge", "postal_address": "Zeugenallee 7, 99999 Musterhausen", "purpose": "witness",
        "email": "kim@example.org", "language": "en",
    });
    draft.with("attributes", answers).with("contact", contact).file().await
}

async fn file_of(guest: &Guest, filed: &FiledRequest) -> Answer {
    guest.get(format!("/v1/queue/{}/file", filed.service_request_id)).await
}

#[tokio::test]
async fn the_file_says_in_words_what_was_seen_by_whom_and_when_in_the_citys_time() {
    let city = city().await;
    let filed = witnessed(&city).await;
    let guest = handler(&city, "office", &["officer", "handler"], &["house"]);
    let answer = file_of(&guest, &filed).await.assert_status(200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let name = format!("attachment; filename=\"{}.html\"", filed.reference.as_str());
    assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
    let page = answer.text();
    for part in [
        filed.reference.as_str(),
        "Beobachtung",
        "Gemeinde Musterhausen",
        "Bürgerbüro",
        "2. Juli 2026, 00:30 Uhr",
        "Abgeladen, Verbrannt",
        "Kim Zeuge",
        "Zeugenallee 7, 99999 Musterhausen",
        "Übung &lt;b&gt;&amp; mehr&lt;/b&gt;",
        "Übungsdaten",
        "src=\"data:image/jpeg;base64,/9j/",
    ] {
        assert!(page.contains(part), "{part}: {}", &page[..page.len().min(4000)]);
    }
    for absent in ["kim@example.org", &filed.secret, "http://", "https://", "<script"] {
        assert!(!page.contains(absent), "{absent}");
    }
}

#[tokio::test]
async fn only_who_may_see_the_request_and_hand_files_over_gets_it() {
    let city = city().await;
    let filed = witnessed(&city).await;
    let both = ["officer", "handler"];
    let cases = [
        (handler(&city, "office", &both, &["house"]), 200),
        (cleared(&city), 403),
        (handler(&city, "office", &both, &[]), 404),
        (handler(&city, "office", &both, &["street"]), 404),
        (handler(&city, "yard", &both, &["house"]), 404),
        // Hands files over, but no role of theirs opens a confidential group.
        (handler(&city, "office", &["handler"], &["house"]), 404),
        (intake_office(&city), 404),
        (city.resident(), 403),
        (city.anyone(), 401),
        (city.anyone().with("reporter-secret", &filed.secret), 401),
        (city.service("notify"), 401),
    ];
    for (number, (guest, status)) in cases.into_iter().enumerate() {
        assert_eq!(file_of(&guest, &filed).await.status, status, "case {number}");
    }
}

#[tokio::test]
async fn a_service_that_is_not_handed_over_has_no_file() {
    let city = city().await;
    let guest = handler(&city, "office", &["officer", "handler"], &["house"]);
    for service in ["house", "dont_know"] {
        let filed = a_request(&city).of(&city, service).file().await;
        guest.get(format!("/v1/queue/{}", filed.service_request_id)).await.assert_status(200);
        file_of(&guest, &filed).await.assert_problem(404, "not-found");
    }
}

#[tokio::test]
async fn each_time_is_an_event_with_the_member_of_staff_and_a_refusal_is_none() {
    let city = city().await;
    let filed = witnessed(&city).await;
    let guest = handler(&city, "office", &["officer", "handler"], &["house"]);
    file_of(&guest, &filed).await.assert_status(200);
    file_of(&guest, &filed).await.assert_status(200);
    file_of(&cleared(&city), &filed).await.assert_problem(403, "not-allowed");
    let events = "SELECT actor_kind, actor IS NOT NULL, department, visibility, payload
                    FROM event.event WHERE kind = 'request.file_handed_over' AND subject_id = $1";
    let events: Vec<(String, bool, String, String, String)> = sqlx::query_as(events)
        .bind(filed.service_request_id.0)
        .fetch_all(&mut city.superuser().await)
        .await
        .unwrap();
    let expected = ("staff".to_owned(), true, "office".to_owned(), "staff".to_owned(), "{}".to_owned());
    assert_eq!(events, vec![expected; 2]);
    assert_eq!(rows(&city, "event.event").await, 3);
}

#[tokio::test]
async fn outside_nothing_of_a_witnessed_request_is_there() {
    let city = city().await;
    let filed = witnessed(&city).await;
    for path in [
        format!("/v1/requests/{}", filed.service_request_id),
        format!("/v1/requests/by-reference/{}", filed.reference),
        format!("/v1/requests/{}/timeline", filed.service_request_id),
    ] {
        city.anyone().get(&path).await.assert_problem(404, "not-found");
    }
    let listed: Value = city.anyone().get("/v1/requests").await.assert_status(200).json();
    assert_eq!(listed["requests"], json!([]));
}
