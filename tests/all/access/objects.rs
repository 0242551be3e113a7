//! What is tried on.

use gladbeck_tests::World;
use http::Method;
use kit::testing::{Answer, Guest, workspace};
use serde_json::{Value, json};

use super::table::{Body, On, Row};

/// Fresh objects for one try.
pub struct Objects {
    fresh_id: String,
    upload: Vec<u8>,
    yard: Filed,
    desk: Filed,
    house: Filed,
    device_secret: String,
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
    pub async fn of(world: &World) -> Self {
        let upload = std::fs::read(workspace().join("tests/data/photos/orient_1.jpg")).unwrap();
        let device = json!({ "device_id": world.city.ids.uuid() });
        let device: Value = world.city.anyone().post("/v1/devices", device).await.assert_status(201).json();
        Self {
            fresh_id: world.city.ids.uuid().to_string(),
            yard: file(world, "litter", json!({ "size": "small" }), &upload).await,
            desk: file(world, "dont_know", json!({}), &upload).await,
            house: file(world, "house", json!({}), &upload).await,
            upload,
            device_secret: device["device_secret"].as_str().unwrap().to_owned(),
        }
    }

    /// Sends a row's request as `guest`.
    pub async fn send(&self, guest: &Guest, row: &Row) -> Answer {
        let on = match row.on {
            On::House | On::HouseWithSecret => &self.house,
            On::Desk => &self.desk,
            _ => &self.yard,
        };
        let guest = match row.on {
            On::YardWithSecret | On::HouseWithSecret => guest.clone().with("reporter-secret", &on.secret),
            _ => guest.clone(),
        };
        let fresh_photo = row.method == "PUT" && row.path == "/v1/photos/{photo_id}";
        let path = row
            .path
            .replace("{service_request_id}", &on.id)
            .replace("{reference}", &on.reference)
            .replace("{photo_id}", if fresh_photo { &self.fresh_id } else { &on.photo })
            .replace("{service_code}", "litter");
        let method: Method = row.method.parse().unwrap();
        match self.body(&row.body) {
            Some(Ok(body)) => guest.send(method, &path, "application/json", body.to_string()).await,
            Some(Err(bytes)) => guest.send(method, &path, "image/jpeg", bytes).await,
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
    let request = json!({
        "service_request_id": id, "service_code": service, "address_string": "Marktplatz",
        "description": "Etwas ist nicht in Ordnung.", "attributes": attributes, "photos": [photo],
    });
    let filed: Value = anyone.post("/v1/requests", request).await.assert_status(201).json();
    let text = |name: &str| filed[name].as_str().unwrap().to_owned();
    Filed { id, reference: text("reference"), secret: text("secret"), photo }
}
