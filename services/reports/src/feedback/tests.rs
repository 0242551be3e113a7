//! Is it really done?

use kit::testing::{Answer, City};
use proto::reports::{FiledRequest, PublicRequest, Queue, ReporterRequest, StaffRequest};
use serde_json::json;

use crate::testing::{a_request, intake_office, moved};
use crate::tests::city;

async fn done(city: &City) -> FiledRequest {
    let filed = a_request(city).file().await;
    moved(city, filed.service_request_id, json!({ "status": "done" })).await;
    filed
}

async fn say(city: &City, filed: &FiledRequest, solved: bool) -> Answer {
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    reporter.put(format!("/v1/reporter/{}/feedback", filed.reference), json!({ "solved": solved })).await
}

async fn found(city: &City, query: &str) -> usize {
    let queue: Queue = intake_office(city).get(format!("/v1/queue?{query}")).await.assert_status(200).json();
    queue.requests.len()
}

#[tokio::test]
async fn the_resident_says_whether_it_is_done_and_the_last_answer_counts() {
    let city = city().await;
    let filed = done(&city).await;
    for solved in [false, false, true, false] {
        let seen: ReporterRequest = say(&city, &filed, solved).await.assert_status(200).json();
        assert_eq!(seen.feedback.unwrap().solved, solved);
    }
    let path = format!("/v1/queue/{}", filed.service_request_id);
    let seen: StaffRequest = intake_office(&city).get(path).await.assert_status(200).json();
    assert_eq!((seen.row.feedback_solved, seen.feedback_at), (Some(false), Some(city.clock.now())));
    let told = city.events().await.iter().filter(|(kind, _)| kind == "request.feedback").count();
    assert_eq!(told, 3, "the same answer again is no event");
}

#[tokio::test]
async fn the_public_does_not_learn_of_it() {
    let city = city().await;
    let filed = done(&city).await;
    let public = async || {
        let path = format!("/v1/requests/{}", filed.service_request_id);
        let answer = city.anyone().get(&path).await.assert_status(200);
        let timeline = city.anyone().get(format!("{path}/timeline")).await.assert_status(200);
        (answer.json::<PublicRequest>(), timeline.text())
    };
    let before = public().await;
    city.clock.advance(std::time::Duration::from_secs(60));
    say(&city, &filed, false).await.assert_status(200);
    assert_eq!(public().await, before);
}

#[tokio::test]
async fn it_is_asked_only_of_what_is_done() {
    let city = city().await;
    let filed = a_request(&city).file().await;
    say(&city, &filed, true).await.assert_problem(409, "not-done");
    moved(&city, filed.service_request_id, json!({ "status": "not_possible", "status_note": "Nein." })).await;
    say(&city, &filed, true).await.assert_problem(409, "not-done");
    assert!(city.events().await.iter().all(|(kind, _)| kind != "request.feedback"));
}

#[tokio::test]
async fn without_the_secret_there_is_nothing_to_answer() {
    let city = city().await;
    let (filed, other) = (done(&city).await, done(&city).await);
    let path = format!("/v1/reporter/{}/feedback", filed.reference);
    let body = json!({ "solved": true });
    city.anyone().put(&path, body.clone()).await.assert_problem(404, "not-found");
    let wrong = city.anyone().with("reporter-secret", &other.secret);
    wrong.put(&path, body).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn staff_find_what_is_done_but_not_for_the_resident() {
    let city = city().await;
    let (agreed, disputed, _silent) = (done(&city).await, done(&city).await, done(&city).await);
    say(&city, &agreed, true).await.assert_status(200);
    say(&city, &disputed, false).await.assert_status(200);
    for (query, expected) in
        [("feedback=unsolved", 1), ("feedback=solved", 1), ("feedback=", 3), ("feedback=unsolved&q=liegt", 1)]
    {
        assert_eq!(found(&city, query).await, expected, "{query}");
    }
    let wrong = intake_office(&city).get("/v1/queue?feedback=maybe").await;
    wrong.assert_problem(400, "query-invalid");
}
