//! Proves that statements fit the schema, the role's grants and their Rust rows.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Column as _, Executor, SqlStr};

use super::statements::Statement;

/// Prepares every statement as the connection's role and plans it without looking at its values.
///
/// Answers with one line per fault: a statement that does not plan, a column that the row does not have or
/// cannot read.
pub async fn check_statements(connection: &mut PgConnection, statements: &[Statement]) -> Vec<String> {
    let mut faults = Vec::new();
    for statement in statements {
        if let Err(fault) = check(connection, statement).await {
            faults.push(format!("{}: {fault}", statement.name));
        }
    }
    faults
}

/// As [`check_statements`], for the stores of a service.
pub async fn check_statements_of(connection: &mut PgConnection, stores: &[&[Statement]]) -> Vec<String> {
    let mut faults = Vec::new();
    for statements in stores {
        faults.extend(check_statements(connection, statements).await);
    }
    faults
}

async fn check(connection: &mut PgConnection, statement: &Statement) -> Result<(), String> {
    let said = |error: sqlx::Error| error.to_string();
    let described = (&mut *connection).describe(SqlStr::from_static(statement.sql)).await.map_err(said)?;
    if let Some(columns) = statement.columns {
        compare(&columns(), described.columns())?;
    }
    let parameters = described.parameters().map_or(0, |kinds| match kinds {
        sqlx::Either::Left(kinds) => kinds.len(),
        sqlx::Either::Right(number) => number,
    });
    plan(connection, statement, parameters).await.map_err(said)
}

fn compare(fields: &[super::Column], columns: &[sqlx::postgres::PgColumn]) -> Result<(), String> {
    for field in fields {
        let column = columns
            .iter()
            .find(|column| column.name() == field.name)
            .ok_or_else(|| format!("returns no column for field {}", field.name))?;
        if !(field.fits)(column.type_info()) {
            return Err(format!("column {} has type {}", field.name, column.type_info()));
        }
    }
    match columns.iter().find(|column| fields.iter().all(|field| field.name != column.name())) {
        Some(unread) => Err(format!("column {} is read by no field", unread.name())),
        None => Ok(()),
    }
}

async fn plan(
    connection: &mut PgConnection,
    statement: &Statement,
    parameters: usize,
) -> Result<(), sqlx::Error> {
    let values = vec!["NULL"; parameters].join(", ");
    let execute = if parameters == 0 { "checked".to_owned() } else { format!("checked({values})") };
    // The text is a constant of this program; preparing by name needs it inside another statement.
    for sql in [
        "SET plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE checked AS {}", statement.sql),
        format!("EXPLAIN EXECUTE {execute}"),
    ] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    }
    sqlx::raw_sql("DEALLOCATE checked").execute(connection).await?;
    Ok(())
}
