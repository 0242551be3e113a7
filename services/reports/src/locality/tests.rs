//! Requests learn their nearest address, and learn it anew.

use kit::job::Worker;
use kit::testing::City;
use proto::reports::{PublicRequest, Queue, StaffRequest};
use serde_json::Value;

use crate::testing::{a_request, intake_office};
use crate::tests::{city, cleared};

/// An invented house a few steps from where requests of the tests lie, and a new version.
async fn import_a_house(city: &City, street: &str) {
    let statements = [
        "DELETE FROM published.address",
        "DELETE FROM published.street",
        "INSERT INTO published.street (street_id, name, search_key, location, longitude, latitude)
         SELECT 0, $1, lower($1), location, longitude, latitude
           FROM (SELECT 10.5502 AS longitude, 50.9501 AS latitude) AS spot,
                ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832) AS location",
        "INSERT INTO published.address (street_id, house_number, suffix, location, longitude, latitude)
         SELECT 0, 7, 'b', location, longitude, latitude FROM published.street",
        "UPDATE published.reference SET version = version + 1",
    ];
    let mut connection = city.connect("import").await;
    for statement in statements {
        let query = sqlx::query(statement);
        let query = if statement.contains("$1") { query.bind(street) } else { query };
        query.execute(&mut connection).await.unwrap();
    }
}

async fn renew(city: &City) {
    Worker::new(city.app("reports").clone(), vec![super::task()]).run_once().await.unwrap();
}

#[tokio::test]
async fn a_public_request_names_its_place_and_then_its_address() {
    let city = city().await;
    let filed = a_request(&city).at(10.55, 50.95).file().await;
    let path = format!("/v1/requests/{}", filed.service_request_id);
    let seen: PublicRequest = city.anyone().get(&path).await.assert_status(200).json();
    assert_eq!(seen.nearest_address.as_deref(), Some("bei Musterweg"));

    import_a_house(&city, "Übungsweg").await;
    let later = a_request(&city).at(10.55, 50.95).file().await;
    let path_later = format!("/v1/requests/{}", later.service_request_id);
    let at_once: PublicRequest = city.anyone().get(&path_later).await.assert_status(200).json();
    assert_eq!(at_once.nearest_address.as_deref(), Some("Übungsweg 7b"));

    renew(&city).await;
    let renewed: PublicRequest = city.anyone().get(&path).await.assert_status(200).json();
    assert_eq!(renewed.nearest_address.as_deref(), Some("Übungsweg 7b"));
    assert_eq!(renewed.updated_datetime, seen.updated_datetime, "the request itself did not change");
}

#[tokio::test]
async fn staff_read_the_nearest_address_of_a_confidential_request_and_nobody_else_does() {
    let city = city().await;
    import_a_house(&city, "Übungsweg").await;
    let filed = a_request(&city).of(&city, "house").at(10.55, 50.95).file().await;
    let path = format!("/v1/queue/{}", filed.service_request_id);
    let staff: StaffRequest = cleared(&city).get(path).await.assert_status(200).json();
    assert_eq!(staff.row.nearest_address.as_deref(), Some("Übungsweg 7b"));
    let queue: Queue = cleared(&city).get("/v1/queue").await.assert_status(200).json();
    assert_eq!(queue.requests[0].nearest_address.as_deref(), Some("Übungsweg 7b"));

    import_a_house(&city, "Anderer Weg").await;
    renew(&city).await;
    let (row,): (Value,) = sqlx::query_as("SELECT to_jsonb(r) FROM published.request r")
        .fetch_one(&mut city.connect("gateway").await)
        .await
        .unwrap();
    for column in ["location", "district", "nearest_address"] {
        assert!(row[column].is_null(), "{column}: {row}");
    }
}

#[tokio::test]
async fn the_queue_reads_the_address_of_public_requests() {
    let city = city().await;
    a_request(&city).at(10.55, 50.95).file().await;
    let queue: Queue = intake_office(&city).get("/v1/queue").await.assert_status(200).json();
    assert_eq!(queue.requests[0].nearest_address.as_deref(), Some("bei Musterweg"));
}

#[tokio::test]
async fn rounds_go_on_until_nothing_is_stale() {
    let city = city().await;
    for _ in 0..3 {
        a_request(&city).at(10.55, 50.95).file().await;
    }
    import_a_house(&city, "Übungsweg").await;
    let mut tx = city.app("reports").db.begin(&kit::db::System).await.unwrap();
    let mut renewed = Vec::new();
    for _ in 0..3 {
        renewed.push(super::store::renew(&mut tx, 2).await.unwrap());
    }
    tx.commit().await.unwrap();
    assert_eq!(renewed, [2, 1, 0]);
}
