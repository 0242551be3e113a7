//! Whatever does not fit is refused by its name, and nothing of it is stored.

use chrono::Duration;
use http::Method;
use kit::testing::City;
use proptest::prelude::*;
use proto::geo::Position;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::intake::place;
use crate::testing::{Draft, a_request};
use crate::tests::{city, traces};

async fn assert_nothing_stored(city: &City, why: &str) {
    let traces = traces(city).await;
    assert!(traces.iter().all(|(_, rows)| *rows == 0), "{why}: {traces:?}");
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_stored() {
    let city = city().await;
    let now = city.clock.now();
    let draft = || a_request(&city).of(&city, "litter");
    let contact = |email: &str| json!({ "email": email, "purpose": "answer" });
    let ids = |count: usize| Value::from((0..count).map(|_| json!(city.ids.uuid())).collect::<Vec<_>>());
    let same = city.ids.uuid();
    let cases: Vec<(Draft, &str, &str)> = vec![
        (draft().with("service_request_id", Uuid::nil().to_string()), "/service_request_id", "not-v7"),
        (draft().with("service_request_id", "7"), "/service_request_id", "wrong-type"),
        (draft().without("service_request_id"), "/service_request_id", "required"),
        (draft().with("service_code", "nothing"), "/service_code", "unknown-service"),
        (draft().with("service_code", " "), "/service_code", "empty"),
        (draft().without("longitude"), "/longitude", "place-half"),
        (draft().without("latitude"), "/latitude", "place-half"),
        (draft().without("longitude").without("latitude"), "/longitude", "place-missing"),
        (
            draft().without("longitude").without("latitude").with("address_string", " \n"),
            "/longitude",
            "place-missing",
        ),
        (draft().at(181.0, 50.95), "/longitude", "out-of-range"),
        (draft().at(10.55, -90.01), "/latitude", "out-of-range"),
        (draft().with("longitude", "10.55"), "/longitude", "wrong-type"),
        (draft().at(0.0, 0.0), "/longitude", "outside-area"),
        (draft().at(50.95, 10.55), "/longitude", "outside-swapped"),
        (draft().at(10.65, 50.95), "/longitude", "outside-neighbour"),
        (draft().with("address_string", "x".repeat(301)), "/address_string", "too-long"),
        (draft().saying(&"ü".repeat(4001)), "/description", "too-long"),
        (draft().saying("a\u{0}b"), "/description", "control-characters"),
        (draft().saying("a\u{1b}[31mb"), "/description", "control-characters"),
        (draft().with("attributes", json!({})), "/attributes/size", "attribute-missing"),
        (draft().with("attributes", json!({ "size": "" })), "/attributes/size", "attribute-missing"),
        (
            draft().with("attributes", json!({ "size": "huge" })),
            "/attributes/size",
            "attribute-value-unknown",
        ),
        (draft().with("attributes", json!({ "size": ["small"] })), "/attributes/size", "wrong-type"),
        (draft().with("attributes", json!({ "size": null })), "/attributes/size", "wrong-type"),
        (
            draft().with("attributes", json!({ "size": "small", "a/b~c": 1 })),
            "/attributes/a~1b~0c",
            "attribute-unknown",
        ),
        (
            draft().with("attributes", json!({ "size": "small", "remark": 7 })),
            "/attributes/remark",
            "wrong-type",
        ),
        (
            draft().with("attributes", json!({ "size": "small", "remark": "x".repeat(4001) })),
            "/attributes/remark",
            "too-long",
        ),
        (
            draft().with("attributes", json!({ "size": "small", "remark": "a\u{7}" })),
            "/attributes/remark",
            "control-characters",
        ),
        (draft().with("photos", ids(6)), "/photos", "too-many-photos"),
        (draft().with("photos", json!([same, same])), "/photos/1", "photo-twice"),
        (draft().with("photos", ids(2)), "/photos/1", "photo-unknown"),
        (draft().with("photos", json!(["x"])), "/photos/0", "wrong-type"),
        (draft().with("captured_at", json!(now + Duration::minutes(6))), "/captured_at", "time-impossible"),
        (draft().with("captured_at", json!(now - Duration::days(31))), "/captured_at", "time-impossible"),
        (draft().with("captured_at", "yesterday"), "/captured_at", "wrong-type"),
        (draft().with("contact", contact("kim")), "/contact/email", "email-invalid"),
        (draft().with("contact", contact("kim@localhost")), "/contact/email", "email-invalid"),
        (
            draft().with("contact", contact("a@example.org\r\nBcc: b@example.org")),
            "/contact/email",
            "email-invalid",
        ),
        (
            draft()
                .with("contact", json!({ "email": "a@example.org", "purpose": "answer", "language": "fr" })),
            "/contact/language",
            "language-unknown",
        ),
        (
            draft().with("contact", json!({ "email": "a@example.org", "purpose": "newsletter" })),
            "/contact/purpose",
            "wrong-type",
        ),
        (draft().with("contact", json!({ "email": "a@example.org" })), "/contact/purpose", "required"),
    ];
    for (draft, pointer, code) in cases {
        let body = draft.body().to_string();
        draft.send().await.assert_field(pointer, code);
        assert_nothing_stored(&city, &body).await;
    }
}

#[tokio::test]
async fn every_fault_is_named_at_once() {
    let city = city().await;
    let draft = a_request(&city).of(&city, "litter").at(10.65, 50.95).with("attributes", json!({ "no": 1 }));
    let answer = draft.answering("kim").send().await.assert_field("/longitude", "outside-neighbour");
    let answer = answer.assert_field("/attributes/size", "attribute-missing");
    let answer = answer.assert_field("/attributes/no", "attribute-unknown");
    answer.assert_field("/contact/email", "email-invalid");
}

#[tokio::test]
async fn outside_the_city_the_answer_says_where_to_go() {
    let city = city().await;
    let neighbour: Value = a_request(&city).at(10.65, 50.95).send().await.json();
    assert_eq!(neighbour["neighbour"], "Beispielstadt");
    assert!(neighbour["errors"][0]["detail"].as_str().unwrap().contains("Beispielstadt"), "{neighbour}");
    let swapped: Value = a_request(&city).at(50.95, 10.55).send().await.json();
    assert_eq!(swapped["swapped"], true);
    let elsewhere: Value = a_request(&city).at(0.0, 0.0).send().await.json();
    assert_eq!(elsewhere["swapped"], false);
    assert!(elsewhere["errors"][0]["detail"].as_str().unwrap().contains("Musterhausen"), "{elsewhere}");
}

#[tokio::test]
async fn what_is_not_json_is_refused_before_it_is_read() {
    let city = city().await;
    let guest = city.anyone().with("idempotency-key", "0123456789abcdef");
    let whole = a_request(&city).body().to_string();
    let nan = whole.replace("10.55", "NaN");
    assert_ne!(nan, whole);
    let endless = whole.replace("10.55", "1e999");
    let large = format!("{{\"description\":\"{}\"}}", "x".repeat(70_000));
    for (kind, body, status, code) in [
        ("application/json", "", 400, "body-not-json"),
        ("application/json", "{", 400, "body-not-json"),
        ("application/json", &whole[..whole.len() - 1], 400, "body-not-json"),
        ("application/json", "\u{feff}{}", 400, "body-not-json"),
        ("application/json", &format!("{whole} x"), 400, "body-not-json"),
        ("application/json", &"[".repeat(2000), 422, "fields-invalid"),
        ("application/json", &nan, 400, "body-not-json"),
        ("application/json", &endless, 400, "body-not-json"),
        ("application/json", "[]", 422, "fields-invalid"),
        ("application/json", &large, 413, "body-too-large"),
        ("text/plain", &whole, 415, "body-type-unknown"),
        ("application/x-www-form-urlencoded", &whole, 415, "body-type-unknown"),
        ("", &whole, 415, "body-type-unknown"),
    ] {
        let answer = guest.send(Method::POST, "/v1/requests", kind, body.to_owned()).await;
        answer.assert_problem(status, code);
        assert_nothing_stored(&city, body).await;
    }
    let bytes = guest.send(Method::POST, "/v1/requests", "application/json", vec![0xff, 0xfe]).await;
    bytes.assert_problem(400, "body-not-json");
}

#[tokio::test]
async fn a_resident_sets_no_column_that_the_city_sets() {
    let city = city().await;
    let columns: Vec<(String,)> = sqlx::query_as(
        "SELECT column_name::text
           FROM information_schema.columns
          WHERE table_schema IN ('reports', 'published') AND column_name <> ALL ($1)",
    )
    .bind([
        "service_request_id",
        "service_code",
        "longitude",
        "latitude",
        "address_string",
        "description",
        "attributes",
        "photos",
        "captured_at",
    ])
    .fetch_all(&mut city.superuser().await)
    .await
    .unwrap();
    assert!(columns.len() > 20);
    for (column,) in columns {
        let answer = a_request(&city).with(&column, "x").send().await;
        answer.assert_field(&format!("/{column}"), "unknown-field");
    }
    assert_nothing_stored(&city, "mass assignment").await;
}

#[tokio::test]
async fn positions_in_the_city_are_accepted_and_others_are_not() {
    let city = city().await;
    let new = |longitude: f64, latitude: f64| {
        serde_json::from_value(a_request(&city).at(longitude, latitude).body()).unwrap()
    };
    // The city is a box, so that a test can say by itself what lies inside; 0.001° is more than 50 m.
    let runner = |near: f64| (10.5 - near..10.6 + near, 50.9 - near..51.0 + near);
    let inside = |x: f64, y: f64| (10.5..=10.6).contains(&x) && (50.9..=51.0).contains(&y);
    let on_the_edge = |value: f64, edges: [f64; 2]| edges.iter().any(|edge| (value - edge).abs() < 0.001);
    proptest!(ProptestConfig::with_cases(2000), |((x, y) in runner(0.2))| {
        prop_assume!(!on_the_edge(x, [10.5, 10.6]) && !on_the_edge(y, [50.9, 51.0]));
        let found = place::check(&new(x, y), &city.pack);
        prop_assert_eq!(found.is_ok(), inside(x, y), "{} {}", x, y);
        if let Ok(Some(Position { longitude, latitude })) = found {
            prop_assert!((longitude - x).abs() < 1e-7 && (latitude - y).abs() < 1e-7);
        }
    });
    for (x, y) in [(f64::NAN, 50.95), (f64::INFINITY, 50.95), (10.55, f64::NEG_INFINITY)] {
        let mut new: proto::reports::NewRequest = new(10.55, 50.95);
        (new.longitude, new.latitude) = (Some(x), Some(y));
        assert_eq!(place::check(&new, &city.pack).unwrap_err().errors[0].code, "out-of-range");
    }
}
