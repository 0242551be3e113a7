//! Scripts for pgbench, made from the very statements that a handler runs.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use kit::db::Statement;

/// What stands in for a parameter of a statement.
#[derive(Clone, Debug)]
pub enum Value {
    /// The same text in every transaction, sent as a parameter.
    Text(String),
    /// A variable of pgbench, or an expression over one where pgbench has no such type.
    Drawn(&'static str),
    /// Nothing.
    Null,
}

/// A text that stays the same.
pub fn text(value: impl ToString) -> Value {
    Value::Text(value.to_string())
}

/// Something that pgbench draws.
pub fn drawn(expression: &'static str) -> Value {
    Value::Drawn(expression)
}

/// One transaction, as pgbench runs it.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// pgbench knows one set of constants for all of its scripts, so that each has a number.
    number: usize,
    draws: Vec<(String, String)>,
    /// The statements as the handler runs them, for the comparison with what the server counted.
    pub statements: Vec<String>,
    lines: Vec<String>,
    constants: BTreeMap<String, String>,
}

impl Script {
    /// A transaction for a caller: the kind and the request whose secret they hold.
    pub fn begin(number: usize, kind: &str, request: Value) -> Result<Self> {
        let script = Self { number, ..Self::default() }.plain("BEGIN");
        let caller = [text(kind), text(""), text(""), text(""), request];
        script.run(find(kit::db::STATEMENTS, "SET_CALLER")?, &caller)
    }

    /// Draws a number for each transaction.
    pub fn draw(mut self, name: &str, expression: &str) -> Self {
        self.draws.push((name.to_owned(), expression.to_owned()));
        self
    }

    /// Runs a statement.
    pub fn run(mut self, sql: &str, values: &[Value]) -> Result<Self> {
        self.statements.push(sql.to_owned());
        let line = self.bind(sql, values).with_context(|| format!("in {}", sql.trim()))?;
        self.lines.push(line);
        Ok(self)
    }

    /// Commits.
    pub fn commit(self) -> Self {
        self.plain("COMMIT")
    }

    fn plain(mut self, sql: &'static str) -> Self {
        self.statements.push(sql.to_owned());
        self.lines.push(sql.to_owned());
        self
    }

    /// Puts values in the place of `$1`, `$2` and so on.
    fn bind(&mut self, sql: &str, values: &[Value]) -> Result<String> {
        let (mut bound, mut rest, mut most) = (String::new(), sql, 0);
        while let Some(place) = rest.find('$') {
            let digits: String = rest[place + 1..].chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().context("a dollar that begins no parameter")?;
            let value = number.checked_sub(1).and_then(|number| values.get(number));
            let Some(value) = value else { bail!("parameter ${number} has no value") };
            bound.push_str(&rest[..place]);
            bound.push_str(&self.written(value));
            rest = &rest[place + 1 + digits.len()..];
            most = most.max(number);
        }
        ensure!(most == values.len(), "{} values for {most} parameters", values.len());
        Ok(bound + rest)
    }

    fn written(&mut self, value: &Value) -> String {
        match value {
            Value::Null => "NULL".to_owned(),
            Value::Drawn(expression) => (*expression).to_owned(),
            // pgbench takes no empty constant.
            Value::Text(value) if value.is_empty() => "''".to_owned(),
            Value::Text(value) => {
                let known = self.constants.iter().find(|(_, constant)| *constant == value);
                let name = known.map_or_else(
                    || format!("s{}_{}", self.number, self.constants.len()),
                    |(name, _)| name.clone(),
                );
                self.constants.insert(name.clone(), value.clone());
                format!(":{name}")
            }
        }
    }

    /// The file that pgbench reads.
    pub fn file(&self) -> String {
        let draws: String =
            self.draws.iter().map(|(name, expression)| format!("\\set {name} {expression}\n")).collect();
        let lines: String = self.lines.iter().map(|line| format!("{};\n", line.trim())).collect();
        draws + &lines
    }

    /// The words `-D name=value` for pgbench.
    pub fn definitions(&self) -> Vec<String> {
        self.constants.iter().flat_map(|(name, value)| ["-D".to_owned(), format!("{name}={value}")]).collect()
    }
}

/// A statement of a store, by name.
pub fn find(store: &[Statement], name: &str) -> Result<&'static str> {
    let found = store.iter().find(|statement| statement.name == name);
    found.map(|statement| statement.sql).with_context(|| format!("there is no statement {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_gets_its_value_and_constants_travel_as_parameters() {
        let script = Script::default()
            .draw("n", "random(1, 9)")
            .run(
                "SELECT $2::text, $1, $10",
                &[
                    drawn(":n"),
                    text("it's"),
                    Value::Null,
                    Value::Null,
                    Value::Null,
                    Value::Null,
                    Value::Null,
                    Value::Null,
                    Value::Null,
                    text("it's"),
                ],
            )
            .unwrap()
            .commit();
        assert_eq!(script.file(), "\\set n random(1, 9)\nSELECT :s0_0::text, :n, :s0_0;\nCOMMIT;\n");
        assert_eq!(script.definitions(), ["-D", "s0_0=it's"]);
        assert_eq!(script.statements, ["SELECT $2::text, $1, $10", "COMMIT"]);
    }

    #[test]
    fn a_parameter_too_many_or_too_few_is_named() {
        let wrong = |values: &[Value]| Script::default().run("SELECT $1, $2", values).is_err();
        assert!(wrong(&[Value::Null]));
        assert!(wrong(&[Value::Null, Value::Null, Value::Null]));
        assert!(!wrong(&[Value::Null, Value::Null]));
    }

    #[test]
    fn the_caller_is_set_by_the_statement_that_every_transaction_begins_with() {
        let script = Script::begin(0, "anyone", text("")).unwrap().commit();
        assert!(script.file().starts_with("BEGIN;\nSELECT pg_backend_pid(),"), "{}", script.file());
        assert!(!script.file().contains('$'), "{}", script.file());
        assert_eq!(script.statements.len(), 3);
    }
}
