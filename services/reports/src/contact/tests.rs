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

fn a_named(city: &City, email: Option<&str>) -> crate::testing::Draft {
    let mut contact = crate::testing::a_witness();
    if let Some(email) = email {
        contact["email"] = json!(email);
    }
    a_request(city).of(city, "witnessed").with("contact", contact)
}

async fn witness_of(city: &City, filed: &FiledRequest) -> Option<crate::intake::addressee::Witness> {
    let app = city.app(crate::SERVICE);
    let mut tx = app.db.begin(&kit::db::System).await.unwrap();
    super::witness(app, &mut tx, filed.service_request_id).await.unwrap()
}

#[tokio::test]
async fn a_witness_is_sealed_and_the_writer_of_mails_never_learns_the_name() {
    let city = city().await;
    let silent = a_named(&city, None).file().await;
    let answered = a_named(&city, Some("kim@example.org")).file().await;
    city.service("notify").get(path(&silent)).await.assert_problem(404, "not-found");
    let told = city.service("notify").get(path(&answered)).await.assert_status(200);
    assert!(told.text().contains("kim@example.org") && !told.text().contains("Zeuge"), "{}", told.text());
    let everything = "SELECT string_agg(contact::text || request::text, ' ')
                        FROM reports.contact JOIN reports.request USING (service_request_id)";
    let (stored,): (String,) =
        sqlx::query_as(everything).fetch_one(&mut city.superuser().await).await.unwrap();
    assert!(!stored.contains("Zeuge") && !stored.contains("Zeugenallee"), "{stored}");
    assert_eq!(stored.matches(",witness,").count(), 2, "{stored}");
    assert_eq!(witness_of(&city, &silent).await.unwrap().name, "Kim Zeuge");
}

#[tokio::test]
async fn only_an_address_for_answers_counts_as_one() {
    let city = city().await;
    for (email, has) in [(None, false), (Some("kim@example.org"), true)] {
        let filed = a_named(&city, email).file().await;
        let reporter = city.anyone().with("reporter-secret", &filed.secret);
        let seen = reporter.get(format!("/v1/reporter/{}", filed.reference)).await.assert_status(200);
        assert_eq!(seen.json::<serde_json::Value>()["contact"], has);
        let office = crate::tests::cleared(&city);
        let seen = office.get(format!("/v1/queue/{}", filed.service_request_id)).await.assert_status(200);
        let text = seen.text();
        assert_eq!(seen.json::<serde_json::Value>()["has_contact"], has);
        assert!(!text.contains("Zeuge") && !text.contains("Zeugenallee"), "{text}");
    }
}

#[tokio::test]
async fn who_wants_no_more_mail_stays_the_witness() {
    let city = city().await;
    let filed = a_named(&city, Some("kim@example.org")).file().await;
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    for _ in 0..2 {
        let contact = format!("/v1/reporter/{}/contact", filed.reference);
        reporter.delete(contact).await.assert_status(204);
    }
    city.service("notify").get(path(&filed)).await.assert_problem(404, "not-found");
    assert_eq!(witness_of(&city, &filed).await.unwrap().postal_address, "Zeugenallee 7, 99999 Musterhausen");
    let deleted = city.events().await.into_iter().filter(|(kind, _)| kind == "contact.deleted").count();
    assert_eq!(deleted, 1);
}

#[tokio::test]
async fn a_witness_goes_when_the_days_after_the_end_are_over() {
    let city = city().await;
    let filed = a_named(&city, None).file().await;
    let change = json!({ "status": "done", "status_note": "Erledigt." });
    let request = format!("/v1/requests/{}", filed.service_request_id);
    crate::tests::cleared(&city).patch(request, change).await.assert_status(200);
    city.clock.advance(30 * DAY);
    sweep(&city).await;
    assert_eq!((rows(&city, "reports.contact").await, witness_of(&city, &filed).await), (0, None));
}
