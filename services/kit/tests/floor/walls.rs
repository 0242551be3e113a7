//! The walls of the database, read from its own catalogue.

use kit::testing::City;
use sqlx::Row;

/// Lists what a query about the catalogue finds; each row is a fault.
async fn faults(sql: &'static str) -> Vec<String> {
    let city = City::of(&[]).await;
    let rows = sqlx::query(sql).fetch_all(&mut city.superuser().await).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

#[tokio::test]
async fn every_column_says_its_class_its_purpose_and_its_retention() {
    let found = faults(
        "SELECT format('%I.%I.%I: %s', n.nspname, c.relname, a.attname,
                       coalesce(col_description(c.oid, a.attnum), 'no comment'))
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          WHERE c.relkind IN ('r', 'p')
            AND n.nspname IN ('kit', 'event', 'audit', 'job', 'published', 'accounts', 'reports', 'notify', 'gateway')
            AND coalesce(col_description(c.oid, a.attnum), '') !~
                '^(none|public|staff|pseudonymous|personal|confidential|secret); [^;]{3,}; [^;]{3,}$'",
    )
    .await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn tables_with_personal_data_force_their_policies() {
    let found = faults(
        "SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          WHERE c.relkind IN ('r', 'p') AND col_description(c.oid, a.attnum) ~ '^personal;'
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
    )
    .await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn run_time_roles_own_nothing_and_pass_no_policy() {
    let found = faults(
        "SELECT format('%I owns %s', r.rolname, c.oid::regclass)
           FROM pg_roles r JOIN pg_class c ON c.relowner = r.oid
          WHERE r.rolname ~ '^(gladbeck|city)_' AND r.rolname <> 'gladbeck_owner'
          UNION ALL
         SELECT format('%I passes policies', rolname) FROM pg_roles
          WHERE rolname ~ '^(gladbeck|city)_' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
          UNION ALL
         SELECT format('%I has no time-outs', rolname) FROM pg_roles
          WHERE rolname ~ '^city_test_' AND rolname <> 'city_test_migrate'
            AND NOT coalesce(rolconfig @> ARRAY['statement_timeout=2s', 'idle_in_transaction_session_timeout=5s'], false)",
    )
    .await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn no_service_reads_behind_another_services_wall() {
    let found = faults(
        "SELECT format('%s may use %I.%I', r.rolname, n.nspname, c.relname)
           FROM pg_roles r
           JOIN pg_class c ON c.relkind IN ('r', 'p', 'v')
           JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE r.rolname ~ '^gladbeck_(accounts|reports|notify|gateway|audit)$'
            AND n.nspname IN ('accounts', 'reports', 'notify', 'gateway', 'audit')
            AND n.nspname <> substr(r.rolname, 10)
            AND has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE')",
    )
    .await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn functions_behind_which_staff_search_are_leakproof() {
    let city = City::of(&[]).await;
    let unmarked = kit::db::setup::unmarked(&mut city.superuser().await).await.unwrap();
    assert!(unmarked.is_empty(), "{unmarked:?}");
}

#[tokio::test]
async fn without_a_caller_the_wall_shows_nothing() {
    let city = City::of(&[]).await;
    let mut superuser = city.superuser().await;
    sqlx::raw_sql(
        "INSERT INTO accounts.staff VALUES (gen_random_uuid(), 'Kim Muster', 'intake', '{officer}', '{}', true);
         INSERT INTO reports.request (service_request_id, reference, secret_hash, service_code, service_group,
                     department, confidential, status, address_string, requested_datetime, updated_datetime)
              VALUES (gen_random_uuid(), 'MUS-AAAA-AA', '', 'x', 'x', 'intake', false, 'received', 'Platz', now(), now())",
    )
    .execute(&mut superuser)
    .await
    .unwrap();
    for (service, table) in [("accounts", "accounts.staff"), ("reports", "reports.request")] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*)::bigint FROM {table}"));
        let row = sqlx::query(sql).fetch_one(&mut city.connect(service).await).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 0, "{table}");
    }
}
