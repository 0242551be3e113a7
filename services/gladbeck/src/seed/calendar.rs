//! When people report and when people work: seasons, weekends, storms, office hours.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use proto::Timestamp;

use super::chance::{Chance, Shares};
use super::weights::{Profile, Weights};

/// How far back the demonstration reaches.
const DAYS: u64 = 730;
/// Where the requests lie that give even a small city something to work on.
const RECENT_DAYS: f64 = 40.0;
/// Minutes of a working day.
const WORKDAY: f64 = 480.0;
/// When a working day begins, in minutes.
const OPENS: f64 = 450.0;

/// Two years of days, seen from today.
pub struct Calendar {
    now: Timestamp,
    zone: Tz,
    first: NaiveDate,
    seasons: BTreeMap<String, Shares>,
    hours: BTreeMap<String, Shares>,
    storms: Shares,
    storm_days: Vec<u64>,
}

impl Calendar {
    /// The two years that end `now`.
    pub fn new(weights: &Weights, now: Timestamp, zone: Tz) -> Result<Self> {
        let today = now.with_timezone(&zone).date_naive();
        let first = today - Days::new(DAYS - 1);
        let weekday = weights.weekday.get("even").context("weights.toml names no [weekday] even")?;
        let season = |months: &[f64; 12]| {
            Shares::of(first.iter_days().take(DAYS as usize).map(|day| weight(day, first, months, weekday)))
        };
        Ok(Self {
            now,
            zone,
            first,
            seasons: weights.season.iter().map(|(name, months)| (name.clone(), season(months))).collect(),
            hours: weights.hours.iter().map(|(name, hours)| (name.clone(), Shares::of(*hours))).collect(),
            storms: Shares::of(weights.storm.iter().map(|storm| storm.share)),
            storm_days: weights.storm.iter().map(|storm| u64::from(storm.days_ago)).collect(),
        })
    }

    /// The end of everything.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// When a request of this kind arrives; an office that is closed receives on its next day.
    pub fn arrival(&self, profile: &Profile, office: bool, recent: bool, chance: &mut Chance) -> Timestamp {
        let day = self.day(profile, recent, chance);
        let hour = self.hours.get(&profile.hours).map_or(12, |hours| hours.at(chance.unit()));
        let minutes = hour as f64 * 60.0 + chance.between(0.0, 60.0);
        let at = self.at(day, minutes * 60.0);
        let at = if office { self.office(at, chance) } else { at };
        self.past(at)
    }

    /// A time that has been: what would lie ahead was as long before today.
    fn past(&self, mut at: Timestamp) -> Timestamp {
        while at > self.now - TimeDelta::minutes(3) {
            at -= TimeDelta::days(1);
        }
        at
    }

    fn day(&self, profile: &Profile, recent: bool, chance: &mut Chance) -> NaiveDate {
        let last = self.first + Days::new(DAYS - 1);
        if recent {
            return last - Days::new((chance.unit() * RECENT_DAYS) as u64);
        }
        if chance.happens(profile.storm) {
            let storm = self.storm_days.get(self.storms.at(chance.unit()));
            return last - Days::new(storm.copied().unwrap_or_default());
        }
        let days = self.seasons.get(&profile.season);
        self.first + Days::new(days.map_or(0, |days| days.at(chance.unit()) as u64))
    }

    /// The same day in office hours, or the next working day.
    fn office(&self, at: Timestamp, chance: &mut Chance) -> Timestamp {
        let mut day = at.with_timezone(&self.zone).date_naive();
        while is_weekend(day) {
            day = day + Days::new(1);
        }
        self.at(day, chance.between(8.0, 16.0) * 3600.0)
    }

    /// The time after `days` working days of eight hours; the weekend is no time.
    pub fn work_after(&self, from: Timestamp, days: f64) -> Timestamp {
        let local = from.with_timezone(&self.zone);
        let mut day = local.date_naive();
        let minute = f64::from(local.num_seconds_from_midnight()) / 60.0;
        let mut left =
            days * WORKDAY + (minute - OPENS).clamp(0.0, WORKDAY) * f64::from(u8::from(!is_weekend(day)));
        while is_weekend(day) || left >= WORKDAY {
            if !is_weekend(day) {
                left -= WORKDAY;
            }
            day = day + Days::new(1);
        }
        self.at(day, (OPENS + left) * 60.0).max(from)
    }

    /// The time after `minutes` on any day between seven and ten o'clock in the evening.
    pub fn shift_after(&self, from: Timestamp, minutes: f64) -> Timestamp {
        let at = from + TimeDelta::seconds((minutes * 60.0) as i64);
        let local = at.with_timezone(&self.zone);
        match local.hour() {
            7..=21 => at,
            22.. => self.at(local.date_naive() + Days::new(1), (420.0 + minutes / 4.0) * 60.0),
            _ => self.at(local.date_naive(), (420.0 + minutes / 4.0) * 60.0),
        }
    }

    /// A time of the city's wall clock; one that the change to summer time leaves out is an hour later.
    fn at(&self, day: NaiveDate, seconds: f64) -> Timestamp {
        let wall = day.and_time(NaiveTime::MIN) + TimeDelta::milliseconds((seconds * 1000.0) as i64);
        let local = self.zone.from_local_datetime(&wall).earliest();
        let local = local.or_else(|| self.zone.from_local_datetime(&(wall + TimeDelta::hours(1))).earliest());
        let at: DateTime<Utc> = local.map_or_else(|| wall.and_utc(), |local| local.to_utc());
        at
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// What a day weighs: month and weekday, a little of its own, and more from year to year.
fn weight(day: NaiveDate, first: NaiveDate, months: &[f64; 12], weekday: &[f64; 7]) -> f64 {
    let age = (day - first).num_days() as f64 / DAYS as f64;
    let own = Chance::of(u64::from(day.num_days_from_ce().unsigned_abs())).between(0.7, 1.3);
    months[day.month0() as usize]
        * weekday[day.weekday().num_days_from_monday() as usize]
        * own
        * (0.7 + 0.6 * age)
}
