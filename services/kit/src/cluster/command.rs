//! Runs PostgreSQL's programs as the account that the server runs as.

use std::{
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
};

use super::{ClusterError, place::Account};

/// Prepares `program` to run as `account`, or as the caller.
pub(super) fn of(program: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(program);
    // PGDATA, PGHOST and their kind belong to some other cluster; a fixed locale keeps messages readable.
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
    // The account can perhaps not enter the caller's folder.
    command.current_dir("/");
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

/// Runs `command` to its end.
pub(super) fn run(step: &'static str, mut command: Command) -> Result<(), ClusterError> {
    let failed = |output: String| ClusterError::Program { step, output };
    // The server itself writes to its log, so that these pipes close as soon as the program ends.
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(format!("{}: {error}", command.get_program().to_string_lossy())))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!("{}. {}", output.status, said.trim())))
}
