//! The table. Columns: anyone, resident, officer of the yard, officer of the office, officer of the office who
//! is cleared for houses and hands files over, intake, a clerk whose role nobody knows, the service notify.

/// A request on an object, and the status for each caller.
pub struct Row {
    /// The method.
    pub method: &'static str,
    /// The path's template, as in the contract or in the list of layers' routes for maps.
    pub path: &'static str,
    /// The object it is tried on.
    pub on: On,
    /// What is sent.
    pub body: Body,
    /// The status for each caller.
    pub expected: [u16; 8],
    /// Whether nobody may succeed: the object does not exist for callers without its secret.
    pub hidden: bool,
}

/// An object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// None.
    Nothing,
    /// A public request of the yard, its text and photo not released.
    Yard,
    /// The same, with its secret.
    YardWithSecret,
    /// A public request of the office.
    Desk,
    /// A public request of the office that is done, and a photo that belongs to nothing yet.
    Done,
    /// The same, with its secret.
    DoneWithSecret,
    /// A confidential request of the office.
    House,
    /// The same, with its secret.
    HouseWithSecret,
    /// A confidential request of the office that names a witness and can be handed over as a file.
    Witnessed,
}

/// A body.
pub enum Body {
    /// None.
    None,
    /// This JSON.
    Json(&'static str),
    /// A photo.
    Photo,
    /// A request that is new.
    NewRequest,
    /// A device that is new.
    NewDevice,
    /// The secret of a device.
    DeviceSecret,
}

const fn row(method: &'static str, path: &'static str, on: On, body: Body, expected: [u16; 8]) -> Row {
    Row { method, path, on, body, expected, hidden: false }
}

const fn hidden(method: &'static str, path: &'static str, on: On, body: Body, expected: [u16; 8]) -> Row {
    Row { method, path, on, body, expected, hidden: true }
}

use Body::{DeviceSecret, Json, NewDevice, NewRequest, None, Photo};
use On::{Desk, Done, DoneWithSecret, House, HouseWithSecret, Nothing, Witnessed, Yard, YardWithSecret};

/// Every route.
pub const TABLE: &[Row] = &[
    // accounts
    row("POST", "/v1/devices", Nothing, NewDevice, [201; 8]),
    row("POST", "/v1/token", Nothing, DeviceSecret, [200; 8]),
    row("GET", "/.well-known/jwks.json", Nothing, None, [200; 8]),
    row("GET", "/v1/me", Nothing, None, [200, 200, 200, 200, 200, 200, 200, 401]),
    // The gateway keeps staff sessions; nobody else reaches these.
    hidden("POST", "/v1/session/token", Nothing, Json(r#"{ "session_secret": "x" }"#), [404; 8]),
    hidden("DELETE", "/v1/session", Nothing, Json(r#"{ "session_secret": "x" }"#), [404; 8]),
    // catalogue
    row("GET", "/v1/services", Nothing, None, [200; 8]),
    row("GET", "/v1/services/{service_code}", Nothing, None, [200; 8]),
    row("GET", "/v1/services/search", Nothing, None, [200; 8]),
    // photos
    row("PUT", "/v1/photos/{photo_id}", Nothing, Photo, [201, 201, 201, 201, 201, 201, 201, 401]),
    row("GET", "/v1/photos/{photo_id}", Yard, None, [404, 404, 200, 404, 404, 200, 404, 401]),
    row("GET", "/v1/photos/{photo_id}", House, None, [404, 404, 404, 404, 200, 404, 404, 401]),
    // the city pack never publishes photos of litter, and nothing of a house, whoever asks
    hidden(
        "PUT",
        "/v1/photos/{photo_id}/release",
        Yard,
        Json(RELEASED),
        [401, 403, 409, 404, 404, 409, 404, 401],
    ),
    row(
        "PUT",
        "/v1/photos/{photo_id}/release",
        Desk,
        Json(RELEASED),
        [401, 403, 404, 204, 204, 204, 404, 401],
    ),
    hidden(
        "PUT",
        "/v1/photos/{photo_id}/release",
        House,
        Json(RELEASED),
        [401, 403, 404, 404, 409, 404, 404, 401],
    ),
    // a photo of the place afterwards, of a request that is done
    hidden("PUT", AFTER, Yard, None, [401, 403, 409, 404, 404, 409, 404, 401]),
    row("PUT", AFTER, Done, None, [401, 403, 404, 200, 200, 200, 404, 401]),
    hidden("PUT", AFTER, House, None, [401, 403, 404, 404, 409, 404, 404, 401]),
    // intake
    row("POST", "/v1/requests", Nothing, NewRequest, [201, 201, 201, 201, 201, 201, 201, 401]),
    // what everyone sees
    row("GET", "/v1/requests", Nothing, None, PEOPLE_SEE),
    row("GET", "/v1/requests/{service_request_id}", Yard, None, PEOPLE_SEE),
    hidden("GET", "/v1/requests/{service_request_id}", House, None, HIDDEN),
    row("GET", "/v1/requests/by-reference/{reference}", Yard, None, PEOPLE_SEE),
    hidden("GET", "/v1/requests/by-reference/{reference}", House, None, HIDDEN),
    row("GET", "/v1/requests/{service_request_id}/timeline", Yard, None, PEOPLE_SEE),
    hidden("GET", "/v1/requests/{service_request_id}/timeline", House, None, HIDDEN),
    row("GET", "/v1/statistics/requests", Nothing, None, PEOPLE_SEE),
    row("GET", "/v1/addresses", Nothing, None, PEOPLE_SEE),
    row("GET", "/v1/addresses/nearest", Nothing, None, PEOPLE_SEE),
    row("GET", "/map/tiles/basemap", Nothing, None, PEOPLE_DO),
    hidden("GET", "/map/tiles/basemap/{z}/{x}/{y}", Nothing, None, PEOPLE_DO),
    // layers for maps: they ask nobody who he is, and a confidential request is in none of them
    row("GET", "/ogc", Nothing, None, [200; 8]),
    row("GET", "/ogc/", Nothing, None, [200; 8]),
    row("GET", "/ogc/api", Nothing, None, [200; 8]),
    row("GET", "/ogc/conformance", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections/{collection}", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections/{collection}/schema", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections/{collection}/items", Nothing, None, [200; 8]),
    row("GET", FEATURE, Yard, None, [200; 8]),
    row("GET", FEATURE, Desk, None, [200; 8]),
    hidden("GET", FEATURE, House, None, [404; 8]),
    hidden("GET", FEATURE, HouseWithSecret, None, [404; 8]),
    hidden("GET", FEATURE, Witnessed, None, [404; 8]),
    row("GET", "/ogc/collections/{collection}/tiles", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections/{collection}/tiles/WebMercatorQuad", Nothing, None, [200; 8]),
    row("GET", "/ogc/collections/{collection}/tiles/WebMercatorQuad/tilejson.json", Nothing, None, [200; 8]),
    row("GET", TILE, Yard, None, [200; 8]),
    // a tile with nothing in it
    row("GET", TILE, House, None, [204; 8]),
    row("GET", TILE, HouseWithSecret, None, [204; 8]),
    row("GET", "/ogc/tileMatrixSets", Nothing, None, [200; 8]),
    row("GET", "/ogc/tileMatrixSets/WebMercatorQuad", Nothing, None, [200; 8]),
    // the reporter: the secret decides, not the sign-in
    hidden("GET", "/v1/reporter/{reference}", Yard, None, HIDDEN),
    row("GET", "/v1/reporter/{reference}", YardWithSecret, None, PEOPLE_SEE),
    row("GET", "/v1/reporter/{reference}", HouseWithSecret, None, PEOPLE_SEE),
    hidden("GET", "/v1/reporter/{reference}/photos/{photo_id}", Yard, None, HIDDEN),
    row("GET", "/v1/reporter/{reference}/photos/{photo_id}", YardWithSecret, None, PEOPLE_SEE),
    row("GET", "/v1/reporter/{reference}/photos/{photo_id}", HouseWithSecret, None, PEOPLE_SEE),
    hidden("PUT", "/v1/reporter/{reference}/photos/{photo_id}", Yard, None, HIDDEN),
    row("PUT", "/v1/reporter/{reference}/photos/{photo_id}", YardWithSecret, None, PEOPLE_DO),
    hidden("PUT", "/v1/reporter/{reference}/feedback", Done, Json(SOLVED), HIDDEN),
    row("PUT", "/v1/reporter/{reference}/feedback", DoneWithSecret, Json(SOLVED), PEOPLE_SEE),
    hidden("PUT", "/v1/reporter/{reference}/withdrawal", Yard, None, HIDDEN),
    row("PUT", "/v1/reporter/{reference}/withdrawal", YardWithSecret, None, PEOPLE_SEE),
    row("PUT", "/v1/reporter/{reference}/withdrawal", HouseWithSecret, None, PEOPLE_SEE),
    hidden("DELETE", "/v1/reporter/{reference}/contact", Yard, None, HIDDEN),
    row("DELETE", "/v1/reporter/{reference}/contact", YardWithSecret, None, PEOPLE_DO),
    // the order office
    row("GET", "/v1/queue", Nothing, None, [401, 403, 200, 200, 200, 200, 403, 401]),
    row("GET", "/v1/queue/changes", Nothing, None, [401, 403, 200, 200, 200, 200, 403, 401]),
    row("GET", "/v1/queue/{service_request_id}", Yard, None, [401, 403, 200, 404, 404, 200, 404, 401]),
    row("GET", "/v1/queue/{service_request_id}", House, None, [401, 403, 404, 404, 200, 404, 404, 401]),
    row("PATCH", ONE, Yard, Json(DONE), [401, 403, 200, 404, 404, 200, 404, 401]),
    row("PATCH", ONE, House, Json(DONE), [401, 403, 404, 404, 200, 404, 404, 401]),
    row(
        "PUT",
        "/v1/requests/{service_request_id}/claim",
        Yard,
        None,
        [401, 403, 200, 404, 404, 200, 404, 401],
    ),
    row(
        "PUT",
        "/v1/requests/{service_request_id}/claim",
        House,
        None,
        [401, 403, 404, 404, 200, 404, 404, 401],
    ),
    row(
        "DELETE",
        "/v1/requests/{service_request_id}/claim",
        Yard,
        None,
        [401, 403, 200, 404, 404, 200, 404, 401],
    ),
    row(
        "DELETE",
        "/v1/requests/{service_request_id}/claim",
        House,
        None,
        [401, 403, 404, 404, 200, 404, 404, 401],
    ),
    // intake's role grants no notes in this city: seen, but not allowed
    row(
        "POST",
        "/v1/requests/{service_request_id}/notes",
        Yard,
        Json(NOTE),
        [401, 403, 201, 404, 404, 403, 404, 401],
    ),
    row(
        "POST",
        "/v1/requests/{service_request_id}/notes",
        House,
        Json(NOTE),
        [401, 403, 404, 404, 201, 404, 404, 401],
    ),
    row(
        "PUT",
        "/v1/requests/{service_request_id}/release",
        Yard,
        Json(TEXT),
        [401, 403, 200, 404, 404, 200, 404, 401],
    ),
    hidden(
        "PUT",
        "/v1/requests/{service_request_id}/release",
        House,
        Json(TEXT),
        [401, 403, 404, 404, 409, 404, 404, 401],
    ),
    // only what the city pack hands over, and only to who also holds that right
    row("GET", FILE, Witnessed, None, [401, 403, 404, 404, 200, 404, 404, 401]),
    hidden("GET", FILE, House, None, [401, 403, 404, 404, 404, 404, 404, 401]),
    hidden("GET", FILE, Yard, None, [401, 403, 404, 404, 404, 404, 404, 401]),
    // who reported it: only with that right, and for a reason
    row("POST", REVEAL, Witnessed, Json(REASON), [401, 403, 404, 404, 200, 404, 404, 401]),
    hidden("POST", REVEAL, Yard, Json(REASON), [401, 403, 403, 404, 404, 403, 404, 401]),
    hidden("POST", REVEAL, House, Json(REASON), [401, 403, 404, 404, 409, 404, 404, 401]),
    // inside the city only; the gateway forwards it for nobody
    hidden("GET", "/internal/requests/{service_request_id}/contact", Yard, None, [404; 8]),
    hidden(
        "POST",
        "/internal/requests/answerable",
        Nothing,
        Json(r#"{ "service_request_ids": [] }"#),
        [404, 404, 404, 404, 404, 404, 404, 404],
    ),
    // notify: the token decides
    hidden("POST", "/v1/unsubscribe", Nothing, Json(r#"{ "token": "guessed" }"#), HIDDEN),
];

/// Everyone but another service, whose token speaks for no person.
const PEOPLE_SEE: [u16; 8] = [200, 200, 200, 200, 200, 200, 200, 401];
/// The same, without an answer's content.
const PEOPLE_DO: [u16; 8] = [204, 204, 204, 204, 204, 204, 204, 401];
/// It does not exist.
const HIDDEN: [u16; 8] = [404, 404, 404, 404, 404, 404, 404, 401];
const FEATURE: &str = "/ogc/collections/{collection}/items/{feature}";
const TILE: &str = "/ogc/collections/{collection}/tiles/WebMercatorQuad/{tile_matrix}/{tile_row}/{tile_col}";
const REVEAL: &str = "/v1/queue/{service_request_id}/contact/reveal";
const REASON: &str = r#"{ "reason": "file" }"#;
const FILE: &str = "/v1/queue/{service_request_id}/file";
const ONE: &str = "/v1/requests/{service_request_id}";
const RELEASED: &str = r#"{ "released": true }"#;
const TEXT: &str = r#"{ "description": true }"#;
const NOTE: &str = r#"{ "text": "Notiz" }"#;
const DONE: &str = r#"{ "status": "done" }"#;
const AFTER: &str = "/v1/requests/{service_request_id}/photos/{photo_id}";
const SOLVED: &str = r#"{ "solved": true }"#;
