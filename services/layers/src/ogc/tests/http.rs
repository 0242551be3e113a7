use http::Method;
use serde_json::Value;

use super::{below, city, fill, get, ids, json};
use crate::ogc::paths;

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let city = city().await;
    for (query, parameter) in [
        ("unknownQueryParam10001=1", "unknownQueryParam10001"),
        ("visibility=confidential", "visibility"),
        ("description=x", "description"),
        ("limit=ten", "limit"),
        ("limit=", "limit"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=1&limit=2", "limit"),
        ("bbox=", "bbox"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=10.5,51,10.6,50.9", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=10,50,11,NaN", "bbox"),
        ("bbox=10,50,11,51&bbox-crs=http://www.opengis.net/def/crs/0/unsupported", "bbox-crs"),
        ("bbox-crs=EPSG:25832", "bbox-crs"),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/4647", "crs"),
        ("datetime=yesterday", "datetime"),
        ("datetime=2026-03-02T00:00:00Z/2026-03-01T00:00:00Z", "datetime"),
        ("datetime=2026-03-02/2026-03-01", "datetime"),
        ("datetime=2026-03-02T00:00:00Z/2026-03-01", "datetime"),
        ("status=open", "status"),
        ("status=done,", "status"),
        ("service_code=%00", "service_code"),
        ("district=", "district"),
        ("cursor=abc", "cursor"),
        ("cursor=WzEsMl0", "cursor"),
        ("f=xml", "f"),
        ("f=mvt", "f"),
    ] {
        let answer = city.anyone().get(below(&format!("/collections/requests/items?{query}"))).await;
        let problem: Value = answer.assert_problem(400, "query-invalid").json();
        assert_eq!(problem["parameter"], parameter, "{query}");
        let fault = &problem["errors"][0];
        assert_eq!(fault["pointer"], parameter, "{query}");
        let sentence = fault["detail"].as_str().unwrap();
        assert!(!sentence.is_empty() && !sentence.starts_with("field-"), "{query}: {sentence}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let city = city().await;
    for path in [
        "/collections/nothing",
        "/collections/nothing/items",
        "/collections/neighbours/items",
        "/collections/requests/items/nothing",
        "/collections/requests/items/0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
        "/collections/districts/items/%00",
        "/collections/requests/tiles/OtherQuad",
        "/nothing",
        "/tileMatrixSets/Other",
    ] {
        city.anyone().get(below(path)).await.assert_problem(404, "not-found");
    }
}

#[tokio::test]
async fn only_reading_is_possible_and_a_browser_may_ask_from_anywhere() {
    let city = city().await;
    for path in paths() {
        let path = path
            .replace("{collection}", "districts")
            .replace("{feature}", "oberdorf")
            .replace("{tile_matrix}/{tile_row}/{tile_col}", "0/0/0");
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = city.anyone().send(method, &path, "application/json", "{}").await;
            let answer = answer.assert_problem(405, "method-not-allowed");
            assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"), "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        }
        let asked = city.anyone().send(Method::OPTIONS, &path, "text/plain", "").await.assert_status(204);
        assert_eq!(asked.header("access-control-allow-origin"), Some("*"));
        assert_eq!(asked.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
        let whole = city.anyone().get(&path).await.assert_status(200);
        assert_eq!(whole.header("access-control-allow-origin"), Some("*"), "{path}");
        let head = city.anyone().send(Method::HEAD, &path, "text/plain", "").await.assert_status(200);
        assert!(head.body.is_empty(), "{path}");
        for name in ["content-type", "etag", "content-crs", "link"] {
            assert_eq!(head.header(name), whole.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn a_reader_who_takes_none_of_our_formats_is_told_so() {
    let city = city().await;
    for path in
        ["/ogc", "/ogc/collections/districts/items", "/ogc/collections/districts/tiles/WebMercatorQuad/0/0/0"]
    {
        city.anyone().with("accept", "image/png").get(path).await.assert_problem(406, "not-acceptable");
    }
    let browser = city.anyone().with("accept", "text/html");
    let page = browser.get("/ogc/collections/districts/items?f=json").await.assert_status(200);
    assert_eq!(page.header("content-type"), Some("application/geo+json"), "`f` decides over `Accept`");
}

#[tokio::test]
async fn what_the_reader_has_is_sent_again_only_after_a_change() {
    let city = city().await;
    fill(&city, 20).await;
    for path in [
        "/collections/requests/items",
        "/collections/requests/items/00000000-0000-0000-0000-000000000001",
        "/collections",
        "",
        "/api",
        "/collections/requests/tiles/WebMercatorQuad/14/8672/5488",
    ] {
        let path = below(path);
        let first = city.anyone().get(&path).await;
        if first.status == 204 {
            continue;
        }
        let tag = first.header("etag").unwrap().to_owned();
        // Time alone changes nothing.
        city.clock.advance(std::time::Duration::from_secs(60));
        let reader = city.anyone().with("if-none-match", &format!("W/\"other\", {tag}"));
        let again = reader.get(&path).await.assert_status(304);
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), Some(tag.as_str()));
    }
    let page = get(&city, "/collections/requests/items").await;
    let reader = city.anyone().with("if-none-match", page.header("etag").unwrap());
    super::run(&city, "UPDATE published.request SET status = 'in_review' WHERE reference = 'MUS-3'").await;
    reader.get("/ogc/collections/requests/items").await.assert_status(200);
    reader.get("/ogc/collections/requests/items?f=html").await.assert_status(200);
}

#[tokio::test]
async fn links_are_said_in_the_header_too() {
    let city = city().await;
    fill(&city, 20).await;
    let answer = get(&city, "/collections/requests/items?limit=5").await;
    let links: Vec<&str> = answer.headers.get_all("link").iter().map(|link| link.to_str().unwrap()).collect();
    let next = links.iter().find(|link| link.contains("rel=\"next\"")).unwrap();
    assert!(next.ends_with("rel=\"next\"; type=\"application/geo+json\""), "{next}");
    let address = next.trim_start_matches('<').split('>').next().unwrap();
    let second = json(&city, address).await;
    assert!(ids(&second).iter().all(|id| !ids(&answer.json()).contains(id)));
}
