//! The table: a line per case and number of connections.

use std::time::Duration;

use crate::pgbench::Limit;
use crate::process::Memory;
use crate::statistics::{Latencies, milliseconds};

/// What was measured of a case.
#[derive(Clone, Debug)]
pub struct Row {
    /// The case.
    pub case: &'static str,
    /// Connections.
    pub connections: usize,
    /// Requests per second.
    pub rate: f64,
    /// Their latencies.
    pub latencies: Latencies,
    /// Processor time of the program per request.
    pub program: Duration,
    /// Processor time of the database server per request.
    pub database: Duration,
    /// The program's memory when the case was over.
    pub memory: Memory,
    /// The same transaction through pgbench.
    pub limit: Limit,
    /// Requests per second of the server that does nothing.
    pub bare: f64,
    /// Bytes of an answer.
    pub bytes: usize,
}

impl Row {
    /// The share of pgbench's rate that the product reaches.
    pub fn of_limit(&self) -> f64 {
        self.rate / self.limit.rate
    }

    /// How far the slowest hundredth lies from the median.
    pub fn spread(&self) -> f64 {
        milliseconds(self.latencies.p99()) / milliseconds(self.latencies.median()).max(1e-6)
    }

    /// All processor time of a request as a multiple of what the statements alone take.
    pub fn of_processor(&self) -> f64 {
        (self.program + self.database).as_secs_f64() / self.limit.processor.as_secs_f64().max(1e-9)
    }

    /// The mean latency as a multiple of pgbench's.
    pub fn of_latency(&self) -> f64 {
        self.latencies.mean().as_secs_f64() / self.limit.latency.as_secs_f64().max(1e-9)
    }

    fn cells(&self) -> Vec<String> {
        let time = |duration| format!("{:.2}", milliseconds(duration));
        vec![
            self.case.to_owned(),
            self.connections.to_string(),
            format!("{:.0}", self.rate),
            time(self.latencies.median()),
            time(self.latencies.p99()),
            format!("{:.1}", self.spread()),
            time(self.program),
            time(self.database),
            format!("{:.0}", self.limit.rate),
            time(self.limit.processor),
            format!("{:.0} %", 100.0 * self.of_limit()),
            format!("{:.1}", self.of_processor()),
            format!("{:.0}", self.bare),
            format!("{:.1}", self.bytes as f64 / 1000.0),
            format!("{:.0}", self.memory.now as f64 / 1024.0),
        ]
    }
}

const HEAD: [&str; 15] = [
    "case",
    "conn.",
    "req/s",
    "median ms",
    "p99 ms",
    "p99/median",
    "program CPU ms",
    "database CPU ms",
    "pgbench/s",
    "pgbench CPU ms",
    "of pgbench",
    "CPU/SQL CPU",
    "bare HTTP/s",
    "kB",
    "RSS MiB",
];

/// The rows as Markdown that is also readable as it is: columns are padded.
pub fn table(rows: &[Row]) -> String {
    let cells: Vec<Vec<String>> = rows.iter().map(Row::cells).collect();
    let widths: Vec<usize> = HEAD
        .iter()
        .enumerate()
        .map(|(column, head)| {
            cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(head.chars().count())
        })
        .collect();
    let line = |row: Vec<&str>| {
        let padded = row.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(column, width)| {
        if column == 0 {
            format!("{}-", "-".repeat(width + 1))
        } else {
            format!("{}:", "-".repeat(width + 1))
        }
    });
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    let body: String = cells.iter().map(|row| line(row.iter().map(String::as_str).collect())).collect();
    line(HEAD.to_vec()) + &rule + &body
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A row with round figures.
    pub fn row(case: &'static str, connections: usize) -> Row {
        Row {
            case,
            connections,
            rate: 600.0,
            latencies: Latencies::of((1..=100).map(Duration::from_millis).collect()),
            program: Duration::from_millis(1),
            database: Duration::from_millis(2),
            memory: Memory { now: 51_200, peak: 102_400 },
            limit: Limit {
                rate: 1000.0,
                latency: Duration::from_millis(25),
                processor: Duration::from_millis(1),
            },
            bare: 30_000.0,
            bytes: 14_900,
        }
    }

    #[test]
    fn ratios_compare_with_what_was_measured_in_the_same_run() {
        let row = row("create", 16);
        assert_eq!((row.of_limit(), row.of_processor()), (0.6, 3.0));
        assert!((row.spread() - 99.0 / 50.0).abs() < 1e-9);
        assert!((row.of_latency() - 2.02).abs() < 1e-9);
    }

    #[test]
    fn the_table_is_markdown_with_columns_that_line_up() {
        let text = table(&[row("create", 1), row("a longer case", 16)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()), "{text}");
        assert!(lines.iter().all(|line| line.matches('|').count() == HEAD.len() + 1), "{text}");
        assert!(
            lines[2].contains("|   600 |") && lines[2].contains("| 60 % |") || lines[2].contains("60 % |")
        );
    }
}
