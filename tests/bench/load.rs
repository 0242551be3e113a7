//! The clients: connections that are kept, each sending the next request when the answer is there.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::Barrier;

use crate::draw::Draw;
use crate::statistics::Latencies;

/// Makes the next request of a connection.
pub type Make = Arc<dyn Fn(&mut Draw) -> Request<Full<Bytes>> + Send + Sync>;

/// An answer, as far as the ceiling has to imitate it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The kind of content.
    pub content_type: String,
    /// The bytes.
    pub body: Bytes,
}

/// How long a case takes.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Until everything is warm; not counted.
    pub warm_up: Duration,
    /// What is counted.
    pub measured: Duration,
}

/// What a load has shown.
#[derive(Clone, Debug)]
pub struct Load {
    /// Latencies of the answers that came within the span.
    pub latencies: Latencies,
    /// How long the span really was.
    pub lasted: Duration,
}

impl Load {
    /// Answers per second.
    pub fn rate(&self) -> f64 {
        self.latencies.number() as f64 / self.lasted.as_secs_f64()
    }
}

/// A connection that is kept.
pub struct Connection(SendRequest<Full<Bytes>>);

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("cannot reach {address}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        self.0.ready().await?;
        let answer = self.0.send_request(request).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.into_body().collect().await?.to_bytes();
        let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Ok(Answer { status, content_type: content_type.unwrap_or_default().to_owned(), body })
    }
}

/// Sends requests over `connections` connections; `at` is called when the span begins and when it ends.
pub async fn run(
    address: SocketAddr,
    connections: usize,
    span: Span,
    make: &Make,
    wanted: StatusCode,
    mut at: impl FnMut(),
) -> Result<Load> {
    let ready = Arc::new(Barrier::new(connections + 1));
    let clients: Vec<_> = (0..connections)
        .map(|number| tokio::spawn(client(address, number, span, make.clone(), wanted, ready.clone())))
        .collect();
    ready.wait().await;
    tokio::time::sleep(span.warm_up).await;
    at();
    let begun = Instant::now();
    tokio::time::sleep(span.measured).await;
    at();
    let lasted = begun.elapsed();
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.await??);
    }
    Ok(Load { latencies: Latencies::of(all), lasted })
}

async fn client(
    address: SocketAddr,
    number: usize,
    span: Span,
    make: Make,
    wanted: StatusCode,
    ready: Arc<Barrier>,
) -> Result<Vec<Duration>> {
    let connection = Connection::open(address).await;
    // Waits with the others even without a connection, so that a fault is told and nobody hangs.
    ready.wait().await;
    let mut connection = connection?;
    let (begun, mut draw, mut latencies) = (Instant::now(), Draw::new(number as u64), Vec::new());
    loop {
        let sent = Instant::now();
        if sent.duration_since(begun) >= span.warm_up + span.measured {
            return Ok(latencies);
        }
        let answer = connection.send(make(&mut draw)).await?;
        ensure!(
            answer.status == wanted,
            "answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        if begun.elapsed() >= span.warm_up && begun.elapsed() < span.warm_up + span.measured {
            latencies.push(sent.elapsed());
        }
    }
}
