//! A problem as a page: what went wrong, and what to do next.

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use kit::App;
use maud::html;
use proto::{Language, Problem};

use super::layout::{Page, page};
use crate::reader::Reader;

/// The page of a problem, in the language of its reader.
pub fn page_of(app: &App, reader: &Reader, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let problem = problem.localised(reader.language);
    let body = html! {
        h1 { (problem.title) }
        p { (problem.detail) }
        p { a.button href=(reader.link("/")) { (reader.say("page-to-start")) } }
    };
    let mut response =
        (status, page(app, reader, Page { title: &problem.title, path: None, body })).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}

/// The dialect of pages at the edge.
pub fn page_at_edge(app: &App, problem: Problem, language: Language) -> Response {
    page_of(app, &Reader::at_edge(language), problem)
}
