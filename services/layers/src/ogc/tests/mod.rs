//! The layers over HTTP, as geographic clients use them.

mod boxes;
mod documents;
mod hidden;
mod http;
mod items;
mod plans;

use kit::testing::{Answer, City};
use serde_json::Value;

pub use crate::tests::{city, run};

/// Fills the city with `number` requests, of which every tenth is confidential; one more has no position.
///
/// Positions, times, groups and statuses follow from the number, so that a test can foresee them.
pub async fn fill(city: &City, number: u32) {
    let sql = format!(
        "INSERT INTO published.request (service_request_id, reference, visibility, service_code, service_group,
                                        status, requested_datetime, updated_datetime, closed_at, location,
                                        longitude, latitude, district, description)
         SELECT lpad(to_hex(n), 32, '0')::uuid, 'MUS-' || n,
                CASE WHEN n % 10 = 0 THEN 'confidential' ELSE 'public' END,
                CASE WHEN n % 10 = 0 THEN 'secret_house' ELSE 'litter' END, 'group' || n % 3,
                CASE WHEN n % 4 = 0 THEN 'done' ELSE 'received' END,
                timestamptz '2026-03-01 00:00Z' - (n / 2) * interval '1 hour', '2026-03-01 00:00Z',
                CASE WHEN n % 4 = 0 THEN timestamptz '2026-03-01 00:00Z' END,
                ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832), longitude, latitude,
                'oberdorf', 'Text „' || n || '\"'
           FROM (SELECT n, 10.5 + (n * 7919 % 1000) / 10000.0 AS longitude,
                        50.9 + (n * 104729 % 997) / 10000.0 AS latitude
                   FROM generate_series(1::bigint, {number}) AS n) AS numbered;
         INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                        requested_datetime, updated_datetime)
         VALUES ('ffffffff-0000-0000-0000-000000000000', 'MUS-X', 'public', 'litter', 'received', now(), now());
         ANALYZE published.request"
    );
    run(city, &sql).await;
}

/// A path under `/ogc` as JSON.
pub async fn json(city: &City, path: &str) -> Value {
    get(city, path).await.json()
}

/// A path under `/ogc` that answers 200.
pub async fn get(city: &City, path: &str) -> Answer {
    city.anyone().get(below(path)).await.assert_status(200)
}

/// The path of an address, whatever the host.
pub fn below(address: &str) -> String {
    address.find("/ogc").map_or_else(|| format!("/ogc{address}"), |start| address[start..].to_owned())
}

/// The address of the first link with a relation.
pub fn follow(document: &Value, rel: &str) -> Option<String> {
    let links = document["links"].as_array()?;
    links.iter().find(|link| link["rel"] == rel)?["href"].as_str().map(str::to_owned)
}

/// The ids of a page's features, in order.
pub fn ids(page: &Value) -> Vec<String> {
    let features = page["features"].as_array().unwrap();
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}
