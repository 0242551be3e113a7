//! Figures about public requests: ranked tables, time lines, and files for spreadsheets.
//!
//! It counts `published.request`, public rows only, so a confidential request is in no number. Small numbers are not
//! hidden: each request that is counted is a public point on the public map anyway, with the same facts.

pub mod csv;
pub mod query;
pub mod span;
pub mod store;
pub mod table;
pub mod tally;

use axum::extract::{Extension, State};
use axum::response::Response;
use chrono::NaiveDate;
use http::{HeaderMap, HeaderValue, header};
use kit::extract::{Anyone, Query};
use kit::{App, Error, Result};
use proto::Problem;
use proto::locale::Language;
use proto::statistics::{By, Statistics, StatisticsPoint};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::query::{Format, Question, StatisticsQuery};
use self::store::PointRow;
use self::tally::Tally;
use crate::conditional::{self, IfNoneMatch};

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(requests))
}

/// Counts public requests by district, group, service or status, and over time.
#[utoipa::path(get, path = "/v1/statistics/requests", tag = "statistics", operation_id = "countRequests",
    params(StatisticsQuery),
    responses(
        (status = 200, content((Statistics = "application/json"), (String = "text/csv"))),
        (status = 304),
        (status = "default", body = Problem)))]
pub async fn requests(
    State(app): State<App>,
    anyone: Anyone,
    Extension(language): Extension<Language>,
    Query(query): Query<StatisticsQuery>,
    seen: IfNoneMatch,
    headers: HeaderMap,
) -> Result<Response> {
    let question = query.question(&app.city, app.clock.now())?;
    let format = question.format.unwrap_or_else(|| accepted(&headers));
    let figures = answer(&app, &anyone, language, question).await?;
    match format {
        Format::Json => {
            let body = serde_json::to_vec(&figures).map_err(Error::internal)?;
            Ok(conditional::bytes(&seen, "application/json", VARY, body))
        }
        Format::Csv => {
            let body = csv::file(&figures, language)?;
            let mut response =
                conditional::bytes(&seen, "text/csv; charset=utf-8; header=present", VARY, body);
            let name = format!(
                "attachment; filename=\"{}\"",
                csv::file_name(&figures, app.city.time_zone(), language)
            );
            let name = HeaderValue::try_from(name).map_err(Error::internal)?;
            response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
            Ok(response)
        }
    }
}

const VARY: &str = "Accept, Accept-Language";

async fn answer(app: &App, anyone: &Anyone, language: Language, question: Question) -> Result<Statistics> {
    let Question { by, filter, span, interval, .. } = question;
    let beginnings =
        interval.map(|interval| span.beginnings(interval, app.clock.now(), app.city.time_zone()));
    let (days, instants): (Vec<_>, Vec<_>) = beginnings.unwrap_or_default().into_iter().unzip();
    let mut tx = app.db.begin(anyone).await?;
    let counted = store::tally(&mut tx, &span, &filter, by).await?;
    let districts = if by == By::District { store::districts(&mut tx).await? } else { Vec::new() };
    let arrived = match instants.as_slice() {
        [] => Vec::new(),
        instants => store::timeline(&mut tx, &span, &filter, instants).await?,
    };
    tx.commit().await?;

    let (by_key, all) = Tally::of(counted);
    Ok(Statistics {
        from: span.from,
        to: span.to,
        by,
        total: all.count,
        open: all.open,
        median_days: all.median_days(),
        official: (!districts.is_empty()).then(|| districts.iter().all(|district| district.official)),
        rows: table::rows(by_key, by, &districts, filter.districts.as_deref(), (&app.city, language)),
        timeline: points(&days, &arrived, span.from.is_some()),
    })
}

/// Every interval with its count; what came before the first belongs to it. Where the span has no beginning, the
/// time line begins with the first interval that holds something.
fn points(days: &[NaiveDate], arrived: &[PointRow], has_beginning: bool) -> Vec<StatisticsPoint> {
    let mut points: Vec<_> = days.iter().map(|from| StatisticsPoint { from: *from, count: 0 }).collect();
    for row in arrived {
        let place = usize::try_from(row.interval.max(1) - 1).unwrap_or(usize::MAX);
        if let Some(point) = points.get_mut(place) {
            point.count += row.count;
        }
    }
    let first = points.iter().position(|point| has_beginning || point.count > 0);
    points.split_off(first.unwrap_or(points.len()))
}

/// What the caller would rather read: of the two forms, the one that the header names first.
fn accepted(headers: &HeaderMap) -> Format {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = accept.split(',').map(|part| part.split(';').next().unwrap_or_default().trim());
    let first = first.into_iter().find(|kind| matches!(*kind, "text/csv" | "application/json"));
    if first == Some("text/csv") { Format::Csv } else { Format::Json }
}

#[cfg(test)]
mod tests;
