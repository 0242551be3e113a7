//! Who sees and does what: other departments, other roles, other kinds of callers.

use http::Method;
use kit::testing::{Answer, City, Guest};
use proto::ServiceRequestId;
use proto::auth::StaffClaims;
use serde_json::{Value, json};

use crate::testing::{a_photo, a_request, intake_office};
use crate::tests::{city, cleared};

/// Every step of the order office on a request.
async fn steps(guest: &Guest, id: ServiceRequestId, photo: proto::PhotoId) -> Vec<Answer> {
    let path = |rest: &str| format!("/v1/requests/{id}{rest}");
    vec![
        guest.get(format!("/v1/queue/{id}")).await,
        guest.put(path("/claim"), json!({})).await,
        guest.delete(path("/claim")).await,
        guest.patch(path(""), json!({ "status_note": "Übungsdaten" })).await,
        guest.post(path("/notes"), json!({ "text": "Übungsdaten" })).await,
        guest.put(path("/release"), json!({ "description": false })).await,
        guest.put(format!("/v1/photos/{photo}/release"), json!({ "released": false })).await,
    ]
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status).collect()
}

fn staff(city: &City, department: &str, role: &str, confidential: &[&str]) -> Guest {
    city.staff_as(StaffClaims {
        name: "Kim Muster".to_owned(),
        department: department.to_owned(),
        roles: vec![role.to_owned()],
        confidential: confidential.iter().map(|group| (*group).to_owned()).collect(),
        sid: city.ids.uuid(),
    })
}

#[tokio::test]
async fn each_caller_reaches_what_is_theirs_and_for_the_others_it_is_not_there() {
    let city = city().await;
    let mut requests = Vec::new();
    for service in ["dont_know", "litter", "house"] {
        let photo = a_photo(&city).await;
        requests.push((
            a_request(&city).of(&city, service).showing(photo).file().await.service_request_id,
            photo,
        ));
    }
    let [office, yard, house] = requests[..] else { panic!() };
    let all = [200, 200, 200, 200, 201, 200, 204];
    let none = [404; 7];
    let officer = city.staff("office");
    let cases = [
        (officer.clone(), office, all),
        (officer, yard, none),
        (city.staff("office"), house, none),
        (city.staff("yard"), yard, all),
        (city.staff("yard"), office, none),
        (cleared(&city), house, all),
        (cleared(&city), yard, none),
        // The group is granted, but the house is another department's.
        (staff(&city, "yard", "officer", &["house"]), house, none),
        // Another group is granted.
        (staff(&city, "office", "officer", &["street"]), house, none),
        // All departments, but neither notes nor confidential requests.
        (intake_office(&city), office, [200, 200, 200, 200, 403, 200, 204]),
        (intake_office(&city), yard, [200, 200, 200, 200, 403, 200, 204]),
        (intake_office(&city), house, none),
        // The group without the action that opens it.
        (staff(&city, "office", "intake", &["house"]), house, none),
        // A role that the city does not know.
        (staff(&city, "office", "mayor", &["house"]), office, none),
        (staff(&city, "*", "officer", &[]), office, none),
        (city.resident(), office, [403; 7]),
        (city.anyone(), office, [401; 7]),
        (city.service("notify"), office, [401; 7]),
    ];
    for (number, (guest, (id, photo), expected)) in cases.into_iter().enumerate() {
        let answers = steps(&guest, id, photo).await;
        assert_eq!(statuses(&answers), expected, "case {number}");
        for answer in answers.iter().filter(|answer| answer.status >= 400) {
            let body: Value = answer.json();
            assert!(
                ["not-found", "not-allowed", "signed-out"].contains(&body["code"].as_str().unwrap()),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn who_may_not_see_the_queue_is_told_so_and_who_may_sees_their_part() {
    let city = city().await;
    for service in ["dont_know", "litter", "house"] {
        a_request(&city).of(&city, service).file().await;
    }
    let seen = async |guest: &Guest| {
        let queue: Value = guest.get("/v1/queue").await.assert_status(200).json();
        let rows = queue["requests"].as_array().unwrap().clone();
        let mut codes: Vec<_> =
            rows.iter().map(|row| row["service_code"].as_str().unwrap().to_owned()).collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(seen(&city.staff("office")).await, ["dont_know"]);
    assert_eq!(seen(&city.staff("yard")).await, ["litter"]);
    assert_eq!(seen(&cleared(&city)).await, ["dont_know", "house"]);
    assert_eq!(seen(&intake_office(&city)).await, ["dont_know", "litter"]);
    staff(&city, "office", "mayor", &[]).get("/v1/queue").await.assert_problem(403, "not-allowed");
    city.resident().get("/v1/queue").await.assert_problem(403, "not-allowed");
    city.anyone().get("/v1/queue").await.assert_problem(401, "signed-out");
}

#[tokio::test]
async fn the_same_queries_past_the_handlers_find_nothing_either() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let filed = a_request(&city).of(&city, "house").showing(photo).answering("kim@example.org").file().await;
    let path = format!("/v1/requests/{}/notes", filed.service_request_id);
    cleared(&city).post(path, json!({ "text": "Vermerk" })).await.assert_status(201);
    let mut role = city.connect(crate::SERVICE).await;
    for (departments, confidential, expected) in [
        ("office", "house", 1_i64),
        ("*", "house", 1),
        ("office", "", 0),
        ("*", "street", 0),
        ("yard", "house", 0),
        ("", "house", 0),
    ] {
        for table in ["request", "contact", "photo", "note"] {
            let set =
                "SELECT set_config('app.kind', 'staff', false), set_config('app.departments', $1, false),
                              set_config('app.confidential', $2, false)";
            sqlx::query(set).bind(departments).bind(confidential).execute(&mut role).await.unwrap();
            let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM reports.{table}"));
            let (seen,): (i64,) = sqlx::query_as(sql).fetch_one(&mut role).await.unwrap();
            assert_eq!(seen, expected, "{table} for {departments}/{confidential}");
        }
    }
}

#[tokio::test]
async fn staff_are_the_public_on_public_routes() {
    let city = city().await;
    let filed = a_request(&city).of(&city, "house").file().await;
    let path = format!("/v1/requests/{}", filed.service_request_id);
    cleared(&city).get(&path).await.assert_problem(404, "not-found");
    let method = cleared(&city).send(Method::POST, &path, "application/json", "{}").await;
    method.assert_problem(405, "method-not-allowed");
}
