//! What holds for the whole gateway.

mod house;

use std::collections::HashMap;
use std::time::Duration;

use axum::Router;
use http::Method;
use kit::testing::City;
use proto::client::{Body, BoxError};
use proto::{Client, Problem};
use serde_json::Value;
use tower::service_fn;

pub use house::{House, house, house_with};

use crate::frame::DEADLINE;
use crate::limits::{MAX_BODY, MAX_REQUESTS};

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let house = house().await;
    let mut role = house.city.connect(crate::SERVICE).await;
    let faults = kit::db::check_statements_of(&mut role, &crate::STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn every_answer_has_a_policy_that_allows_nothing_unsafe() {
    let house = house().await;
    let anyone = house.city.anyone();
    for path in [
        "/",
        "/console/",
        "/assets/none.js",
        "/nowhere",
        "/docs/",
        "/openapi.json",
        "/page.css",
        "/session",
        "/v1/city",
        "/v1/home",
        "/v1/requests",
        "/v1/token",
        "/legal/imprint",
        "/m/MUS-7K3M-Q2",
        "/m/MUS-7K3M-Q2/01234567890123456789",
        "/m/unsubscribe/token",
    ] {
        let answer = anyone.get(path).await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("referrer-policy").is_some() && answer.header("permissions-policy").is_some());
        assert!(answer.header("x-request-id").is_some(), "{path} has no request id");
    }
}

#[tokio::test]
async fn only_where_it_is_set_may_a_page_stand_in_a_frame_of_our_own() {
    assert!(!crate::Settings::default().framed_by_self, "nothing but development sets it");
    let house = House::framed().await;
    for (path, ancestors) in [
        ("/", "'self'"),
        ("/console/", "'self'"),
        ("/legal/imprint", "'self'"),
        ("/m/MUS-7K3M-Q2/01234567890123456789", "'self'"),
        ("/v1/city", "'none'"),
        ("/session", "'none'"),
        ("/openapi.json", "'none'"),
    ] {
        let answer = house.city.anyone().get(path).await;
        let policy = answer.header("content-security-policy").unwrap_or_default().to_owned();
        assert!(policy.contains(&format!("frame-ancestors {ancestors}")), "{path}: {policy}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        // A browser takes the headers of "not modified" for those of the page that it kept.
        if let Some(tag) = answer.header("etag").filter(|_| ancestors == "'self'") {
            let again = house.city.anyone().with("if-none-match", tag).get(path).await.assert_status(304);
            assert_eq!(again.header("content-security-policy"), Some(policy.as_str()), "{path}");
        }
    }
}

#[tokio::test]
async fn a_path_that_is_nowhere_is_a_page_for_people_and_a_problem_for_programs() {
    let house = house().await;
    let anyone = house.city.anyone();
    anyone.get("/nowhere").await.assert_problem(404, "not-found");
    anyone.send(Method::POST, "/v1/city", "text/plain", "").await.assert_problem(405, "method-not-allowed");
    let page = anyone.with("accept", "text/html,*/*;q=0.8").get("/nowhere").await.assert_status(404);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().contains("Hier ist nichts") && page.text().contains("/legal/imprint"));
    assert!(page.header("content-security-policy").unwrap().contains("style-src 'self'"));
}

#[tokio::test]
async fn the_host_picks_the_city_and_a_stranger_is_told_so() {
    let (one, other) = (house().await, house().await);
    let by_host = [("musterhausen.localhost", one.city.router()), ("andere.localhost", other.city.router())];
    let by_host: HashMap<String, Router> = by_host.map(|(host, router)| (host.to_owned(), router)).into();
    let mut both = City::of(&[]).await;
    both.serve(crate::cities(by_host));

    for (host, seen) in [
        ("musterhausen.localhost", &one.reports),
        ("andere.localhost:8080", &other.reports),
        ("Musterhausen.Localhost.", &one.reports),
    ] {
        let before = (one.reports.count(), other.reports.count());
        both.anyone().with("host", host).get("/v1/requests").await.assert_status(200);
        assert_eq!(seen.last().header("host"), Some(host));
        assert_eq!(one.reports.count() + other.reports.count(), before.0 + before.1 + 1, "{host}");
    }
    for stranger in ["evil.example", "musterhausen.localhost.evil.example", "", "a b"] {
        let answer = both.anyone().with("host", stranger).get("/v1/requests").await;
        let answer = answer.assert_problem(421, "city-unknown");
        assert!(answer.header("content-security-policy").is_some());
    }
    both.anyone().get("/v1/requests").await.assert_problem(421, "city-unknown");
}

