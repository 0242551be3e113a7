//! The private PostgreSQL cluster that development and tests run on.
//!
//! It owns a server that nobody else uses: own data, own socket, no TCP port. Many processes join
//! one cluster; whoever comes first starts it, and it keeps running for those who come later. Any
//! of them, and the server itself, may die at any moment: the next [`Cluster::join`] puts it right.

mod command;
mod error;
mod install;
mod place;
mod process;
#[cfg(test)]
mod tests;

use std::{fs::File, path::Path, path::PathBuf, time::Duration};

pub use error::ClusterError;
use install::Install;
use place::Place;

/// The superuser that set-up and the test harness sign in as.
const SUPERUSER: &str = "postgres";
/// How long a start, a crash recovery or a stop may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Says which private cluster is meant and how much it takes care of its data.
#[derive(Clone, Debug)]
pub struct Settings {
    state: PathBuf,
    name: &'static str,
    durable: bool,
    /// Whether it can count how often each statement is run.
    counts: bool,
}

impl Settings {
    /// The cluster of `gladbeck dev` under `state`: nothing acknowledged is lost when the power fails.
    pub fn dev(state: impl Into<PathBuf>) -> Self {
        Self { state: state.into(), name: "cluster", durable: true, counts: false }
    }

    /// The cluster of the tests under `state`: survives crashes of the server, not of the machine.
    pub fn test(state: impl Into<PathBuf>) -> Self {
        Self { state: state.into(), name: "cluster-test", durable: false, counts: false }
    }

    /// The cluster of the drills under `state`: killed on purpose, so durable like a real one.
    pub fn drill(state: impl Into<PathBuf>) -> Self {
        Self { state: state.into(), name: "cluster-drill", durable: true, counts: false }
    }

    /// The cluster of the speed measurements under `state`: as careful as [`Settings::dev`], and able
    /// to count statements.
    pub fn bench(state: impl Into<PathBuf>) -> Self {
        Self { state: state.into(), name: "cluster-bench", durable: true, counts: true }
    }
}

/// The folder for state that can be thrown away: `.gladbeck` beside the nearest `Cargo.lock`.
///
/// Tests start in their crate's folder and `make run` in the workspace; both find the same place.
pub fn state_folder() -> Result<PathBuf, ClusterError> {
    let here = std::env::current_dir().map_err(ClusterError::io("enter", Path::new(".")))?;
    let workspace = here.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).unwrap_or(&here);
    Ok(workspace.join(".gladbeck"))
}

/// A running private cluster.
///
/// All methods block for as long as a server takes to start or stop; async callers use
/// `spawn_blocking`. Dropping it leaves the server running.
#[derive(Clone, Debug)]
pub struct Cluster {
    install: Install,
    place: Place,
    durable: bool,
    counts: bool,
}

impl Cluster {
    /// Joins the cluster, after starting it if it does not run.
    ///
    /// Returns once it accepts connections. One process at a time gets to start it.
    pub fn join(settings: &Settings) -> Result<Self, ClusterError> {
        let place = Place::prepare(&settings.state, settings.name)?;
        let install = Install::find(&place.data())?;
        let cluster = Self { install, place, durable: settings.durable, counts: settings.counts };
        if !cluster.answers() {
            let _lock = cluster.lock()?;
            cluster.ensure_running()?;
        }
        Ok(cluster)
    }

    /// The address of `database` for `role`, as sqlx and psql take it.
    pub fn url(&self, role: &str, database: &str) -> String {
        let host = self.place.socket.to_string_lossy();
        format!("postgres:///{}?host={}&user={}", encode(database), encode(&host), encode(role))
    }

