//! Tiles over HTTP, read as a map reads them.

mod mvt;

use std::collections::BTreeSet;

use kit::testing::{Answer, City};
use serde_json::Value;
use sqlx::Row;

use crate::ogc::collection::ALL;
use crate::ogc::query::{Parameters, names_of_items};
use crate::ogc::tests::{fill, json};
use crate::tests::{city, run};
use crate::tile::{Address, MVT};
use mvt::{Layer, layers};

async fn tile(city: &City, collection: &str, z: u32, row: u32, column: u32, query: &str) -> Answer {
    let path = format!("/ogc/collections/{collection}/tiles/WebMercatorQuad/{z}/{row}/{column}{query}");
    city.anyone().get(path).await
}

/// The tiles of a matrix that the city touches, and one around them: column, row.
fn around(z: u32) -> Vec<(u32, u32)> {
    let tiles = f64::from(1_u32 << z);
    let column = |longitude: f64| ((longitude + 180.0) / 360.0 * tiles) as u32;
    let row = |latitude: f64| {
        ((1.0 - latitude.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * tiles) as u32
    };
    let last = (1 << z) - 1;
    let columns = column(10.5).saturating_sub(1)..=(column(10.6) + 1).min(last);
    columns
        .flat_map(|x| (row(51.0).saturating_sub(1)..=(row(50.9) + 1).min(last)).map(move |y| (x, y)))
        .collect()
}

async fn all(city: &City, collection: &str, z: u32, query: &str) -> Vec<((u32, u32), Layer)> {
    let mut found = Vec::new();
    for (column, row) in around(z) {
        let answer = tile(city, collection, z, row, column, query).await;
        if answer.status == 204 {
            assert!(answer.body.is_empty());
            continue;
        }
        assert_eq!(answer.header("content-type"), Some(MVT));
        let layer = layers(&answer.assert_status(200).body).remove(0);
        assert_eq!((layer.name.as_str(), layer.extent), (collection, 4096));
        found.push(((column, row), layer));
    }
    found
}

#[tokio::test]
async fn clusters_count_each_request_once_whatever_the_zoom_and_the_filter() {
    let city = city().await;
    fill(&city, 2000).await;
    for (query, total, open) in [
        ("", 1800, 1400),
        ("?status=done", 400, 0),
        ("?service_group=group1,group2&status=received", 933, 933),
        ("?datetime=2026-03-01T00:00:00Z/..", 1, 1),
        ("?district=oberdorf&service_code=litter", 1800, 1400),
    ] {
        for z in [0, 3, 8, 10, 11, 12, 13] {
            let clusters: Vec<_> = all(&city, "requests", z, query)
                .await
                .into_iter()
                .flat_map(|(_, layer)| layer.features)
                .collect();
            let sum = |name: &str| clusters.iter().map(|cluster| cluster.figure(name)).sum::<u64>();
            assert_eq!((sum("count"), sum("open")), (total, open), "{z} {query}");
        }
    }
}

#[tokio::test]
async fn a_cluster_lies_inside_its_own_tile_and_in_a_cell_of_its_own() {
    let city = city().await;
    fill(&city, 2000).await;
    // One on the very edge between tiles of the matrices 1 to 22: the edge belongs to one of them.
    run(&city, "UPDATE published.request SET longitude = 10.546875, location = ST_Transform(ST_SetSRID(ST_MakePoint(10.546875, latitude), 4326), 25832)
                 WHERE reference IN ('MUS-1', 'MUS-2', 'MUS-3')").await;
    let mut total = 0;
    for z in [11, 12, 13] {
        total = 0;
        for (place, layer) in all(&city, "requests", z, "").await {
            let mut cells = BTreeSet::new();
            for cluster in &layer.features {
                let (x, y) = cluster.first;
                assert!((0..4096).contains(&x) && (0..4096).contains(&y), "{z} {place:?} {x} {y}");
                assert!(cells.insert((x / 512, y / 512)), "{z} {place:?}: two clusters in one cell");
                total += cluster.figure("count");
            }
        }
    }
    assert_eq!(total, 1800);
}

#[tokio::test]
async fn near_by_every_request_is_a_slim_point() {
    let city = city().await;
    fill(&city, 500).await;
    let page = json(&city, "/collections/requests/items?limit=1000").await;
    let known: BTreeSet<String> = crate::ogc::tests::ids(&page).into_iter().collect();
    let (mut seen, mut inside) = (BTreeSet::new(), 0);
    for (_, layer) in all(&city, "requests", 14, "").await {
        for feature in layer.features {
            assert_eq!(feature.kind, 1);
            let names: Vec<&str> = feature.properties.keys().map(String::as_str).collect();
            assert_eq!(names, ["id", "reference", "service_code", "service_group", "status"]);
            let mvt::Value::Text(id) = &feature.properties["id"] else { panic!() };
            seen.insert(id.clone());
            inside += u32::from((0..4096).contains(&feature.first.0) && (0..4096).contains(&feature.first.1));
        }
    }
    assert_eq!(seen, known);
    assert_eq!(inside, 450, "beside the buffer, each one lies in one tile");
}

#[tokio::test]
async fn areas_and_stops_are_drawn_at_every_zoom() {
    let city = city().await;
    for (collection, kind, number) in [("districts", 3, 2), ("boundary", 3, 1), ("stops", 1, 3)] {
        for z in [0, 9, 13, 15] {
            let mut named = BTreeSet::new();
            for (_, layer) in all(&city, collection, z, "").await {
                for feature in layer.features {
                    assert_eq!(feature.kind, kind, "{collection} {z}");
                    named.insert(format!("{:?}", feature.properties["id"]));
                }
            }
            // At z 0 the city is smaller than a pixel.
            assert!(named.len() == number || (z == 0 && kind == 3), "{collection} {z}: {named:?}");
        }
    }
}

#[tokio::test]
async fn the_same_requests_give_the_same_bytes_in_whatever_order_they_are_stored() {
    let city = city().await;
    fill(&city, 1000).await;
    let mut before = Vec::new();
    for (z, row, column) in [(11, 686, 1083), (14, 5488, 8671)] {
        before.push(tile(&city, "requests", z, row, column, "").await.body);
    }
    run(
        &city,
        "UPDATE published.request SET updated_datetime = now() WHERE abs(hashtext(reference)) % 3 = 0",
    )
    .await;
    run(&city, "VACUUM FULL published.request").await;
    for (known, (z, row, column)) in before.iter().zip([(11, 686, 1083), (14, 5488, 8671)]) {
        assert_eq!(&tile(&city, "requests", z, row, column, "").await.body, known, "{z}");
    }
}

#[tokio::test]
async fn a_tile_that_cannot_be_is_refused_and_one_without_features_is_empty() {
    let city = city().await;
    for path in ["23/0/0", "3/8/0", "3/0/8"] {
        city.anyone()
            .get(format!("/ogc/collections/stops/tiles/WebMercatorQuad/{path}"))
            .await
            .assert_problem(404, "not-found");
    }
    for (path, parameter) in [
        ("a/0/0", "tileMatrix"),
        ("3/-1/0", "tileRow"),
        ("3/0/x", "tileCol"),
        ("3/0/0?limit=1", "limit"),
        ("3/0/0?f=json", "f"),
    ] {
        let answer = city.anyone().get(format!("/ogc/collections/stops/tiles/WebMercatorQuad/{path}")).await;
        assert_eq!(answer.assert_problem(400, "query-invalid").json::<Value>()["parameter"], parameter);
    }
    let nothing = tile(&city, "stops", 10, 0, 0, "").await.assert_status(204);
    assert!(
        nothing.body.is_empty() && nothing.header("cache-control").unwrap().starts_with("public, max-age=")
    );
}

#[tokio::test]
async fn a_map_asks_again_and_gets_a_tile_only_when_it_changed() {
    let city = city().await;
    fill(&city, 100).await;
    let first = tile(&city, "requests", 11, 686, 1083, "").await.assert_status(200);
    let map = city.anyone().with("if-none-match", first.header("etag").unwrap());
    let path = "/ogc/collections/requests/tiles/WebMercatorQuad/11/686/1083";
    map.get(path).await.assert_status(304);
    run(&city, "UPDATE published.request SET closed_at = now(), status = 'done' WHERE longitude < 10.54")
        .await;
    map.get(path).await.assert_status(200);
}

#[tokio::test]
async fn the_descriptions_of_tiles_lead_to_tiles() {
    let city = city().await;
    fill(&city, 100).await;
    for collection in ALL {
        let set = json(&city, &format!("/collections/{}/tiles/WebMercatorQuad", collection.id)).await;
        let item =
            set["links"].as_array().unwrap().iter().find(|link| link["rel"] == "item").unwrap().clone();
        assert_eq!((&item["templated"], &item["type"]), (&true.into(), &MVT.into()));
        let address = item["href"]
            .as_str()
            .unwrap()
            .replace("{tileMatrix}", "11")
            .replace("{tileRow}", "686")
            .replace("{tileCol}", "1083");
        city.anyone().get(crate::ogc::tests::below(&address)).await.assert_status(200);
        let described =
            json(&city, &format!("/collections/{}/tiles/WebMercatorQuad/tilejson.json", collection.id)).await;
        let address = described["tiles"][0]
            .as_str()
            .unwrap()
            .replace("{z}", "11")
            .replace("{y}", "686")
            .replace("{x}", "1083");
        city.anyone().get(crate::ogc::tests::below(&address)).await.assert_status(200);
        assert_eq!(described["vector_layers"][0]["id"], collection.id);
    }
    let matrices = json(&city, "/tileMatrixSets/WebMercatorQuad").await;
    let last = &matrices["tileMatrices"][22];
    assert_eq!((&last["id"], &last["matrixWidth"]), (&"22".into(), &4_194_304.into()));
    let scale = matrices["tileMatrices"][0]["scaleDenominator"].as_f64().unwrap();
    assert!((scale - 559_082_264.028_717_8).abs() < 1.0, "{scale}");
}

#[tokio::test]
async fn clusters_are_counted_in_the_index_alone() {
    let city = city().await;
    fill(&city, 30_000).await;
    run(&city, "VACUUM ANALYZE published.request").await;
    let requests = crate::ogc::collection::Collection::named("requests").unwrap();
    let filter =
        Parameters::read(None, &names_of_items(requests)).and_then(|read| read.filter(requests)).unwrap();
    let address = Address { matrix: 11, row: 686, column: 1083 };
    let statement = super::statement(requests, &filter, address);
    let explain = format!("EXPLAIN {}", statement.sql().as_str());
    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(explain))
        .fetch_all(&mut city.connect(crate::SERVICE).await)
        .await
        .unwrap();
    let plan: String = rows.iter().map(|row| row.get::<String, _>(0) + "\n").collect();
    assert!(plan.contains("Index Only Scan using published_grid"), "{plan}");
}
