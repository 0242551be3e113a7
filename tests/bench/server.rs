//! The product as a process of its own, so that its processor time and memory can be read.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http::Request;
use http_body_util::Full;

use crate::load::Connection;

/// `gladbeck serve`, all roles in one process.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it with a configuration and waits until it is ready.
    pub async fn start(config: &Path, works: bool) -> Result<Self> {
        let address: SocketAddr = ([127, 0, 0, 1], free_port()?).into();
        let program = beside("gladbeck")?;
        let mut command = Command::new(&program);
        command.arg("--config").arg(config).arg("serve");
        if !works {
            command.arg("--no-work");
        }
        let log = std::fs::File::create(config.with_extension("log"))?;
        let child = command
            .env("GLADBECK__SERVER__LISTEN", address.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // A line per request is written, as in a city.
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let mut server = Self { child, address };
        server.ready().await?;
        Ok(server)
    }

    async fn ready(&mut self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended by itself: {status}");
            }
            let ready = get("/health/ready");
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.send(ready).await.is_ok_and(|answer| answer.status.is_success())
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the server is not ready after 30 s")
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request for a path, as a browser on this machine sends it.
pub fn get(path: &str) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::default());
    *request.uri_mut() = path.parse().unwrap_or_default();
    request.headers_mut().insert(http::header::HOST, http::HeaderValue::from_static("localhost"));
    request
}

/// A program that was built together with this one.
pub fn beside(name: &str) -> Result<std::path::PathBuf> {
    let program = std::env::current_exe()?.with_file_name(name);
    ensure!(program.exists(), "{} is missing; `make bench` builds it", program.display());
    Ok(program)
}

/// A port that is free now.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
