//! Figures about public service requests: how many, where, and how long they took.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Counted public requests of a span of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Statistics {
    /// The first instant that counts; null when the span has no beginning.
    pub from: Option<DateTime<Utc>>,
    /// The last instant that counts.
    pub to: DateTime<Utc>,
    /// What the rows stand for.
    pub by: By,
    /// All requests of the span that the filters let through.
    pub total: i64,
    /// How many of them have not ended.
    pub open: i64,
    /// Days until the city ended half of them; null when it ended none.
    pub median_days: Option<f64>,
    /// Whether the city itself drew the borders of its districts; null unless rows are districts.
    pub official: Option<bool>,
    /// Most requests first; what belongs to no district stands last.
    pub rows: Vec<StatisticsRow>,
    /// How many requests arrived in each interval, without gaps; empty unless asked for.
    pub timeline: Vec<StatisticsPoint>,
}

/// The requests of a district, group, service or status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsRow {
    /// The key that filters take; null for what has no place or lies in no district.
    pub key: Option<String>,
    /// The name in the reader's language.
    pub name: String,
    /// How many requests.
    pub count: i64,
    /// How many of them have not ended.
    pub open: i64,
    /// Requests per 1,000 inhabitants, to one decimal; null when their number is not known.
    pub per_1000: Option<f64>,
    /// Inhabitants of the district; null for other rows and where the city gives no number.
    pub inhabitants: Option<i32>,
    /// Days until the city ended half of them; null when it ended none.
    pub median_days: Option<f64>,
}

/// An interval of the time line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsPoint {
    /// Its first day, by the city's clock.
    pub from: NaiveDate,
    /// How many requests arrived in it.
    pub count: i64,
}

/// What rows stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// No rows.
    #[default]
    None,
    /// Districts; every one has a row.
    District,
    /// Groups of services.
    ServiceGroup,
    /// Services.
    ServiceCode,
    /// Statuses.
    Status,
}

impl By {
    /// Each of them.
    pub const ALL: [Self; 5] =
        [Self::None, Self::District, Self::ServiceGroup, Self::ServiceCode, Self::Status];

    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::District => "district",
            Self::ServiceGroup => "service_group",
            Self::ServiceCode => "service_code",
            Self::Status => "status",
        }
    }
}
