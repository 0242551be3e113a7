use std::collections::BTreeSet;

use chrono::DateTime;
use serde_json::Value;

use super::{city, fill, follow, ids, json};
use crate::ogc::collection::ALL;

#[tokio::test]
async fn following_every_next_link_gives_each_feature_once_and_as_many_as_were_matched() {
    let city = city().await;
    fill(&city, 100).await;
    for query in [
        "limit=7",
        "limit=10",
        "limit=90",
        "limit=7&bbox=10.5,50.9,10.55,51",
        "limit=3&status=done&service_group=group1,group2",
        "limit=11&crs=http://www.opengis.net/def/crs/EPSG/0/25832&f=json",
    ] {
        let mut page = json(&city, &format!("/collections/requests/items?{query}")).await;
        let matched = page["numberMatched"].as_u64().unwrap();
        let (mut seen, mut times) = (Vec::new(), Vec::new());
        loop {
            let here = ids(&page);
            assert_eq!(page["numberReturned"], here.len(), "{query}");
            assert_eq!(page["numberMatched"], matched, "{query}");
            DateTime::parse_from_rfc3339(page["timeStamp"].as_str().unwrap()).unwrap();
            let features = page["features"].as_array().unwrap();
            times.extend(
                features.iter().map(|feature| feature["properties"]["requested_datetime"].to_string()),
            );
            seen.extend(here);
            match follow(&page, "next") {
                Some(next) => page = json(&city, &next).await,
                None => break,
            }
        }
        assert_eq!(seen.len() as u64, matched, "{query}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{query}");
        assert!(times.is_sorted_by(|one, other| one >= other), "{query}: the newest first");
    }
}

#[tokio::test]
async fn more_than_ten_thousand_are_not_counted_and_a_page_holds_no_more() {
    let city = city().await;
    fill(&city, 11_500).await;
    let page = json(&city, "/collections/requests/items?limit=99999999999999999999").await;
    assert_eq!(page["numberReturned"], 10_000);
    assert_eq!(page.get("numberMatched"), None);
    let rest = json(&city, &follow(&page, "next").unwrap()).await;
    assert_eq!(rest["numberReturned"], 350);
    assert_eq!(rest.get("numberMatched"), None);
    assert_eq!(follow(&rest, "next"), None);
    assert_eq!(json(&city, "/collections/requests/items?status=done").await["numberMatched"], 2_300);
}

#[tokio::test]
async fn a_page_has_a_hundred_features_unless_told_otherwise() {
    let city = city().await;
    fill(&city, 200).await;
    assert_eq!(json(&city, "/collections/requests/items").await["numberReturned"], 100);
    assert_eq!(json(&city, "/collections/requests/items?limit=1").await["numberReturned"], 1);
}

#[tokio::test]
async fn properties_and_times_narrow_a_page() {
    let city = city().await;
    fill(&city, 40).await;
    for (query, expected) in [
        ("status=done", 8),
        ("status=done,received", 36),
        ("status=done&service_group=group0", 3),
        ("service_group=group0,group1,group2", 36),
        ("service_code=litter", 36),
        ("service_code=secret_house", 0),
        ("district=oberdorf", 36),
        ("district=nowhere", 0),
        ("reference=MUS-7", 1),
        ("reference=MUS-10", 0),
        ("reference='%20OR%20true--", 0),
        ("datetime=2026-03-01T00:00:00Z", 1),
        ("datetime=2026-03-01T00:00:00Z/..", 1),
        ("datetime=2026-02-28T23:00:00Z/2026-03-01T00:00:00Z", 3),
        ("datetime=2026-03-01T00:00:00%2B01:00/", 3),
        ("datetime=/2026-02-28T05:00:00Z", 2),
        ("datetime=/2026-02-28T04:00:00Z", 0),
        ("datetime=2026-02-28T05:00:00Z/2026-02-28T05:00:00Z", 2),
        ("datetime=../..", 36),
        ("datetime=2026-02-28", 35),
        ("datetime=2026-02-28/2026-02-28", 35),
        ("datetime=../2026-02-28", 35),
        ("datetime=2026-02-01/2026-02-28", 35),
        ("datetime=2026-02-28/2026-03-01", 36),
        ("datetime=2026-03-01/..", 1),
        ("datetime=../2026-02-27", 0),
        ("datetime=2031-01-01T00:00:00Z/..", 0),
    ] {
        let page = json(&city, &format!("/collections/requests/items?{query}")).await;
        assert_eq!(page["numberMatched"], expected, "{query}");
    }
    // What has no time belongs to every time.
    assert_eq!(
        json(&city, "/collections/districts/items?datetime=1999-01-01T00:00:00Z").await["numberMatched"],
        2
    );
}

