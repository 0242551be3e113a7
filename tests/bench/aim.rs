//! What the figures should be, and whether they are.

use crate::process::Memory;
use crate::table::Row;

/// A sentence per aim: reached or not, with the figure.
pub fn verdicts(rows: &[Row], memory: Memory) -> Vec<String> {
    let row = |case: &str, connections: usize| {
        rows.iter().find(|row| row.case == case && row.connections == connections)
    };
    let mut said = Vec::new();
    let mut say = |reached: bool, what: String| {
        said.push(format!("{:<11} {what}", if reached { "reached" } else { "NOT REACHED" }));
    };
    for (case, least) in [("create", 0.5), ("box list", 0.6)] {
        if let Some(row) = row(case, 16) {
            let share = row.of_limit();
            say(
                share >= least,
                format!(
                    "{case}: {:.0} % of the rate of pgbench at 16 connections (aim: at least {:.0} %)",
                    100.0 * share,
                    100.0 * least
                ),
            );
        }
    }
    for row in rows.iter().filter(|row| row.connections == 16) {
        let spread = row.spread();
        say(
            spread < 5.0,
            format!("{}: p99 is {spread:.1} times the median at 16 connections (aim: below 5)", row.case),
        );
    }
    if let Some(row) = row("1000 features", 1) {
        let times = row.of_processor();
        say(
            times <= 3.0,
            format!("1000 features: {times:.1} times the processor time of the SQL (aim: at most 3)"),
        );
    }
    for row in rows.iter().filter(|row| row.connections == 1 && row.case.starts_with("tile")) {
        let times = row.of_latency();
        say(
            times <= 1.5,
            format!(
                "{}: an uncached tile takes {times:.2} times as long as its bare query (aim: at most 1.5)",
                row.case
            ),
        );
    }
    if let Some(row) = row("tile z12", 1) {
        let size = row.bytes as f64 / 1000.0;
        say(size < 15.0, format!("the tile of the whole city has {size:.1} kB (aim: below 15)"));
    }
    if let Some(row) = row("address search", 1) {
        let took = crate::statistics::milliseconds(row.latencies.p99());
        say(took < 10.0, format!("address search: 99 of 100 within {took:.1} ms (aim: below 10)"));
    }
    let peak = memory.peak as f64 / 1024.0;
    say(peak < 100.0, format!("all roles in one process: at most {peak:.0} MiB (aim: below 100)"));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::row;

    #[test]
    fn each_aim_says_whether_it_is_reached_and_by_which_figure() {
        let said = verdicts(
            &[row("create", 16), row("box list", 16), row("tile z12", 1), row("1000 features", 1)],
            Memory { now: 0, peak: 200 * 1024 },
        );
        let starts = |start: &str, holds: &str| {
            assert!(said.iter().any(|line| line.starts_with(start) && line.contains(holds)), "{said:#?}");
        };
        starts("reached", "create: 60 %");
        starts("reached", "box list: 60 %");
        starts("reached", "create: p99 is 2.0 times");
        starts("reached", "1000 features: 3.0 times");
        starts("NOT REACHED", "tile z12: an uncached tile takes 2.02 times");
        starts("reached", "14.9 kB");
        starts("NOT REACHED", "at most 200 MiB");
        assert!(
            !said.iter().any(|line| line.contains("address")),
            "nothing is said of what was not measured"
        );
    }
}
