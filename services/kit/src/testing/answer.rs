//! What came back.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    pub(super) async fn read(answer: Response<Body>) -> Self {
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("the body arrives whole").to_bytes();
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as a value.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Fails unless the status is this one.
    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Fails unless it is this problem, as `application/problem+json` with its sentences.
    #[track_caller]
    pub fn assert_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        let problem: Value = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        for sentence in ["title", "detail"] {
            let text = problem[sentence].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.starts_with("problem-"), "no {sentence} for {code}: {problem}");
        }
        self
    }

    /// Fails unless the problem names this field with this fault.
    #[track_caller]
    pub fn assert_field(self, pointer: &str, code: &str) -> Self {
        let answer = self.assert_problem(422, "fields-invalid");
        let problem: Value = answer.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named = errors.iter().any(|error| error["pointer"] == pointer && error["code"] == code);
        assert!(named, "no {code} at {pointer}: {problem}");
        for error in &errors {
            let text = error["detail"].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.starts_with("field-"), "no sentence: {error}");
        }
        answer
    }
}
