//! Figures over HTTP, and how fast they come.

use std::time::{Duration, Instant};

use kit::testing::City;
use proto::statistics::{Statistics, StatisticsRow};
use serde_json::Value;

use crate::tests::{city, run};

/// A public request as the service reports would have published it.
struct Published {
    code: &'static str,
    status: &'static str,
    district: Option<&'static str>,
    /// Days before the test's now at which it arrived.
    days: f64,
    /// Days that it took, if it has ended.
    took: Option<f64>,
    visibility: &'static str,
}

const LITTER: Published = Published {
    code: "litter",
    status: "received",
    district: Some("unterdorf"),
    days: 10.0,
    took: None,
    visibility: "public",
};

async fn publish(city: &City, requests: &[Published]) {
    for request in requests {
        let Published { code, status, days, visibility, .. } = request;
        let group = if *code == "house" { "house" } else { "street" };
        let district = request.district.map_or("NULL".to_owned(), |key| format!("'{key}'"));
        let at = format!("timestamptz '{}' - {days} * interval '1 day'", city.clock.now());
        let closed =
            request.took.map_or("NULL".to_owned(), |took| format!("{at} + {took} * interval '1 day'"));
        let id = city.ids.uuid();
        run(
            city,
            &format!(
                "INSERT INTO published.request (service_request_id, reference, visibility, service_code, service_group,
                                                status, requested_datetime, updated_datetime, closed_at, district)
                      VALUES ('{id}', '{id}', '{visibility}', '{code}', '{group}', '{status}', {at}, {at}, {closed}, {district})"
            ),
        )
        .await;
    }
}

async fn figures(city: &City, query: &str) -> Statistics {
    city.anyone().get(format!("/v1/statistics/requests{query}")).await.assert_status(200).json()
}

fn short(rows: &[StatisticsRow]) -> Vec<(Option<&str>, i64, i64)> {
    rows.iter().map(|row| (row.key.as_deref(), row.count, row.open)).collect()
}

#[tokio::test]
async fn one_question_ranks_the_districts_with_what_they_have_per_1000_people() {
    let city = city().await;
    let done = |days, took| Published { status: "done", days, took: Some(took), ..LITTER };
    publish(
        &city,
        &[
            LITTER,
            done(20.0, 2.0),
            done(30.0, 4.5),
            Published { district: Some("oberdorf"), ..LITTER },
            Published { district: None, ..LITTER },
            Published { district: None, ..LITTER },
            Published { code: "dont_know", ..LITTER },
            // More than two years ago.
            Published { days: 800.0, ..LITTER },
        ],
    )
    .await;
    let found = figures(&city, "?by=district&service_code=litter&interval=month").await;

    assert_eq!(short(&found.rows), [(Some("unterdorf"), 3, 1), (Some("oberdorf"), 1, 1), (None, 2, 2)]);
    let first = &found.rows[0];
    assert_eq!(
        (first.name.as_str(), first.inhabitants, first.per_1000),
        ("Unterdorf", Some(2000), Some(1.5))
    );
    assert_eq!(first.median_days, Some(3.3), "between 2 and 4.5 days");
    assert_eq!(
        (found.rows[1].inhabitants, found.rows[1].per_1000, found.rows[1].median_days),
        (None, None, None)
    );
    assert_eq!(found.rows[2].name, "Ohne Ortsteil");
    assert_eq!((found.total, found.open, found.official), (6, 4, Some(true)));
    assert_eq!(found.timeline.len(), 25, "from March 2024 to March 2026");
    assert_eq!(found.timeline.iter().map(|point| point.count).sum::<i64>(), 6);
}

#[tokio::test]
async fn rows_are_named_in_the_readers_language() {
    let city = city().await;
    publish(
        &city,
        &[LITTER, Published { code: "dont_know", status: "handed_over", took: Some(1.0), ..LITTER }, LITTER],
    )
    .await;
    let names = async |query: &str, language: &str| {
        let guest = city.anyone().with("accept-language", language);
        let found: Statistics =
            guest.get(format!("/v1/statistics/requests?{query}")).await.assert_status(200).json();
        found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names("by=service_code", "de").await, ["Müll", "Weiß ich nicht"]);
    assert_eq!(names("by=service_group", "en").await, ["Street"]);
    assert_eq!(names("by=status", "en").await, ["Received", "Another body is responsible"]);
    assert_eq!(names("by=status", "de").await, ["Eingegangen", "Andere Stelle zuständig"]);
    assert_eq!(names("", "de").await, Vec::<String>::new());
}

