//! The ceiling of HTTP: a server that always gives the same bytes and does nothing else.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{Response, StatusCode, header};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::load::Answer;
use crate::server::free_port;

/// Serves the bytes of a file on a port, until it is killed.
pub async fn serve(port: u16, status: u16, content_type: String, file: &std::path::Path) -> Result<()> {
    let body = Bytes::from(std::fs::read(file)?);
    let status = StatusCode::from_u16(status)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (body, content_type) = (body.clone(), content_type.clone());
        tokio::spawn(async move {
            let answer = service_fn(move |_| {
                let answer = Response::builder().status(status).header(header::CONTENT_TYPE, &content_type);
                let answer = answer.body(Full::new(body.clone()));
                async move { Ok::<_, Infallible>(answer.unwrap_or_default()) }
            });
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

/// Such a server in a process of its own.
pub struct Bare {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// Starts one that gives `answer`.
    pub async fn start(answer: &Answer) -> Result<Self> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), &answer.body)?;
        let port = free_port()?;
        let child = Command::new(std::env::current_exe()?)
            .args(["bare", "--port", &port.to_string(), "--status", answer.status.as_str()])
            .args(["--content-type", &answer.content_type, "--file"])
            .arg(file.path())
            .stdin(Stdio::null())
            .spawn()
            .context("the bare server does not start")?;
        let bare = Self { child, address: ([127, 0, 0, 1], port).into() };
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(bare.address).await.is_ok() {
                return Ok(bare);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!("the bare server does not listen")
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
