//! Which format an answer has: what `f` says, or what the reader prefers.

use http::HeaderMap;
use http::header::ACCEPT;
use kit::{Error, Result};
use proto::Problem;
use proto::problem::FieldError;

use super::query::{Parameters, fault};

/// The formats of an answer for people and programs.
pub const FORMATS: &[&str] = &["json", "html"];

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON of some type, for programs.
    Json,
    /// A page, for people.
    Html,
}

/// The format of an answer; JSON unless a page is asked for, or stands explicitly ahead in `Accept`.
pub fn format(parameters: &Parameters, headers: &HeaderMap) -> Result<Format> {
    match parameters.get("f") {
        Some("json") => Ok(Format::Json),
        Some("html") => Ok(Format::Html),
        Some(_) => Err(unknown(FORMATS)),
        None => preferred(headers).ok_or_else(not_acceptable),
    }
}

/// Refuses a reader who takes no vector tiles.
pub fn tile(parameters: &Parameters, headers: &HeaderMap) -> Result<()> {
    match parameters.get("f") {
        Some("mvt") => return Ok(()),
        Some(_) => return Err(unknown(&["mvt"])),
        None => {}
    }
    let taken = accepted(headers).any(|(kind, quality)| {
        let fits = kind.ends_with("mapbox-vector-tile")
            || matches!(
                kind.as_str(),
                "*/*" | "application/*" | "application/x-protobuf" | "application/octet-stream"
            );
        fits && quality > 0.0
    });
    if taken { Ok(()) } else { Err(not_acceptable()) }
}

fn unknown(formats: &[&str]) -> Error {
    fault(FieldError::new("f", "value-not-listed").with("listed", formats.join(", ")))
}

fn not_acceptable() -> Error {
    Problem::new(406, "not-acceptable").into()
}

/// The media ranges of `Accept` with their weight; everything, when there is none.
fn accepted(headers: &HeaderMap) -> impl Iterator<Item = (String, f32)> {
    let values: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let all = if values.is_empty() { "*/*".to_owned() } else { values.join(",") };
    let ranges: Vec<_> = all.split(',').map(range).collect();
    ranges.into_iter()
}

fn range(text: &str) -> (String, f32) {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|quality| quality.parse().ok());
    (kind, quality.unwrap_or(1.0))
}

/// Programs often send `*/*`, browsers `text/html` in front of it.
fn preferred(headers: &HeaderMap) -> Option<Format> {
    let mut best: Option<(Format, f32)> = None;
    for (kind, quality) in accepted(headers) {
        let format = match kind.as_str() {
            "text/html" | "application/xhtml+xml" | "text/*" => Format::Html,
            "*/*" | "application/*" => Format::Json,
            kind if kind.starts_with("application/") && kind.ends_with("json") => Format::Json,
            _ => continue,
        };
        if quality > 0.0 && best.is_none_or(|(_, other)| quality > other) {
            best = Some((format, quality));
        }
    }
    best.map(|(format, _)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_only_to_who_prefers_one() {
        for (accept, expected) in [
            ("*/*", Some(Format::Json)),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Format::Html)),
            ("application/geo+json, application/json", Some(Format::Json)),
            ("application/vnd.oai.openapi+json;version=3.0", Some(Format::Json)),
            ("application/json, text/html", Some(Format::Json)),
            ("text/html;q=0.5, application/json", Some(Format::Json)),
            ("text/html", Some(Format::Html)),
            ("image/png", None),
            ("text/html;q=0", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
            assert_eq!(preferred(&headers), expected, "{accept}");
        }
        assert_eq!(preferred(&HeaderMap::new()), Some(Format::Json));
    }
}
