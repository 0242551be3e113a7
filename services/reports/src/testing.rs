//! Builders for tests of whatever stands on requests: they file them as residents do, over HTTP.

use bytes::Bytes;
use http::Method;
use kit::pack::{Attribute, ContactRule, Datatype};
use kit::testing::{Answer, City, Guest, workspace};
use proto::reports::FiledRequest;
use proto::{PhotoId, ServiceRequestId};
use serde_json::{Value, json};

/// The service of a request that a test does not choose: every pack has it.
const ANY_SERVICE: &str = "dont_know";

/// A request that is about to be filed in the middle of the city.
pub struct Draft {
    guest: Guest,
    body: Value,
}

/// A request that nobody has filed yet.
pub fn a_request(city: &City) -> Draft {
    let [longitude, latitude] = city.pack.city.map.center;
    let body = json!({
        "service_request_id": city.ids.uuid(),
        "service_code": ANY_SERVICE,
        "longitude": longitude,
        "latitude": latitude,
        "description": "Übungsdaten: Hier liegt etwas.",
    });
    Draft { guest: city.anyone(), body }.of(city, ANY_SERVICE)
}

impl Draft {
    /// Of this service, with an answer to each question that needs one.
    pub fn of(self, city: &City, service_code: &str) -> Self {
        let questions = city.pack.service(service_code).map(|service| service.attributes.as_slice());
        let answers = questions.unwrap_or_default().iter().filter(|question| question.required);
        let answers: serde_json::Map<String, Value> =
            answers.map(|question| (question.code.clone(), some_answer(question))).collect();
        let draft = self.with("service_code", service_code).with("attributes", answers);
        let accepts = city.pack.service(service_code).map(|service| service.accepts);
        let draft =
            if accepts.is_some_and(|accepts| !accepts.text) { draft.without("description") } else { draft };
        match accepts.map(|accepts| accepts.contact) {
            Some(ContactRule::RequiredWithName) => draft.with("contact", a_witness()),
            _ => draft,
        }
    }

    /// At this place.
    pub fn at(self, longitude: f64, latitude: f64) -> Self {
        self.with("longitude", longitude).with("latitude", latitude)
    }

    /// In these words.
    pub fn saying(self, description: &str) -> Self {
        self.with("description", description)
    }

    /// With a photo that was uploaded.
    pub fn showing(mut self, photo_id: PhotoId) -> Self {
        let mut photos = self.body["photos"].as_array().cloned().unwrap_or_default();
        photos.push(json!(photo_id));
        self.body["photos"] = photos.into();
        self
    }

    /// With an address for the answer.
    pub fn answering(self, email: &str) -> Self {
        self.with("contact", json!({ "email": email, "purpose": "answer" }))
    }

    /// With this field.
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.body[field] = value.into();
        self
    }

    /// Without this field.
    pub fn without(mut self, field: &str) -> Self {
        if let Some(fields) = self.body.as_object_mut() {
            fields.remove(field);
        }
        self
    }

    /// Filed by this guest.
    pub fn by(mut self, guest: Guest) -> Self {
        self.guest = guest;
        self
    }

    /// The body, for tests that send it themselves.
    pub fn body(&self) -> Value {
        self.body.clone()
    }

    /// Sends it, whatever comes of it.
    pub async fn send(self) -> Answer {
        self.guest.post("/v1/requests", self.body).await
    }

    /// Files it.
    pub async fn file(self) -> FiledRequest {
        self.send().await.assert_status(201).json()
    }
}

/// A witness without a mail address.
pub fn a_witness() -> Value {
    json!({ "name": "Kim Zeuge", "postal_address": "Zeugenallee 7, 99999 Musterhausen", "purpose": "witness" })
}

/// An answer that fits.
fn some_answer(question: &Attribute) -> Value {
    let first = || question.values.first().map(|value| value.key.clone()).unwrap_or_default();
    match question.datatype {
        Datatype::String | Datatype::Text => json!("Übungsdaten"),
        Datatype::Number => json!(1),
        Datatype::Datetime => json!("2026-03-01T12:00:00Z"),
        Datatype::SingleValueList => json!(first()),
        Datatype::MultiValueList => json!([first()]),
    }
}

/// The bytes of a photo of the test data: `orient_1.jpg`.
pub fn photo_file(name: &str) -> Bytes {
    let path = workspace().join("tests/data/photos").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into()
}

/// Uploads a photo as a resident does.
pub async fn a_photo(city: &City) -> PhotoId {
    let photo_id = PhotoId(city.ids.uuid());
    let path = format!("/v1/photos/{photo_id}");
    city.anyone().send(Method::PUT, path, "image/jpeg", photo_file("orient_1.jpg")).await.assert_status(201);
    photo_id
}

/// Moves a request on as the city's intake office does.
pub async fn moved(city: &City, id: ServiceRequestId, change: Value) -> Answer {
    intake_office(city).patch(format!("/v1/requests/{id}"), change).await.assert_status(200)
}

/// A clerk who sees the requests of all departments, confidential ones only where the pack's roles grant it.
pub fn intake_office(city: &City) -> Guest {
    let role = city.pack.rights.roles.iter().find(|role| role.all_departments);
    city.staff_as(proto::auth::StaffClaims {
        name: "Toni Beispiel".to_owned(),
        department: city.pack.intake.clone(),
        roles: role.map(|role| role.key.clone()).into_iter().collect(),
        confidential: Vec::new(),
        sid: city.ids.uuid(),
    })
}
