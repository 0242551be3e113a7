//! Each event is read once, and none is passed over.

use kit::db::System;
use kit::job::Worker;
use kit::testing::City;
use serde_json::json;

use crate::tests::reports::{Reports, happened, record};
use crate::tests::{catch_up, city, jobs};

/// A worker that reads and sends nothing.
fn reader(city: &City) -> Worker {
    Worker::new(city.app(crate::SERVICE).clone(), vec![super::task(Reports::of(city).client())])
}

async fn names(city: &City) -> Vec<String> {
    jobs(city).await.into_iter().map(|(name, ..)| name).collect()
}

#[tokio::test]
async fn two_readers_at_once_ask_for_one_mail_per_event() {
    let city = city().await;
    let id = proto::ServiceRequestId(city.ids.uuid());
    // More than one batch, and between two that count one that does not.
    for round in 0..300 {
        let kind = if round % 2 == 0 { "request.received" } else { "request.claimed" };
        record(&city, id, kind, json!({})).await;
    }

    let (one, other) = (reader(&city), reader(&city));
    tokio::join!(catch_up(&city, &one), catch_up(&city, &other));

    let names = names(&city).await;
    let expected: Vec<String> = (0..150).map(|number| format!("event:{}", 2 * number + 1)).collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn while_another_process_reads_nothing_is_read_twice() {
    let city = city().await;
    let id = proto::ServiceRequestId(city.ids.uuid());
    record(&city, id, "request.received", json!({})).await;
    catch_up(&city, &reader(&city)).await;
    record(&city, id, "request.received", json!({})).await;

    let mut other = city.app(crate::SERVICE).db.begin(&System).await.unwrap();
    let held = super::store::lock(&mut other, super::READER).await.unwrap();
    assert!(held.is_some());
    assert!(!super::round(city.app(crate::SERVICE), &Reports::of(&city).client()).await.unwrap());
    assert_eq!(names(&city).await, ["event:1"]);

    drop(other);
    catch_up(&city, &reader(&city)).await;
    assert_eq!(names(&city).await, ["event:1", "event:2"]);
}

#[tokio::test]
async fn a_slow_transaction_is_waited_for() {
    let city = city().await;
    let id = proto::ServiceRequestId(city.ids.uuid());
    let app = city.app("reports");
    let mut slow = app.db.begin(&System).await.unwrap();
    kit::event::record(app, &mut slow, happened(id, "request.received", json!({}))).await.unwrap();
    record(&city, id, "request.status_changed", json!({ "to": "done" })).await;

    for _ in 0..3 {
        assert!(!super::round(city.app(crate::SERVICE), &Reports::of(&city).client()).await.unwrap());
        assert!(names(&city).await.is_empty(), "the later event is not final yet");
    }

    slow.commit().await.unwrap();
    catch_up(&city, &reader(&city)).await;
    assert_eq!(names(&city).await, ["event:1", "event:2"]);
}

#[tokio::test]
async fn a_round_that_fails_moves_nothing() {
    let city = city().await;
    let id = proto::ServiceRequestId(city.ids.uuid());
    record(&city, id, "request.received", json!({})).await;
    let mut superuser = city.superuser().await;
    sqlx::query("ALTER TABLE job.job ADD CONSTRAINT full_disk CHECK (name <> 'event:1')")
        .execute(&mut superuser)
        .await
        .unwrap();
    let mut failed = false;
    for _ in 0..200 {
        failed |= super::round(city.app(crate::SERVICE), &Reports::of(&city).client()).await.is_err();
        if failed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(failed);
    let position: Option<(i64,)> = sqlx::query_as("SELECT seq FROM notify.reader WHERE seq > 0")
        .fetch_optional(&mut superuser)
        .await
        .unwrap();
    assert_eq!(position, None);

    sqlx::query("ALTER TABLE job.job DROP CONSTRAINT full_disk").execute(&mut superuser).await.unwrap();
    catch_up(&city, &reader(&city)).await;
    assert_eq!(names(&city).await, ["event:1"]);
}

#[tokio::test]
async fn years_of_requests_that_nobody_waits_for_make_no_job_and_are_read_at_once() {
    let city = city().await;
    let reports = Reports::of(&city);
    reports.somebody_waits(false);
    let id = proto::ServiceRequestId(city.ids.uuid());
    for _ in 0..1_200 {
        record(&city, id, "request.received", json!({})).await;
    }
    let worker = Worker::new(city.app(crate::SERVICE).clone(), vec![super::task(reports.client())]);
    catch_up(&city, &worker).await;
    assert!(names(&city).await.is_empty());

    reports.somebody_waits(true);
    record(&city, id, "request.status_changed", json!({ "to": "done" })).await;
    catch_up(&city, &worker).await;
    assert_eq!(names(&city).await, ["event:1201"]);
}

#[tokio::test]
async fn while_reports_is_away_everybody_might_wait() {
    let city = city().await;
    let reports = Reports::of(&city);
    reports.somebody_waits(false);
    reports.answers(503);
    record(&city, proto::ServiceRequestId(city.ids.uuid()), "request.received", json!({})).await;
    let worker = Worker::new(city.app(crate::SERVICE).clone(), vec![super::task(reports.client())]);
    catch_up(&city, &worker).await;
    assert_eq!(names(&city).await, ["event:1"]);
}
