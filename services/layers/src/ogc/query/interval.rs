//! Times: an instant, or an interval that may be open on one side or on both.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use proto::Timestamp;

/// Times from a first to a last instant, both included; an open end has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The first instant.
    pub from: Option<Timestamp>,
    /// The last instant.
    pub to: Option<Timestamp>,
}

impl Interval {
    /// Reads the value of `datetime`: RFC 3339, `..` or nothing for an open end.
    ///
    /// A date is its whole day in UTC: an interval begins with the first moment of one and ends with the last.
    pub fn read(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once('/') else {
            let at = moment(text)?;
            return Some(Self { from: Some(at.0), to: Some(at.1) });
        };
        let (from, to) = (end(from)?.map(|at| at.0), end(to)?.map(|at| at.1));
        let in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
        in_order.then_some(Self { from, to })
    }
}

fn end(text: &str) -> Option<Option<(Timestamp, Timestamp)>> {
    if text.is_empty() || text == ".." { Some(None) } else { moment(text).map(Some) }
}

/// The first and the last instant of a moment.
fn moment(text: &str) -> Option<(Timestamp, Timestamp)> {
    // The parser would also take signs, blanks and single digits.
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| date.to_string() == text);
    if let Some(date) = date {
        let first = storable(date.and_time(NaiveTime::MIN).and_utc())?;
        return Some((first, first + Duration::days(1) - Duration::microseconds(1)));
    }
    let at = storable(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc))?;
    Some((at, at))
}

/// Years of four digits, which the database can keep and every client can read.
fn storable(at: Timestamp) -> Option<Timestamp> {
    use chrono::Datelike;
    (0..=9999).contains(&at.year()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_intervals_are_read_with_open_ends() {
        for right in [
            "2026-03-02T06:40:00Z",
            "2026-03-02T06:40:00.5+01:00",
            "2026-03-02",
            "../2026-03-02T06:40:00Z",
            "/2026-03-02T06:40:00Z",
            "2026-03-02T06:40:00Z/..",
            "2026-03-02T06:40:00Z/",
            "2026-03-02T06:40:00Z/2026-03-02T06:40:00Z",
            "2026-03-02/2026-03-02",
            "2026-03-02T06:40:00Z/2026-03-02",
            "2026-03-02/2026-03-02T06:40:00Z",
            "../..",
        ] {
            assert!(Interval::read(right).is_some(), "{right}");
        }
        for wrong in [
            "",
            "..",
            "today",
            "2026-13-02",
            "2026-03-02T06:40:00",
            "2026-03-03/2026-03-02",
            "2026-03-03T00:00:00Z/2026-03-02",
            "2026-03-03/2026-03-02T23:59:59Z",
            "2026-03-02/2026-02-30",
            "2026-3-02",
            "2026-03-2 ",
            "+2026-03-02",
            "a/b",
            "1/2/3",
            "2026-03-02T25:00:00Z",
            "+12026-03-02",
            "+262142-12-31",
            "../+262142-12-31",
            "-0001-01-01",
        ] {
            assert!(Interval::read(wrong).is_none(), "{wrong}");
        }
        let day = Interval::read("2026-03-02").unwrap();
        assert_eq!((day.to.unwrap() - day.from.unwrap()).num_microseconds(), Some(86_400_000_000 - 1));
    }
    #[test]
    fn a_date_is_its_whole_day_at_either_end() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let (first, last) = (at("2026-01-01T00:00:00Z"), at("2026-01-31T23:59:59.999999Z"));
        for (text, from, to) in [
            ("2026-01-01/2026-01-31", first, last),
            ("../2026-01-31", None, last),
            ("/2026-01-31", None, last),
            ("2026-01-01/..", first, None),
            ("2026-01-01/", first, None),
            ("2026-01-01", first, at("2026-01-01T23:59:59.999999Z")),
            ("2026-01-01/2026-01-01", first, at("2026-01-01T23:59:59.999999Z")),
            ("2026-01-01/2026-01-31T00:00:00Z", first, at("2026-01-31T00:00:00Z")),
            ("2026-01-01T08:00:00Z/2026-01-31", at("2026-01-01T08:00:00Z"), last),
            ("9999-12-31", at("9999-12-31T00:00:00Z"), at("9999-12-31T23:59:59.999999Z")),
        ] {
            assert_eq!(Interval::read(text), Some(Interval { from, to }), "{text}");
        }
    }
}
