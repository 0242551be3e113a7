//! The program that is killed, with its database.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kit::cluster::{Cluster, Settings};
use proto::ServiceRequestId;
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

/// The running program.
pub struct Victim {
    child: Child,
    pack: PathBuf,
    requests: usize,
    state: tempfile::TempDir,
    port: u16,
    cluster: Cluster,
}

impl Victim {
    /// Starts the program on a state folder of its own.
    pub async fn start(pack: &Path, requests: usize) -> Self {
        let state = tempfile::tempdir().unwrap();
        let port = free_port();
        let child = spawn(&state, pack, requests, port);
        let settings = Settings::dev(state.path());
        let cluster = tokio::task::spawn_blocking(move || Cluster::join(&settings).unwrap()).await.unwrap();
        Self { child, pack: pack.to_owned(), requests, state, port, cluster }
    }

    fn start_again(&mut self) {
        self.child = spawn(&self.state, &self.pack, self.requests, self.port);
    }

    /// The key of the city: the name of the pack's folder.
    fn key(&self) -> String {
        self.pack.file_name().unwrap().to_string_lossy().into_owned()
    }

    /// `host:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Waits until the program answers.
    pub async fn ready(&mut self) {
        let started = Instant::now();
        while !answers(&self.address()).await {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(started.elapsed() < Duration::from_secs(60), "the program ends by itself: {status}");
                self.start_again();
            }
            assert!(started.elapsed() < Duration::from_secs(90), "the program does not become ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kills the program with SIGKILL and starts it again.
    pub async fn kill_and_restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.start_again();
    }

    /// Kills the database server with SIGKILL and starts it again.
    pub async fn kill_cluster(&mut self) {
        self.cluster.kill9().unwrap();
        let settings = Settings::dev(self.state.path());
        self.cluster = tokio::task::spawn_blocking(move || Cluster::join(&settings).unwrap()).await.unwrap();
    }

    /// The references of all stored requests.
    pub async fn stored(&self) -> HashMap<ServiceRequestId, String> {
        let mut connection = PgConnection::connect(&self.superuser_url()).await.unwrap();
        let rows: Vec<(Uuid, String)> =
            sqlx::query_as("SELECT service_request_id, reference FROM reports.request")
                .fetch_all(&mut connection)
                .await
                .unwrap();
        rows.into_iter().map(|(id, reference)| (id.into(), reference)).collect()
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of its state.
    pub fn state_folder(&self) -> &Path {
        self.state.path()
    }

    /// The address of the database for whoever sees behind every wall.
    pub fn superuser_url(&self) -> String {
        self.cluster.superuser_url(&format!("city_{}", self.key()))
    }

    /// Fails unless `gladbeck verify audit` says that the chain holds.
    pub async fn audit_holds(&self) {
        let (holds, said) = self.verify_audit();
        println!("{said}");
        assert!(holds, "{said}");
    }

    /// Whether the chain of the audit log holds, and what `gladbeck verify audit` says.
    pub fn verify_audit(&self) -> (bool, String) {
        let config = self.state.path().join(format!("{}.toml", self.key()));
        let output = program().arg("--config").arg(config).args(["verify", "audit"]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.cluster.stop();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_gladbeck"))
}

fn spawn(state: &tempfile::TempDir, pack: &Path, requests: usize, port: u16) -> Child {
    let log = std::fs::File::options().create(true).append(true).open(state.path().join("log")).unwrap();
    program()
        .args(["dev", "--keep-cluster"])
        .args(["--port", &port.to_string(), "--requests", &requests.to_string(), "--pack"])
        .arg(pack)
        .arg("--state")
        .arg(state.path())
        .stdout(Stdio::null())
        .stderr(log)
        .env("RUST_LOG", "warn")
        .spawn()
        .unwrap()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn answers(address: &str) -> bool {
    let client = kit::transport::http(address.parse().unwrap(), "localhost");
    let call = proto::client::Call::default();
    let answer = client.get::<serde_json::Value>("/v1/services", &call);
    matches!(tokio::time::timeout(Duration::from_secs(2), answer).await, Ok(Ok(_)))
}
