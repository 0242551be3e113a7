use kit::extract::IdempotencyKey;
use serde_json::{Value, json};

use crate::tests::city;

#[tokio::test]
async fn a_device_gets_a_secret_that_is_stored_only_as_a_hash() {
    let city = city().await;
    let id = city.ids.uuid();
    let answer = city.anyone().post("/v1/devices", json!({ "device_id": id })).await.assert_status(201);

    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let device: Value = answer.json();
    let secret = device["device_secret"].as_str().unwrap();
    assert_eq!(device["device_id"], id.to_string());
    assert!(secret.starts_with(&format!("{id}.")) && secret.len() == 36 + 1 + 43, "{secret}");

    let mut superuser = city.superuser().await;
    for table in ["accounts.device", "kit.idempotency", "event.event"] {
        let rows =
            sqlx::AssertSqlSafe(format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t"));
        let (text,): (String,) = sqlx::query_as(rows).fetch_one(&mut superuser).await.unwrap();
        assert!(!text.contains(&secret[37..]), "{table} holds the secret");
    }
}

#[tokio::test]
async fn a_repeated_registration_is_answered_the_same() {
    let city = city().await;
    let phone = city.anyone().with("idempotency-key", "0123456789abcdef");
    let body = json!({ "device_id": city.ids.uuid() });
    let first = phone.post("/v1/devices", body.clone()).await.assert_status(201);
    let again = phone.post("/v1/devices", body).await.assert_status(201);
    assert_eq!(first.body, again.body);
}

#[tokio::test]
async fn an_id_that_is_taken_tells_nothing_of_its_device() {
    let city = city().await;
    let body = json!({ "device_id": city.ids.uuid() });
    let first = city.anyone().post("/v1/devices", body.clone()).await.assert_status(201);
    let secret = first.json::<Value>()["device_secret"].clone();

    city.anyone().post("/v1/devices", body).await.assert_problem(409, "id-taken");
    city.anyone().post("/v1/token", json!({ "device_secret": secret })).await.assert_status(200);
}

#[tokio::test]
async fn a_key_of_another_body_is_refused() {
    let city = city().await;
    let phone = city.anyone().with("idempotency-key", "0123456789abcdef");
    phone.post("/v1/devices", json!({ "device_id": city.ids.uuid() })).await.assert_status(201);
    let other = json!({ "device_id": city.ids.uuid() });
    phone.post("/v1/devices", other).await.assert_problem(422, "idempotency-key-reused");
}

#[tokio::test]
async fn a_bad_registration_is_refused_before_it_is_stored() {
    let city = city().await;
    let anyone = city.anyone();
    let v4 = "5f0c1bd0-6f0a-4a53-9a9e-0c1f4b3a2d10";
    anyone.post("/v1/devices", json!({ "device_id": v4 })).await.assert_field("/device_id", "not-v7");
    anyone.post("/v1/devices", json!({})).await.assert_field("/device_id", "required");
    let more = json!({ "device_id": city.ids.uuid(), "name": "x" });
    anyone.post("/v1/devices", more).await.assert_field("/name", "unknown-field");

    let bytes = json!({ "device_id": city.ids.uuid() }).to_string();
    let put = http::Method::PUT;
    anyone
        .send(put, "/v1/devices", "application/json", bytes)
        .await
        .assert_problem(405, "method-not-allowed");
    anyone
        .with("idempotency-key", "short")
        .post("/v1/devices", json!({ "device_id": city.ids.uuid() }))
        .await
        .assert_problem(400, "idempotency-key-invalid");
    let (devices,): (i64,) = sqlx::query_as("SELECT count(*) FROM accounts.device")
        .fetch_one(&mut city.superuser().await)
        .await
        .unwrap();
    assert_eq!(devices, 0);
}

#[tokio::test]
async fn two_keys_make_two_secrets() {
    let city = city().await;
    let app = city.app(crate::SERVICE);
    let id = proto::DeviceId(city.ids.uuid());
    let [one, other] = ["0123456789abcdef", "fedcba9876543210"].map(|key| IdempotencyKey(key.to_owned()));
    assert_ne!(super::secret(app, id, &one), super::secret(app, id, &other));
}
