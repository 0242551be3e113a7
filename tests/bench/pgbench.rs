//! The ceiling of the database: the same statements through pgbench, on the same socket as the same role.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kit::cluster::Cluster;

use crate::process::family_time;
use crate::script::Script;

/// What pgbench says.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Transactions per second.
    pub rate: f64,
    /// The mean latency.
    pub latency: Duration,
    /// Processor time of the database server per transaction.
    pub processor: Duration,
}

/// How pgbench is run.
pub struct Run<'a> {
    /// The server with pgbench beside it.
    pub cluster: &'a Cluster,
    /// The database, as the role that the handler has.
    pub url: &'a str,
    /// The server's first process.
    pub postmaster: u32,
    /// Connections.
    pub connections: usize,
    /// How long.
    pub span: Duration,
    /// Whether statements are planned for their values each time, as those are that sqlx does not keep.
    pub planned_anew: bool,
}

impl Run<'_> {
    /// Runs the scripts, each as often as the others.
    pub fn run(&self, scripts: &[Script], number: usize) -> Result<Limit> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(self.cluster.programs().join("pgbench"));
        command.args(["--no-vacuum", "--protocol", "prepared", "-D", &format!("run={number}"), "-D", "i=0"]);
        command.args(["--client", &self.connections.to_string()]);
        command.args(["--jobs", &self.connections.min(2).to_string()]);
        command.args(["--time", &self.span.as_secs().max(1).to_string()]);
        for (number, script) in scripts.iter().enumerate() {
            let file = folder.path().join(format!("{number}.sql"));
            std::fs::write(&file, script.file())?;
            command.arg("--file").arg(file);
            command.args(script.definitions());
        }
        if self.planned_anew {
            command.env("PGOPTIONS", "-c plan_cache_mode=force_custom_plan");
        }
        let before = family_time(self.postmaster);
        let output = command.arg(self.url).output().context("pgbench does not start")?;
        let used = family_time(self.postmaster).saturating_sub(before);
        let (said, complaint) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success() && !complaint.contains("ERROR"), "pgbench: {complaint}");
        report(&said, used).with_context(|| format!("pgbench said something else: {said}"))
    }
}

fn report(said: &str, used: Duration) -> Option<Limit> {
    let after = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    };
    let transactions = after("number of transactions actually processed: ")?;
    Some(Limit {
        rate: after("tps = ")?,
        latency: Duration::from_secs_f64(after("latency average = ")? / 1000.0),
        processor: used.div_f64(transactions.max(1.0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_read_from_what_pgbench_prints() {
        let said = "pgbench (15.18)\nnumber of transactions actually processed: 200\n\
                    latency average = 1.250 ms\ninitial connection time = 3 ms\n\
                    tps = 812.5 (without initial connection time)\n";
        let limit = report(said, Duration::from_millis(100)).unwrap();
        assert_eq!((limit.rate, limit.latency), (812.5, Duration::from_micros(1250)));
        assert_eq!(limit.processor, Duration::from_micros(500));
        assert!(report("pgbench: error", Duration::ZERO).is_none());
    }
}
