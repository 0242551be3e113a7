//! The sealed address: who opens it, and until when.

use std::time::Duration;

use kit::job::Worker;
use kit::testing::City;
use proto::notify::Contact;
use proto::reports::FiledRequest;
use serde_json::json;

use crate::testing::{a_request, intake_office, moved};
use crate::tests::{city, rows};

const DAY: Duration = Duration::from_secs(86_400);

fn path(filed: &FiledRequest) -> String {
    format!("/internal/requests/{}/contact", filed.service_request_id)
}

async fn sweep(city: &City) {
    Worker::new(city.app(crate::SERVICE).clone(), crate::tasks()).run_once().await.unwrap();
}

#[tokio::test]
async fn notify_opens_the_address_of_one_request() {
    let city = city().await;
    let draft = a_request(&city).of(&city, "house");
    let contact = json!({ "email": "Kim@example.org", "purpose": "answer", "language": "en" });
    let filed = draft.with("contact", contact).file().await;
    let answer = city.service("notify").get(path(&filed)).await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let contact: Contact = answer.json();
    assert_eq!((contact.email.as_str(), contact.language.as_str()), ("Kim@example.org", "en"));
    assert_eq!((contact.secret, contact.reference), (filed.secret, filed.reference));
}

#[tokio::test]
async fn for_everybody_else_there_is_nothing() {
    let city = city().await;
    let filed = a_request(&city).answering("kim@example.org").file().await;
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    let office = intake_office(&city);
    let others =
        [city.anyone(), reporter, city.resident(), office, city.service("gateway"), city.service("reports")];
    for guest in others {
        guest.get(path(&filed)).await.assert_problem(404, "not-found");
    }
    let without = a_request(&city).file().await;
    city.service("notify").get(path(&without)).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn an_address_moved_to_another_request_does_not_open() {
    let city = city().await;
    let one = a_request(&city).answering("kim@example.org").file().await;
    let other = a_request(&city).answering("toni@example.org").file().await;
    let swap = "UPDATE reports.contact SET sealed = (SELECT sealed FROM reports.contact WHERE service_request_id = $1)
                 WHERE service_request_id = $2";
    let ids = (one.service_request_id.0, other.service_request_id.0);
    sqlx::query(swap).bind(ids.0).bind(ids.1).execute(&mut city.superuser().await).await.unwrap();
    city.service("notify").get(path(&other)).await.assert_problem(500, "internal");
    city.service("notify").get(path(&one)).await.assert_status(200);
}

#[tokio::test]
async fn the_address_goes_when_its_days_after_the_end_are_over_and_not_before() {
    let city = city().await;
    let [ended, open] = [
        a_request(&city).answering("kim@example.org").file().await,
        a_request(&city).answering("toni@example.org").file().await,
    ];
    moved(&city, ended.service_request_id, json!({ "status": "done", "status_note": "Erledigt." })).await;
    city.clock.advance(29 * DAY);
    sweep(&city).await;
    assert_eq!(rows(&city, "reports.contact").await, 2);
    city.clock.advance(DAY);
    sweep(&city).await;
    city.service("notify").get(path(&ended)).await.assert_problem(404, "not-found");
    city.service("notify").get(path(&open)).await.assert_status(200);
    let deleted: Vec<_> =
        city.events().await.into_iter().filter(|(kind, _)| kind == "contact.deleted").collect();
    assert_eq!(deleted, [("contact.deleted".to_owned(), ended.service_request_id.0)]);
}
