//! Measures the product against its limits: the bare statements, and an HTTP server that does nothing.
//!
//! `make bench` runs it. Everything is measured in one run on one machine: the product as a process of its
//! own, the same transactions through pgbench as the same role on the same socket, and the same bytes from a
//! bare server. It says what is reached and what is not; only what is wrong makes it fail, never what is slow.

mod aim;
mod bare;
mod calls;
mod case;
mod city;
mod draw;
mod fill;
mod load;
mod machine;
mod measure;
mod pgbench;
mod process;
mod script;
mod server;
mod statistics;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::load::Span;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

/// What is measured.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// A short look: fewer requests, one second per case.
    #[arg(long)]
    quick: bool,
    /// Requests that are there; 200,000, or 20,000 for a short look.
    #[arg(long)]
    requests: Option<usize>,
    /// Seconds per case and number of connections.
    #[arg(long)]
    seconds: Option<u64>,
    /// Only the cases whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// The folder for the database.
    #[arg(long, default_value = ".gladbeck/bench")]
    state: PathBuf,
    /// The city pack.
    #[arg(long, default_value = "deploy/city/gladbeck")]
    pack: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a file's bytes as the answer to everything; the bench starts it for itself.
    Bare {
        #[arg(long)]
        port: u16,
        #[arg(long)]
        status: u16,
        #[arg(long)]
        content_type: String,
        #[arg(long)]
        file: PathBuf,
    },
}

impl Options {
    fn requests(&self) -> usize {
        self.requests.unwrap_or(if self.quick { 20_000 } else { 200_000 })
    }

    fn span(&self) -> Span {
        let measured = self.seconds.unwrap_or(if self.quick { 1 } else { 5 });
        Span { warm_up: Duration::from_millis(200 * measured), measured: Duration::from_secs(measured) }
    }

    /// Numbers of connections.
    fn connections(&self) -> &'static [usize] {
        &[1, 16]
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Some(Command::Bare { port, status, content_type, file }) => {
            bare::serve(port, status, content_type, &file).await
        }
        None => measure::everything(&cli.options).await,
    }
}
