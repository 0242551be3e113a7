//! Taking a request, moving it on, answering, noting.

use std::time::Duration;

use kit::testing::City;
use proto::ServiceRequestId;
use proto::reports::{Note, StaffRequest};
use proto::status::Status;
use serde_json::{Value, json};

use crate::testing::a_request;
use crate::tests::{city, rows};

fn path(id: ServiceRequestId) -> String {
    format!("/v1/requests/{id}")
}

/// Kinds and payloads of what happened, in order.
async fn told(city: &City) -> Vec<(String, Value)> {
    let events: Vec<(String, String)> = sqlx::query_as("SELECT kind, payload FROM event.event ORDER BY seq")
        .fetch_all(&mut city.superuser().await)
        .await
        .unwrap();
    events.into_iter().map(|(kind, payload)| (kind, serde_json::from_str(&payload).unwrap())).collect()
}

#[tokio::test]
async fn a_request_goes_its_way_and_every_step_is_told() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office");
    let taken = clerk.put(path(id) + "/claim", json!({})).await.assert_status(200);
    assert_eq!(taken.header("etag"), Some("\"2\""));
    let taken: StaffRequest = taken.json();
    assert_eq!((taken.row.status, taken.row.claimed_by.as_deref()), (Status::InReview, Some("Kim Muster")));
    city.clock.advance(Duration::from_secs(60));
    clerk.patch(path(id), json!({ "status": "in_progress" })).await.assert_status(200);
    clerk.patch(path(id), json!({ "status_note": "Dienstag." })).await.assert_status(200);
    let ended = clerk.patch(path(id), json!({ "status": "done", "status_note": "Fertig." })).await;
    let ended: StaffRequest = ended.assert_status(200).json();
    assert_eq!((ended.row.claimed_by, ended.next, ended.version), (None, vec![], 5));
    assert_eq!(ended.timeline.last().unwrap().status_note.as_deref(), Some("Fertig."));

    let nothing = Value::Null;
    let expected = [
        ("request.received", json!({ "status": "received", "service_code": "dont_know" })),
        ("request.claimed", json!({})),
        (
            "request.status_changed",
            json!({ "from": "received", "to": "in_review", "status_note": nothing, "agency_responsible": nothing }),
        ),
        (
            "request.status_changed",
            json!({ "from": "in_review", "to": "in_progress", "status_note": nothing, "agency_responsible": nothing }),
        ),
        ("request.answered", json!({ "status": "in_progress", "status_note": "Dienstag." })),
        (
            "request.status_changed",
            json!({ "from": "in_progress", "to": "done", "status_note": "Fertig.", "agency_responsible": nothing }),
        ),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(kind, payload)| (kind.to_owned(), payload)).collect();
    assert_eq!(told(&city).await, expected);
}

#[tokio::test]
async fn a_closed_request_cannot_be_reopened() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office");
    clerk.patch(path(id), json!({ "status": "done" })).await.assert_status(200);
    let answer = clerk.patch(path(id), json!({ "status": "in_progress" })).await;
    let problem: Value = answer.assert_problem(409, "status-not-reachable").json();
    assert_eq!((&problem["from"], &problem["to"]), (&json!("Erledigt"), &json!("Beauftragt")));
    clerk.put(path(id) + "/claim", json!({})).await.assert_problem(409, "request-closed");
    assert_eq!(city.events().await.len(), 2);
}

#[tokio::test]
async fn a_change_that_does_not_fit_changes_nothing() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office");
    for (change, pointer, code) in [
        (json!({}), "/status", "nothing-to-do"),
        (json!({ "status": "received" }), "/status", "nothing-to-do"),
        (json!({ "status_note": "  " }), "/status", "nothing-to-do"),
        (json!({ "status": "not_possible" }), "/status_note", "note-required"),
        (json!({ "status": "handed_over", "status_note": "x" }), "/agency_responsible", "agency-required"),
        (json!({ "status": "open" }), "/status", "wrong-type"),
        (json!({ "status": "done", "closed_at": "2026-01-01T00:00:00Z" }), "/closed_at", "unknown-field"),
        (json!({ "status": "done", "department": "yard" }), "/department", "unknown-field"),
        (json!({ "status": "done", "status_note": "x".repeat(2001) }), "/status_note", "too-long"),
        (
            json!({ "status": "handed_over", "agency_responsible": "x".repeat(201) }),
            "/agency_responsible",
            "too-long",
        ),
    ] {
        clerk.patch(path(id), change).await.assert_field(pointer, code);
    }
    clerk.patch(path(id), json!({ "status": "withdrawn" })).await.assert_problem(409, "status-not-reachable");
    let seen: StaffRequest = clerk.get(format!("/v1/queue/{id}")).await.json();
    assert_eq!((seen.row.status, seen.version), (Status::Received, 1));
    assert_eq!((city.events().await.len(), rows(&city, "kit.idempotency").await), (1, 1));
}

