//! Promises of the private cluster, each tried on a real server of its own.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Cluster, ClusterError, Settings, command, encode, install::Install, process};

/// A cluster that vanishes with its test.
struct Private {
    state: tempfile::TempDir,
}

impl Private {
    fn new() -> Self {
        Self { state: tempfile::tempdir().unwrap() }
    }

    fn settings(&self) -> Settings {
        Settings::drill(self.state.path())
    }

    fn join(&self) -> Cluster {
        Cluster::join(&self.settings()).unwrap()
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        let Ok(cluster) = Cluster::join(&self.settings()) else { return };
        let data = cluster.place.data();
        let _ = cluster.kill9();
        let home = data.parent().unwrap();
        let _ = fs::remove_dir_all(&cluster.place.socket);
        let _ = fs::remove_dir_all(home);
    }
}

fn psql(cluster: &Cluster, sql: &str) -> String {
    let mut command = Command::new(cluster.programs().join("psql"));
    command.args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]);
    let output = command.arg(cluster.superuser_url("postgres")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn started_at(cluster: &Cluster) -> String {
    psql(cluster, "SELECT pg_postmaster_start_time()")
}

#[test]
fn two_who_join_at_once_share_one_server() {
    let private = Private::new();
    let settings = private.settings();

    let started: Vec<String> = std::thread::scope(|scope| {
        let join = || started_at(&Cluster::join(&settings).unwrap());
        let both = [scope.spawn(join), scope.spawn(join)];
        both.map(|thread| thread.join().unwrap()).to_vec()
    });

    assert_eq!(started[0], started[1]);
    assert_eq!(started_at(&private.join()), started[0], "a later join does not start it anew");
}

#[test]
fn committed_data_survive_the_death_of_server_and_backends() {
    let private = Private::new();
    let cluster = private.join();
    psql(&cluster, "CREATE TABLE kept (word text)");
    psql(&cluster, "INSERT INTO kept VALUES ('da')");

    cluster.kill9().unwrap();
    let cluster = private.join();

    assert_eq!(psql(&cluster, "SELECT word FROM kept"), "da");
}

#[test]
fn a_busy_backend_of_a_dead_server_does_not_keep_the_next_one_away() {
    let private = Private::new();
    let cluster = private.join();
    let mut sleeper = Command::new(cluster.programs().join("psql"))
        .args(["-X", "-c", "SELECT pg_sleep(600)"])
        .arg(cluster.superuser_url("postgres"))
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let busy = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'";
    assert!(process::wait_until(super::PATIENCE, || psql(&cluster, busy) == "1"));
    let postmaster = process::postmaster(&cluster.place.data()).unwrap();

    nix::sys::signal::kill(postmaster, nix::sys::signal::Signal::SIGKILL).unwrap();
    assert!(process::wait_until(super::PATIENCE, || process::postmaster(&cluster.place.data()).is_none()));
    let cluster = private.join();

    assert_eq!(psql(&cluster, busy), "0");
    sleeper.wait().unwrap();
}

#[test]
fn lock_files_that_name_a_living_stranger_are_no_obstacle() {
    let private = Private::new();
    let cluster = private.join();
    cluster.stop().unwrap();
    // The kernel may give a dead server's number to anybody; this test's own process is such a stranger.
    let stranger = std::process::id();
    let data = cluster.place.data();
    let stale = format!("{stranger}\n{}\n1\n5432\n\n\n1 1\nready   \n", data.display());
    fs::write(data.join("postmaster.pid"), &stale).unwrap();
    fs::write(cluster.place.socket_lock(), &stale).unwrap();

    assert_eq!(psql(&private.join(), "SELECT 1"), "1");
}

#[test]
fn a_server_whose_socket_was_swept_away_is_started_anew() {
    let private = Private::new();
    let cluster = private.join();
    fs::remove_file(cluster.place.socket_file()).unwrap();

    assert_eq!(psql(&private.join(), "SELECT 1"), "1");
}

#[test]
fn a_half_made_cluster_is_made_again() {
    let private = Private::new();
    let cluster = private.join();
    cluster.stop().unwrap();
    let data = cluster.place.data();
    fs::rename(&data, data.with_extension("new.1")).unwrap();

    assert_eq!(psql(&private.join(), "SELECT 1"), "1");
    assert!(!data.with_extension("new.1").exists());
}

#[test]
fn the_server_listens_on_no_network_and_lets_no_other_account_in() {
    let private = Private::new();
    let cluster = private.join();

    assert_eq!(psql(&cluster, "SHOW listen_addresses"), "");
    assert_eq!(psql(&cluster, "SHOW max_connections"), "300");
    let mode = fs::metadata(&cluster.place.socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(cluster.place.socket_file().as_os_str().len() < 100);
}

#[test]
fn the_server_has_postgis() {
    let private = Private::new();
    let cluster = private.join();

    psql(&cluster, "CREATE EXTENSION postgis");

    assert!(psql(&cluster, "SELECT postgis_lib_version()").starts_with('3'));
}

#[test]
fn stopping_twice_is_no_error() {
    let private = Private::new();
    let cluster = private.join();

    cluster.stop().unwrap();
    cluster.stop().unwrap();

    assert!(process::postmaster(&cluster.place.data()).is_none());
}

#[test]
fn a_missing_postgis_is_named_with_its_package() {
    let root = tempfile::tempdir().unwrap();
    let nothing = Install::find_under(root.path(), Path::new("/nowhere")).unwrap_err();
    server(root.path(), "16");

    let found = Install::find_under(root.path(), Path::new("/nowhere")).unwrap_err();

    assert!(nothing.to_string().contains("apt-get install postgresql-postgis"), "{nothing}");
    assert!(found.to_string().contains("apt-get install postgresql-16-postgis-3"), "{found}");
}

#[test]
fn the_newest_server_with_postgis_is_taken_unless_older_data_exist() {
    let root = tempfile::tempdir().unwrap();
    for version in ["13", "15", "17", "18"] {
        server(root.path(), version);
    }
    for version in ["13", "15", "17"] {
        postgis(root.path(), version);
    }
    let data = tempfile::tempdir().unwrap();

    let newest = Install::find_under(root.path(), data.path()).unwrap();
    fs::write(data.path().join("PG_VERSION"), "15\n").unwrap();
    let fitting = Install::find_under(root.path(), data.path()).unwrap();
    fs::write(data.path().join("PG_VERSION"), "16\n").unwrap();
    let gone = Install::find_under(root.path(), data.path()).unwrap_err();

    assert!(newest.programs.ends_with("17/bin"));
    assert!(fitting.programs.ends_with("15/bin"));
    assert!(matches!(gone, ClusterError::OtherVersion { version, .. } if version == "16"));
}

#[test]
fn a_failing_program_says_what_it_said() {
    let mut failing = command::of(Path::new("/bin/sh"), None);
    failing.args(["-c", "echo kein Platz >&2; exit 3"]);

    let error = command::run("make room", failing).unwrap_err();

    assert_eq!(error.to_string(), "could not make room: exit status: 3. kein Platz");
}

#[test]
fn an_address_carries_any_path() {
    assert_eq!(encode("/tmp/a b+c/ä"), "%2Ftmp%2Fa%20b%2Bc%2F%C3%A4");
}

fn server(root: &Path, version: &str) -> PathBuf {
    let programs = root.join("lib/postgresql").join(version).join("bin");
    fs::create_dir_all(&programs).unwrap();
    fs::write(programs.join("postgres"), "").unwrap();
    programs
}

fn postgis(root: &Path, version: &str) {
    let extension = root.join("share/postgresql").join(version).join("extension");
    fs::create_dir_all(&extension).unwrap();
    fs::write(extension.join("postgis.control"), "").unwrap();
}
