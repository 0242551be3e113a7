//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use kit::clock::Clock;
use kit::config::{self, Secrets, Settings};
use kit::ids::Ids;

/// The back end of a city's app: reports, answers and what became of them.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// The configuration.
    #[arg(long, global = true, default_value = "gladbeck.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a whole invented city on this machine, with a private database and a mailbox.
    Dev(crate::dev::Options),
    /// Serves the cities of the configuration.
    Serve {
        /// Serves one service alone instead of everything: accounts, reports, layers or notify.
        #[arg(long)]
        only: Option<String>,
        /// Answers requests but leaves jobs to `gladbeck work`.
        #[arg(long)]
        no_work: bool,
    },
    /// Does the jobs of the cities of the configuration: mail, seals, clean-up.
    Work,
    /// Brings the databases to the schema that this program needs.
    Migrate,
    /// Invents two years of requests in a city that is for practice, and shows their shares.
    Seed(crate::seed::Options),
    /// Checks a city pack, and with a configuration the databases too, and names every fault.
    Doctor {
        /// The folder of the city pack; without it, those of the configuration.
        pack: Option<PathBuf>,
    },
    /// Imports reference data from a file: addresses, the base map.
    Import {
        /// What is imported.
        #[command(subcommand)]
        what: crate::import::Import,
    },
    /// Prints the contract of the API (OpenAPI 3.1).
    Openapi,
    /// Prints a file of fresh secrets.
    Secrets,
    /// Changes the keys that sign tokens, while everything runs.
    Keys {
        /// What is done.
        #[command(subcommand)]
        keys: crate::keys::Keys,
    },
    /// Walks the chain of the audit log and names the first row that was changed.
    Verify {
        /// What to verify: `audit`.
        #[arg(value_parser = ["audit"])]
        what: String,
    },
    /// Deletes the payload of an event for good and leaves a tombstone.
    Redact {
        /// The city's key in the configuration.
        city: String,
        /// The event's number.
        event: i64,
        /// Why; kept with the tombstone.
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command line; says in one sentence what went wrong.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("gladbeck: the runtime did not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("gladbeck: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn command(cli: Cli) -> anyhow::Result<ExitCode> {
    let settings = || read(&cli.config);
    match cli.command {
        Command::Dev(options) => crate::dev::run(options).await?,
        Command::Serve { only, no_work } => {
            crate::serve::serve(&settings()?, only.as_deref(), !no_work).await?
        }
        Command::Work => crate::serve::work(&settings()?).await?,
        Command::Migrate => crate::serve::migrate(&settings()?).await?,
        Command::Seed(options) => crate::seed::run(&settings()?, &options).await?,
        Command::Doctor { pack } => return crate::doctor::doctor(pack, settings).await,
        Command::Import { what } => crate::import::run(what, &settings()?).await?,
        Command::Openapi => println!("{}", crate::contract::json()?),
        Command::Secrets => print!("{}", Secrets::generate(&Ids::random(Clock::system()))),
        Command::Keys { keys } => crate::keys::run(&settings()?, keys)?,
        Command::Verify { what: _ } => return crate::audit::verify(&settings()?).await,
        Command::Redact { city, event, reason } => {
            crate::audit::redact(&settings()?, &city, event, &reason).await?
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &std::path::Path) -> anyhow::Result<Settings> {
    config::read(file).with_context(|| format!("cannot use {}", file.display()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn help(command: &[&str], option: &str) -> String {
        let root = Cli::command();
        let found = command.iter().fold(&root, |command, name| command.find_subcommand(name).unwrap());
        let mut arguments = found.get_arguments();
        arguments.find(|argument| argument.get_id() == option).unwrap().get_help().unwrap().to_string()
    }

    #[test]
    fn help_names_everything_that_an_option_takes() {
        let services = help(&["serve"], "only");
        for service in ["accounts", "reports", "layers", "notify"] {
            assert!(services.contains(service), "{service}: {services}");
        }
        // The refusal of what there is not lists what there is.
        let refused = Cli::try_parse_from(["gladbeck", "import", "addresses", "file", "--crs", "1"]);
        let refused = refused.err().unwrap().to_string();
        let listed = refused.split_once("one of ").unwrap().1.lines().next().unwrap();
        let systems = help(&["import", "addresses"], "crs");
        for system in listed.split(", ") {
            assert!(systems.contains(system), "{system}: {systems}");
        }
    }
}
