//! The closest house among 30,000, against the distance to each of them.

use proto::address::NearestAddress;

use super::super::synthetic;
use super::{city, imported};

#[tokio::test]
async fn the_closest_house_is_the_closest_of_all() {
    let city = city().await;
    imported(&city, synthetic::table(&city.pack, 30_000, 60), 4326).await.unwrap();
    let [west, south, east, north] = city.pack.boundary.bounds();
    let mut named = 0;
    for step in 0..60_u32 {
        let part = |prime: u32| f64::from(step * prime % 61) / 61.0;
        let (longitude, latitude) = (west + part(17) * (east - west), south + part(29) * (north - south));
        let path = format!("/v1/addresses/nearest?longitude={longitude}&latitude={latitude}");
        let answer: NearestAddress = city.anyone().get(path).await.assert_status(200).json();
        let closest: (String, f64) = sqlx::query_as(
            "SELECT name || ' ' || house_number || suffix, ST_Distance(address.location, spot)
               FROM ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) AS spot, published.address
               JOIN published.street USING (street_id)
              ORDER BY 2
              LIMIT 1",
        )
        .bind(longitude)
        .bind(latitude)
        .fetch_one(&mut city.connect("layers").await)
        .await
        .unwrap();
        let is_inside = city.pack.boundary.locate(longitude, latitude) == kit::pack::Location::Inside;
        match answer.address {
            Some(close) if close.address.house_number.is_some() => {
                assert_eq!(close.address.label, closest.0);
                assert!((close.distance - closest.1).abs() < 0.1 && closest.1 <= 150.0);
                named += 1;
            }
            _ => assert!(!is_inside || closest.1 > 150.0, "{closest:?}"),
        }
    }
    assert!(named > 10, "{named} of 60 have a house near");
}