    /// The address of `database` for the superuser.
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, database)
    }

    /// The folder of the programs (`pg_dump`, `psql`, …) that fit this server.
    pub fn programs(&self) -> &Path {
        &self.install.programs
    }

    /// Stops the server; open connections are closed, committed data stay.
    pub fn stop(&self) -> Result<(), ClusterError> {
        let _lock = self.lock()?;
        self.stop_locked()
    }

    /// Kills the server and all its backends at once, as a crash would.
    pub fn kill9(&self) -> Result<(), ClusterError> {
        let _lock = self.lock()?;
        process::kill_all(&self.place.data())
    }

    fn lock(&self) -> Result<File, ClusterError> {
        let path = &self.place.lock;
        let file = File::create(path).map_err(ClusterError::io("create", path))?;
        file.lock().map_err(ClusterError::io("lock", path))?;
        Ok(file)
    }

    fn ensure_running(&self) -> Result<(), ClusterError> {
        if self.answers() {
            return Ok(());
        }
        if process::postmaster(&self.place.data()).is_some() {
            // Started by someone who was killed while waiting, or recovering from a crash.
            let socket = self.place.socket_file();
            if process::wait_until(PATIENCE, || self.answers() || !socket.exists()) && self.answers() {
                return Ok(());
            }
            // It runs, yet nobody can reach it: its socket was swept away.
            self.stop_locked()?;
        }
        self.start()
    }

    fn start(&self) -> Result<(), ClusterError> {
        if !self.place.data().join("PG_VERSION").exists() {
            self.create()?;
        }
        process::clear_after_crash(&self.place)?;
        self.configure()?;
        let log = self.place.log();
        if log.exists() {
            let before = log.with_extension("log.before");
            std::fs::rename(&log, &before).map_err(ClusterError::io("rename", &log))?;
        }
        let mut command = self.program("pg_ctl");
        command.args(["start", "--wait", "--silent", "--timeout", &PATIENCE.as_secs().to_string()]);
        command.arg("--pgdata").arg(self.place.data()).arg("--log").arg(&log);
        if let Err(error) = command::run("start the server", command) {
            // Somebody killed between start and pid file may have left a server that came first.
            if process::postmaster(&self.place.data()).is_none() {
                return Err(error.with_log(&log));
            }
        }
        if process::wait_until(PATIENCE, || self.answers()) {
            return Ok(());
        }
        Err(ClusterError::Silent { seconds: PATIENCE.as_secs(), log })
    }

    fn stop_locked(&self) -> Result<(), ClusterError> {
        if process::postmaster(&self.place.data()).is_none() {
            return Ok(());
        }
        let mut command = self.program("pg_ctl");
        command.args(["stop", "--wait", "--silent", "--mode", "fast"]);
        command.args(["--timeout", &PATIENCE.as_secs().to_string()]).arg("--pgdata").arg(self.place.data());
        command::run("stop the server", command)
    }

    /// Makes the data folder beside its place and moves it there complete.
    ///
    /// Killed half-way, it leaves only a folder that nobody reads.
    fn create(&self) -> Result<(), ClusterError> {
        let data = self.place.data();
        let new = data.with_extension(format!("new.{}", std::process::id()));
        self.place.sweep_unfinished();
        let mut command = self.program("initdb");
        command.args(["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"]);
        command.args(["--locale", "C.UTF-8", "--data-checksums", "--no-instructions"]);
        if !self.durable {
            command.arg("--no-sync");
        }
        command.arg("--pgdata").arg(&new);
        command::run("create the cluster", command)?;
        std::fs::rename(&new, &data).map_err(ClusterError::io("rename", &new))
    }

    /// Writes the server's settings anew, so that a change here reaches old clusters too.
    fn configure(&self) -> Result<(), ClusterError> {
        let care = if self.durable { DURABLE } else { FAST };
        let counts = if self.counts { COUNTS } else { "" };
        let socket = self.place.socket.to_string_lossy().replace('\'', "''");
        let settings = format!("unix_socket_directories = '{socket}'\n{BASE}{care}{counts}");
        self.place.write("postgresql.conf", &settings)?;
        self.place.write("pg_hba.conf", ACCESS)
    }

    fn answers(&self) -> bool {
        if !self.place.socket_file().exists() {
            return false;
        }
        let mut command = self.program("pg_isready");
        command.arg("--quiet").arg("--host").arg(&self.place.socket).args(["--port", place::PORT]);
        command::run("ask the server", command).is_ok()
    }

    fn program(&self, name: &str) -> std::process::Command {
        command::of(&self.install.programs.join(name), self.place.account.as_ref())
    }
}

/// Everybody who can reach the socket may be anybody.
///
/// That is safe here, and only here: the socket lies in a folder that only the server's account (and
/// root) can enter, there is no TCP port, and the data are invented.
const ACCESS: &str = "local all all trust\n";

const BASE: &str = "\
listen_addresses = ''
port = 5432
unix_socket_permissions = 0700
max_connections = 300
shared_buffers = '256MB'
max_wal_size = '1GB'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C.UTF-8'
datestyle = 'iso, ymd'
synchronous_commit = on
";

const DURABLE: &str = "\
fsync = on
full_page_writes = on
";

/// What the operating system has taken outlives a killed server, so only a power cut could hurt;
/// and hundreds of small databases would keep autovacuum busy with nothing.
const FAST: &str = "\
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
";

/// Loaded with the server, as it has to be, but counting nothing until a database is set to be counted.
const COUNTS: &str = "\
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.track = none
";

fn encode(text: &str) -> String {
    // Form encoding writes a space as `+`, which libpq takes literally.
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}
