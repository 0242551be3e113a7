//! The queue: what finds a request, and by which index.

use std::time::Duration;

use kit::testing::{City, Guest};
use proto::ServiceRequestId;
use proto::reports::Queue;
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::testing::{a_photo, a_request, intake_office};
use crate::tests::{city, plan_of};
use crate::triage::store;

async fn found(guest: &Guest, query: &str) -> Vec<ServiceRequestId> {
    let queue: Queue = guest.get(format!("/v1/queue?{query}")).await.assert_status(200).json();
    queue.requests.into_iter().map(|row| row.service_request_id).collect()
}

#[tokio::test]
async fn words_box_and_filters_find_a_request() {
    let city = city().await;
    let lamp = a_request(&city).saying("Die Laternen flackern nachts.").at(10.51, 50.91).file().await;
    let couch = a_request(&city).of(&city, "litter").saying("Ein altes Sofa").at(10.59, 50.99);
    let couch = couch.with("address_string", "Musterstraße 7").file().await;
    let (lamp_id, couch_id) = (lamp.service_request_id, couch.service_request_id);
    let office = intake_office(&city);
    office.put(format!("/v1/requests/{lamp_id}/claim"), json!({})).await.assert_status(200);
    for (query, expected) in [
        // German stems: singular finds plural.
        ("q=laterne", vec![lamp_id]),
        ("q=laterne%20-nachts", vec![]),
        ("q=musterstraße", vec![couch_id]),
        ("q=sofa%20or%20laterne", vec![couch_id, lamp_id]),
        ("q=laterne&bbox=10.58,50.98,10.6,51", vec![]),
        ("q=sofa&bbox=10.58,50.98,10.6,51", vec![couch_id]),
        ("bbox=10.5,50.9,10.52,50.92", vec![lamp_id]),
        ("status=in_review", vec![lamp_id]),
        ("status=received,in_review", vec![couch_id, lamp_id]),
        ("service_code=litter", vec![couch_id]),
        ("department=office", vec![lamp_id]),
        ("department=nothing", vec![]),
        ("mine=true", vec![lamp_id]),
        ("mine=false", vec![couch_id, lamp_id]),
        ("q='; DROP TABLE reports.request; --", vec![]),
        // Nothing but signs finds nothing, and does not fail.
        ("q=%22%20%26%20%7C%20!%20(%20:*", vec![]),
        ("status=&service_code=&department=&bbox=&q=&mine=&limit=&cursor=", vec![couch_id, lamp_id]),
    ] {
        let mut seen = found(&office, &query.replace(' ', "%20").replace('ß', "%C3%9F")).await;
        seen.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(seen, expected, "{query}");
    }
    for filed in [&lamp, &couch] {
        assert_eq!(found(&office, &format!("q={}", filed.reference)).await, [filed.service_request_id]);
    }
    office.get("/v1/queue?q=a%00b").await.assert_problem(400, "query-invalid");
    office.get(format!("/v1/queue?q={}", "x".repeat(201))).await.assert_problem(400, "query-invalid");
    office.get("/v1/queue?mine=yes").await.assert_problem(400, "query-invalid");
}

#[tokio::test]
async fn a_row_shows_the_first_words_and_the_number_of_photos() {
    let city = city().await;
    let photo = a_photo(&city).await;
    a_request(&city).saying(&"ü".repeat(300)).showing(photo).file().await;
    let queue: Queue = city.staff("office").get("/v1/queue").await.assert_status(200).json();
    let row = &queue.requests[0];
    assert_eq!((row.excerpt.as_deref(), row.photo_count), (Some("ü".repeat(160).as_str()), 1));
    assert_eq!((row.service_name.as_str(), row.department.as_str()), ("Weiß ich nicht", "office"));
}

#[tokio::test]
async fn pages_of_the_queue_follow_each_other() {
    let city = city().await;
    for _ in 0..5 {
        city.clock.advance(Duration::from_secs(1));
        a_request(&city).saying("Laterne").file().await;
    }
    let office = city.staff("office");
    let (mut path, mut seen) = ("/v1/queue?limit=2&q=laterne".to_owned(), Vec::new());
    loop {
        let answer = office.get(&path).await.assert_status(200);
        seen.extend(answer.json::<Queue>().requests);
        let Some(link) = answer.header("link") else { break };
        path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|one, other| one.requested_datetime > other.requested_datetime));
}

/// Fills the table as a big city would.
async fn fill(city: &City) {
    let fill = "INSERT INTO reports.request (service_request_id, reference, secret_hash, service_code, service_group,
                                             department, confidential, status, requested_datetime, updated_datetime,
                                             location, longitude, latitude, description)
                SELECT gen_random_uuid(), 'MUS-' || overlay(lpad(n::text, 6, '0') PLACING '-' FROM 5 FOR 0), '', 'litter', 'street',
                       CASE WHEN n % 2 = 0 THEN 'yard' ELSE 'office' END, n % 50 = 0, 'received',
                       now() - n * interval '1 minute', now(),
                       ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 25832), lon, lat,
                       'Übungsdaten Nummer ' || n || CASE WHEN n % 1000 = 2 THEN ' Kühlschrank' ELSE '' END
                  FROM (SELECT n, 10.5 + random() / 10 AS lon, 50.9 + random() / 10 AS lat
                          FROM generate_series(1, 25000) n) many";
    for sql in [fill, "ANALYZE reports.request", "ANALYZE reports.photo"] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut city.superuser().await).await.unwrap();
    }
}

#[tokio::test]
async fn behind_the_wall_box_and_words_keep_their_indexes_among_many_requests() {
    let city = city().await;
    fill(&city).await;
    let mut role = city.connect(crate::SERVICE).await;
    let set = "SELECT set_config('app.kind', 'staff', false), set_config('app.departments', 'yard', false),
                      set_config('app.confidential', '', false)";
    sqlx::query(set).execute(&mut role).await.unwrap();
    let plain = "now(), gen_random_uuid(), 51, NULL, NULL, NULL, NULL";
    for (statement, values, index) in [
        ("NEWEST", plain.to_owned(), "request_newest"),
        ("IN_BOX", format!("{plain}, 10.55, 50.95, 10.551, 50.951"), "request_location"),
        ("BY_WORDS", format!("{plain}, NULL, NULL, NULL, NULL, 'kühlschrank', NULL"), "request_search"),
    ] {
        let plan = plan_of(&mut role, store::STATEMENTS, statement, &values).await;
        // Once with the values at hand, once for any.
        assert_eq!(plan.matches(index).count(), 2, "{statement}: {plan}");
        assert!(!plan.contains("Seq Scan on request"), "{statement}: {plan}");
    }
    for (department, seen) in [("yard", 25), ("office", 0)] {
        let found = found(&city.staff(department), "q=k%C3%BChlschrank&limit=500").await;
        assert_eq!(found.len(), seen, "{department}");
    }
}