#[tokio::test]
async fn home_is_one_answer_from_several_services() {
    let reports = Router::new()
        .route("/v1/services", axum::routing::get(async || axum::Json(serde_json::json!({ "services": [] }))))
        .route(
            "/v1/requests",
            axum::routing::get(async || axum::Json(serde_json::json!({ "requests": [] }))),
        );
    let house = house_with(reports).await;
    let home: Value = house.city.anyone().get("/v1/home").await.assert_status(200).json();
    assert_eq!(home["city"]["name"], "Musterhausen");
    assert_eq!(home["hazard"]["numbers"][0]["number"], "112");
    assert_eq!(home["languages"], serde_json::json!(["de", "en"]));
    assert!(home["services"].is_array() && home["latest"].is_array());
    assert_eq!(house.reports.last().header("host"), Some("musterhausen.localhost"), "a call names its city");
}

#[tokio::test]
async fn the_city_tells_its_border_and_its_places() {
    let house = house().await;
    let anyone = house.city.anyone();
    let border: Value = anyone.get("/v1/city/boundary").await.assert_status(200).json();
    assert_eq!((border["type"].as_str(), border["geometry"].is_object()), (Some("Feature"), true));
    assert_eq!(border["properties"]["attribution"], serde_json::json!(["Übungsdaten"]));

    let names = async |path: &str| -> Vec<String> {
        let places: Vec<Value> = anyone.get(path).await.assert_status(200).json();
        places.iter().map(|place| place["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/v1/city/places").await.len(), 3);
    assert_eq!(names("/v1/city/places?q=goerlitzer%20Strasse").await, ["Görlitzer Str."]);
    assert!(names("/v1/city/places?q=nirgends").await.is_empty());
    anyone.get("/v1/city/places?x=1").await.assert_problem(400, "query-invalid");

    let city: Value = anyone.with("accept-language", "en").get("/v1/city").await.assert_status(200).json();
    assert_eq!(city["full_name"], "Municipality of Musterhausen");
    assert_eq!((city["form_of_address"].as_str(), city["demonstration"].as_bool()), (Some("du"), Some(true)));
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_goes_anywhere() {
    let house = house().await;
    let anyone = house.city.anyone();
    let long = format!("/v1/requests?q={}", "x".repeat(5000));
    anyone.get(long).await.assert_problem(414, "address-too-long");
    let heavy = anyone.clone().with("x-heavy", &"x".repeat(17 << 10));
    heavy.get("/v1/requests").await.assert_problem(431, "headers-too-large");
    let announced = anyone.with("content-length", &(MAX_BODY + 1).to_string());
    announced.get("/v1/requests").await.assert_problem(413, "body-too-large");
    assert_eq!(house.reports.count(), 0);
}

#[tokio::test]
async fn a_service_that_is_away_is_a_problem_that_asks_to_come_back() {
    let away = Client::new(service_fn(|_: http::Request<Body>| async {
        Err::<http::Response<Body>, BoxError>("connection refused".into())
    }));
    let house = House::before(away).await;
    for path in ["/v1/requests", "/v1/home"] {
        let answer = house.city.anyone().get(path).await.assert_problem(503, "service-away");
        assert_eq!(answer.header("retry-after"), Some("2"));
        assert!(!answer.text().contains("refused"), "the cause is for the log");
    }
}

fn hanging() -> Client {
    Client::new(service_fn(|_: http::Request<Body>| {
        std::future::pending::<Result<http::Response<Body>, BoxError>>()
    }))
}

/// The one test that waits in real time: the deadline is a promise about it.
#[tokio::test]
async fn a_service_that_hangs_is_given_up_and_meanwhile_the_next_is_told_to_come_back() {
    let house = House::before(hanging()).await;
    let started = std::time::Instant::now();
    let waiting: Vec<_> = (0..MAX_REQUESTS)
        .map(|number| {
            let guest = house.city.anyone();
            let path = if number == 0 { "/v1/home" } else { "/v1/requests" };
            tokio::spawn(async move { guest.get(path).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answer = house.city.anyone().get("/v1/requests").await.assert_problem(503, "busy");
    assert_eq!(answer.header("retry-after"), Some("2"));
    for answer in waiting {
        answer.await.unwrap().assert_problem(503, "too-slow");
    }
    let took = started.elapsed();
    assert!((DEADLINE..DEADLINE + Duration::from_secs(4)).contains(&took), "{took:?}");
    house.city.anyone().get("/v1/city").await.assert_status(200);
}

#[tokio::test]
async fn texts_are_compressed_for_those_who_can_read_it() {
    let house = house().await;
    let guest = house.city.anyone().with("accept-encoding", "gzip");
    let answer = guest.get("/openapi.json").await.assert_status(200);
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(house.city.anyone().get("/openapi.json").await.header("content-encoding").is_none());
}

/// A problem as a service writes it.
pub fn problem(status: u16, code: &str) -> axum::response::Response {
    kit::http::problem_response(Problem::new(status, code), proto::Language::FIRST)
}
