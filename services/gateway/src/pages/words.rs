//! Words that several pages use: when, where, what happens next.

use chrono::{Datelike, Timelike};
use kit::pack::Pack;
use maud::{Markup, html};
use proto::Timestamp;
use proto::reports::PublicRequest;

use crate::reader::Reader;

/// An instant on the city's wall clock.
pub fn when(city: &Pack, reader: &Reader, at: Timestamp) -> Markup {
    let local = at.with_timezone(&city.time_zone());
    let facts = [
        ("day", local.day().to_string()),
        ("month", local.month().to_string()),
        ("year", local.year().to_string()),
        ("time", format!("{:02}:{:02}", local.hour(), local.minute())),
    ];
    html! {
        time datetime=(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)) {
            (reader.say_with("page-when", &facts))
        }
    }
}

/// Where a request lies: the district if the city has some, and the position.
pub fn place(city: &Pack, reader: &Reader, request: &PublicRequest) -> Option<Markup> {
    let (longitude, latitude) = (request.longitude?, request.latitude?);
    let facts = [("longitude", degrees(reader, longitude)), ("latitude", degrees(reader, latitude))];
    Some(html! {
        @if let Some(district) = city.district_of(longitude, latitude) { (district) br; }
        (reader.say_with("page-position", &facts))
    })
}

/// Degrees to a metre, with the reader's decimal sign.
fn degrees(reader: &Reader, degrees: f64) -> String {
    format!("{degrees:.5}").replace('.', &reader.say("page-decimal-sign"))
}

/// What happens next, in plain words; nothing is promised that the city has not said.
pub fn next(reader: &Reader, request: &PublicRequest) -> String {
    reader.say(&format!("page-next-{}", request.status.as_str().replace('_', "-")))
}

/// The status with what happens next and what the city said.
pub fn standing(reader: &Reader, request: &PublicRequest) -> Markup {
    html! {
        section.standing aria-labelledby="standing" {
            h2 id="standing" { (reader.say("page-status")) }
            p.status data-status=(request.status.as_str()) { (request.status_name) }
            p { (next(reader, request)) }
            @if let Some(note) = &request.status_notes {
                h3 { (reader.say("page-answer")) }
                p.note { (note) }
            }
        }
    }
}
