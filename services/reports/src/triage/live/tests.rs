//! The queue as it changes, over an event stream.

use std::time::Duration;

use kit::testing::{Came, City, Guest, Stream};
use proto::ServiceRequestId;
use proto::reports::QueueChange;
use serde_json::json;

use super::place::MOST;
use crate::testing::{a_request, intake_office};
use crate::tests::{city, cleared, plan_of};

const PATH: &str = "/v1/queue/changes";

/// Longer than an event takes whose transaction does not wait for another.
const SOON: Duration = Duration::from_millis(1500);

async fn following(guest: &Guest) -> Stream {
    let stream = guest.follow(PATH).await;
    assert_eq!(stream.status, 200);
    stream
}

fn change(came: &Came) -> QueueChange {
    assert_eq!(came.event, "changed", "{came:?}");
    serde_json::from_str(&came.data).unwrap()
}

async fn next(stream: &mut Stream) -> (ServiceRequestId, String) {
    let change = change(&stream.next().await.expect("the stream goes on"));
    (change.service_request_id, change.kind)
}

#[tokio::test]
async fn what_happens_to_the_queue_is_told_as_it_happens() {
    let city = city().await;
    let office = intake_office(&city);
    let mut stream = following(&office).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "private, no-store"),
        ("x-accel-buffering", "no"),
    ] {
        assert_eq!(stream.headers[name], value);
    }
    let filed = a_request(&city).file().await;
    let id = filed.service_request_id;
    assert_eq!(next(&mut stream).await, (id, "request.received".to_owned()));
    office.put(format!("/v1/requests/{id}/claim"), json!({})).await.assert_status(200);
    assert_eq!(next(&mut stream).await, (id, "request.claimed".to_owned()));
    assert_eq!(next(&mut stream).await, (id, "request.status_changed".to_owned()));
}

/// Waits for other tests' transactions on the same server: until they end, what is recorded is not final.
async fn all_is_final(city: &City) {
    let mut superuser = city.superuser().await;
    let sql = "SELECT coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) FROM event.event";
    for _ in 0..400 {
        let (is_final,): (bool,) = sqlx::query_as(sql).fetch_one(&mut superuser).await.unwrap();
        if is_final {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("a transaction on this server does not end");
}

#[tokio::test]
async fn a_stream_begins_with_now() {
    let city = city().await;
    a_request(&city).file().await;
    all_is_final(&city).await;
    let mut stream = following(&intake_office(&city)).await;
    let later = a_request(&city).file().await;
    assert_eq!(next(&mut stream).await.0, later.service_request_id);
}

#[tokio::test]
async fn nobody_is_told_of_what_they_may_not_see() {
    let city = city().await;
    let mut yard = following(&city.staff("yard")).await;
    let mut office = following(&city.staff("office")).await;
    let mut intake = following(&intake_office(&city)).await;
    let mut trusted = following(&cleared(&city)).await;
    let house = a_request(&city).of(&city, "house").file().await.service_request_id;
    let desk = a_request(&city).file().await.service_request_id;
    let litter = a_request(&city).of(&city, "litter").file().await.service_request_id;
    assert_eq!(next(&mut yard).await.0, litter);
    assert_eq!(next(&mut office).await.0, desk);
    for expected in [desk, litter] {
        assert_eq!(next(&mut intake).await.0, expected);
    }
    for expected in [house, desk] {
        assert_eq!(next(&mut trusted).await.0, expected);
    }
    for stream in [&mut yard, &mut office, &mut intake, &mut trusted] {
        assert_eq!(stream.within(Duration::from_millis(300)).await, None);
    }
}

#[tokio::test]
async fn who_returns_with_the_last_id_misses_nothing_and_hears_nothing_twice() {
    let city = city().await;
    let office = intake_office(&city);
    let mut stream = following(&office).await;
    let first = a_request(&city).file().await.service_request_id;
    let came = stream.next().await.unwrap();
    assert_eq!(change(&came).service_request_id, first);
    drop(stream);
    let missed = [a_request(&city).file().await, a_request(&city).of(&city, "house").file().await];
    let last = a_request(&city).file().await.service_request_id;
    let mut stream = following(&office.with("last-event-id", &came.id)).await;
    assert_eq!(next(&mut stream).await.0, missed[0].service_request_id);
    assert_eq!(next(&mut stream).await.0, last);
}

#[tokio::test]
async fn an_id_tells_nothing_and_one_that_is_not_ours_is_none() {
    let city = city().await;
    let office = intake_office(&city);
    let mut stream = following(&office).await;
    a_request(&city).file().await;
    let id = stream.next().await.unwrap().id;
    assert!(id.len() > 40 && id.split('.').count() == 3, "sealed: {id}");
    let mut stream = following(&office.with("last-event-id", "0.0")).await;
    assert_eq!(stream.within(Duration::from_millis(300)).await, None);
    let later = a_request(&city).file().await;
    assert_eq!(next(&mut stream).await.0, later.service_request_id);
}

#[tokio::test]
async fn a_stream_ends_with_its_callers_token() {
    let city = city().await;
    let mut stream = following(&intake_office(&city)).await;
    city.clock.advance(Duration::from_secs(299));
    assert_eq!(stream.within(SOON).await, None);
    a_request(&city).file().await;
    next(&mut stream).await;
    city.clock.advance(Duration::from_secs(2));
    assert_eq!(stream.next().await, None, "the stream has ended");
}

#[tokio::test]
async fn streams_that_wait_hold_no_connection_and_their_number_is_bounded() {
    let city = city().await;
    let office = intake_office(&city);
    let mut streams = Vec::new();
    for _ in 0..MOST {
        streams.push(following(&office).await);
    }
    let refused = office.follow(PATH).await.refused().await;
    refused.assert_problem(503, "busy");
    // The pool of a test has four connections.
    let filed = a_request(&city).file().await;
    for stream in &mut streams {
        assert_eq!(next(stream).await.0, filed.service_request_id);
    }
    streams.pop();
    for _ in 0..100 {
        if office.follow(PATH).await.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("who leaves makes no room");
}

#[tokio::test]
async fn only_staff_who_see_the_queue_may_follow_it() {
    let city = city().await;
    let unknown_role = |city: &City| {
        city.staff_as(proto::auth::StaffClaims {
            name: "Kim Muster".to_owned(),
            department: "office".to_owned(),
            roles: vec!["mayor".to_owned()],
            confidential: Vec::new(),
            sid: city.ids.uuid(),
        })
    };
    for (guest, status, code) in [
        (city.anyone(), 401, "signed-out"),
        (city.resident(), 403, "not-allowed"),
        (city.service("notify"), 401, "signed-out"),
        (unknown_role(&city), 403, "not-allowed"),
    ] {
        guest.follow(PATH).await.refused().await.assert_problem(status, code);
    }
}

/// A column of the answer is called like a column of the table; `ORDER BY xid` would sort all events.
#[tokio::test]
async fn changes_are_read_along_the_index() {
    let city = city().await;
    let mut role = city.connect(crate::SERVICE).await;
    sqlx::raw_sql("SET enable_seqscan = off; SET enable_bitmapscan = off").execute(&mut role).await.unwrap();
    let plan = plan_of(&mut role, super::store::STATEMENTS, "CHANGES", "'0', 0, 500").await;
    assert!(plan.contains("event_in_order") && !plan.contains("Sort"), "{plan}");
}
