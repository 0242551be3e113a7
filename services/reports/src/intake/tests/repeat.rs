//! Sending again is safe; nobody learns anything by another's id or key.

use futures_util::future::join_all;
use kit::testing::{Answer, Guest};
use proto::reports::FiledRequest;
use serde_json::Value;

use crate::testing::a_request;
use crate::tests::{city, rows};

const KEY: &str = "an invented key of a test";

fn key() -> String {
    KEY.replace(' ', "-")
}

/// Sends again as a client does, until it is told what became of it.
async fn insist(guest: &Guest, body: &Value) -> Answer {
    loop {
        let answer = guest.post("/v1/requests", body.clone()).await;
        let code = answer.json::<Value>()["code"].clone();
        match (answer.status, code.as_str()) {
            (201, _) => return answer,
            (409, Some("request-in-flight")) | (503, Some("busy")) => tokio::task::yield_now().await,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_at_once_become_one_request_with_one_answer() {
    let city = city().await;
    let guest = city.anyone().with("idempotency-key", &key());
    let body = a_request(&city).answering("kim@example.org").body();
    let answers = join_all((0..64).map(|_| insist(&guest, &body))).await;
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    for table in ["reports.request", "reports.contact", "published.request", "event.event", "kit.idempotency"]
    {
        assert_eq!(rows(&city, table).await, 1, "{table}");
    }
}

#[tokio::test]
async fn sent_again_days_later_the_answer_is_the_same() {
    let city = city().await;
    let guest = city.anyone().with("idempotency-key", &key());
    let seen = city.clock.now() - chrono::Duration::days(29);
    let draft = || a_request(&city).with("captured_at", serde_json::json!(seen));
    let body = draft().body();
    let first = guest.post("/v1/requests", body.clone()).await.assert_status(201);
    city.clock.advance(std::time::Duration::from_secs(2 * 86_400));
    // By now the time would be too far back; what was answered once still holds.
    draft().send().await.assert_field("/captured_at", "time-impossible");
    let again = guest.post("/v1/requests", body).await.assert_status(201);
    assert_eq!(again.json::<FiledRequest>(), first.json::<FiledRequest>());
    assert_eq!(rows(&city, "reports.request").await, 1);
}

#[tokio::test]
async fn the_same_key_for_another_body_is_refused() {
    let city = city().await;
    let guest = city.anyone().with("idempotency-key", &key());
    a_request(&city).by(guest.clone()).file().await;
    a_request(&city).by(guest).send().await.assert_problem(422, "idempotency-key-reused");
    assert_eq!(rows(&city, "reports.request").await, 1);
}

#[tokio::test]
async fn a_key_whose_write_was_refused_is_free_again() {
    let city = city().await;
    let guest = city.anyone().with("idempotency-key", &key());
    a_request(&city).by(guest.clone()).at(0.0, 0.0).send().await.assert_status(422);
    a_request(&city).by(guest).file().await;
}

#[tokio::test]
async fn an_id_that_is_taken_tells_only_that() {
    let city = city().await;
    let draft = || a_request(&city).of(&city, "house").answering("kim@example.org");
    let body = draft().body();
    let guest = city.resident().with("idempotency-key", &key());
    guest.post("/v1/requests", body.clone()).await.assert_status(201);
    let strangers = [
        city.anyone(),
        city.anyone().with("idempotency-key", &key()),
        city.resident().with("idempotency-key", &key()),
        city.staff("yard"),
    ];
    for stranger in strangers {
        let answer = stranger.post("/v1/requests", body.clone()).await.assert_problem(409, "id-taken");
        let problem: Value = answer.json();
        let mut members: Vec<&str> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["code", "detail", "status", "title", "type"]);
    }
    assert_eq!((rows(&city, "reports.request").await, rows(&city, "event.event").await), (1, 1));
}

#[tokio::test]
async fn a_request_without_a_key_is_refused() {
    let city = city().await;
    for (key, code) in [("short", "idempotency-key-invalid"), ("", "idempotency-key-invalid")] {
        let guest = city.anyone().with("idempotency-key", key);
        a_request(&city).by(guest).send().await.assert_problem(400, code);
    }
    assert_eq!(rows(&city, "reports.request").await, 0);
}
