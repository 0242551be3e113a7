//! Who may see who reported a request, why, and that each look is noted.

use kit::testing::{Answer, City, Guest};
use proto::ServiceRequestId;
use proto::auth::StaffClaims;
use proto::contact::RevealedContact;
use serde_json::{Value, json};

use crate::testing::{a_request, a_witness};
use crate::tests::{city, rows};

fn clerk(city: &City, department: &str, roles: &[&str]) -> Guest {
    city.staff_as(StaffClaims {
        name: "Robin Muster".to_owned(),
        department: department.to_owned(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        confidential: vec!["house".to_owned()],
        sid: city.ids.uuid(),
    })
}

async fn reveal(guest: &Guest, id: ServiceRequestId, reason: &str) -> Answer {
    guest.post(format!("/v1/queue/{id}/contact/reveal"), json!({ "reason": reason })).await
}

/// Kinds and payloads of the events about looks, in order.
async fn looks(city: &City) -> Vec<(String, Value)> {
    let sql = "SELECT kind, payload::jsonb FROM event.event WHERE kind LIKE 'contact.revealed%' ORDER BY seq";
    sqlx::query_as(sql).fetch_all(&mut city.superuser().await).await.unwrap()
}

#[tokio::test]
async fn a_look_shows_the_address_and_is_noted_with_its_reason_and_without_the_address() {
    let city = city().await;
    let id =
        a_request(&city).of(&city, "litter").answering("kim@example.org").file().await.service_request_id;
    let guest = clerk(&city, "yard", &["officer", "handler"]);
    let answer = reveal(&guest, id, "danger").await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let contact: RevealedContact = answer.json();
    assert_eq!((contact.email.as_deref(), contact.name), (Some("kim@example.org"), None));
    assert_eq!(looks(&city).await, [("contact.revealed".to_owned(), json!({ "reason": "danger" }))]);
    let kept = "kit.idempotency WHERE answer::text LIKE '%example.org%'";
    assert_eq!(rows(&city, kept).await, 0);
}

#[tokio::test]
async fn a_witness_is_shown_with_name_and_postal_address() {
    let city = city().await;
    let draft = a_request(&city).of(&city, "witnessed").with("contact", a_witness());
    let answers = json!({ "seen_from": "2026-03-01T12:00:00Z", "deed": ["dumped"] });
    let id = draft.with("attributes", answers).file().await.service_request_id;
    let contact: RevealedContact =
        reveal(&clerk(&city, "office", &["officer", "handler"]), id, "file").await.assert_status(200).json();
    assert_eq!(contact.name.as_deref(), Some("Kim Zeuge"));
    assert_eq!(contact.postal_address.as_deref(), Some("Zeugenallee 7, 99999 Musterhausen"));
    assert_eq!(contact.email, None);
}

#[tokio::test]
async fn without_the_right_or_a_reason_of_the_list_nothing_is_shown_and_nothing_noted() {
    let city = city().await;
    let id =
        a_request(&city).of(&city, "litter").answering("kim@example.org").file().await.service_request_id;
    reveal(&city.staff("yard"), id, "danger").await.assert_problem(403, "not-allowed");
    reveal(&clerk(&city, "office", &["officer", "handler"]), id, "danger")
        .await
        .assert_problem(404, "not-found");
    let guest = clerk(&city, "yard", &["officer", "handler"]);
    for reason in ["curiosity", "Danger", " danger"] {
        let answer = reveal(&guest, id, reason).await.assert_problem(422, "fields-invalid");
        assert!(!answer.text().contains("example.org"));
    }
    let path = format!("/v1/queue/{id}/contact/reveal");
    guest.post(&path, json!({})).await.assert_problem(422, "fields-invalid");
    guest.post(&path, json!({ "reason": "" })).await.assert_problem(422, "fields-invalid");
    let without = a_request(&city).of(&city, "litter").file().await.service_request_id;
    reveal(&guest, without, "danger").await.assert_problem(409, "no-contact");
    assert!(looks(&city).await.is_empty());
}

#[tokio::test]
async fn a_look_that_is_sent_again_is_one_look() {
    let city = city().await;
    let id =
        a_request(&city).of(&city, "litter").answering("kim@example.org").file().await.service_request_id;
    let guest = clerk(&city, "yard", &["officer", "handler"]).with("idempotency-key", "0123456789abcdef");
    let first = reveal(&guest, id, "danger").await.assert_status(200).text();
    assert_eq!(reveal(&guest, id, "danger").await.assert_status(200).text(), first);
    reveal(&guest, id, "file").await.assert_problem(422, "idempotency-key-reused");
    assert_eq!(looks(&city).await.len(), 1);
}

#[tokio::test]
async fn the_twenty_first_look_within_an_hour_is_told_as_unusual() {
    let city = city().await;
    let id =
        a_request(&city).of(&city, "litter").answering("kim@example.org").file().await.service_request_id;
    let guest = clerk(&city, "yard", &["officer", "handler"]);
    let other = clerk(&city, "yard", &["officer", "handler"]);
    let often =
        async || looks(&city).await.iter().filter(|(kind, _)| kind == "contact.revealed_often").count();
    for _ in 0..20 {
        reveal(&guest, id, "danger").await.assert_status(200);
    }
    reveal(&other, id, "danger").await.assert_status(200);
    assert_eq!(often().await, 0, "each person is counted alone");
    reveal(&guest, id, "danger").await.assert_status(200);
    assert_eq!(often().await, 1);
}
