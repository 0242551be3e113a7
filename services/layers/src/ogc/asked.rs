//! What was asked: the path, the query, what the reader takes and what he has already.

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::IF_NONE_MATCH;
use http::request::Parts;
use kit::{App, Error, Result};
use proto::Language;
use serde_json::{Value, json};

use super::negotiate::{self, Format};
use super::query::Parameters;

/// A request under `/ogc`.
pub struct Asked {
    /// The public address of the city, without a slash at its end.
    pub base: String,
    /// The path.
    pub path: String,
    /// The reader's language.
    pub language: Language,
    /// The headers.
    pub headers: HeaderMap,
    query: Option<String>,
}

/// A request whose query was read.
pub struct Read {
    /// Its parameters.
    pub parameters: Parameters,
    /// How it is answered.
    pub format: Format,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self {
            base: app.city.city.base_url.as_str().trim_end_matches('/').to_owned(),
            path: parts.uri.path().trim_end_matches('/').to_owned(),
            language: parts.extensions.get().copied().unwrap_or(Language::FIRST),
            headers: parts.headers.clone(),
            query: parts.uri.query().map(str::to_owned),
        })
    }
}

impl Asked {
    /// Reads the query, in which only `known` parameters may stand, and chooses the format.
    pub fn read(&self, known: &[&str]) -> Result<Read> {
        let parameters = self.parameters(known)?;
        let format = negotiate::format(&parameters, &self.headers)?;
        Ok(Read { parameters, format })
    }

    /// Reads the query, in which only `known` parameters may stand.
    pub fn parameters(&self, known: &[&str]) -> Result<Parameters> {
        Parameters::read(self.query.as_deref(), known)
    }

    /// The public address of a path below `/ogc`.
    pub fn url(&self, below: &str) -> String {
        format!("{}/ogc{below}", self.base)
    }

    /// The links of an answer to itself and to its other format.
    pub fn itself(&self, read: &Read, json_type: &str) -> Vec<Value> {
        let here = |format: Option<&str>| {
            let query = read.parameters.with("f", format);
            let mark = if query.is_empty() { "" } else { "?" };
            format!("{}{}{mark}{query}", self.base, self.path)
        };
        let own = here(read.parameters.get("f"));
        let (json, html) = (here(Some("json")), here(Some("html")));
        match read.format {
            Format::Json => {
                vec![link("self", &own, json_type, "JSON"), link("alternate", &html, "text/html", "HTML")]
            }
            Format::Html => {
                vec![link("self", &own, "text/html", "HTML"), link("alternate", &json, json_type, "JSON")]
            }
        }
    }

    /// Whether the reader has the answer with this tag (RFC 9110, 13.1.2).
    pub fn has(&self, tag: &str) -> bool {
        let named = self.headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        named.flat_map(|tags| tags.split(',')).map(str::trim).any(|known| known == "*" || known == tag)
    }
}

/// A link of the web (RFC 8288).
pub fn link(rel: &str, href: &str, kind: &str, title: &str) -> Value {
    json!({ "rel": rel, "href": href, "type": kind, "title": title })
}
