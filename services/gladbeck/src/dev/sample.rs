//! Invented requests, filed through the same door as real ones.
//!
//! Ids and keys are derived from the number, so that a start that was killed half-way goes on where it stood.

use anyhow::{Context, Result, bail};
use axum::Router;
use chrono::{DurationRound, TimeDelta};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use kit::clock::Clock;
use kit::config::City as CitySettings;
use kit::pack::{Attribute, Datatype, Pack, Service};
use proto::auth::{Kind, StaffClaims};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::assemble::{Apps, service_router};

/// What people might have written; invented.
const TEXTS: &str = include_str!("../../../../deploy/dev/sample_requests.toml");

#[derive(Deserialize)]
struct Texts {
    /// Descriptions per service or group; `other` serves the rest.
    text: std::collections::BTreeMap<String, Vec<String>>,
    /// What the city answered.
    answer: Vec<String>,
}

/// Files invented requests until there are `number`, over the past weeks.
pub async fn file(settings: &CitySettings, number: usize) -> Result<()> {
    let now = Clock::system().now().duration_trunc(TimeDelta::hours(1))?;
    let clock = Clock::held_at(now - TimeDelta::days(45));
    let apps = Apps::open(settings, 4, clock.clone())?;
    let (there,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM published.request").fetch_one(apps.reports.db.pool()).await?;
    let there = usize::try_from(there)?;
    if there >= number {
        return Ok(());
    }
    println!("filing {} invented requests (Übungsdaten) …", number - there);
    let texts: Texts = toml::from_str(TEXTS)?;
    let desk = Desk::open(&apps, texts)?;
    let step = TimeDelta::seconds(TimeDelta::days(44).num_seconds() / i64::try_from(number)?);
    for place in 0..number {
        desk.one(place).await.with_context(|| format!("invented request {place}"))?;
        clock.advance(step.to_std()?);
    }
    Ok(())
}

/// Some answer to a question.
fn answer(attribute: &Attribute) -> Value {
    let first = attribute.values.first().map(|value| value.key.as_str()).unwrap_or_default();
    match attribute.datatype {
        Datatype::SingleValueList => json!(first),
        Datatype::MultiValueList => json!([first]),
        Datatype::Number => json!(1),
        Datatype::Datetime => json!("2026-01-01T12:00:00Z"),
        Datatype::String | Datatype::Text => json!("Übungsdaten"),
    }
}

/// Files requests and works on some of them.
struct Desk {
    apps: Apps,
    router: Router,
    texts: Texts,
}

impl Desk {
    fn open(apps: &Apps, texts: Texts) -> Result<Self> {
        let router = service_router(&apps.reports).context("reports can be served alone")?;
        Ok(Self { apps: apps.clone(), router, texts })
    }

    async fn one(&self, place: usize) -> Result<()> {
        let city = &self.apps.reports.city;
        let id = Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 + place as u128);
        let service = &city.services[place * 7 % city.services.len()];
        let request = self.request(id, place, city, service)?;
        let status = self
            .send(Method::POST, "/v1/requests", &format!("sample-request-{place:04}"), None, &request)
            .await?;
        match status {
            StatusCode::CREATED => {}
            // Another start has filed it, perhaps days ago, and went on from there.
            StatusCode::CONFLICT => return Ok(()),
            other => bail!("answered {other}"),
        }
        self.work_on(id, place, service).await
    }

    fn request(&self, id: Uuid, place: usize, city: &Pack, service: &Service) -> Result<Value> {
        let keys = [service.service_code.as_str(), service.group.as_str(), "other"];
        let texts = keys.iter().find_map(|key| self.texts.text.get(*key)).context("texts")?;
        let stop = &city.places[place * 37 % city.places.len()];
        let attributes: serde_json::Map<String, Value> = service
            .attributes
            .iter()
            .filter(|attribute| attribute.required)
            .map(|attribute| (attribute.code.clone(), answer(attribute)))
            .collect();
        Ok(json!({
            "service_request_id": id,
            "service_code": service.service_code,
            "longitude": stop.longitude,
            "latitude": stop.latitude,
            "address_string": stop.name,
            "description": format!("{} (Übungsdaten)", texts[place % texts.len()]),
            "attributes": attributes,
        }))
    }

    /// Most texts are released, half of the requests are taken, a third is done.
    async fn work_on(&self, id: Uuid, place: usize, service: &Service) -> Result<()> {
        let token = self.token(service)?;
        let path = format!("/v1/requests/{id}");
        if !place.is_multiple_of(5) && !service.is_confidential() {
            self.step(
                Method::PUT,
                &format!("{path}/release"),
                place,
                &token,
                &json!({ "description": true }),
            )
            .await?;
        }
        if place.is_multiple_of(2) {
            self.step(Method::PUT, &format!("{path}/claim"), place, &token, &Value::Null).await?;
        }
        let answer = &self.texts.answer[place % self.texts.answer.len()];
        let change = match place % 6 {
            0 | 4 => json!({ "status": "done", "status_note": answer }),
            2 => json!({ "status": "in_progress" }),
            _ => return Ok(()),
        };
        self.step(Method::PATCH, &path, place, &token, &change).await
    }

    async fn step(&self, method: Method, path: &str, place: usize, token: &str, body: &Value) -> Result<()> {
        let key = format!("sample-{method}-step-{place:04}");
        let status = self.send(method, path, &key, Some(token), body).await?;
        // Another start may have gone this way before it was killed.
        if status.is_success() || status == StatusCode::CONFLICT {
            Ok(())
        } else {
            bail!("{path} answered {status}")
        }
    }

    /// A token of an invented clerk who may work on the service.
    fn token(&self, service: &Service) -> Result<String> {
        let accounts = &self.apps.accounts;
        let roles = accounts.city.rights.roles.iter().map(|role| role.key.clone()).collect();
        let staff = StaffClaims {
            name: "Übung".to_owned(),
            department: service.department.clone(),
            roles,
            confidential: vec![service.group.clone()],
            sid: Uuid::nil(),
        };
        Ok(accounts.keys.sign(
            &Uuid::nil().to_string(),
            Kind::Staff,
            Some(staff),
            accounts.clock.now(),
            60,
        )?)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Result<StatusCode> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer =
            self.router.clone().oneshot(request.body(axum::body::Body::from(body.to_string()))?).await?;
        let status = answer.status();
        if status.is_client_error() || status.is_server_error() {
            let text = answer.into_body().collect().await?.to_bytes();
            tracing::debug!(%status, path, text = %String::from_utf8_lossy(&text), "an invented request was refused");
        }
        Ok(status)
    }
}
