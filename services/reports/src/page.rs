//! Queries of lists: parameters that fit or are named, and pages that end with a cursor.

use std::str::FromStr;

use axum::response::{IntoResponse, Response};
use http::header;
use kit::{Error, Result};
use proto::paging::{Cursor, DEFAULT_LIMIT, MAX_LIMIT};
use proto::{Problem, Timestamp};
use serde::Serialize;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

/// The sort key of the last row of a page: newest first, ids decide between equals.
pub type Key = (Timestamp, Uuid);

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Rows of the page.
    pub limit: usize,
    /// The last row of the page before.
    pub after: Option<Key>,
}

impl Page {
    /// The page that a query names.
    pub fn try_new(limit: Option<&str>, cursor: Option<&str>) -> Result<Self> {
        let limit = parameter::<u16>("limit", limit)?.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(invalid("limit"));
        }
        let after = match given(cursor) {
            Some(text) => Some(key(text).ok_or_else(|| invalid("cursor"))?),
            None => None,
        };
        Ok(Self { limit: limit.into(), after })
    }

    /// Rows to ask for: one more than wanted tells whether there is a next page.
    pub fn rows(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// Takes the row that was asked for too much; answers with the cursor of the next page, if there is one.
    pub fn cut<T>(&self, rows: &mut Vec<T>, key: impl Fn(&T) -> Key) -> Option<Cursor> {
        if rows.len() <= self.limit {
            return None;
        }
        rows.truncate(self.limit);
        rows.last().map(|last| Cursor::of(&key(last)))
    }
}

fn key(text: &str) -> Option<Key> {
    serde_json::from_value::<Cursor>(text.into()).ok()?.key()
}

/// The link to the next page, with the parameters of this one (RFC 8288).
pub fn link(path: &str, parameters: &[(&str, Option<&str>)], next: &Cursor) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in parameters {
        if let Some(value) = given(*value) {
            query.append_pair(name, value);
        }
    }
    format!("<{path}?{}>; rel=\"next\"", query.append_pair("cursor", next.as_str()).finish())
}

/// A page as JSON, with the link to the next one if there is one.
pub fn answer(body: impl Serialize, link: Option<String>, cache_control: &'static str) -> Response {
    let mut response = ([(header::CACHE_CONTROL, cache_control)], axum::Json(body)).into_response();
    if let Some(link) = link.and_then(|link| link.parse().ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// A parameter with a value; a form sends empty ones for what nobody filled in.
pub fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A parameter as a value, if it was given.
pub fn parameter<T: FromStr>(name: &str, text: Option<&str>) -> Result<Option<T>> {
    given(text).map(|text| text.parse().map_err(|_| invalid(name))).transpose()
}

/// A parameter as a list with commas, if it was given.
pub fn list<T: FromStr>(name: &str, text: Option<&str>) -> Result<Option<Vec<T>>> {
    let parse = |part: &str| part.trim().parse().map_err(|_| invalid(name));
    given(text).map(|text| text.split(',').map(parse).collect()).transpose()
}

/// A parameter that does not fit.
pub fn invalid(name: &str) -> Error {
    Problem::new(400, "query-invalid").with("parameter", name).into()
}
