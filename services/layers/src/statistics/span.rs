//! Spans of time and their intervals, on the city's clock.

use std::iter;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use proto::Timestamp;

/// What counts when nobody asks for a time: this many months, and the day that is not over.
const USUAL_MONTHS: Months = Months::new(24);
/// No time line begins before this year, however far back a question reaches.
const FIRST_YEAR: i32 = 2000;

/// A span of time; both ends count, as in OGC API Features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first instant; none when there is no beginning.
    pub from: Option<Timestamp>,
    /// The last instant.
    pub to: Timestamp,
}

impl Span {
    /// The last two years and today: from midnight to midnight, so that the same question has the same answer all
    /// day long while nothing changes.
    pub fn usual(now: Timestamp, zone: Tz) -> Self {
        let today = now.with_timezone(&zone).date_naive();
        Self { from: Some(midnight(today - USUAL_MONTHS, zone)), to: Self::end_of_today(now, zone) }
    }

    /// Reads `2025-01-01T00:00:00Z/2025-12-31T22:59:59Z`, an end that is open (`..` or nothing), or one instant.
    pub fn parse(text: &str, now: Timestamp, zone: Tz) -> Option<Self> {
        let instant = |text: &str| {
            Some(Utc.from_utc_datetime(&chrono::DateTime::parse_from_rfc3339(text).ok()?.naive_utc()))
        };
        let Some((from, to)) = text.split_once('/') else {
            let at = instant(text)?;
            return Some(Self { from: Some(at), to: at });
        };
        let is_open = |text: &str| matches!(text, "" | "..");
        let from = if is_open(from) { None } else { Some(instant(from)?) };
        let to = if is_open(to) { Self::end_of_today(now, zone) } else { instant(to)? };
        // A span from tomorrow on is empty, not wrong; one that ends before it begins is.
        let backwards = from.is_some_and(|from| from > to) && !is_open(text.split_once('/')?.1);
        (!backwards).then_some(Self { from, to })
    }

    fn end_of_today(now: Timestamp, zone: Tz) -> Timestamp {
        midnight(now.with_timezone(&zone).date_naive() + Days::new(1), zone)
    }

    /// The days and instants with which intervals begin, from the first of the span to the last that can hold
    /// something.
    pub fn beginnings(&self, interval: Interval, now: Timestamp, zone: Tz) -> Vec<(NaiveDate, Timestamp)> {
        let day = |instant: Timestamp| instant.with_timezone(&zone).date_naive();
        let first = self.from.map_or(first_day_of_all(), day).max(first_day_of_all());
        let last = day(self.to.min(now));
        let days = iter::successors(Some(interval.first_day(first)), |day| interval.after(*day));
        days.take_while(|day| *day <= last).map(|day| (day, midnight(day, zone))).collect()
    }
}

fn first_day_of_all() -> NaiveDate {
    NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default()
}

/// The beginning of a day; where clocks skip midnight, as UTC has it.
fn midnight(day: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    zone.from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

/// The steps of a time line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Interval {
    /// The interval with this word in the API.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Week, Self::Month, Self::Year].into_iter().find(|interval| interval.as_str() == word)
    }

    /// The word in the API, which PostgreSQL shares.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The first day of the interval that `day` lies in.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Week => day - Days::new(day.weekday().num_days_from_monday().into()),
            Self::Month => day.with_day(1).unwrap_or(day),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day),
        }
    }

    /// The first day of the next interval.
    fn after(self, first_day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => first_day.checked_add_days(Days::new(7)),
            Self::Month => first_day.checked_add_months(Months::new(1)),
            Self::Year => first_day.checked_add_months(Months::new(12)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn two_years_reach_from_midnight_to_midnight_of_the_citys_clock() {
        // A quarter past midnight in Berlin, still yesterday in UTC, on either side of summer time.
        let span = Span::usual(at("2026-03-31T22:15:00Z"), Berlin);
        assert_eq!(span.from, Some(at("2024-03-31T22:00:00Z")));
        assert_eq!(span.to, at("2026-04-01T22:00:00Z"));
        let leap = Span::usual(at("2028-02-29T12:00:00Z"), Berlin);
        assert_eq!(leap.from, Some(at("2026-02-27T23:00:00Z")));
    }

    #[test]
    fn a_span_is_read_as_in_ogc_api_features() {
        let now = at("2026-03-02T06:40:00Z");
        let read = |text| Span::parse(text, now, Berlin).map(|span| (span.from, span.to));
        let (one, other) = (at("2025-01-01T00:00:00Z"), at("2025-06-01T00:00:00Z"));
        let tonight = at("2026-03-02T23:00:00Z");
        assert_eq!(read("2025-01-01T00:00:00Z/2025-06-01T00:00:00Z"), Some((Some(one), other)));
        assert_eq!(read("2025-01-01T01:00:00+01:00/2025-06-01T00:00:00Z"), Some((Some(one), other)));
        assert_eq!(read("../2025-06-01T00:00:00Z"), Some((None, other)));
        assert_eq!(read("2025-01-01T00:00:00Z/"), Some((Some(one), tonight)));
        assert_eq!(read("2025-01-01T00:00:00Z"), Some((Some(one), one)));
        assert_eq!(read("2030-01-01T00:00:00Z/.."), Some((Some(at("2030-01-01T00:00:00Z")), tonight)));
        for wrong in [
            "2025",
            "2025-01-01",
            "2025-06-01T00:00:00Z/2025-01-01T00:00:00Z",
            "a/b",
            "../../..",
            "' OR 1=1/..",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_line_has_no_gaps_and_ends_today() {
        let now = at("2026-03-02T06:40:00Z");
        let span = Span { from: Some(at("2025-11-15T00:00:00Z")), to: at("2026-12-31T00:00:00Z") };
        let months = span.beginnings(Interval::Month, now, Berlin);
        let expected = ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"];
        assert_eq!(months.iter().map(|(day, _)| *day).collect::<Vec<_>>(), expected.map(day));
        assert_eq!(months[0].1, at("2025-10-31T23:00:00Z"), "the midnight of Berlin");
        let later = Span { from: Some(at("2026-05-01T00:00:00Z")), to: at("2026-06-01T00:00:00Z") };
        assert_eq!(later.beginnings(Interval::Week, now, Berlin), []);
        let endless = Span { from: None, to: now };
        assert_eq!(endless.beginnings(Interval::Year, now, Berlin).len(), 27);
    }

    proptest! {
        #[test]
        fn every_day_lies_in_one_interval(days in 0_u64..20_000) {
            let day = first_day_of_all() + Days::new(days);
            for interval in [Interval::Week, Interval::Month, Interval::Year] {
                let first = interval.first_day(day);
                prop_assert!(first <= day && day < interval.after(first).unwrap());
                prop_assert_eq!(interval.first_day(first), first);
            }
        }

        #[test]
        fn no_span_makes_a_time_line_without_end(from in -60_000_000_000_i64..200_000_000_000, length in 0_i64..200_000_000_000) {
            let from = chrono::DateTime::from_timestamp(from, 0).unwrap();
            let span = Span { from: Some(from), to: from + chrono::Duration::seconds(length) };
            let points = span.beginnings(Interval::Week, at("2026-03-02T06:40:00Z"), Berlin);
            prop_assert!(points.len() < 1_500 && points.is_sorted());
        }
    }
}
