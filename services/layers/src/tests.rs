//! What holds for the whole service, and what its tests share.

use kit::testing::City;
use sqlx::AssertSqlSafe;

/// A city with layers alone.
pub async fn city() -> City {
    City::of(&[(crate::SERVICE, |app| crate::router(app).0)]).await
}

/// Runs `sql` as the superuser.
pub async fn run(city: &City, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut city.superuser().await).await.unwrap();
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let city = city().await;
    let mut role = city.connect(crate::SERVICE).await;
    let faults = kit::db::check_statements_of(&mut role, &crate::STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}
