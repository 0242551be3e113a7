//! What becomes of jobs that fail in unusual ways.

use std::time::Duration;

use super::{Job, Outcome, Task, Worker, enqueue};
use crate::app::App;
use crate::db::System;
use crate::testing::City;

/// A city with these jobs due for notify.
async fn due(names: &[&str]) -> City {
    let city = City::of(&[]).await;
    let app = city.app("notify");
    let mut tx = app.db.begin(&System).await.unwrap();
    for name in names {
        enqueue(&mut tx, app.service, "test", name, name, app.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    city
}

/// Each job's name, tries, and whether it is done or set aside.
async fn jobs(city: &City) -> Vec<(String, i32, bool, bool)> {
    sqlx::query_as(
        "SELECT name, attempts, done_at IS NOT NULL, set_aside_at IS NOT NULL FROM job.job ORDER BY job_id",
    )
    .fetch_all(&mut city.superuser().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_job_that_panics_is_set_aside_after_ten_tries_and_the_others_go_on() {
    let city = due(&["bad", "good"]).await;
    let task = Task::jobs("test", |_: App, job: Job| async move {
        assert_ne!(job.payload, "bad", "this job panics");
        Outcome::Done
    });
    let worker = Worker::new(city.app("notify").clone(), vec![task]);
    for tries in 1..=12 {
        worker.run_once().await.unwrap();
        let bad = ("bad".to_owned(), tries.min(10), false, tries >= 10);
        assert_eq!(jobs(&city).await, [bad, ("good".to_owned(), 1, true, false)]);
        city.clock.advance(Duration::from_secs(3600));
    }
}

#[tokio::test]
async fn a_job_that_waits_for_something_else_uses_up_no_tries() {
    let city = due(&["patient"]).await;
    let pause = Duration::from_secs(30);
    let task =
        Task::jobs("test", move |_: App, _: Job| async move { Outcome::Later(pause, "away".to_owned()) });
    let worker = Worker::new(city.app("notify").clone(), vec![task]);
    for _ in 0..15 {
        worker.run_once().await.unwrap();
        assert_eq!(jobs(&city).await, [("patient".to_owned(), 0, false, false)]);
        city.clock.advance(pause);
    }
    let task = Task::jobs("test", |_: App, _: Job| async { Outcome::Done });
    Worker::new(city.app("notify").clone(), vec![task]).run_once().await.unwrap();
    assert_eq!(jobs(&city).await, [("patient".to_owned(), 1, true, false)]);
}