#[tokio::test]
async fn filters_narrow_every_number() {
    let city = city().await;
    publish(
        &city,
        &[
            LITTER,
            Published { status: "done", took: Some(1.0), days: 100.0, ..LITTER },
            Published { code: "dont_know", district: Some("oberdorf"), days: 40.0, ..LITTER },
        ],
    )
    .await;
    for (query, total) in [
        ("", 3),
        ("?service_group=street", 3),
        ("?service_group=house", 0),
        ("?service_code=litter,dont_know&status=received", 2),
        ("?district=oberdorf", 1),
        ("?district=oberdorf,unterdorf&status=done", 1),
        ("?datetime=2026-01-15T00:00:00Z/..", 2),
        ("?datetime=../2025-12-31T00:00:00Z", 1),
        ("?by=&service_group=&service_code=&status=&district=&datetime=&interval=&format=", 3),
    ] {
        assert_eq!(figures(&city, query).await.total, total, "{query}");
    }
    let one = figures(&city, "?by=district&district=oberdorf").await;
    assert_eq!(short(&one.rows), [(Some("oberdorf"), 1, 1)]);
}

#[tokio::test]
async fn what_a_resident_took_back_does_not_make_the_city_faster() {
    let city = city().await;
    let ended = |status, took| Published { status, took: Some(took), ..LITTER };
    publish(&city, &[ended("done", 6.0), ended("withdrawn", 0.1), ended("withdrawn", 0.1)]).await;
    let found = figures(&city, "?by=status").await;
    assert_eq!((found.total, found.open, found.median_days), (3, 0, Some(6.0)));
    assert_eq!(found.rows[0].median_days, None);
}

#[tokio::test]
async fn months_are_those_of_the_citys_clock() {
    let city = city().await;
    // Now is 7:40 of 2 March in Berlin; 31 hours and 10 minutes before it is 0:30 on the first, in UTC still February.
    publish(&city, &[Published { days: (31.0 * 60.0 + 10.0) / 1440.0, ..LITTER }]).await;
    let found = figures(&city, "?interval=month").await;
    let counts: Vec<_> = found.timeline.iter().filter(|point| point.count > 0).collect();
    assert_eq!((counts.len(), counts[0].from.to_string().as_str()), (1, "2026-03-01"));
}

#[tokio::test]
async fn a_time_line_without_a_beginning_begins_with_the_first_request() {
    let city = city().await;
    publish(&city, &[Published { days: 70.0, ..LITTER }, Published { days: 9500.0, ..LITTER }]).await;
    let points = figures(&city, "?interval=year&datetime=2000-01-01T00:00:00Z/..").await.timeline;
    assert_eq!((points.len(), points[0].from.to_string().as_str()), (27, "2000-01-01"));
    let points = figures(&city, "?interval=month&datetime=../..&service_code=litter").await.timeline;
    // The oldest is from February 2000.
    assert_eq!((points[0].from.to_string().as_str(), points[0].count), ("2000-02-01", 1));
    assert_eq!(figures(&city, "?interval=month&datetime=../..&status=done").await.timeline, []);
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let city = city().await;
    for (query, parameter) in [
        ("by=neighbour", "by"),
        ("by=reference", "by"),
        ("service_group=nothing", "service_group"),
        ("service_code=litter,nothing", "service_code"),
        ("status=open", "status"),
        ("district=mitte", "district"),
        ("district=unterdorf,", "district"),
        ("datetime=yesterday", "datetime"),
        ("datetime=2026-01-01T00:00:00Z/2025-01-01T00:00:00Z", "datetime"),
        ("interval=day", "interval"),
        ("format=xlsx", "format"),
        ("visibility=confidential", "visibility"),
    ] {
        let answer = city.anyone().get(format!("/v1/statistics/requests?{query}")).await;
        let problem: Value = answer.assert_problem(400, "query-invalid").json();
        assert_eq!(problem["parameter"], parameter, "{query}");
    }
}

