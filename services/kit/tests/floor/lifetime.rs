//! A write survives its caller; a read ends with it; a panic stays in its request.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use kit::App;
use kit::db::System;
use kit::testing::City;
use tower::ServiceExt;
use utoipa_axum::router::OpenApiRouter;

async fn slow_write(State(app): State<App>) -> kit::Result<&'static str> {
    let mut tx = app.db.begin(&System).await?;
    sqlx::query("SELECT pg_sleep(0.3)").execute(&mut *tx).await?;
    sqlx::query("INSERT INTO notify.reader VALUES ('slow', 1, 1)").execute(&mut *tx).await?;
    tx.commit().await?;
    Ok("written")
}

async fn slow_read(State(app): State<App>) -> kit::Result<&'static str> {
    let mut tx = app.db.begin(&System).await?;
    sqlx::query("SELECT pg_sleep(1.9)").execute(&mut *tx).await?;
    tx.commit().await?;
    Ok("read")
}

async fn panics() -> &'static str {
    panic!("a bug")
}

fn router(app: &App) -> Router {
    let routes = OpenApiRouter::new()
        .route("/write", post(slow_write))
        .route("/read", get(slow_read))
        .route("/panic", get(panics));
    kit::http::service(app, routes).0
}

async fn city() -> City {
    City::of(&[("notify", router)]).await
}

async fn hang_up(city: &City, method: &str, path: &str, after: Duration) {
    let request = http::Request::builder().method(method).uri(path).body(axum::body::Body::empty()).unwrap();
    let _ = tokio::time::timeout(after, city.router().oneshot(request)).await;
}

async fn running(city: &City) -> i64 {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND usename = 'city_test_notify'
            AND (state = 'active' OR state LIKE 'idle in%')",
    )
    .fetch_one(&mut city.superuser().await)
    .await
    .unwrap();
    count
}

#[tokio::test]
async fn a_write_survives_its_caller() {
    let city = city().await;
    hang_up(&city, "POST", "/write", Duration::from_millis(100)).await;
    tokio::time::sleep(Duration::from_millis(900)).await;
    let (rows,): (i64,) = sqlx::query_as("SELECT count(*) FROM notify.reader")
        .fetch_one(&mut city.superuser().await)
        .await
        .unwrap();
    assert_eq!(rows, 1);
    assert_eq!(running(&city).await, 0);
}

#[tokio::test]
async fn a_read_ends_when_its_caller_leaves() {
    let city = city().await;
    hang_up(&city, "GET", "/read", Duration::from_millis(300)).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(running(&city).await, 0, "the statement goes on although nobody waits");
    // The pool is whole: as many reads as it has places go through.
    for _ in 0..6 {
        sqlx::query("SELECT 1").execute(city.app("notify").db.pool()).await.unwrap();
    }
}

#[tokio::test]
async fn a_panic_is_a_problem_and_the_next_request_is_served() {
    let city = city().await;
    let answer = city.anyone().get("/panic").await.assert_problem(500, "internal");
    assert!(!answer.text().contains("a bug"));
    city.anyone().get("/nowhere").await.assert_problem(404, "not-found");
    city.anyone().delete("/read").await.assert_problem(405, "method-not-allowed");
}
