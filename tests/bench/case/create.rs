//! A resident files a request.

use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::Full;
use kit::clock::Clock;
use kit::ids::Ids;
use kit::pack::Service;
use serde_json::json;
use sqlx::types::Uuid;

use super::{Case, Ground, position};
use crate::draw::Draw;
use crate::script::{Script, Value, drawn, find, text};
use crate::server::get;

const DESCRIPTION: &str = "Übungsdaten: Auf dem Gehweg liegt seit gestern etwas, das dort nicht hingehört.";
/// pgbench has no ids: one from a number that counts up, as the times at the front of real ids do.
const ID: &str = "lpad(to_hex(:n::bigint), 32, '0')::uuid";
/// The same as text, for the setting of the caller.
const ID_TEXT: &str = "lpad(to_hex(:n::bigint), 32, '0')::uuid::text";
/// Something of 32 bytes that is another for each number.
const HASH: &str = "sha256(int8send(:n::bigint))";

/// `POST /v1/requests`.
pub fn case(ground: &Arc<Ground>) -> Result<Case> {
    let services = &ground.pack.services;
    let plain =
        |service: &&Service| !service.is_confidential() && service.attributes.iter().all(|a| !a.required);
    let service = services.iter().find(plain).context("the city has no service without questions")?.clone();
    let script = script(ground, &service)?;
    let ids = Ids::random(Clock::system());
    let [west, south, east, north] = ground.inside;
    let make = move |draw: &mut Draw| {
        let body = json!({
            "service_request_id": ids.uuid(),
            "service_code": service.service_code,
            "longitude": draw.between(west, east),
            "latitude": draw.between(south, north),
            "description": DESCRIPTION,
        });
        post("/v1/requests", &ids.uuid(), &body)
    };
    Ok(Case {
        name: "create",
        service: reports::SERVICE,
        status: StatusCode::CREATED,
        make: Arc::new(make),
        scripts: vec![script],
        planned_anew: false,
    })
}

fn post(path: &str, key: &Uuid, body: &serde_json::Value) -> Request<Full<Bytes>> {
    let mut request = get(path).map(|_| Full::new(Bytes::from(body.to_string())));
    *request.method_mut() = Method::POST;
    let headers = request.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(key) = HeaderValue::from_str(&key.to_string()) {
        headers.insert("idempotency-key", key);
    }
    request
}

/// The transaction of `intake::file` for a request without photos and without contact.
fn script(ground: &Ground, service: &Service) -> Result<Script> {
    let [west, south, east, north] = ground.inside;
    let key = [text("anyone"), drawn(HASH)];
    let answer = json!({ "reference": "GLA-7K3M-Q2", "service_request_id": Uuid::nil(),
        "requested_datetime": "2026-01-01T12:00:00.000000Z" });
    Ok(Script::begin(0, "reporter", drawn(ID_TEXT))?
        .draw("i", ":i + 1")
        .draw("n", ":run * 1000000000000000 + :client_id * 1000000000000 + :i")
        .draw("reference", "random(1, 1000000000000000)")
        .draw("longitude", &position(west, east))
        .draw("latitude", &position(south, north))
        .run(find(kit::idempotency::STATEMENTS, "TAKE")?, &[&key[..], &[drawn(HASH)]].concat())?
        .run(find(reports::intake::store::STATEMENTS, "ADD")?, &added(service))?
        .run(find(reports::publication::store::STATEMENTS, "PUBLISH")?, &published(service))?
        .run(find(kit::event::STATEMENTS.concat().as_slice(), "RECORD")?, &recorded(service))?
        .run(find(kit::idempotency::STATEMENTS, "KEEP")?, &[&key[..], &[text(answer)]].concat())?
        .commit())
}

fn added(service: &Service) -> Vec<Value> {
    vec![
        drawn(ID),
        drawn(":reference"),
        drawn(HASH),
        text(&service.service_code),
        text(&service.group),
        text(&service.department),
        text(false),
        text("received"),
        drawn(":longitude"),
        drawn(":latitude"),
        Value::Null,
        text(DESCRIPTION),
        text("{}"),
        Value::Null,
        drawn("now()"),
        drawn("now()"),
        Value::Null,
        text(1),
    ]
}

fn published(service: &Service) -> Vec<Value> {
    vec![
        drawn(ID),
        drawn(":reference"),
        text("public"),
        text(&service.service_code),
        text("received"),
        Value::Null,
        Value::Null,
        drawn("now()"),
        drawn("now()"),
        drawn(":longitude"),
        drawn(":latitude"),
        Value::Null,
        text(true),
        text(&service.group),
        Value::Null,
    ]
}

fn recorded(service: &Service) -> Vec<Value> {
    let payload = json!({ "service_code": service.service_code, "status": "received" });
    vec![
        drawn("now()"),
        text("request.received"),
        text("request"),
        drawn(ID),
        drawn(ID),
        text("public"),
        text("reporter"),
        Value::Null,
        Value::Null,
        Value::Null,
        text(payload),
        text("\\x000102030405060708090a0b0c0d0e0f"),
        drawn(HASH),
    ]
}
