//! Bodies keep a pace, and deadlines count from the complete body.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use proto::Problem;
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep};

use crate::Error;

/// Time that a body gets whatever its size.
const GRACE: Duration = Duration::from_secs(5);
/// Bytes per second that a body must keep beyond that.
const MIN_RATE: u64 = 1000;
/// Largest body that any route takes, in bytes; routes set lower limits of their own.
const MAX_BODY: u64 = 16 << 20;

/// Why a body was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pace {
    /// It fell below the least rate.
    #[error("the body came too slowly")]
    TooSlow,
    /// It is larger than any route takes.
    #[error("the body is too large")]
    TooLarge,
}

/// A body that fails when it comes too slowly or grows too large, and tells when it is complete.
pub struct Paced {
    body: Body,
    started: Instant,
    received: u64,
    sleep: Pin<Box<Sleep>>,
    complete: Arc<Notify>,
}

impl Paced {
    /// Paces `body`; `complete` is notified when its last byte is there or it failed.
    pub fn new(body: Body, complete: Arc<Notify>) -> Self {
        let started = Instant::now();
        if body.is_end_stream() {
            complete.notify_one();
        }
        Self {
            body,
            started,
            received: 0,
            sleep: Box::pin(tokio::time::sleep_until(started + GRACE)),
            complete,
        }
    }

    fn fail(&self, why: Pace) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.complete.notify_one();
        Poll::Ready(Some(Err(axum::Error::new(why))))
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.sleep.as_mut().poll(context).is_ready() {
            return self.fail(Pace::TooSlow);
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame {
            self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            if self.received > MAX_BODY {
                return self.fail(Pace::TooLarge);
            }
            let allowed = GRACE + Duration::from_millis(self.received * 1000 / MIN_RATE);
            let until = self.started + allowed;
            self.sleep.as_mut().reset(until);
        }
        if frame.is_none() || self.body.is_end_stream() {
            self.complete.notify_one();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Paces the body and answers 503 when the handler takes longer than its deadline after it.
pub(super) async fn deadline(State(deadline): State<Duration>, request: Request, next: Next) -> Response {
    let complete = Arc::new(Notify::new());
    let request = request.map(|body| Body::new(Paced::new(body, complete.clone())));
    let late = async {
        complete.notified().await;
        tokio::time::sleep(deadline).await;
    };
    tokio::select! {
        response = next.run(request) => response,
        () = late => Error::from(Problem::new(503, "too-slow")).into_response(),
    }
}
