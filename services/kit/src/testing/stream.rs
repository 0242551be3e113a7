//! An answer that goes on: server-sent events, one at a time.

use std::time::Duration;

use axum::body::Body;
use http::{HeaderMap, Response};
use http_body_util::BodyExt;

use super::answer::Answer;

/// Longer than an event may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer under way.
pub struct Stream {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    body: Body,
    text: String,
}

/// What came: an event with its fields, or a comment that keeps the connection alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The event's name.
    pub event: String,
    /// Its data.
    pub data: String,
    /// How to go on from here.
    pub id: String,
    /// A comment's text.
    pub comment: String,
}

impl Stream {
    pub(super) fn new(answer: Response<Body>) -> Self {
        let (parts, body) = answer.into_parts();
        Self { status: parts.status.as_u16(), headers: parts.headers, body, text: String::new() }
    }

    /// The next event or comment; nothing at the end of the stream.
    pub async fn next(&mut self) -> Option<Came> {
        let waited = tokio::time::timeout(PATIENCE, self.block()).await;
        waited.expect("an event or the end comes in time").map(|block| came(&block))
    }

    /// What comes within `time`, if anything does.
    pub async fn within(&mut self, time: Duration) -> Option<Came> {
        tokio::time::timeout(time, self.next()).await.ok().flatten()
    }

    /// The whole answer, of a stream that was refused.
    pub async fn refused(self) -> Answer {
        let Self { status, headers, body, .. } = self;
        let bytes = body.collect().await.expect("the body arrives whole").to_bytes();
        Answer { status, headers, body: bytes }
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let frame = self.body.frame().await?.expect("the stream does not break");
            if let Ok(bytes) = frame.into_data() {
                self.text += std::str::from_utf8(&bytes).expect("events are text");
            }
        }
    }
}

fn came(block: &str) -> Came {
    let mut came = Came::default();
    for line in block.lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim_start().to_owned();
        match name {
            "event" => came.event = value,
            "data" => came.data = value,
            "id" => came.id = value,
            "" => came.comment = value,
            _ => {}
        }
    }
    came
}
