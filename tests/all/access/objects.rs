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
    place: &'static Place,
}

/// A place in the city, and the tile around it.
struct Place {
    longitude: f64,
    latitude: f64,
    tile: &'static str,
}

const SQUARE: Place = Place { longitude: 10.57, latitude: 50.94, tile: "17/43914/69384" };
/// Far from the square: whatever is confidential lies in tiles of its own.
const LANE: Place = Place { longitude: 10.52, latitude: 50.93, tile: "17/43920/69366" };

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
            yard: file(world, "litter", json!({ "size": "small" }), &SQUARE, &upload).await,
            desk: file(world, "dont_know", json!({}), &SQUARE, &upload).await,
            house: file(world, "house", json!({}), &LANE, &upload).await,
            witnessed: file(world, "witnessed", seen, &LANE, &upload).await,
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
            .replace("{collection}", "requests")
            .replace("{feature}", &on.id)
            .replace("{tile_matrix}/{tile_row}/{tile_col}", on.place.tile)
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

async fn file(
    world: &World,
    service: &str,
    attributes: Value,
    place: &'static Place,
    upload: &[u8],
) -> Filed {
    let (id, photo) = (world.city.ids.uuid().to_string(), world.city.ids.uuid().to_string());
    let anyone = world.city.anyone();
    let path = format!("/v1/photos/{photo}");
    anyone.send(Method::PUT, path, "image/jpeg", upload.to_vec()).await.assert_status(201);
    let mut request = json!({
        "service_request_id": id, "service_code": service, "longitude": place.longitude,
        "latitude": place.latitude, "address_string": "Marktplatz",
        "description": "Etwas ist nicht in Ordnung.", "attributes": attributes, "photos": [photo],
    });
    if service == "witnessed" {
        request["contact"] = reports::testing::a_witness();
    }
    let filed: Value = anyone.post("/v1/requests", request).await.assert_status(201).json();
    let text = |name: &str| filed[name].as_str().unwrap().to_owned();
    Filed { id, reference: text("reference"), secret: text("secret"), photo, place }
}

/// A request that is done, with a photo that no request names yet.
async fn finish(world: &World, upload: &[u8]) -> Filed {
    let mut filed = file(world, "dont_know", json!({}), &SQUARE, upload).await;
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
