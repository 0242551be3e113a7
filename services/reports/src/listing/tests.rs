//! What everyone sees, over HTTP and in the planner.

use std::collections::BTreeSet;
use std::time::Duration;

use kit::testing::City;
use proto::reports::{PublicRequest, PublicRequests, Timeline};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use super::store;
use crate::testing::{a_photo, a_request, intake_office, moved};
use crate::tests::{city, plan_of, rows};

async fn list(city: &City, query: &str) -> Vec<PublicRequest> {
    let answer = city.anyone().get(format!("/v1/requests{query}")).await.assert_status(200);
    answer.json::<PublicRequests>().requests
}

/// The path that a `Link` names.
fn next(link: &str) -> String {
    assert!(link.ends_with(">; rel=\"next\""), "{link}");
    link.trim_start_matches('<').split('>').next().unwrap().to_owned()
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_without_a_repeat() {
    let city = city().await;
    let mut filed = Vec::new();
    for number in 0..7 {
        // Three at the same instant: ids decide between equals.
        if number % 3 == 0 {
            city.clock.advance(Duration::from_secs(1));
        }
        filed.push(a_request(&city).file().await.service_request_id);
    }
    let mut path = "/v1/requests?limit=2&status=received,done&service_code=".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = city.anyone().get(&path).await.assert_status(200);
        seen.extend(answer.json::<PublicRequests>().requests);
        // What arrives meanwhile stands in front and moves nothing.
        city.clock.advance(Duration::from_secs(1));
        a_request(&city).file().await;
        match answer.header("link") {
            Some(link) => path = next(link),
            None => break,
        }
    }
    let ids: BTreeSet<_> = seen.iter().map(|request| request.service_request_id).collect();
    assert_eq!((seen.len(), &ids), (7, &filed.into_iter().collect()));
    assert!(seen.is_sorted_by(|one, other| one.requested_datetime >= other.requested_datetime));
}

#[tokio::test]
async fn box_status_and_service_narrow_the_list() {
    let city = city().await;
    let west = a_request(&city).at(10.51, 50.91).file().await.service_request_id;
    let east = a_request(&city).of(&city, "litter").at(10.59, 50.99).file().await.service_request_id;
    a_request(&city)
        .without("longitude")
        .without("latitude")
        .with("address_string", "Musterweg")
        .file()
        .await;
    moved(&city, west, json!({ "status": "done" })).await;
    let found = async |query: &str| {
        let requests = list(&city, query).await;
        requests.into_iter().map(|request| request.service_request_id).collect::<Vec<_>>()
    };
    assert_eq!(found("?bbox=10.50,50.90,10.52,50.92").await, [west]);
    assert_eq!(found("?bbox=10.51,50.91,10.51,50.91").await, [west]);
    assert_eq!(found("?bbox=10.5100001,50.91,10.6,51").await, [east]);
    assert_eq!(found("?bbox=10.5,50.9,10.6,51&status=done").await, [west]);
    assert_eq!(found("?service_code=litter").await, [east]);
    assert_eq!(found("?service_code=litter,dont_know&status=received&bbox=10.5,50.9,10.6,51").await, [east]);
    assert_eq!(found("?status=done,received").await.len(), 3);
    assert_eq!(found("?service_code=nothing").await, []);
    assert_eq!(found("?bbox=&status=&service_code=&limit=&cursor=").await.len(), 3);
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let city = city().await;
    for (query, parameter) in [
        ("bbox=1,2,3", "bbox"),
        ("bbox=NaN,50,11,51", "bbox"),
        ("bbox=10.6,50.9,10.5,51", "bbox"),
        ("bbox=10,50,11,inf", "bbox"),
        ("status=open", "status"),
        ("status=done,'%20OR%201=1", "status"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=WzEsMl0", "cursor"),
        ("visibility=confidential", "visibility"),
        ("sort=secret_hash", "sort"),
    ] {
        let answer = city.anyone().get(format!("/v1/requests?{query}")).await;
        let problem: Value = answer.assert_problem(400, "query-invalid").json();
        assert_eq!(problem["parameter"], parameter, "{query}");
    }
}

#[tokio::test]
async fn what_the_reader_has_is_sent_again_only_after_a_change() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let paths = [
        format!("/v1/requests/{}", filed.service_request_id),
        format!("/v1/requests/by-reference/{}", filed.reference.as_str().to_lowercase()),
    ];
    for path in &paths {
        let first = city.anyone().get(path).await.assert_status(200);
        let reader = city.anyone().with("if-none-match", first.header("etag").unwrap());
        reader.get(path).await.assert_status(304);
        reader.with("accept-language", "en").get(path).await.assert_status(200);
    }
    let tag = city.anyone().get(&paths[0]).await.header("etag").unwrap().to_owned();
    moved(&city, filed.service_request_id, json!({ "status": "in_review" })).await;
    city.anyone().with("if-none-match", &tag).get(&paths[0]).await.assert_status(200);
}

