//! Who reads the answer: in which language, and under which request id.

use axum::extract::FromRequestParts;
use http::header::{ACCEPT_LANGUAGE, HOST};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};
use kit::http::RequestId;
use proto::client::Call;
use proto::{Language, locale};

use crate::state::Gateway;

/// The header that carries the id of a request to the last service.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The mark of a request whose reader chose the language by `?lang=`.
#[derive(Clone, Copy, Debug)]
pub struct Chosen;

/// The reader of an answer.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The language they read.
    pub language: Language,
    /// Whether they chose it, so that links keep it.
    pub chosen: bool,
    request_id: String,
    host: String,
}

impl FromRequestParts<Gateway> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, gateway))
    }
}

impl Reader {
    /// The reader of the answer to a request.
    pub fn of(parts: &Parts, gateway: &Gateway) -> Self {
        Self {
            language: kit::http::language(&parts.headers),
            chosen: parts.extensions.get::<Chosen>().is_some(),
            request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
            host: gateway.app.city.city.hosts.first().cloned().unwrap_or_default(),
        }
    }

    /// A reader of whom the edge knows the language alone.
    pub fn at_edge(language: Language) -> Self {
        Self { language, chosen: false, request_id: String::new(), host: String::new() }
    }

    /// A call to a service on the reader's behalf.
    ///
    /// It names the city by its host: a service that runs by itself serves many, too.
    pub fn call(&self) -> Call {
        let call = Call::in_language(self.language.tag()).header(REQUEST_ID.clone(), &self.request_id);
        call.header(HOST, &self.host)
    }

    /// The same for a request that is put together by hand.
    pub fn headers(&self) -> HeaderMap {
        let mut headers =
            HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(self.language.tag()))]);
        for (name, value) in [(REQUEST_ID.clone(), &self.request_id), (HOST, &self.host)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        headers
    }

    /// A sentence in the reader's language.
    pub fn say(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    /// A sentence with facts in the reader's language.
    pub fn say_with(&self, key: &str, facts: &[(&str, String)]) -> String {
        locale::text_with(self.language, key, facts)
    }

    /// A link that keeps the language that the reader chose.
    pub fn link(&self, path: &str) -> String {
        if self.chosen { format!("{path}?lang={}", self.language.tag()) } else { path.to_owned() }
    }
}
