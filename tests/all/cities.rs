//! Two cities in one process know nothing of each other.

use std::collections::HashMap;
use std::path::PathBuf;

use gladbeck_tests::{Transport, World};
use kit::testing::{Guest, workspace};
use serde_json::{Value, json};

fn gladbeck() -> PathBuf {
    workspace().join("deploy/city/gladbeck")
}

/// Both cities behind one door, told apart by host name.
async fn two() -> (World, World, Guest, Guest) {
    let mut one = World::new().await;
    let mut other = World::of_pack(&gladbeck(), Transport::InProcess).await;
    let by_host = HashMap::from([
        ("one.example".to_owned(), one.city.router()),
        ("other.example".to_owned(), other.city.router()),
    ]);
    let door = gateway::cities(by_host);
    one.city.serve(door.clone());
    other.city.serve(door);
    let (at_one, at_other) = (
        one.city.anyone().with("host", "one.example"),
        other.city.anyone().with("host", "other.example:8080"),
    );
    (one, other, at_one, at_other)
}

#[tokio::test]
async fn each_host_shows_its_own_city() {
    let (_one, _other, at_one, at_other) = two().await;
    let name =
        async |guest: &Guest| guest.get("/v1/city").await.assert_status(200).json::<Value>()["name"].clone();
    assert_eq!(name(&at_one).await, "Musterhausen");
    assert_eq!(name(&at_other).await, "Gladbeck");
    let nowhere = at_one.clone().with("host", "nowhere.example").get("/v1/city").await;
    assert!((400..500).contains(&nowhere.status), "{}", nowhere.status);
    let reference = json!({ "service_code": "lamp_out" });
    assert_eq!(at_one.get("/v1/services/lamp_out").await.status, 404, "{reference}");
    assert_eq!(at_other.get("/v1/services/lamp_out").await.status, 200);
}

#[tokio::test]
async fn a_request_of_one_city_does_not_exist_in_the_other() {
    let (one, _other, at_one, at_other) = two().await;
    let id = one.city.ids.uuid();
    let request = json!({
        "service_request_id": id, "service_code": "dont_know", "address_string": "Marktplatz",
    });
    at_one.post("/v1/requests", request).await.assert_status(201);
    at_one.get(format!("/v1/requests/{id}")).await.assert_status(200);
    at_other.get(format!("/v1/requests/{id}")).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn a_token_of_one_city_means_nothing_in_the_other() {
    let (one, _other, at_one, at_other) = two().await;
    let device = json!({ "device_id": one.city.ids.uuid() });
    let device: Value = at_one.post("/v1/devices", device).await.assert_status(201).json();
    let secret = json!({ "device_secret": device["device_secret"] });
    let token: Value = at_one.post("/v1/token", secret).await.assert_status(200).json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    at_one.clone().with("authorization", &bearer).get("/v1/me").await.assert_status(200);
    at_other.with("authorization", &bearer).get("/v1/me").await.assert_problem(401, "signed-out");
}
