//! Tiles of a few invented streets and houses.

use kit::testing::{Answer, City};
use proto::basemap::TileSet;

use crate::tests::{city, run};

/// The tile of zoom level 14 in which the invented square lies: 10.55° east, 50.95° north.
const SQUARE: &str = "/map/tiles/basemap/14/8672/5488";

async fn with_a_square() -> City {
    let city = city().await;
    run(
        &city,
        "INSERT INTO published.basemap (osm_type, osm_id, kind, class, name, min_zoom, shape_3857)
         SELECT 'way', id, kind, class, name, min_zoom, ST_Transform(ST_GeomFromText(shape, 4326), 3857)
           FROM (VALUES
             (1, 'street', 'primary', 'Hauptstraße', 9, 'LINESTRING(10.548 50.95, 10.552 50.95)'),
             (2, 'street', 'residential', 'Nebenweg', 13, 'LINESTRING(10.55 50.949, 10.55 50.951)'),
             (3, 'building', 'building', NULL, 14,
              'POLYGON((10.5501 50.9501, 10.5503 50.9501, 10.5503 50.9503, 10.5501 50.9503, 10.5501 50.9501))'),
             (4, 'green', 'park', 'Am Anger', 12,
              'POLYGON((10.549 50.949, 10.55 50.949, 10.55 50.95, 10.549 50.95, 10.549 50.949))')
           ) AS invented (id, kind, class, name, min_zoom, shape)",
    )
    .await;
    city
}

fn has(tile: &Answer, text: &str) -> bool {
    tile.body.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn a_city_without_an_import_says_that_it_has_no_base_map() {
    let city = city().await;
    assert!(city.anyone().get("/map/tiles/basemap").await.assert_status(204).body.is_empty());
    assert!(city.anyone().get(SQUARE).await.assert_status(204).body.is_empty());
}

#[tokio::test]
async fn the_description_names_where_the_tiles_lie_and_whose_they_are() {
    let city = with_a_square().await;
    let set: TileSet = city.anyone().get("/map/tiles/basemap").await.assert_status(200).json();
    assert!(set.attribution.contains("OpenStreetMap") && set.attribution.contains("ODbL"));
    let names: Vec<_> = set.vector_layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(names, ["land", "water", "green", "building", "street"]);
    let tile = set.tiles[0].replace("{z}", "14").replace("{x}", "8672").replace("{y}", "5488");
    assert!(!city.anyone().get(tile).await.assert_status(200).body.is_empty());
}

#[tokio::test]
async fn a_tile_shows_more_the_closer_one_looks() {
    let city = with_a_square().await;
    let near = city.anyone().get(SQUARE).await.assert_status(200);
    assert_eq!(near.header("content-type"), Some("application/vnd.mapbox-vector-tile"));
    for text in ["street", "Hauptstraße", "Nebenweg", "building", "green", "park"] {
        assert!(has(&near, text), "{text} is missing");
    }
    let far = city.anyone().get("/map/tiles/basemap/12/2168/1372").await.assert_status(200);
    assert!(has(&far, "Hauptstraße") && has(&far, "park"));
    assert!(!has(&far, "Nebenweg") && !has(&far, "building"));
    let beside = city.anyone().get("/map/tiles/basemap/14/8600/5488").await.assert_status(204);
    assert!(beside.body.is_empty());
}

#[tokio::test]
async fn the_same_tile_is_loaded_once() {
    let city = with_a_square().await;
    let first = city.anyone().get(SQUARE).await.assert_status(200);
    assert_eq!(first.header("cache-control"), Some("public, max-age=3600"));
    let tag = first.header("etag").unwrap();
    let again = city.anyone().get(SQUARE).await;
    assert_eq!((again.header("etag"), again.body.as_ref()), (Some(tag), first.body.as_ref()));
    let known = city.anyone().with("if-none-match", tag).get(SQUARE).await.assert_status(304);
    assert!(known.body.is_empty());
    run(&city, "DELETE FROM published.basemap WHERE osm_id = 3").await;
    city.anyone().with("if-none-match", tag).get(SQUARE).await.assert_status(200);
}

#[tokio::test]
async fn there_are_no_tiles_beyond_the_world() {
    let city = with_a_square().await;
    for path in ["7/67/42", "16/34688/21900", "14/16384/0", "14/0/16384", "200/0/0"] {
        city.anyone().get(format!("/map/tiles/basemap/{path}")).await.assert_problem(404, "not-found");
    }
}
