use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::testing::Database;

/// A column of the answer may be called like a column of the table; `ORDER BY xid` would then sort all events.
#[tokio::test]
async fn whoever_reads_events_in_order_follows_the_index() {
    let database = Database::new().await;
    let mut connection = PgConnection::connect(&database.superuser_url()).await.unwrap();
    sqlx::raw_sql("SET enable_seqscan = off; SET enable_bitmapscan = off")
        .execute(&mut connection)
        .await
        .unwrap();
    for (statements, name, values) in [
        (super::read::STATEMENTS, "READ_AFTER", "'0', 0, 500"),
        (super::seal::STATEMENTS, "UNSEALED", "'0', 0"),
    ] {
        let statement = statements.iter().find(|statement| statement.name == name).unwrap();
        let prepare = AssertSqlSafe(format!("PREPARE {name} AS {}", statement.sql));
        sqlx::raw_sql(prepare).execute(&mut connection).await.unwrap();
        let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE {name}({values})"));
        let rows = sqlx::raw_sql(explain).fetch_all(&mut connection).await.unwrap();
        let plan: String = rows.iter().map(|row| row.get::<String, _>(0) + "\n").collect();
        assert!(plan.contains("event_in_order") && !plan.contains("Sort"), "{name}: {plan}");
    }
}
