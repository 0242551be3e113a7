//! What the works council is promised (LPVG NRW § 72 (3)): everything stored about staff is published, and nothing
//! adds up what one person did.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kit::db::Statement;
use kit::testing::{City, workspace};

/// Columns that name a member of staff, whatever table they stand in.
const PERSON: [&str; 6] =
    ["actor", "claimed_by", "claimed_by_name", "staff_id", "written_by", "written_by_name"];
/// What adds up.
const SUMS: [&str; 7] = ["group by", "count(", "sum(", "avg(", "max(", "percentile", "over ("];
/// Statements that name a person and count all the same, each with its reason.
const MAY_COUNT: [(&str, &str); 5] = [
    ("REVEALS_SINCE", "counts to twenty within an hour and answers nobody: only the alarm reads it"),
    ("NEWEST", "counts the photos of each request of the queue"),
    ("IN_BOX", "the same"),
    ("BY_WORDS", "the same"),
    ("BY_FEEDBACK", "the same"),
];

const HEAD: &str = "# What is stored about staff

For the works council and for everyone who works with the product. The list comes from the database's own comments, and
a test fails when it is not complete. No figure per person is made of any of it; a test reads every statement for that,
too. Residents see departments, never names.

| where | what it is for | until when |
|---|---|---|
";

/// Every column that says something of a member of staff: table and column, purpose, retention.
async fn columns(city: &City) -> Vec<(String, String, String)> {
    let sql = "SELECT format('%s.%s.%s', n.nspname, c.relname, a.attname),
                      split_part(col_description(c.oid, a.attnum), '; ', 2),
                      split_part(col_description(c.oid, a.attnum), '; ', 3)
                 FROM pg_class c
                 JOIN pg_namespace n ON n.oid = c.relnamespace
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relkind IN ('r', 'p')
                  AND (col_description(c.oid, a.attnum) ~ '^staff;' OR a.attname::text = ANY ($1))
                ORDER BY 1";
    sqlx::query_as(sql).bind(&PERSON[..]).fetch_all(&mut city.superuser().await).await.unwrap()
}

#[tokio::test]
async fn the_list_of_what_is_stored_about_staff_is_complete() {
    let city = City::of(&[]).await;
    let mut list = HEAD.to_owned();
    for (column, purpose, retention) in columns(&city).await {
        writeln!(list, "| `{column}` | {purpose} | {retention} |").unwrap();
    }
    let file = workspace().join("docs/staff-data.md");
    if std::env::var_os("UPDATE_STAFF_DATA").is_some() {
        std::fs::write(&file, &list).unwrap();
    }
    let published = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        published == list,
        "docs/staff-data.md is not complete; run UPDATE_STAFF_DATA=1 cargo test -p gladbeck-tests staff_data"
    );
}

#[test]
fn no_statement_adds_up_what_one_person_did() {
    let services: [&[&[Statement]]; 5] = [
        &accounts::STATEMENTS,
        &reports::STATEMENTS,
        &layers::STATEMENTS,
        &notify::STATEMENTS,
        &gateway::STATEMENTS,
    ];
    let mut unused: BTreeSet<&str> = MAY_COUNT.iter().map(|(name, _)| *name).collect();
    let (mut read, mut faults) = (0, Vec::new());
    for statement in services.iter().flat_map(|stores| stores.iter().flat_map(|store| store.iter())) {
        read += 1;
        if !adds_up(statement.sql) {
            continue;
        }
        unused.remove(statement.name);
        if MAY_COUNT.iter().all(|(name, _)| *name != statement.name) {
            faults.push(format!("{}: {}", statement.name, statement.sql));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(unused.is_empty(), "exceptions that nothing needs: {unused:?}");
    println!("{read} statements were read");
}

/// Whether a statement adds something up and names a person in it.
fn adds_up(sql: &str) -> bool {
    let sql = sql.to_lowercase();
    let words: BTreeSet<&str> = sql.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
    SUMS.iter().any(|sum| sql.contains(sum)) && PERSON.iter().any(|column| words.contains(column))
}

#[test]
fn a_statement_that_ranks_clerks_would_be_found() {
    assert!(adds_up("SELECT claimed_by, count(*) FROM reports.request GROUP BY claimed_by"));
    assert!(adds_up(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM event.event WHERE actor = $1"
    ));
    assert!(!adds_up("SELECT count(*) FROM reports.request"));
    assert!(!adds_up("SELECT claimed_by FROM reports.request"));
}
