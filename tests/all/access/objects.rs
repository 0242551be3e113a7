//! What is tried on.

use gladbeck_tests::World;
use http::Method;
use kit::testing::{Answer, Guest, Stream, workspace};
use serde_json::{Value, json};

use super::table::{Body, On, Row};

/// Fresh objects for one try.
pub struct Objects {
    fresh_id: String,
    upload: Vec<u8>,
    yard: Filed,
    desk: Filed,
    house: Filed,
    witnessed: Filed,
    device_secret: String,
    done: Option<Filed>,
}

/// A request with a photo, as its reporter knows it.
struct Filed {
    id: String,
    reference: String,
    secret: String,
    photo: String,
}

impl Objects {
    /// A public request of the yard with nothing released, and a confidential one of the office.
    pub async fn of(world: &World, row: &Row) -> Self {
        let upload = std::fs::read(workspace().join("tests/data/photos/orient_1.jpg")).unwrap();
        let device = json!({ "device_id": world.city.ids.uuid() });
        let device: Value = world.city.anyone().post("/v1/devices", device).await.assert_status(201).json();
        let seen = json!({ "seen_from": "2026-03-01T12:00:00Z", "deed": ["dumped"] });
        let is_done = matches!(row.on, On::Done | On::DoneWithSecret);
        let done = if is_done { Some(finish(world, &upload).await) } else { None };
        Self {
            done,
            fresh_id: world.city.ids.uuid().to_string(),
            yard: file(world, "litter", json!({ "size": "small" }), &upload).await,
            desk: file(world, "dont_know", json!({}), &upload).await,
            house: file(world, "house", json!({}), &upload).await,
            witnessed: file(world, "witnessed", seen, &upload).await,
            upload,
            device_secret: device["device_secret"].as_str().unwrap().to_owned(),
        }
    }

    /// Sends a row's request as `guest`.
    pub async fn send(&self, guest: &Guest, row: &Row) -> Answer {
        let on = match row.on {
            On::House | On::HouseWithSecret => &self.house,
            On::Desk => &self.desk,
            On::Done | On::DoneWithSecret => self.done.as_ref().unwrap(),
            On::Witnessed => &self.witnessed,
            _ => &self.yard,
        };
        let guest = match row.on {
            On::YardWithSecret | On::HouseWithSecret | On::DoneWithSecret => {
                guest.clone().with("reporter-secret", &on.secret)
            }
            _ => guest.clone(),
        };
        let fresh_photo = row.method == "PUT" && row.path == "/v1/photos/{photo_id}";
        let path = row
            .path
            .replace("{service_request_id}", &on.id)
            .replace("{reference}", &on.reference)
            .replace("{photo_id}", if fresh_photo { &self.fresh_id } else { &on.photo })
            .replace("{service_code}", "litter")
            .replace("{z}/{x}/{y}", "11/1084/680")
            + query(row.path);
        let method: Method = row.method.parse().unwrap();
        match self.body(&row.body) {
            Some(Ok(body)) => guest.send(method, &path, "application/json", body.to_string()).await,
            Some(Err(bytes)) => guest.send(method, &path, "image/jpeg", bytes).await,
            None if path.ends_with("/changes") => first_of(guest.follow(&path).await).await,
            None if method == Method::GET => guest.get(&path).await,
            None if method == Method::DELETE => guest.delete(&path).await,
            None => guest.send(method, &path, "application/json", "").await,
        }
    }

    fn body(&self, body: &Body) -> Option<Result<Value, Vec<u8>>> {
        match body {
            Body::None => None,
            Body::Json(text) => Some(Ok(serde_json::from_str(text).unwrap())),
            Body::Photo => Some(Err(self.upload.clone())),
            Body::NewRequest => Some(Ok(json!({
                "service_request_id": self.fresh_id, "service_code": "dont_know", "address_string": "Marktplatz",
            }))),
            Body::NewDevice => Some(Ok(json!({ "device_id": self.fresh_id }))),
            Body::DeviceSecret => Some(Ok(json!({ "device_secret": self.device_secret }))),
        }
    }
}

async fn file(world: &World, service: &str, attributes: Value, upload: &[u8]) -> Filed {
    let (id, photo) = (world.city.ids.uuid().to_string(), world.city.ids.uuid().to_string());
    let anyone = world.city.anyone();
    let path = format!("/v1/photos/{photo}");
    anyone.send(Method::PUT, path, "image/jpeg", upload.to_vec()).await.assert_status(201);
    let mut request = json!({
        "service_request_id": id, "service_code": service, "address_string": "Marktplatz",
        "description": "Etwas ist nicht in Ordnung.", "attributes": attributes, "photos": [photo],
    });
    if service == "witnessed" {
        request["contact"] = reports::testing::a_witness();
    }
    let filed: Value = anyone.post("/v1/requests", request).await.assert_status(201).json();
    let text = |name: &str| filed[name].as_str().unwrap().to_owned();
    Filed { id, reference: text("reference"), secret: text("secret"), photo }
}

/// A request that is done, with a photo that no request names yet.
async fn finish(world: &World, upload: &[u8]) -> Filed {
    let mut filed = file(world, "dont_know", json!({}), upload).await;
    let done = json!({ "status": "done" });
    world.city.staff("office").patch(format!("/v1/requests/{}", filed.id), done).await.assert_status(200);
    filed.photo = world.city.ids.uuid().to_string();
    let path = format!("/v1/photos/{}", filed.photo);
    world.city.anyone().send(Method::PUT, path, "image/jpeg", upload.to_vec()).await.assert_status(201);
    filed
}

/// What a stream begins with: it goes on, so its body is never read to an end.
async fn first_of(stream: Stream) -> Answer {
    if stream.status >= 400 {
        return stream.refused().await;
    }
    Answer { status: stream.status, headers: stream.headers, body: Default::default() }
}

/// What a path cannot be asked without.
fn query(path: &str) -> &'static str {
    match path {
        "/v1/addresses" => "?q=Markt",
        "/v1/addresses/nearest" => "?longitude=10.551&latitude=50.951",
        _ => "",
    }
}
