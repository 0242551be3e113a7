//! An invented little town (Übungsdaten) inside Musterhausen.

mod pbf;

use std::path::PathBuf;

use kit::testing::City;
use pbf::Pbf;
use tempfile::TempDir;

use super::{around, import, store};

/// A town of a main street, a house, a wood with a clearing, a pond on two ways, and a lake that does not close.
fn town() -> Pbf {
    let mut town = Pbf::default();
    let mut square = |first: i64, (west, south): (f64, f64), width: f64| {
        for (nth, (x, y)) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().enumerate() {
            town.node(first + nth as i64, west + x * width, south + y * width);
        }
    };
    square(1, (10.55, 50.95), 0.01);
    square(11, (10.553, 50.953), 0.002);
    square(21, (10.54, 50.94), 0.001);
    square(31, (10.545, 50.945), 0.001);
    square(41, (10.3, 50.95), 0.001);
    town.node(51, 10.45, 50.95);
    town.way(101, &[51, 1, 2], &[("highway", "primary"), ("name", "Hauptstraße")]);
    town.way(102, &[1, 2, 3, 4, 1], &[]);
    town.way(103, &[11, 12, 13, 14, 11], &[]);
    town.way(104, &[21, 22, 23, 24, 21], &[("building", "house")]);
    town.way(105, &[31, 32, 33], &[]);
    town.way(106, &[31, 34, 33], &[]);
    town.way(107, &[41, 42], &[("highway", "primary"), ("name", "Weit weg")]);
    town.way(108, &[21, 23], &[("natural", "water")]);
    town.area(201, &[102], &[103], &[("landuse", "forest"), ("name", "Stadtwald")]);
    town.area(202, &[105, 106], &[], &[("natural", "water")]);
    town.area(203, &[105], &[], &[("natural", "water")]);
    town
}

fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("town.osm.pbf");
    std::fs::write(&file, bytes).unwrap();
    (folder, file)
}

async fn imported(city: &City, bytes: &[u8]) -> anyhow::Result<String> {
    let (_folder, file) = file(bytes);
    import(&mut city.connect("import").await, &city.pack, file).await
}

/// Type, number, layer, class, name and size in square metres, rounded to hectares.
async fn rows(city: &City) -> Vec<(String, i64, String, String, Option<String>, i64)> {
    sqlx::query_as(
        "SELECT osm_type, osm_id, kind, class, name,
                round(ST_Area(ST_Transform(shape_3857, 25832)) / 10000)::bigint
           FROM published.basemap ORDER BY osm_type DESC, osm_id",
    )
    .fetch_all(&mut city.superuser().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn an_extract_becomes_the_base_map() {
    let city = City::of(&[]).await;
    let said = imported(&city, &town().finish()).await.unwrap();
    assert_eq!(
        said,
        "the base map holds 4 features; read: 0 land, 1 water, 1 green, 1 building, 1 street; \
         skipped, not closed: 2 (way 108, relation 203)"
    );
    let row = |osm_type: &str, id, kind: &str, class: &str, name: Option<&str>, hectares| {
        (osm_type.to_owned(), id, kind.to_owned(), class.to_owned(), name.map(str::to_owned), hectares)
    };
    assert_eq!(
        rows(&city).await,
        [
            row("way", 101, "street", "primary", Some("Hauptstraße"), 0),
            row("way", 104, "building", "building", None, 1),
            // 0.01° by 0.01° are 78 hectares; the clearing takes three.
            row("relation", 201, "green", "wood", Some("Stadtwald"), 75),
            row("relation", 202, "water", "lake", None, 1),
        ]
    );
}

#[tokio::test]
async fn what_reaches_out_of_the_surroundings_is_cut_off() {
    let city = City::of(&[]).await;
    imported(&city, &town().finish()).await.unwrap();
    let (west,): (f64,) = sqlx::query_as(
        "SELECT ST_XMin(ST_Transform(shape_3857, 4326)) FROM published.basemap WHERE osm_id = 101",
    )
    .fetch_one(&mut city.superuser().await)
    .await
    .unwrap();
    let [edge, ..] = around(city.pack.boundary.bounds());
    assert!((west - edge).abs() < 1e-6, "{west} instead of {edge}");
}

#[tokio::test]
async fn the_next_import_replaces_the_last() {
    let city = City::of(&[]).await;
    imported(&city, &town().finish()).await.unwrap();
    let first = rows(&city).await;
    imported(&city, &town().finish()).await.unwrap();
    assert_eq!(rows(&city).await, first);
    let mut smaller = Pbf::default();
    smaller.node(1, 10.55, 50.95);
    smaller.node(2, 10.56, 50.95);
    smaller.way(7, &[1, 2], &[("highway", "residential")]);
    imported(&city, &smaller.finish()).await.unwrap();
    assert_eq!(rows(&city).await.len(), 1);
}

#[tokio::test]
async fn a_file_that_cannot_be_used_changes_nothing() {
    let city = City::of(&[]).await;
    let whole = town().finish();
    imported(&city, &whole).await.unwrap();
    let before = rows(&city).await;

    let mut elsewhere = Pbf::default();
    elsewhere.node(1, 6.98, 51.57);
    elsewhere.node(2, 6.99, 51.57);
    elsewhere.way(7, &[1, 2], &[("highway", "residential")]);
    let mut bent = whole.clone();
    bent.iter_mut().skip(60).step_by(7).for_each(|byte| *byte = 0xff);
    for (bytes, says) in [
        (whole[..whole.len() / 2].to_vec(), "is broken"),
        (bent, "is broken"),
        (b"<osm version='0.6'></osm>".to_vec(), "is broken"),
        (elsewhere.finish(), "has nothing in Musterhausen or around"),
    ] {
        let error = imported(&city, &bytes).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error:#}");
        assert_eq!(rows(&city).await, before);
    }
    let none = import(&mut city.connect("import").await, &city.pack, "/nowhere.osm.pbf".into()).await;
    assert!(none.unwrap_err().to_string().contains("cannot open /nowhere.osm.pbf"));
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let city = City::of(&[]).await;
    let mut role = city.connect("import").await;
    let faults = kit::db::check_statements_of(&mut role, &[store::STATEMENTS]).await;
    assert!(faults.is_empty(), "{faults:#?}");
}
