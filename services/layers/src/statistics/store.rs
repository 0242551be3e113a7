//! Counting public requests; each statement names the visibility, so that nothing confidential is ever counted.

use proto::Timestamp;
use proto::statistics::By;
use sqlx::postgres::PgConnection;

use super::query::Filter;
use super::span::Span;

kit::row! {
    /// Requests of a key that took equally long.
    pub struct TallyRow {
        /// The district, group, service or status.
        pub key: Option<String>,
        /// Tenths of days until the city ended them; [`OPEN`] and [`TAKEN_BACK`] instead where it did not.
        pub tenths: i32,
        /// How many.
        pub count: i64,
    }
}

kit::row! {
    /// A district of the city.
    pub struct DistrictRow {
        /// The key.
        pub key: String,
        /// The name.
        pub name: String,
        /// Whether the city drew its border.
        pub official: bool,
        /// How many people live there.
        pub inhabitants: Option<i32>,
    }
}

kit::row! {
    /// The requests of an interval.
    pub struct PointRow {
        /// Which interval, counted from 1; 0 is what came before the first.
        pub interval: i32,
        /// How many.
        pub count: i64,
    }
}

/// Instead of a time: the requests have not ended.
pub const OPEN: i32 = -1;
/// Instead of a time: the residents took them back, which says nothing about the city.
pub const TAKEN_BACK: i32 = -2;

/// A statement over the public requests that the filters let through; $1 to $6 are the filters.
macro_rules! of_requests {
    ($columns:literal, $end:literal) => {
        concat!(
            "
        SELECT ",
            $columns,
            "
          FROM published.request
         WHERE visibility = 'public'
           AND requested_datetime BETWEEN coalesce($1, '-infinity'::timestamptz) AND $2::timestamptz
           AND ($3::text[] IS NULL OR service_group = ANY ($3))
           AND ($4::text[] IS NULL OR service_code = ANY ($4))
           AND ($5::text[] IS NULL OR status = ANY ($5))
           AND ($6::text[] IS NULL OR district = ANY ($6))",
            $end
        )
    };
}

kit::statements! {
    /// Counts requests by key and by how long they took: sorting each of them for a median would take longer than
    /// all the rest. A duration below nothing, from a clock that was set back, is none.
    TALLY: TallyRow = of_requests!(
        "CASE $7::text
               WHEN 'district' THEN district
               WHEN 'service_group' THEN service_group
               WHEN 'service_code' THEN service_code
               WHEN 'status' THEN status
               END AS key,
               CASE
               WHEN closed_at IS NULL THEN -1
               WHEN status = 'withdrawn' THEN -2
               ELSE greatest(0, round(date_part('epoch', closed_at - requested_datetime) / 8640))::integer
               END AS tenths,
               count(*) AS count",
        "
         GROUP BY 1, 2"
    );

    /// Counts requests by the interval in which they arrived; $7 holds the instants with which intervals begin.
    TIMELINE: PointRow = of_requests!(
        "width_bucket(requested_datetime, $7::timestamptz[]) AS interval,
               count(*) AS count",
        "
         GROUP BY 1"
    );

    /// The districts of the city.
    DISTRICTS: DistrictRow = "
        SELECT key, name, official, inhabitants
          FROM published.area
         WHERE kind = 'district'
         ORDER BY key";
}

/// Binds what the statements over requests share.
macro_rules! asked {
    ($statement:ident, $span:expr, $filter:expr) => {
        sqlx::query_as($statement)
            // Planned for its very filter: a month reads the index, two years read all.
            .persistent(false)
            .bind($span.from)
            .bind($span.to)
            .bind(&$filter.service_groups)
            .bind(&$filter.service_codes)
            .bind(&$filter.statuses)
            .bind(&$filter.districts)
    };
}

/// Counts requests by key and by how long they took.
pub async fn tally(
    connection: &mut PgConnection,
    span: &Span,
    filter: &Filter,
    by: By,
) -> sqlx::Result<Vec<TallyRow>> {
    asked!(TALLY, span, filter).bind(by.as_str()).fetch_all(connection).await
}

/// Counts requests by the interval in which they arrived; intervals without any are left out.
pub async fn timeline(
    connection: &mut PgConnection,
    span: &Span,
    filter: &Filter,
    beginnings: &[Timestamp],
) -> sqlx::Result<Vec<PointRow>> {
    asked!(TIMELINE, span, filter).bind(beginnings).fetch_all(connection).await
}

/// The districts of the city.
pub async fn districts(connection: &mut PgConnection) -> sqlx::Result<Vec<DistrictRow>> {
    sqlx::query_as(DISTRICTS).fetch_all(connection).await
}
