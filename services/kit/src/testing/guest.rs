//! Somebody who sends requests.

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use serde_json::Value;
use tower::ServiceExt;

use super::answer::Answer;
use super::stream::Stream;
use crate::ids::Ids;

/// Somebody who sends requests to a city; cheap to clone.
#[derive(Clone)]
pub struct Guest {
    router: Router,
    ids: Ids,
    headers: HeaderMap,
}

impl Guest {
    pub(super) fn new(router: Router, ids: Ids) -> Self {
        Self { router, ids, headers: HeaderMap::new() }
    }

    /// The same one, with a header on every request.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        self.headers.insert(name, HeaderValue::from_str(value).expect("a header's value"));
        self
    }

    /// Gets.
    pub async fn get(&self, path: impl AsRef<str>) -> Answer {
        self.request(Method::GET, path.as_ref(), None, Bytes::new()).await
    }

    /// Posts JSON, under a fresh key unless one was set.
    pub async fn post(&self, path: impl AsRef<str>, body: Value) -> Answer {
        self.json(Method::POST, path.as_ref(), &body).await
    }

    /// Puts JSON.
    pub async fn put(&self, path: impl AsRef<str>, body: Value) -> Answer {
        self.json(Method::PUT, path.as_ref(), &body).await
    }

    /// Patches with JSON, under a fresh key unless one was set.
    pub async fn patch(&self, path: impl AsRef<str>, body: Value) -> Answer {
        self.json(Method::PATCH, path.as_ref(), &body).await
    }

    /// Deletes.
    pub async fn delete(&self, path: impl AsRef<str>) -> Answer {
        self.request(Method::DELETE, path.as_ref(), None, Bytes::new()).await
    }

    /// Sends bytes as they are.
    pub async fn send(
        &self,
        method: Method,
        path: impl AsRef<str>,
        kind: &str,
        body: impl Into<Bytes>,
    ) -> Answer {
        self.request(method, path.as_ref(), Some(kind), body.into()).await
    }

    /// Gets an answer that goes on, event by event.
    pub async fn follow(&self, path: impl AsRef<str>) -> Stream {
        let answer = self.answer(Method::GET, path.as_ref(), None, Bytes::new()).await;
        Stream::new(answer)
    }

    async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.request(method, path, Some("application/json"), body.to_string().into()).await
    }

    async fn request(&self, method: Method, path: &str, kind: Option<&str>, body: Bytes) -> Answer {
        Answer::read(self.answer(method, path, kind, body).await).await
    }

    async fn answer(&self, method: Method, path: &str, kind: Option<&str>, body: Bytes) -> Response<Body> {
        let mut request =
            Request::builder().method(&method).uri(path).body(Body::from(body)).expect("a request");
        let headers = request.headers_mut();
        headers.extend(self.headers.clone());
        if let Some(kind) = kind {
            headers.insert("content-type", HeaderValue::from_str(kind).expect("a content type"));
        }
        if matches!(method, Method::POST | Method::PATCH) && !headers.contains_key("idempotency-key") {
            let key = HeaderValue::from_str(&self.ids.uuid().to_string()).expect("a key");
            headers.insert("idempotency-key", key);
        }
        self.router.clone().oneshot(request).await.expect("a router always answers")
    }
}
