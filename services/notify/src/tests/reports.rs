//! reports as notify sees it: events, the front of the wall, and the one internal route.

use std::sync::{Arc, Mutex};

use http::{Request, Response};
use http_body_util::BodyExt;
use kit::App;
use kit::db::System;
use kit::testing::City;
use proto::auth::Kind;
use proto::client::{Body, BoxError, full};
use proto::event::{NewEvent, Visibility};
use proto::{Client, ServiceRequestId};
use serde_json::{Value, json};

/// The reporter's address; no log, error or row may have it.
pub const ADDRESS: &str = "erika.muster@post.example";
/// The reporter's secret.
pub const SECRET: &str = "c2VjcmV0LW9mLXRoZS1yZXBvcnRlcg";

/// What the internal route answers.
#[derive(Clone)]
pub struct Reports {
    app: App,
    contact: Arc<Mutex<(u16, Value)>>,
    waits: Arc<Mutex<bool>>,
}

impl Reports {
    pub fn of(city: &City) -> Self {
        let contact = json!({
            "email": ADDRESS, "secret": SECRET, "language": "de", "reference": "MUS-7K3M-Q2",
        });
        Self {
            app: city.app("reports").clone(),
            contact: Arc::new(Mutex::new((200, contact))),
            waits: Arc::new(Mutex::new(true)),
        }
    }

    /// Sets a field of the contact.
    pub fn with(self, field: &str, value: &str) -> Self {
        self.contact.lock().unwrap().1[field] = value.into();
        self
    }

    /// Answers with a problem from now on; 200 for the contact.
    pub fn answers(&self, status: u16) {
        self.contact.lock().unwrap().0 = status;
    }

    /// Whether a resident waits for answers, as the list of them says.
    pub fn somebody_waits(&self, waits: bool) {
        *self.waits.lock().unwrap() = waits;
    }

    /// A client of the route; it serves notify's own valid token alone.
    pub fn client(&self) -> Client {
        let reports = self.clone();
        Client::new(tower::service_fn(move |request: Request<Body>| {
            let reports = reports.clone();
            async move { Ok::<_, BoxError>(reports.answer(request).await) }
        }))
    }

    async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let bearer = request.headers().get("authorization").and_then(|value| value.to_str().ok());
        let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let now = self.app.clock.now();
        let claims = self.app.keys.verify(token, now).expect("a token that holds");
        assert_eq!((claims.kind, claims.sub.as_str()), (Kind::Service, "service:notify"));
        assert!(claims.exp <= now.timestamp() + 60, "the token is short");
        if request.uri().path() == "/internal/requests/answerable" {
            let asked = request.into_body().collect().await.unwrap().to_bytes();
            return self.answerable(&asked);
        }
        let path = request.uri().path();
        let id = path.strip_prefix("/internal/requests/").and_then(|rest| rest.strip_suffix("/contact"));
        assert!(id.is_some_and(|id| id.parse::<ServiceRequestId>().is_ok()), "{path}");

        let (status, contact) = self.contact.lock().unwrap().clone();
        let body = match status {
            200 => contact,
            status => serde_json::to_value(proto::Problem::new(status, "test")).unwrap(),
        };
        Response::builder().status(status).body(full(body.to_string())).unwrap()
    }
}

impl Reports {
    fn answerable(&self, asked: &[u8]) -> Response<Body> {
        let status = self.contact.lock().unwrap().0;
        let waits = *self.waits.lock().unwrap();
        let body = match status {
            503 => serde_json::to_vec(&proto::Problem::new(status, "test")).unwrap(),
            _ if waits => asked.to_vec(),
            _ => br#"{ "service_request_ids": [] }"#.to_vec(),
        };
        let status = if status == 503 { 503 } else { 200 };
        Response::builder().status(status).body(full(body)).unwrap()
    }
}

/// A request at the front of the wall.
pub struct Filed {
    pub service_code: &'static str,
    pub visibility: &'static str,
    pub place: Option<(f64, f64)>,
}

impl Default for Filed {
    fn default() -> Self {
        let place = Some((10.551, 50.951));
        Self { service_code: "litter", visibility: "public", place }
    }
}

/// Publishes a request, as reports does.
pub async fn publish(city: &City, filed: Filed) -> ServiceRequestId {
    let id = city.ids.uuid();
    sqlx::query(
        "INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                        requested_datetime, updated_datetime, location, longitude, latitude)
              VALUES ($1, $2, $3, $4, 'received', $5, $5,
                      ST_Transform(ST_SetSRID(ST_MakePoint($6, $7), 4326), 25832), $6, $7)",
    )
    .bind(id)
    .bind(proto::Reference::new("MUS", city.ids.u32()).as_str())
    .bind(filed.visibility)
    .bind(filed.service_code)
    .bind(city.clock.now())
    .bind(filed.place.map(|(longitude, _)| longitude))
    .bind(filed.place.map(|(_, latitude)| latitude))
    .execute(&mut city.connect("reports").await)
    .await
    .unwrap();
    ServiceRequestId(id)
}

/// Records an event, as reports does.
pub async fn record(city: &City, id: ServiceRequestId, kind: &'static str, payload: Value) {
    let app = city.app("reports");
    let mut tx = app.db.begin(&System).await.unwrap();
    kit::event::record(app, &mut tx, happened(id, kind, payload)).await.unwrap();
    tx.commit().await.unwrap();
}

/// An event that happened to a request.
pub fn happened(id: ServiceRequestId, kind: &'static str, payload: Value) -> NewEvent {
    NewEvent {
        kind,
        subject_kind: "request",
        subject_id: id.0,
        thread_id: id.0,
        visibility: Visibility::Public,
        payload,
    }
}
