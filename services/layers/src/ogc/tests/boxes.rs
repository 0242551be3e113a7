use kit::testing::City;
use serde_json::Value;
use sqlx::Row;

use super::{city, fill, get, ids, json};
use crate::ogc::collection::ALL;
use crate::ogc::crs::Crs;

#[tokio::test]
async fn a_box_holds_what_touches_it() {
    let city = city().await;
    fill(&city, 60).await;
    let all = json(&city, "/collections/requests/items?limit=1000").await;
    let inside = |west: f64, south: f64, east: f64, north: f64| {
        let features = all["features"].as_array().unwrap().iter();
        let inside = features.filter(|feature| {
            let [x, y]: [f64; 2] =
                serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
            (west..=east).contains(&x) && (south..=north).contains(&y)
        });
        inside.map(|feature| feature["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for [west, south, east, north] in [
        [10.5, 50.9, 10.6, 51.0],
        [10.52, 50.91, 10.57, 50.95],
        [10.5, 50.9, 10.5, 50.9],
        [0.0, 0.0, 90.0, 90.0],
    ] {
        let page =
            json(&city, &format!("/collections/requests/items?bbox={west},{south},{east},{north}")).await;
        assert_eq!(ids(&page), inside(west, south, east, north));
        let with_heights = format!("/collections/requests/items?bbox={west},{south},-10,{east},{north},500");
        assert_eq!(ids(&json(&city, &with_heights).await), ids(&page));
    }
    // Exactly on the corner: both ends belong to the box.
    let point = &all["features"][0]["geometry"]["coordinates"];
    let corner = format!("{},{}", point[0], point[1]);
    let page = json(&city, &format!("/collections/requests/items?bbox={corner},{corner}")).await;
    assert_eq!(ids(&page), ids(&all)[..1]);
}

#[tokio::test]
async fn boxes_far_away_over_the_poles_and_across_the_antimeridian_are_answered() {
    let city = city().await;
    fill(&city, 20).await;
    for collection in ALL {
        for bbox in ["-1.5,50,1.5,53", "-80,-5,-70,5", "177,65,-177,70", "-180,85,180,90", "-180,-90,180,-85"]
        {
            let page = json(&city, &format!("/collections/{}/items?bbox={bbox}", collection.id)).await;
            assert_eq!(page["numberMatched"], 0, "{bbox}");
        }
        // Nearly around the world: from just east of the city to just west of its eastern edge.
        let all = json(&city, &format!("/collections/{}/items", collection.id)).await;
        let around =
            json(&city, &format!("/collections/{}/items?bbox=10.7,50,10.65,52", collection.id)).await;
        assert_eq!(ids(&around), ids(&all), "{}", collection.id);
        let whole = json(&city, &format!("/collections/{}/items?bbox=-180,-90,180,90", collection.id)).await;
        assert_eq!(ids(&whole), ids(&all), "{}", collection.id);
    }
}

#[tokio::test]
async fn the_extent_holds_every_feature_in_every_system() {
    let city = city().await;
    fill(&city, 80).await;
    for collection in ALL {
        let described = json(&city, &format!("/collections/{}", collection.id)).await;
        let bounds: [f64; 4] =
            serde_json::from_value(described["extent"]["spatial"]["bbox"][0].clone()).unwrap();
        let all = ids(&json(&city, &format!("/collections/{}/items", collection.id)).await);
        for crs in Crs::ALL {
            let path = format!(
                "/collections/{}/items?bbox={}&bbox-crs={}",
                collection.id,
                moved(&city, bounds, crs).await,
                crs.uri()
            );
            assert_eq!(ids(&json(&city, &path).await), all, "{} {crs:?}", collection.id);
        }
    }
}

/// A box in another system, by two of its corners, as a client does it.
async fn moved(city: &City, [west, south, east, north]: [f64; 4], crs: Crs) -> String {
    let code = match crs {
        Crs::Crs84 => return format!("{west},{south},{east},{north}"),
        Crs::Epsg4326 | Crs::Epsg4258 => return format!("{south},{west},{north},{east}"),
        Crs::Epsg25832 => 25832,
        Crs::Epsg3857 => 3857,
    };
    let corner = "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), $3) AS p) c";
    let mut numbers = Vec::new();
    for (x, y) in [(west, south), (east, north)] {
        let row = sqlx::query(corner)
            .bind(x)
            .bind(y)
            .bind(code)
            .fetch_one(&mut city.superuser().await)
            .await
            .unwrap();
        numbers.extend([row.get::<f64, _>(0).to_string(), row.get::<f64, _>(1).to_string()]);
    }
    numbers.join(",")
}

#[tokio::test]
async fn every_system_gives_the_same_features_in_the_order_of_its_axes_and_says_which() {
    let city = city().await;
    fill(&city, 5).await;
    let plain = get(&city, "/collections/requests/items").await;
    assert_eq!(plain.header("content-crs"), Some("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"));
    let plain: Value = plain.json();
    for crs in Crs::ALL {
        let page = get(&city, &format!("/collections/requests/items?crs={}", crs.uri())).await;
        assert_eq!(page.header("content-crs"), Some(format!("<{}>", crs.uri()).as_str()));
        let page: Value = page.json();
        assert_eq!(ids(&page), ids(&plain));
        for (given, known) in
            page["features"].as_array().unwrap().iter().zip(plain["features"].as_array().unwrap())
        {
            let [a, b]: [f64; 2] = serde_json::from_value(given["geometry"]["coordinates"].clone()).unwrap();
            let [longitude, latitude]: [f64; 2] =
                serde_json::from_value(known["geometry"]["coordinates"].clone()).unwrap();
            match crs {
                Crs::Crs84 => assert_eq!((a, b), (longitude, latitude)),
                Crs::Epsg4326 | Crs::Epsg4258 => assert_eq!((a, b), (latitude, longitude)),
                Crs::Epsg25832 => assert!(
                    (600_000.0..630_000.0).contains(&a) && (5_638_000.0..5_653_000.0).contains(&b),
                    "{a} {b}"
                ),
                Crs::Epsg3857 => assert!((a / 111_319.490_793 - longitude).abs() < 1e-6, "{a}"),
            }
        }
        let id = &ids(&page)[0];
        let one = get(&city, &format!("/collections/requests/items/{id}?crs={}", crs.uri())).await;
        assert_eq!(one.header("content-crs"), Some(format!("<{}>", crs.uri()).as_str()));
        assert_eq!(one.json::<Value>()["geometry"], page["features"][0]["geometry"]);
        let district = json(&city, &format!("/collections/districts/items/oberdorf?crs={}", crs.uri())).await;
        let first = district["geometry"]["coordinates"][0][0][0][0].as_f64().unwrap();
        let expected = if crs.is_latitude_first() {
            50.0..52.0
        } else if crs.is_degrees() {
            10.0..11.0
        } else {
            6e5..2e6
        };
        assert!(expected.contains(&first), "{crs:?} {first}");
    }
}
