//! Answers that go on for minutes end when the program is asked to stop, so that a drain does not wait for them.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http_body::{Body as HttpBody, Frame};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// An event stream that ends, whole, at `stop`; every other answer goes to its own end.
pub(super) fn until(response: Response, stop: &CancellationToken) -> Response {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
        let stopped = Box::pin(stop.clone().cancelled_owned());
        response.map(|body| Body::new(Until { body: Some(body), stopped }))
    } else {
        response
    }
}

struct Until {
    body: Option<Body>,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl HttpBody for Until {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.stopped.as_mut().poll(context).is_ready() {
            // What makes the events stops with its body.
            self.body = None;
        }
        match &mut self.body {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }
}
