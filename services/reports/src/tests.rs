//! What holds for the whole service, and what its tests share.

use std::collections::BTreeSet;

use kit::db::Statement;
use kit::testing::{City, Guest};
use proto::auth::StaffClaims;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

/// A city with reports alone.
pub async fn city() -> City {
    City::of(&[(crate::SERVICE, |app| crate::router(app).0)]).await
}

/// Rows of a table, as the superuser sees them.
pub async fn rows(city: &City, table: &str) -> i64 {
    let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&mut city.superuser().await).await.unwrap();
    count
}

/// Rows of everything that a write of this service can leave behind.
pub async fn traces(city: &City) -> Vec<(&'static str, i64)> {
    let mut traces = Vec::new();
    for table in [
        "reports.request",
        "reports.contact",
        "reports.photo",
        "reports.note",
        "published.request",
        "event.event",
        "kit.idempotency",
    ] {
        traces.push((table, rows(city, table).await));
    }
    traces
}

/// How the planner goes about a statement, both with these values and without looking at any.
pub async fn plan_of(role: &mut PgConnection, statements: &[Statement], name: &str, values: &str) -> String {
    let statement = statements.iter().find(|statement| statement.name == name).unwrap();
    let mut plans = String::new();
    for mode in ["force_custom_plan", "force_generic_plan"] {
        for sql in [format!("SET plan_cache_mode = {mode}"), format!("PREPARE planned AS {}", statement.sql)]
        {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *role).await.unwrap();
        }
        let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE planned({values})"));
        for row in sqlx::raw_sql(explain).fetch_all(&mut *role).await.unwrap() {
            plans += &(row.get::<String, _>(0) + "\n");
        }
        sqlx::raw_sql("DEALLOCATE planned").execute(&mut *role).await.unwrap();
    }
    plans
}

/// An officer of the office who may work on confidential requests about houses.
pub fn cleared(city: &City) -> Guest {
    city.staff_as(StaffClaims {
        name: "Sascha Muster".to_owned(),
        department: "office".to_owned(),
        roles: vec!["officer".to_owned()],
        confidential: vec!["house".to_owned()],
        sid: city.ids.uuid(),
    })
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let city = city().await;
    let mut role = city.connect(crate::SERVICE).await;
    let faults = kit::db::check_statements_of(&mut role, &crate::STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn without_a_caller_the_role_sees_nothing_behind_the_wall() {
    let city = city().await;
    crate::testing::a_request(&city).answering("kim@example.org").file().await;
    let mut role = city.connect(crate::SERVICE).await;
    for table in ["reports.request", "reports.contact", "reports.note"] {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let (seen,): (i64,) = sqlx::query_as(sql).fetch_one(&mut role).await.unwrap();
        assert_eq!(seen, 0, "{table}");
    }
    assert_eq!(rows(&city, "reports.contact").await, 1);
}

#[test]
fn the_contract_names_each_operation_and_each_parameter_once() {
    let (_, contract) = crate::routes().split_for_parts();
    let contract = serde_json::to_value(contract).unwrap();
    let mut operations = BTreeSet::new();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            assert!(operations.insert(id), "{method} {path} shares its name");
            let mut named = BTreeSet::new();
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(named.insert(parameter["name"].to_string()), "{method} {path}: {parameter} twice");
            }
            for name in path.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(named.contains(&format!("\"{name}\"")), "{method} {path} does not name {name}");
            }
        }
    }
    assert!(operations.len() > 20, "{operations:?}");
    for (path, parameter) in
        [("/v1/requests", "bbox"), ("/v1/queue", "mine"), ("/v1/photos/{photo_id}", "size")]
    {
        let parameters = contract["paths"][path]["get"]["parameters"].to_string();
        assert!(parameters.contains(&format!("\"name\":\"{parameter}\"")), "{path}: {parameters}");
    }
}