#[tokio::test]
async fn what_a_colleague_has_taken_stays_theirs() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let (one, other) = (city.staff("office"), city.staff("office"));
    for _ in 0..2 {
        one.put(path(id) + "/claim", json!({})).await.assert_status(200);
    }
    let problem: Value =
        other.put(path(id) + "/claim", json!({})).await.assert_problem(409, "already-claimed").json();
    assert_eq!(problem["by"], "Kim Muster");
    other.delete(path(id) + "/claim").await.assert_problem(409, "already-claimed");
    for _ in 0..2 {
        one.delete(path(id) + "/claim").await.assert_status(200);
    }
    other.put(path(id) + "/claim", json!({})).await.assert_status(200);
    let kinds: Vec<String> = city.events().await.into_iter().map(|(kind, _)| kind).collect();
    let expected = [
        "request.received",
        "request.claimed",
        "request.status_changed",
        "request.unclaimed",
        "request.claimed",
    ];
    assert_eq!(kinds, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_a_request_at_once_one_has_it() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerks: Vec<_> = (0..8).map(|_| city.staff("office")).collect();
    let claims = clerks.iter().map(|clerk| clerk.put(path(id) + "/claim", json!({})));
    let answers = futures_util::future::join_all(claims).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 7);
    assert_eq!(city.events().await.len(), 3);
}

#[tokio::test]
async fn a_change_sent_again_is_made_once() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office").with("idempotency-key", "a-key-of-one-change");
    let change = json!({ "status_note": "Wir melden uns." });
    let first = clerk.patch(path(id), change.clone()).await.assert_status(200);
    let again = clerk.patch(path(id), change).await.assert_status(200);
    assert_eq!((again.body, again.headers.get("etag")), (first.body, first.headers.get("etag")));
    clerk.patch(path(id), json!({ "status": "done" })).await.assert_problem(422, "idempotency-key-reused");
    assert_eq!(city.events().await.len(), 2);
}

#[tokio::test]
async fn who_has_seen_an_older_version_is_told_so() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office");
    clerk.post(path(id) + "/notes", json!({ "text": "Rückruf nötig" })).await.assert_status(201);
    let stale = city.staff("office").with("if-match", "\"1\"");
    stale.patch(path(id), json!({ "status": "done" })).await.assert_problem(412, "stale");
    stale.put(path(id) + "/release", json!({ "description": true })).await.assert_problem(412, "stale");
    let fresh = city.staff("office").with("if-match", "\"2\"");
    fresh.patch(path(id), json!({ "status": "done" })).await.assert_status(200);
}

#[tokio::test]
async fn a_note_is_read_by_colleagues_and_its_words_are_in_no_event() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    let clerk = city.staff("office").with("idempotency-key", "a-key-of-one-note");
    let notes = path(id) + "/notes";
    let text = "Eigentümer bekannt\r\nRückruf am Montag";
    let first: Note = clerk.post(&notes, json!({ "text": text })).await.assert_status(201).json();
    let again: Note = clerk.post(&notes, json!({ "text": text })).await.assert_status(201).json();
    assert_eq!(first, again);
    clerk.post(&notes, json!({ "text": "Anderes" })).await.assert_problem(422, "idempotency-key-reused");
    city.staff("office").post(&notes, json!({ "text": " " })).await.assert_field("/text", "empty");

    let seen: StaffRequest = city.staff("office").get(format!("/v1/queue/{id}")).await.json();
    assert_eq!(seen.notes, [first]);
    assert_eq!(seen.notes[0].text, text);
    for table in ["event.event", "kit.idempotency", "published.request"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t"));
        let (dump,): (String,) = sqlx::query_as(sql).fetch_one(&mut city.superuser().await).await.unwrap();
        assert!(!dump.contains("Rückruf"), "{table}");
    }
}
