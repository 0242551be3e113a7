//! The file itself: what a body outside has to know, in words and in the city's time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, Datelike, Timelike};
use kit::pack::{Attribute, Datatype, Pack, Service};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use proto::{Language, Timestamp, locale};
use serde_json::Value;

use crate::intake::addressee::Witness;
use crate::request::Request;

/// Nothing is fetched, and nothing in it can act, wherever it is opened.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

const STYLE: &str = "body{font:12pt/1.45 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}\
dl{display:grid;grid-template-columns:14rem 1fr;gap:.4rem 1rem}dt{color:#444}dd{margin:0;white-space:pre-line}\
figure{margin:1rem 0;break-inside:avoid}img{max-width:100%;max-height:24cm}\
.practice{border:2px solid #111;padding:.5rem 1rem}@media print{body{margin:0}}";

/// What goes into the file.
pub struct Contents<'a> {
    /// Whose file it is.
    pub city: &'a Pack,
    /// The language of the authorities.
    pub language: Language,
    /// The kind of request.
    pub service: &'a Service,
    /// The request.
    pub request: &'a Request,
    /// Who has seen it; gone when the days after the request's end are over.
    pub witness: Option<&'a Witness>,
    /// The photos as JPEG.
    pub photos: &'a [Bytes],
    /// When the file is made.
    pub now: Timestamp,
}

impl Contents<'_> {
    /// The page.
    pub fn page(&self) -> Markup {
        let title = format!(
            "{} {}",
            self.request.reference.as_str(),
            self.service.name.in_language(self.language.tag())
        );
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="robots" content="noindex";
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    @if self.city.city.demonstration { p.practice { strong { (self.say("file-practice")) } } }
                    p { (self.city.city.full_name.in_language(self.language.tag())) ", " (self.department()) }
                    h1 { (title) }
                    p { (self.say("file-made")) " " (self.when(self.now)) ". " (self.say("file-confidential")) }
                    (self.matter())
                    (self.answers())
                    (self.named())
                    (self.pictures())
                }
            }
        }
    }

    fn matter(&self) -> Markup {
        let request = self.request;
        html! {
            h2 { (self.say("file-matter")) }
            dl {
                (self.row("file-received", &self.when(request.requested_datetime)))
                @if let Some(at) = request.captured_at { (self.row("file-captured", &self.when(at))) }
                @if let Some(address) = &request.address_string { (self.row("file-address", address)) }
                @if let Some(position) = request.position {
                    (self.row("file-position", &format!("{:.6}, {:.6} (EPSG:4326)", position.latitude, position.longitude)))
                }
                @if let Some(words) = &request.description { (self.row("file-words", words)) }
            }
        }
    }

    /// The answers in the order of the form, then those to questions that the pack no longer asks.
    fn answers(&self) -> Markup {
        let given = &self.request.attributes;
        let asked = self
            .service
            .attributes
            .iter()
            .filter_map(|question| Some((question, given.get(&question.code)?)));
        let dropped = given.iter().filter(|(code, _)| self.service.attribute(code).is_none());
        html! {
            h2 { (self.say("file-answers")) }
            dl {
                @for (question, answer) in asked {
                    dt { (question.description.in_language(self.language.tag())) }
                    dd { (self.answer(question, answer)) }
                }
                @for (code, answer) in dropped { dt { (code) } dd { (plain(answer)) } }
            }
        }
    }

    fn named(&self) -> Markup {
        html! {
            h2 { (self.say("file-witness")) }
            @match self.witness {
                Some(witness) => {
                    dl {
                        (self.row("file-name", &witness.name))
                        (self.row("file-postal-address", &witness.postal_address))
                    }
                }
                None => { p { (self.say("file-witness-gone")) } }
            }
        }
    }

    fn pictures(&self) -> Markup {
        html! {
            @if !self.photos.is_empty() {
                h2 { (self.say("file-photos")) }
                p { (self.say("file-photos-detail")) }
                @for (index, photo) in self.photos.iter().enumerate() {
                    figure {
                        img src=(format!("data:image/jpeg;base64,{}", STANDARD.encode(photo))) alt="";
                        figcaption { (self.say("file-photo")) " " (index + 1) }
                    }
                }
            }
        }
    }

    /// An answer in words; times in the city's own.
    fn answer(&self, question: &Attribute, answer: &Value) -> String {
        let word = |key: &Value| {
            let known = question.values.iter().find(|value| Some(value.key.as_str()) == key.as_str());
            known.map_or_else(|| plain(key), |value| value.name.in_language(self.language.tag()).to_owned())
        };
        match (question.datatype, answer) {
            (Datatype::Datetime, Value::String(text)) => {
                let at = DateTime::parse_from_rfc3339(text).map(|at| self.when(at.to_utc()));
                at.unwrap_or_else(|_| text.clone())
            }
            (_, Value::Array(keys)) => keys.iter().map(word).collect::<Vec<_>>().join(", "),
            _ => word(answer),
        }
    }

    fn department(&self) -> &str {
        let key = &self.request.department;
        self.city.department(key).map_or(key, |department| department.name.in_language(self.language.tag()))
    }

    fn row(&self, key: &str, value: &str) -> Markup {
        html! { dt { (self.say(key)) } dd { (value) } }
    }

    fn say(&self, key: &str) -> String {
        locale::text(self.language, key)
    }

    fn when(&self, at: Timestamp) -> String {
        let local = at.with_timezone(&self.city.time_zone());
        let facts = [
            ("day", local.day().to_string()),
            ("month", local.month().to_string()),
            ("year", local.year().to_string()),
            ("time", format!("{:02}:{:02}", local.hour(), local.minute())),
        ];
        locale::text_with(self.language, "page-when", &facts)
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
