use utoipa::openapi::{OpenApi, OpenApiBuilder, PathItem, Paths};

use super::contract;
use crate::tests::house;

/// A part of the contract with these paths.
fn part(paths: &[&str]) -> OpenApi {
    let mut all = Paths::new();
    for path in paths {
        all.paths.insert((*path).to_owned(), PathItem::default());
    }
    OpenApiBuilder::new().paths(all).build()
}

#[test]
fn every_public_path_stands_once_in_one_document() {
    let parts = [
        part(&["/v1/devices", "/v1/session", "/v1/session/token"]),
        part(&[
            "/v1/requests",
            "/v1/requests/{service_request_id}",
            "/internal/requests/{service_request_id}/contact",
        ]),
        part(&["/v1/unsubscribe"]),
    ];
    let whole = contract(parts.to_vec());
    let paths: Vec<&str> = whole.paths.paths.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/session",
            "/v1/city",
            "/v1/city/boundary",
            "/v1/city/places",
            "/v1/devices",
            "/v1/home",
            "/v1/requests",
            "/v1/requests/{service_request_id}",
            "/v1/unsubscribe",
        ]
    );
    assert_eq!(whole.info.title, "gladbeck");
}

#[tokio::test]
async fn the_contract_is_served_as_openapi_3_1() {
    let house = house().await;
    let answer = house.city.anyone().get("/openapi.json").await.assert_status(200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let document: serde_json::Value = answer.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document["paths"]["/v1/home"]["get"].is_object());
    for schema in ["Home", "Session", "Problem"] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
}

#[tokio::test]
async fn the_viewer_comes_from_the_program_and_asks_nobody_else() {
    let house = house().await;
    let anyone = house.city.anyone();
    let page = anyone.get("/docs/").await.assert_status(200).text();
    assert!(page.contains("swagger-ui-bundle.js") && !page.contains("https://"), "{page}");
    let start = anyone.get("/docs/swagger-initializer.js").await.assert_status(200).text();
    assert!(start.contains("\"/openapi.json\"") && start.contains("\"validatorUrl\": \"none\""), "{start}");
    anyone.get("/docs/swagger-ui-bundle.js").await.assert_status(200);
}