#[tokio::test]
async fn a_text_with_commas_is_found_as_a_whole_and_by_its_parts() {
    let city = city().await;
    super::run(&city, "UPDATE published.area SET name = 'Oberdorf, Mitte' WHERE key = 'oberdorf'").await;
    for (name, expected) in [
        ("Oberdorf,%20Mitte", vec!["oberdorf"]),
        ("Unterdorf", vec!["unterdorf"]),
        ("Oberdorf,Unterdorf", vec!["unterdorf"]),
        ("Oberdorf", vec![]),
    ] {
        let page = json(&city, &format!("/collections/districts/items?name={name}")).await;
        assert_eq!(ids(&page), expected, "{name}");
    }
}

#[tokio::test]
async fn a_feature_alone_is_the_one_of_the_page() {
    let city = city().await;
    fill(&city, 12).await;
    for collection in ALL {
        let path = format!("/collections/{}/items", collection.id);
        let page = json(&city, &path).await;
        assert!(!ids(&page).is_empty(), "{}", collection.id);
        for listed in page["features"].as_array().unwrap() {
            let alone = json(&city, &format!("{path}/{}", listed["id"].as_str().unwrap())).await;
            for member in ["type", "id", "geometry", "properties"] {
                assert_eq!(listed[member], alone[member], "{}", collection.id);
            }
            for rel in ["self", "alternate", "collection"] {
                assert!(follow(&alone, rel).is_some(), "{rel}");
            }
        }
    }
}

#[tokio::test]
async fn areas_are_polygons_that_turn_as_geojson_asks() {
    let city = city().await;
    let page = json(&city, "/collections/districts/items").await;
    assert_eq!(ids(&page), ["oberdorf", "unterdorf"]);
    let district = &page["features"][1];
    assert_eq!(district["properties"]["inhabitants"], 2000);
    assert_eq!(district["properties"]["official"], true);
    assert_eq!(page["features"][0]["properties"]["inhabitants"], Value::Null);
    assert_eq!(district["geometry"]["type"], "MultiPolygon");
    let ring: Vec<[f64; 2]> =
        serde_json::from_value(district["geometry"]["coordinates"][0][0].clone()).unwrap();
    assert_eq!(ring.first(), ring.last());
    let turn: f64 = ring.windows(2).map(|pair| (pair[1][0] - pair[0][0]) * (pair[1][1] + pair[0][1])).sum();
    assert!(turn < 0.0, "counter-clockwise: {ring:?}");
    for [longitude, latitude] in ring {
        assert!((10.49..10.61).contains(&longitude) && (50.89..50.96).contains(&latitude));
    }
}

#[tokio::test]
async fn coordinates_have_seven_decimals_at_most() {
    let city = city().await;
    fill(&city, 1).await;
    super::run(
        &city,
        "UPDATE published.request SET longitude = 10.123456789012, latitude = 0.1 + 0.2 + 50.6",
    )
    .await;
    let text = super::get(&city, "/collections/requests/items").await.text();
    assert!(text.contains("\"coordinates\":[10.1234568,50.9]"), "{text}");
}
