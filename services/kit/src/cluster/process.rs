//! The server's processes, alive and left behind, as the kernel shows them under `/proc`.
//!
//! A pid file alone says little: after `kill -9` it stays, and its number may belong to anybody by
//! then. A process is the server's if it runs `postgres` with the data folder as its own folder.

use std::{fs, io::ErrorKind, path::Path, thread::sleep, time::Duration};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::{ClusterError, PATIENCE, place::Place};

/// How long a backend whose server died gets to leave by itself.
const GRACE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(20);

/// Waits until `ready`, but no longer than `patience`, and says whether it came to be.
pub(super) fn wait_until(patience: Duration, mut ready: impl FnMut() -> bool) -> bool {
    // Counting steps instead of looking at a clock: a suspended laptop must not use up the patience.
    for _ in 0..patience.as_millis() / STEP.as_millis() {
        if ready() {
            return true;
        }
        sleep(STEP);
    }
    ready()
}

/// The running server of `data`, if there is one.
pub(super) fn postmaster(data: &Path) -> Option<Pid> {
    let file = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let pid = Pid::from_raw(file.lines().next()?.trim().parse().ok()?);
    belongs_to(pid, data).then_some(pid)
}

/// Ends what a killed server left running and removes its lock files.
///
/// Only for a caller who holds the cluster's lock and knows that no server runs.
pub(super) fn clear_after_crash(place: &Place) -> Result<(), ClusterError> {
    let data = place.data();
    // A backend in a long statement outlives its server and would keep the shared memory occupied.
    signal_all(&data, Signal::SIGQUIT);
    if !wait_until(GRACE, || processes(&data).is_empty()) {
        kill_all(&data)?;
    }
    let socket = place.socket_file();
    for file in [data.join("postmaster.pid"), place.socket_lock(), socket] {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ClusterError::io("remove", &file)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Kills every process of the server of `data` and waits until they are gone.
pub(super) fn kill_all(data: &Path) -> Result<(), ClusterError> {
    // Again and again, because a server that is still alive starts new processes meanwhile.
    let gone = wait_until(PATIENCE, || {
        signal_all(data, Signal::SIGKILL);
        processes(data).is_empty()
    });
    if gone {
        return Ok(());
    }
    Err(ClusterError::Lingering { pids: processes(data).into_iter().map(Pid::as_raw).collect() })
}

fn signal_all(data: &Path, signal: Signal) {
    for pid in processes(data) {
        // A process that has just ended needs no signal; one that resists is found by the caller.
        let _ = kill(pid, signal);
    }
}

fn processes(data: &Path) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok().map(Pid::from_raw))
        .filter(|pid| belongs_to(*pid, data))
        .collect()
}

fn belongs_to(pid: Pid, data: &Path) -> bool {
    let link = |name: &str| fs::read_link(format!("/proc/{pid}/{name}"));
    let is_server = link("exe").is_ok_and(|exe| exe.file_name().is_some_and(is_postgres));
    is_server && link("cwd").is_ok_and(|folder| folder == data)
}

fn is_postgres(name: &std::ffi::OsStr) -> bool {
    // An upgrade of the package under a running server appends " (deleted)".
    name.to_string_lossy().trim_end_matches(" (deleted)") == "postgres"
}
