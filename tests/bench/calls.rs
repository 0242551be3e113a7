//! What the database server counted, compared with what a script says that a request runs.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use sqlx::postgres::PgConnection;

/// Calls per request, by statement.
pub type Calls = BTreeMap<String, i64>;

/// Forgets what was counted.
pub async fn reset(superuser: &mut PgConnection) -> Result<()> {
    sqlx::query("SELECT pg_stat_statements_reset()").execute(superuser).await?;
    Ok(())
}

/// What the services' roles have run since the reset.
pub async fn counted(superuser: &mut PgConnection) -> Result<Calls> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT query, calls
           FROM pg_stat_statements
           JOIN pg_roles ON pg_roles.oid = userid
          WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND NOT rolsuper",
    )
    .fetch_all(superuser)
    .await?;
    let mut calls = Calls::new();
    for (query, number) in rows {
        *calls.entry(skeleton(&query)).or_default() += number;
    }
    Ok(calls)
}

/// What begins and ends a transaction: before version 16 the server counts a prepared one only at its first run.
const FRAME: [&str; 2] = ["BEGIN", "COMMIT"];

/// Fails unless `requests` requests ran exactly the statements of the script, and each as often.
pub fn compare(statements: &[String], requests: i64, counted: &Calls) -> Result<()> {
    let mut counted = counted.clone();
    counted.retain(|query, _| !FRAME.contains(&query.as_str()));
    let mut expected = Calls::new();
    for statement in statements.iter().filter(|statement| !FRAME.contains(&statement.as_str())) {
        *expected.entry(skeleton(statement)).or_default() += requests;
    }
    let missing: Vec<_> =
        expected.iter().filter(|(query, calls)| counted.get(*query) != Some(calls)).collect();
    let more: Vec<_> = counted.iter().filter(|(query, _)| !expected.contains_key(*query)).collect();
    ensure!(
        missing.is_empty() && more.is_empty(),
        "{requests} requests ran other statements than the script.\nexpected, but counted otherwise: {missing:#?}\n\
         counted, but not expected: {more:#?}\ncounted in all: {counted:#?}"
    );
    Ok(())
}

/// A statement without what the server replaces when it counts: constants and parameters; and without its
/// layout.
pub fn skeleton(sql: &str) -> String {
    let (mut bare, mut signs) = (String::new(), sql.chars().peekable());
    while let Some(sign) = signs.next() {
        match sign {
            '\'' => {
                while signs.next_if(|sign| *sign != '\'').is_some() {}
                signs.next();
                bare.push('?');
            }
            '$' => {
                while signs.next_if(char::is_ascii_digit).is_some() {}
                bare.push('?');
            }
            sign if sign.is_alphanumeric() || sign == '_' => {
                let mut word = String::from(sign);
                while let Some(sign) = signs.next_if(|sign| sign.is_alphanumeric() || "_.".contains(*sign)) {
                    word.push(sign);
                }
                bare.push_str(if is_constant(&word) { "?" } else { &word });
            }
            sign if sign.is_whitespace() => bare.push(' '),
            sign => bare.push(sign),
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_constant(word: &str) -> bool {
    word.starts_with(|sign: char| sign.is_ascii_digit()) || ["true", "false"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_parameters_and_layout_do_not_count() {
        let written = "SELECT a.b1\n   FROM t WHERE kind = 'x y' AND n > 10 AND m = $1::text LIMIT 1";
        let counted = "SELECT a.b1 FROM t WHERE kind = $2 AND n > $3 AND m = $1::text LIMIT $4";
        assert_eq!(skeleton(written), skeleton(counted));
        assert_eq!(skeleton("LIMIT  7"), "LIMIT ?");
        assert_ne!(skeleton("SELECT a FROM t"), skeleton("SELECT b FROM t"));
    }

    #[test]
    fn one_statement_more_or_less_is_found() {
        let counted = Calls::from([("BEGIN".to_owned(), 1), ("SELECT ?".to_owned(), 10)]);
        let fits = |statements: &[&str]| {
            let statements: Vec<String> = statements.iter().map(|sql| (*sql).to_owned()).collect();
            compare(&statements, 5, &counted).is_ok()
        };
        assert!(fits(&["BEGIN", "SELECT 1", "SELECT 2", "COMMIT"]));
        assert!(!fits(&["BEGIN", "SELECT 1", "COMMIT"]));
        assert!(!fits(&["SELECT 1", "SELECT 2", "SELECT a"]));
        assert!(!fits(&["SELECT a", "SELECT b"]));
    }
}
