//! A request that was brought in is one like every other.

use kit::db::Context;
use kit::keys::sha256;
use kit::testing::City;
use proto::geo::Position;
use proto::reports::{PublicRequest, StatusChange};
use proto::status::Status;
use proto::{Reference, ServiceRequestId};
use serde_json::{Value, json};

use super::{Bringing, Channel, Clerk, Draft, Story, secret};
use crate::testing::moved;
use crate::tests::city;

const KEY: &str = "brought-in-1";

/// Brings in a request that came by mail a week ago and was ordered a day later.
async fn brought(city: &City) -> ServiceRequestId {
    let app = city.app("reports");
    let id = ServiceRequestId(city.ids.uuid());
    let [longitude, latitude] = city.pack.city.map.center;
    let at = city.clock.now() - chrono::TimeDelta::days(7);
    let draft = Draft {
        id,
        reference: Reference::new("MUS", 4711),
        service: city.pack.service("litter").unwrap(),
        position: Position { longitude, latitude },
        address_string: None,
        description: Some("Übungsdaten: Säcke am Weg.".to_owned()),
        attributes: [("size".to_owned(), json!("small"))].into(),
        at,
    };
    let hash = sha256(secret(app, id, KEY).as_bytes());
    let mut story = Story::begin(draft.request(), Channel::Email, hash);
    let context = Context { kind: "staff", subject: Some("00".repeat(16)), ..Context::default() };
    let clerk = Clerk { context, name: "Kim Muster".to_owned() };
    story.release_text(&clerk, at + chrono::TimeDelta::hours(1));
    story.claim(&clerk, at + chrono::TimeDelta::hours(2)).unwrap();
    let ordered = StatusChange { status: Some(Status::InProgress), ..StatusChange::default() };
    story.change(&clerk, &ordered, at + chrono::TimeDelta::days(1)).unwrap();
    assert!(story.withdraw(city.clock.now()).is_err(), "work is ordered, as the rules of every request say");
    let mut bringing = Bringing::begin(app).await.unwrap();
    bringing.write(app, &[story]).await.unwrap();
    bringing.commit().await.unwrap();
    id
}

#[tokio::test]
async fn its_secret_opens_it_and_its_timeline_has_its_own_times() {
    let city = city().await;
    let id = brought(&city).await;
    let reporter = city.anyone().with("reporter-secret", &secret(city.app("reports"), id, KEY));
    let reference = Reference::new("MUS", 4711);
    let seen: Value = reporter.get(format!("/v1/reporter/{reference}")).await.assert_status(200).json();
    assert_eq!(seen["description"], "Übungsdaten: Säcke am Weg.");
    let times: Vec<&str> =
        seen["timeline"].as_array().unwrap().iter().filter_map(|step| step["at"].as_str()).collect();
    assert_eq!(times.len(), 3, "{seen}");
    assert!(times.iter().all(|at| *at < "2026-02-28"), "{times:?}");
}

#[tokio::test]
async fn people_work_on_it_and_its_channel_stays() {
    let city = city().await;
    let id = brought(&city).await;
    moved(&city, id, json!({ "status": "done", "status_note": "Abgeholt." })).await;
    let seen: PublicRequest = city.anyone().get(format!("/v1/requests/{id}")).await.assert_status(200).json();
    assert_eq!((seen.status, seen.description.is_some()), (Status::Done, true));
    let channels: (String, String) = sqlx::query_as(
        "SELECT request.channel, public_side.channel
           FROM reports.request JOIN published.request AS public_side USING (service_request_id)",
    )
    .fetch_one(&mut city.superuser().await)
    .await
    .unwrap();
    assert_eq!(channels, ("email".to_owned(), "email".to_owned()));
}

#[tokio::test]
async fn what_a_resident_files_came_from_the_app() {
    let city = city().await;
    crate::testing::a_request(&city).file().await;
    let sql = "SELECT channel FROM reports.request UNION ALL SELECT channel FROM published.request";
    let channels: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&mut city.superuser().await).await.unwrap();
    assert_eq!(channels, [("app".to_owned(),), ("app".to_owned(),)]);
}