#[tokio::test]
async fn a_confidential_request_changes_no_number_no_tag_and_no_file() {
    let city = city().await;
    publish(&city, &[LITTER]).await;
    let queries = [
        "by=district&interval=week",
        "by=service_group",
        "by=service_code&service_code=house",
        "by=status&format=csv",
        "interval=year&format=csv",
        "service_group=house",
    ];
    let mut before = Vec::new();
    for query in queries {
        before.push(city.anyone().get(format!("/v1/statistics/requests?{query}")).await.assert_status(200));
    }
    let hidden = |code| Published { code, visibility: "confidential", ..LITTER };
    publish(&city, &[hidden("house"), hidden("litter"), Published { district: None, ..hidden("house") }])
        .await;
    for (query, before) in queries.into_iter().zip(before) {
        for guest in [city.anyone(), city.staff("office")] {
            let after = guest.get(format!("/v1/statistics/requests?{query}")).await.assert_status(200);
            assert_eq!(
                (after.body.clone(), after.header("etag")),
                (before.body.clone(), before.header("etag")),
                "{query}"
            );
        }
    }
}

#[tokio::test]
async fn the_file_is_asked_for_by_name_or_by_type_and_sent_once() {
    let city = city().await;
    publish(&city, &[LITTER]).await;
    let path = "/v1/statistics/requests?by=district";
    let by_name = city.anyone().get(format!("{path}&format=csv")).await.assert_status(200);
    let guest = city.anyone().with("accept", "text/csv, application/json;q=0.5");
    let by_type = guest.get(path).await.assert_status(200);
    assert_eq!(by_name.body, by_type.body);
    assert_eq!(by_name.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert_eq!(
        by_name.header("content-disposition"),
        Some("attachment; filename=\"Meldungen-nach-Ortsteil_2024-03-02_2026-03-02.csv\"")
    );
    assert!(by_name.text().contains("\r\nUnterdorf;unterdorf;1;1;2000;0,5;\r\n"), "{}", by_name.text());
    let tag = by_name.header("etag").unwrap();
    city.anyone().with("if-none-match", tag).get(format!("{path}&format=csv")).await.assert_status(304);
    // The same file later on the same day, as long as nothing changed.
    city.clock.advance(Duration::from_secs(3600));
    city.anyone().with("if-none-match", tag).get(format!("{path}&format=csv")).await.assert_status(304);
    city.anyone().with("if-none-match", tag).get(path).await.assert_status(200);
}

#[tokio::test]
async fn two_hundred_thousand_requests_are_counted_in_a_moment() {
    let city = city().await;
    run(
        &city,
        "INSERT INTO published.request (service_request_id, reference, visibility, service_code, service_group, status,
                                        requested_datetime, updated_datetime, closed_at, district)
         SELECT gen_random_uuid(), n::text, CASE WHEN n % 20 = 0 THEN 'confidential' ELSE 'public' END,
                CASE n % 2 WHEN 0 THEN 'litter' ELSE 'dont_know' END, 'street',
                CASE n % 5 WHEN 0 THEN 'received' ELSE 'done' END,
                timestamptz '2026-03-01 12:00+01' - n * interval '5 minutes', now(),
                CASE n % 5 WHEN 0 THEN NULL ELSE timestamptz '2026-03-01 12:00+01' - n * interval '5 minutes' + n % 97 * interval '3 hours' END,
                CASE n % 3 WHEN 0 THEN 'unterdorf' WHEN 1 THEN 'oberdorf' END
           FROM generate_series(1, 200000) n",
    )
    .await;
    run(&city, "VACUUM ANALYZE published.request").await;
    let path = "?by=district&interval=month";
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        assert_eq!(figures(&city, path).await.total, 190_000);
        times.push(start.elapsed());
    }
    times.sort();
    println!("200,000 requests by district and month: {:?}", times[2]);
    // Ten times what it takes, so that a busy machine does not fail it.
    assert!(times[0] < Duration::from_millis(1500), "{times:?}");
}
