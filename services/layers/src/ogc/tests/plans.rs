use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

use super::{city, fill, run};
use crate::ogc::collection::{ALL, Collection};
use crate::ogc::crs::Crs;
use crate::ogc::query::{Filter, Parameters, names_of_items};
use crate::ogc::sql::{self, FeatureId, Sql};

/// What a query asks for.
fn filter(collection: &'static Collection, query: &str) -> Filter {
    Parameters::read(Some(query), &names_of_items(collection))
        .and_then(|read| read.filter(collection))
        .unwrap()
}

#[tokio::test]
async fn every_statement_runs_as_the_role_of_the_service() {
    let city = city().await;
    fill(&city, 12).await;
    let mut role = city.connect(crate::SERVICE).await;
    let id = FeatureId::Text("oberdorf".to_owned());
    for collection in ALL {
        let first = collection.filterable().next().unwrap().name;
        for crs in Crs::ALL {
            let numbers = if crs.is_degrees() { "1,2,3,4" } else { "1,2,300000,400000" };
            let query =
                format!("bbox={numbers}&bbox-crs={}&datetime=2026-01-01/2026-02-01&{first}=a,b", crs.uri());
            let filter = filter(collection, &query);
            let id = FeatureId::read(collection, "00000000-0000-0000-0000-000000000001")
                .unwrap_or_else(|| id.clone());
            let after = (collection.time.map(|_| city.clock.now()), id.clone());
            run_all(
                &mut role,
                [
                    sql::page(collection, &filter, crs, Some(&after), 10),
                    sql::page(collection, &Filter::default(), crs, None, 10),
                    sql::count(collection, &filter, 10),
                    sql::one(collection, &id, crs),
                    sql::extent(collection),
                ],
            )
            .await;
        }
    }
}

async fn run_all<const N: usize>(role: &mut PgConnection, statements: [Sql; N]) {
    for mut statement in statements {
        let text = statement.sql();
        if let Err(fault) = statement.build().fetch_all(&mut *role).await {
            panic!("{fault}: {}", text.as_str());
        }
    }
}

/// How the planner goes about a statement with these values.
async fn plan(role: &mut PgConnection, statement: &Sql, values: &str) -> String {
    let text = statement.sql();
    for sql in [
        "SET plan_cache_mode = force_custom_plan".to_owned(),
        format!("PREPARE planned AS {}", text.as_str()),
    ] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *role).await.unwrap();
    }
    let execute = if values.is_empty() { "planned".to_owned() } else { format!("planned({values})") };
    let rows = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN EXECUTE {execute}")))
        .fetch_all(&mut *role)
        .await
        .unwrap();
    sqlx::raw_sql("DEALLOCATE planned").execute(role).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0) + "\n").collect()
}

#[tokio::test]
async fn pages_counts_and_extents_use_their_indexes_among_many_requests() {
    let city = city().await;
    fill(&city, 30_000).await;
    run(&city, "VACUUM ANALYZE published.request").await;
    let mut role = city.connect(crate::SERVICE).await;
    let requests = Collection::named("requests").unwrap();
    let street = filter(requests, "bbox=10.55,50.95,10.551,50.951");
    let corners = "1174420.6, 6608190.9, 1174531.9, 6608367.7, 10.55, 10.551, 50.95, 50.951";
    for (statement, values, index) in [
        (
            sql::page(requests, &Filter::default(), Crs::Crs84, None, 100),
            "100".to_owned(),
            "published_newest",
        ),
        (
            sql::page(requests, &street, Crs::Crs84, None, 100),
            format!("{corners}, 100"),
            "published_location_3857",
        ),
        (sql::count(requests, &street, 100), format!("{corners}, 100"), "published_location_3857"),
        (sql::extent(requests), String::new(), "published_location_3857"),
    ] {
        let plan = plan(&mut role, &statement, &values).await;
        assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{}: {plan}", statement.sql().as_str());
    }
}
