//! What nobody began ends in time, for everyone to see; what somebody began stays.

use std::time::Duration;

use kit::job::Worker;
use kit::testing::City;
use proto::ServiceRequestId;
use proto::reports::{PublicRequest, ReporterRequest};
use proto::status::Status;
use serde_json::json;

use crate::testing::{a_request, moved};
use crate::tests::city;

const MINUTE: Duration = Duration::from_secs(60);

async fn round(city: &City) {
    Worker::new(city.app(crate::SERVICE).clone(), vec![super::task()]).run_once().await.unwrap();
}

async fn public(city: &City, id: ServiceRequestId) -> PublicRequest {
    city.anyone().get(format!("/v1/requests/{id}")).await.assert_status(200).json()
}

#[tokio::test]
async fn a_hint_ends_after_its_hours_and_not_a_minute_before() {
    let city = city().await;
    let filed = a_request(&city).of(&city, "blocked").file().await;
    city.clock.advance(179 * MINUTE);
    round(&city).await;
    assert_eq!(public(&city, filed.service_request_id).await.status, Status::Received);
    city.clock.advance(MINUTE);
    round(&city).await;
    let ended = public(&city, filed.service_request_id).await;
    assert_eq!(
        (ended.status, ended.status_notes.as_deref()),
        (Status::NotPossible, Some("Von selbst beendet."))
    );
}

#[tokio::test]
async fn the_end_is_an_event_of_the_system_that_timeline_and_reporter_read() {
    let city = city().await;
    let filed = a_request(&city).of(&city, "blocked").file().await;
    city.clock.advance(180 * MINUTE);
    round(&city).await;
    round(&city).await;
    let event = "SELECT kind, actor_kind, actor, visibility, payload::jsonb
                   FROM event.event WHERE subject_id = $1 AND kind <> 'request.received'";
    let events: Vec<(String, String, Option<String>, String, serde_json::Value)> = sqlx::query_as(event)
        .bind(filed.service_request_id.0)
        .fetch_all(&mut city.superuser().await)
        .await
        .unwrap();
    let payload = json!({ "from": "received", "to": "not_possible", "status_note": "Von selbst beendet." });
    assert_eq!(
        events,
        [("request.expired".to_owned(), "system".to_owned(), None, "public".to_owned(), payload)]
    );

    let path = format!("/v1/reporter/{}", filed.reference);
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    let seen: ReporterRequest = reporter.get(path).await.assert_status(200).json();
    assert_eq!(seen.timeline.last().and_then(|step| step.status), Some(Status::NotPossible));
    assert!(!seen.may_withdraw);
}

#[tokio::test]
async fn what_somebody_ordered_and_what_sets_no_hours_stays() {
    let city = city().await;
    let ordered = a_request(&city).of(&city, "blocked").file().await.service_request_id;
    moved(&city, ordered, json!({ "status": "in_progress" })).await;
    let claimed = a_request(&city).of(&city, "blocked").file().await.service_request_id;
    city.staff("yard").put(format!("/v1/requests/{claimed}/claim"), json!({})).await.assert_status(200);
    let other = a_request(&city).of(&city, "litter").file().await.service_request_id;
    city.clock.advance(1000 * MINUTE);
    round(&city).await;
    assert_eq!(public(&city, ordered).await.status, Status::InProgress);
    assert_eq!(public(&city, claimed).await.status, Status::NotPossible);
    assert_eq!(public(&city, other).await.status, Status::Received);
}

#[tokio::test]
async fn more_than_one_round_of_them_end_together() {
    let city = city().await;
    for _ in 0..52 {
        a_request(&city).of(&city, "blocked").file().await;
    }
    city.clock.advance(180 * MINUTE);
    round(&city).await;
    let events = city.events().await;
    assert_eq!(events.iter().filter(|(kind, _)| kind == "request.expired").count(), 52);
}