#[tokio::test]
async fn internal_notes_and_claims_leave_no_trace_outside() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    let path = format!("/v1/requests/{}", filed.service_request_id);
    moved(&city, filed.service_request_id, json!({ "status": "in_progress" })).await;
    let before = city.anyone().get(&path).await;
    city.clock.advance(Duration::from_secs(60));
    city.staff("office").post(format!("{path}/notes"), json!({ "text": "Vermerk" })).await.assert_status(201);
    city.staff("office").put(format!("{path}/claim"), json!({})).await.assert_status(200);
    let after = city.anyone().get(&path).await;
    assert_eq!((before.body.clone(), before.header("etag")), (after.body.clone(), after.header("etag")));
}

#[tokio::test]
async fn a_confidential_request_answers_everywhere_as_one_that_does_not_exist() {
    let city = city().await;
    let open = a_request(&city).file().await;
    let before = list(&city, "?bbox=10.5,50.9,10.6,51").await;
    let photo = a_photo(&city).await;
    let hidden = a_request(&city).of(&city, "house").showing(photo).file().await;

    let nobody = city.ids.uuid();
    let pairs = [
        (format!("/v1/requests/{}", hidden.service_request_id), format!("/v1/requests/{nobody}")),
        (
            format!("/v1/requests/by-reference/{}", hidden.reference),
            "/v1/requests/by-reference/MUS-0000-00".to_owned(),
        ),
        (format!("/v1/photos/{photo}"), format!("/v1/photos/{nobody}")),
        (format!("/v1/photos/{photo}?size=small"), format!("/v1/photos/{nobody}?size=small")),
        (format!("/v1/queue/{}", hidden.service_request_id), format!("/v1/queue/{nobody}")),
        (format!("/v1/reporter/{}", hidden.reference), "/v1/reporter/MUS-0000-00".to_owned()),
    ];
    let officer_without_the_group = city.staff("office");
    for guest in [city.anyone(), city.resident(), officer_without_the_group, city.staff("yard")] {
        for (path, nothing) in &pairs {
            for guest in [
                guest.clone(),
                guest.clone().with("if-none-match", "*"),
                guest.clone().with("reporter-secret", &open.secret),
            ] {
                let (found, expected) = (guest.get(path).await, guest.get(nothing).await);
                assert_eq!((found.status, &found.body), (expected.status, &expected.body), "{path}");
                assert!(found.status >= 400, "{path}");
                let names = |answer: &kit::testing::Answer| {
                    answer.headers.keys().map(ToString::to_string).collect::<BTreeSet<_>>()
                };
                assert_eq!(names(&found), names(&expected), "{path}");
            }
        }
        assert_eq!(list(&city, "?bbox=10.5,50.9,10.6,51").await, before);
        assert_eq!(list(&city, "?service_code=house").await, []);
    }
    assert_eq!(rows(&city, "published.request").await, 2);
}

#[tokio::test]
async fn lists_use_their_indexes_among_many_requests() {
    let city = city().await;
    let fill = "INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                               requested_datetime, updated_datetime, location, longitude, latitude)
                SELECT gen_random_uuid(), 'MUS-' || overlay(lpad(n::text, 6, '0') PLACING '-' FROM 5 FOR 0), CASE WHEN n % 9 = 0 THEN 'confidential' ELSE 'public' END,
                       'dont_know', 'received', now() - n * interval '1 minute', now(),
                       ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 25832), lon, lat
                  FROM (SELECT n, 10.5 + random() / 10 AS lon, 50.9 + random() / 10 AS lat
                          FROM generate_series(1, 20000) n) many";
    for sql in [fill, "ANALYZE published.request"] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut city.superuser().await).await.unwrap();
    }
    let mut role = city.connect(crate::SERVICE).await;
    let plain = "NULL, NULL, now(), gen_random_uuid(), 51";
    for (statement, values, index) in [
        ("NEWEST", plain.to_owned(), "published_newest"),
        ("IN_BOX", format!("{plain}, 10.55, 50.95, 10.551, 50.951"), "published_location"),
    ] {
        let plan = plan_of(&mut role, store::STATEMENTS, statement, &values).await;
        assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{statement}: {plan}");
    }
}

#[tokio::test]
async fn the_public_timeline_tells_what_the_city_said_and_nothing_of_its_inner_work() {
    let city = city().await;
    let id = a_request(&city).file().await.service_request_id;
    intake_office(&city).put(format!("/v1/requests/{id}/claim"), Value::Null).await.assert_status(200);
    moved(&city, id, json!({ "status_note": "Wir kommen morgen." })).await;

    let answer = city.anyone().get(format!("/v1/requests/{id}/timeline")).await.assert_status(200);

    let told: Vec<_> =
        answer.json::<Timeline>().steps.into_iter().map(|step| (step.kind, step.status_note)).collect();
    let note = Some("Wir kommen morgen.".to_owned());
    let kinds = ["request.received", "request.status_changed", "request.answered"];
    assert_eq!(told, kinds.map(str::to_owned).into_iter().zip([None, None, note]).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_confidential_request_has_no_timeline() {
    let city = city().await;
    let id = a_request(&city).of(&city, "house").file().await.service_request_id;
    city.anyone().get(format!("/v1/requests/{id}/timeline")).await.assert_problem(404, "not-found");
}
