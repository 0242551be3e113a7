//! What is asked: values that the city knows, or a refusal that names the parameter.

use std::str::FromStr;

use kit::pack::Pack;
use kit::{Error, Result};
use proto::statistics::By;
use proto::status::Status;
use proto::{Problem, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::span::{Interval, Span};

/// Which figures are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    /// What rows stand for: `district`, `service_group`, `service_code`, `status`, or `none`.
    pub by: Option<String>,
    /// One group of services or several, with commas.
    pub service_group: Option<String>,
    /// One service or several, with commas.
    pub service_code: Option<String>,
    /// One status or several, with commas.
    pub status: Option<String>,
    /// One district or several, with commas.
    pub district: Option<String>,
    /// When requests arrived: an instant or an interval (RFC 3339, ends may be `..`); the last two years when not
    /// given.
    pub datetime: Option<String>,
    /// The steps of the time line: `week`, `month`, `year`, or `none`.
    pub interval: Option<String>,
    /// `json`, or `csv` for spreadsheets; the `Accept` header decides when not given.
    pub format: Option<String>,
}

/// A question that fits the city.
#[derive(Clone, Debug)]
pub struct Question {
    /// What rows stand for.
    pub by: By,
    /// Which requests count.
    pub filter: Filter,
    /// When they arrived.
    pub span: Span,
    /// The steps of the time line, if one is wanted.
    pub interval: Option<Interval>,
    /// What the answer is written as, if the address says it.
    pub format: Option<Format>,
}

/// Which requests count; what is not given asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one of these groups.
    pub service_groups: Option<Vec<String>>,
    /// Of one of these services.
    pub service_codes: Option<Vec<String>>,
    /// In one of these statuses.
    pub statuses: Option<Vec<String>>,
    /// In one of these districts.
    pub districts: Option<Vec<String>>,
}

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

impl FromStr for Format {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(()),
        }
    }
}

impl StatisticsQuery {
    /// The question, if the city knows every value of it.
    pub fn question(&self, city: &Pack, now: Timestamp) -> Result<Question> {
        let zone = city.time_zone();
        let span = match given(&self.datetime) {
            Some(text) => Span::parse(text, now, zone).ok_or_else(|| invalid("datetime"))?,
            None => Span::usual(now, zone),
        };
        let by = |word: &str| By::ALL.into_iter().find(|by| by.as_str() == word);
        Ok(Question {
            by: given(&self.by).map_or(Some(By::None), by).ok_or_else(|| invalid("by"))?,
            filter: self.filter(city)?,
            span,
            interval: match given(&self.interval) {
                None | Some("none") => None,
                Some(word) => Some(Interval::named(word).ok_or_else(|| invalid("interval"))?),
            },
            format: given(&self.format).map(str::parse).transpose().map_err(|()| invalid("format"))?,
        })
    }

    fn filter(&self, city: &Pack) -> Result<Filter> {
        let district = |key: &str| city.districts.iter().any(|district| district.key == key);
        Ok(Filter {
            service_groups: list("service_group", &self.service_group, |key| city.group(key).is_some())?,
            service_codes: list("service_code", &self.service_code, |key| city.service(key).is_some())?,
            statuses: list("status", &self.status, |key| key.parse::<Status>().is_ok())?,
            districts: list("district", &self.district, district)?,
        })
    }
}

/// A parameter with a value; a form sends empty ones for what nobody filled in.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// A list with commas of which the city knows every value.
fn list(name: &str, text: &Option<String>, known: impl Fn(&str) -> bool) -> Result<Option<Vec<String>>> {
    let value = |part: &str| {
        let part = part.trim();
        if known(part) { Ok(part.to_owned()) } else { Err(invalid(name)) }
    };
    given(text).map(|text| text.split(',').map(value).collect()).transpose()
}

fn invalid(name: &str) -> Error {
    Problem::new(400, "query-invalid").with("parameter", name).into()
}
