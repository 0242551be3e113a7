//! A server on this machine that plays another host, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it answers at a path.
#[derive(Clone, Default)]
pub struct Scripted {
    status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
    after: Duration,
    ending: Ending,
}

#[derive(Clone, Copy, Default)]
enum Ending {
    #[default]
    Whole,
    Trickling,
    Endless,
}

impl Scripted {
    /// Content of a type.
    pub fn content(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("content-type", kind).body(body)
    }

    /// JSON.
    pub fn json(body: &serde_json::Value) -> Self {
        Self::content("application/json", body.to_string())
    }

    /// A tile.
    pub fn tile(body: impl Into<Vec<u8>>) -> Self {
        Self::content("application/x-protobuf", body)
    }

    /// Nothing but a status.
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(format!("{name}: {value}"));
        self
    }

    /// With a body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Not before this time has passed.
    pub fn after(mut self, after: Duration) -> Self {
        self.after = after;
        self
    }

    /// A byte from time to time, and never the last one.
    pub fn trickling(mut self) -> Self {
        self.ending = Ending::Trickling;
        self
    }

    /// The body again and again, without saying how long it will be.
    pub fn endless(mut self) -> Self {
        self.ending = Ending::Endless;
        self
    }
}

/// The server.
#[derive(Clone, Default)]
pub struct Elsewhere {
    /// Where it listens.
    pub port: u16,
    parts: Arc<Parts>,
}

#[derive(Default)]
struct Parts {
    answers: Mutex<HashMap<String, Scripted>>,
    heads: Mutex<Vec<String>>,
    connections: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Elsewhere {
    /// Starts a server that knows no path yet.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let elsewhere = Self { port: listener.local_addr().unwrap().port(), parts: Arc::default() };
        let parts = elsewhere.parts.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                parts.connections.fetch_add(1, Ordering::SeqCst);
                let parts = parts.clone();
                tokio::spawn(async move { parts.serve(stream).await });
            }
        });
        elsewhere
    }

    /// Answers so at a path from now on.
    pub fn answers(&self, path: &str, answer: Scripted) {
        self.parts.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// The heads of all requests, as they arrived.
    pub fn heads(&self) -> Vec<String> {
        self.parts.heads.lock().unwrap().clone()
    }

    /// The paths it was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.heads().iter().map(|head| head.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.parts.connections.load(Ordering::SeqCst)
    }

    /// The most requests that were waiting for their answer at once.
    pub fn most_at_once(&self) -> usize {
        self.parts.most.load(Ordering::SeqCst)
    }

    /// Its origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where the gateway passes on what lies at a path here.
    pub fn through(&self, path: &str) -> String {
        format!("/map/proxy/127.0.0.1:{}{path}", self.port)
    }
}

impl Parts {
    async fn serve(&self, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.heads.lock().unwrap().push(head);
        let answer = self.answers.lock().unwrap().get(&path).cloned();
        let answer = answer.unwrap_or_else(|| Scripted::status(404));
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        tokio::time::sleep(answer.after).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        // Whoever asked may be gone by now.
        let _ = write(&mut stream, &answer).await;
    }
}

async fn write(stream: &mut TcpStream, answer: &Scripted) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Scripted\r\nconnection: close\r\n", answer.status);
    for header in &answer.headers {
        head += &format!("{header}\r\n");
    }
    if matches!(answer.ending, Ending::Whole) {
        head += &format!("content-length: {}\r\n", answer.body.len());
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    match answer.ending {
        Ending::Whole => stream.write_all(&answer.body).await,
        Ending::Endless => loop {
            stream.write_all(&answer.body).await?;
        },
        Ending::Trickling => loop {
            stream.write_all(b"x").await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
        },
    }
}
