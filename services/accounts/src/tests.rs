//! What holds for the whole service.

use std::time::Duration;

use kit::testing::{Answer, City};
use proto::StaffId;
use serde_json::json;
use uuid::Uuid;

use crate::staff::NewStaff;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// A city with accounts alone.
pub async fn city() -> City {
    City::of(&[(crate::SERVICE, |app| crate::router(app).0)]).await
}

/// Makes a device known and hands out its secret.
pub async fn device(city: &City) -> String {
    let answer = city.anyone().post("/v1/devices", json!({ "device_id": city.ids.uuid() })).await;
    answer.assert_status(201).json::<serde_json::Value>()["device_secret"].as_str().unwrap().to_owned()
}

/// An invented officer.
pub fn member(city: &City) -> NewStaff {
    NewStaff {
        staff_id: StaffId(city.ids.uuid()),
        name: "Kim Muster".to_owned(),
        department: "yard".to_owned(),
        roles: vec!["officer".to_owned()],
        confidential: vec!["nature".to_owned()],
    }
}

/// Adds an invented officer.
pub async fn hired(city: &City) -> StaffId {
    let member = member(city);
    let staff_id = member.staff_id;
    crate::staff::upsert(city.app(crate::SERVICE), member).await.unwrap();
    staff_id
}

/// Exchanges a session's secret as the gateway does.
pub async fn session_token(city: &City, secret: &str) -> Answer {
    city.service("gateway").post("/v1/session/token", json!({ "session_secret": secret })).await
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let city = city().await;
    let mut role = city.connect(crate::SERVICE).await;
    let faults = kit::db::check_statements_of(&mut role, &crate::STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn outside_an_exchange_the_tables_are_empty_and_closed() {
    let city = city().await;
    device(&city).await;
    let staff = hired(&city).await;
    crate::session::start(city.app(crate::SERVICE), staff).await.unwrap();

    let mut role = city.connect(crate::SERVICE).await;
    for table in ["device", "staff", "session"] {
        for kind in ["", "anyone", "resident", "staff", "service", "reporter"] {
            sqlx::query("SELECT set_config('app.kind', $1, false)")
                .bind(kind)
                .execute(&mut role)
                .await
                .unwrap();
            let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM accounts.{table}"));
            let (rows,): (i64,) = sqlx::query_as(count).fetch_one(&mut role).await.unwrap();
            assert_eq!(rows, 0, "{table} as {kind:?}");
        }
        sqlx::query("SELECT set_config('app.kind', 'exchange', false)").execute(&mut role).await.unwrap();
        let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM accounts.{table}"));
        let (rows,): (i64,) = sqlx::query_as(count).fetch_one(&mut role).await.unwrap();
        assert_eq!(rows, 1, "{table} in an exchange");
    }

    sqlx::query("SELECT set_config('app.kind', 'anyone', false)").execute(&mut role).await.unwrap();
    let added = sqlx::query(
        "INSERT INTO accounts.device (device_id, secret_hash, registered_on, last_used_on)
              VALUES ($1, 'x', current_date, current_date)",
    );
    assert!(added.bind(Uuid::nil()).execute(&mut role).await.is_err(), "a device outside an exchange");
}

#[tokio::test]
async fn other_services_roles_do_not_reach_the_tables() {
    let city = city().await;
    for role in ["reports", "layers", "notify", "gateway", "import"] {
        let mut role = city.connect(role).await;
        sqlx::query("SELECT set_config('app.kind', 'exchange', false)").execute(&mut role).await.unwrap();
        assert!(sqlx::query("SELECT device_id FROM accounts.device").execute(&mut role).await.is_err());
    }
}

#[tokio::test]
async fn the_sweep_forgets_what_is_past_its_retention_and_nothing_else() {
    let city = city().await;
    let (used, unused) = (device(&city).await, device(&city).await);
    let staff = hired(&city).await;
    crate::session::start(city.app(crate::SERVICE), staff).await.unwrap();
    let worker = kit::job::Worker::new(city.app(crate::SERVICE).clone(), crate::tasks());

    worker.run_once().await.unwrap();
    assert_eq!(sessions(&city).await, 1, "a running session stays");
    city.clock.advance(Duration::from_secs(DAY));
    city.anyone().post("/v1/token", json!({ "device_secret": used })).await.assert_status(200);
    city.clock.advance(Duration::from_secs(90 * DAY));
    worker.run_once().await.unwrap();

    city.anyone().post("/v1/token", json!({ "device_secret": used })).await.assert_status(200);
    city.anyone()
        .post("/v1/token", json!({ "device_secret": unused }))
        .await
        .assert_problem(401, "signed-out");
    assert_eq!(sessions(&city).await, 0, "a session is kept for seven days after its end");
}

async fn sessions(city: &City) -> i64 {
    let count = sqlx::query_as("SELECT count(*) FROM accounts.session");
    let (sessions,): (i64,) = count.fetch_one(&mut city.superuser().await).await.unwrap();
    sessions
}
