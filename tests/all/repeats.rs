//! Sixty-four phones send the same report at the same moment; it is filed once, and all hear the same.

use std::time::Duration;

use gladbeck_tests::World;
use kit::testing::Guest;
use serde_json::{Value, json};

/// Reports that are filed.
const KEYS: usize = 100;
/// How often each is sent at once.
const AT_ONCE: usize = 64;

/// Sends until it is acknowledged, as an app does: in flight and busy mean later.
async fn until_filed(guest: Guest, request: Value) -> Value {
    loop {
        let answer = guest.post("/v1/requests", request.clone()).await;
        match answer.status {
            201 => return answer.json(),
            409 | 503 => tokio::time::sleep(Duration::from_millis(20)).await,
            other => panic!("{other}: {}", answer.text()),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_is_sent_many_times_at_once_is_filed_once() {
    let world = World::new().await;
    for _ in 0..KEYS {
        let request = json!({
            "service_request_id": world.city.ids.uuid(), "service_code": "dont_know", "address_string": "Marktplatz",
        });
        let guest = world.city.anyone().with("idempotency-key", &world.city.ids.uuid().to_string());
        let sending: Vec<_> =
            (0..AT_ONCE).map(|_| tokio::spawn(until_filed(guest.clone(), request.clone()))).collect();
        let mut answers = Vec::new();
        for sent in sending {
            answers.push(sent.await.unwrap());
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:#?}");
    }
    let (stored, events): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM reports.request), (SELECT count(*) FROM event.event WHERE kind = 'request.received')",
    )
    .fetch_one(&mut world.city.superuser().await)
    .await
    .unwrap();
    println!("{KEYS} keys × {AT_ONCE} at once: {stored} requests, {events} events");
    assert_eq!((stored, events), (100, 100));
}
