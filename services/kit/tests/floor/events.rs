//! Readers of events skip nothing, whatever order transactions end in.

use std::time::Duration;

use kit::db::System;
use kit::event::{Position, read_after, record};
use kit::testing::City;
use proto::event::{NewEvent, Visibility};
use serde_json::json;

fn event(city: &City, name: &str) -> NewEvent {
    let id = city.ids.uuid();
    NewEvent {
        kind: "test.happened",
        subject_kind: "test",
        subject_id: id,
        thread_id: id,
        visibility: Visibility::Staff,
        payload: json!({ "name": name }),
    }
}

/// Reads until `expected` has come; other tests' transactions on the server may delay it, never change it.
async fn expect(city: &City, position: &mut Position, expected: &[&str]) {
    let mut found = Vec::new();
    for _ in 0..200 {
        found.extend(names(city, position).await);
        if found.len() >= expected.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(found, expected);
}

async fn names(city: &City, position: &mut Position) -> Vec<String> {
    let mut connection = city.connect("notify").await;
    let events = read_after(&mut connection, *position, 100).await.unwrap();
    if let Some(last) = events.last() {
        *position = Position { xid: last.xid, seq: last.seq };
    }
    events.iter().map(|event| event.payload.as_ref().unwrap()["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_reader_skips_no_event_of_a_slow_transaction() {
    let city = City::of(&[]).await;
    let app = city.app("reports");
    let mut position = Position::default();

    // The slow one draws its number first and commits last.
    let mut slow = app.db.begin(&System).await.unwrap();
    record(app, &mut slow, event(&city, "slow")).await.unwrap();
    let mut fast = app.db.begin(&System).await.unwrap();
    record(app, &mut fast, event(&city, "fast")).await.unwrap();
    fast.commit().await.unwrap();
    assert_eq!(names(&city, &mut position).await, Vec::<String>::new(), "nothing is final yet");

    // One that began later draws a number in between.
    let mut late = app.db.begin(&System).await.unwrap();
    record(app, &mut late, event(&city, "late")).await.unwrap();
    slow.commit().await.unwrap();
    expect(&city, &mut position, &["slow", "fast"]).await;
    late.commit().await.unwrap();
    expect(&city, &mut position, &["late"]).await;
}

#[tokio::test]
async fn a_reader_sees_an_older_transaction_that_draws_a_higher_number() {
    let city = City::of(&[]).await;
    let app = city.app("reports");
    let mut position = Position::default();
    let mut older = app.db.begin(&System).await.unwrap();
    record(app, &mut older, event(&city, "first of older")).await.unwrap();
    let mut younger = app.db.begin(&System).await.unwrap();
    record(app, &mut younger, event(&city, "younger")).await.unwrap();
    record(app, &mut older, event(&city, "second of older")).await.unwrap();
    older.commit().await.unwrap();
    expect(&city, &mut position, &["first of older", "second of older"]).await;
    younger.commit().await.unwrap();
    expect(&city, &mut position, &["younger"]).await;
}
