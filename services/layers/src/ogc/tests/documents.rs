use std::collections::BTreeSet;

use serde_json::Value;

use super::{below, city, fill, follow, get, json};
use crate::ogc::api::OPENAPI;
use crate::ogc::collection::ALL;
use crate::ogc::conformance::CLASSES;

#[tokio::test]
async fn the_landing_page_leads_to_everything_with_the_types_that_clients_look_for() {
    let city = city().await;
    for path in ["/ogc", "/ogc/"] {
        let landing = json(&city, path).await;
        let kind = |rel: &str| {
            let links = landing["links"].as_array().unwrap().iter();
            links
                .filter(|link| link["rel"] == rel)
                .map(|link| link["type"].as_str().unwrap().to_owned())
                .next()
        };
        for (rel, expected) in [
            ("self", "application/json"),
            ("alternate", "text/html"),
            ("service-desc", OPENAPI),
            ("service-doc", "text/html"),
            ("conformance", "application/json"),
            ("data", "application/json"),
        ] {
            assert_eq!(kind(rel).as_deref(), Some(expected), "{rel}");
        }
    }
}

#[tokio::test]
async fn every_link_leads_to_an_answer_of_its_type() {
    let city = city().await;
    fill(&city, 30).await;
    let (mut seen, mut waiting) = (BTreeSet::new(), vec!["/ogc".to_owned()]);
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = city.anyone().get(&path).await.assert_status(200);
        if answer.header("content-type").unwrap().contains("html") {
            continue;
        }
        for link in links(&answer.json()) {
            let address = below(link["href"].as_str().unwrap());
            let kind = link["type"].as_str().unwrap();
            let guest = city.anyone().with("accept", kind);
            let found = guest.get(&address).await.assert_status(200);
            let found = found.header("content-type").unwrap().replace("; charset=utf-8", "");
            assert_eq!(found, kind, "{path} → {address}");
            waiting.push(address);
        }
    }
    assert!(seen.len() > 40, "{seen:#?}");
}

/// Every link of a document that can be followed as it is.
fn links(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(members) if members.contains_key("href") && members.get("templated").is_none() => {
            vec![value.clone()]
        }
        Value::Object(members) => members.values().flat_map(links).collect(),
        Value::Array(values) => values.iter().flat_map(links).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn each_page_carries_every_link_of_its_json() {
    let city = city().await;
    fill(&city, 12).await;
    for path in [
        "/ogc",
        "/ogc/conformance",
        "/ogc/collections",
        "/ogc/collections/requests",
        "/ogc/collections/requests/items",
        "/ogc/collections/districts/items/oberdorf",
        "/ogc/collections/requests/tiles",
        "/ogc/collections/requests/tiles/WebMercatorQuad",
        "/ogc/tileMatrixSets",
        "/ogc/api",
    ] {
        let browser = city
            .anyone()
            .with("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .with("accept-language", "en");
        let page = browser.get(path).await.assert_status(200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        assert!(page.header("content-security-policy").unwrap().contains("style-src 'self'"), "{path}");
        let text = page.text();
        for link in links(&json(&city, path).await) {
            let href = link["href"].as_str().unwrap().replace('&', "&amp;");
            let to_itself = link["rel"] == "self" || link["rel"] == "alternate" || link["rel"] == "next";
            // A page says `f=json` where the browser would get another page.
            let shown = ["", "?f=json"].iter().any(|f| text.contains(&format!("href=\"{href}{f}\"")));
            assert!(to_itself || shown, "{path} has no link to {href}");
        }
        assert!(!text.contains("layers-"), "{path} has a sentence without words");
    }
    let classes = get(&city, "/conformance?f=html").await.text();
    assert!(CLASSES.iter().all(|class| classes.contains(class)));
}

#[tokio::test]
async fn pages_show_what_residents_wrote_as_text() {
    let city = city().await;
    fill(&city, 1).await;
    super::run(&city, "UPDATE published.request SET description = '<script>alert(1)</script>'").await;
    let page = get(&city, "/collections/requests/items?f=html").await.text();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
}

#[tokio::test]
async fn a_collection_reads_the_same_alone_and_in_the_list() {
    let city = city().await;
    fill(&city, 30).await;
    let list = json(&city, "/collections").await;
    let list = list["collections"].as_array().unwrap();
    assert_eq!(list.len(), ALL.len());
    for listed in list {
        let id = listed["id"].as_str().unwrap();
        let alone = json(&city, &format!("/collections/{id}")).await;
        for member in ["id", "title", "description", "extent", "itemType", "crs", "storageCrs"] {
            assert_eq!(listed[member], alone[member], "{id}");
            assert!(!listed[member].is_null(), "{id} has no {member}");
        }
        for link in listed["links"].as_array().unwrap() {
            assert!(alone["links"].as_array().unwrap().contains(link), "{id}: {link}");
        }
        assert!(listed["crs"].as_array().unwrap().contains(&listed["storageCrs"]));
    }
}

#[tokio::test]
async fn the_link_to_the_items_can_be_continued_with_an_id_and_leads_a_person_to_geojson() {
    let city = city().await;
    fill(&city, 3).await;
    for collection in ALL {
        let described = json(&city, &format!("/collections/{}", collection.id)).await;
        let items = follow(&described, "items").unwrap();
        let page = json(&city, &items).await;
        let id = page["features"][0]["id"].as_str().unwrap();
        assert_eq!(json(&city, &format!("{items}/{id}")).await["id"], id);

        let page = get(&city, &format!("/collections/{}?f=html", collection.id)).await.text();
        assert!(page.contains(&format!("href=\"{items}?f=json\"")), "{}", collection.id);
    }
}

#[tokio::test]
async fn the_openapi_document_names_every_path_and_every_parameter() {
    let city = city().await;
    let answer = city.anyone().with("accept", OPENAPI).get("/ogc/api").await.assert_status(200);
    assert_eq!(answer.header("content-type"), Some(OPENAPI));
    let api: Value = answer.json();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.0"));
    assert_eq!(api["servers"][0]["url"], "http://musterhausen.localhost:8080/ogc");
    let mut operations = BTreeSet::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        assert!(operations.insert(methods["get"]["operationId"].to_string()), "{path}");
        if path.contains('{') {
            continue;
        }
        get(&city, path).await;
        // What is not described is refused, what is described is not unknown.
        city.anyone()
            .get(below(&format!("{path}?unknownQueryParam10001=1")))
            .await
            .assert_problem(400, "query-invalid");
        for parameter in methods["get"]["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let answer = city.anyone().get(below(&format!("{path}?{name}="))).await;
            assert!(!answer.text().contains("parameter-unknown"), "{path} {name}");
        }
    }
    let parameters = &api["paths"]["/collections/requests/items"]["get"]["parameters"];
    let described =
        |name: &str| parameters.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!(described("bbox")["schema"]["minItems"], 4);
    assert_eq!(described("bbox")["schema"]["maxItems"], 6);
    assert_eq!(described("limit")["schema"]["type"], "integer");
    assert_eq!(described("service_group")["schema"]["type"], "string");
    for name in ["limit", "bbox", "datetime", "crs", "bbox-crs"] {
        assert_eq!((&described(name)["style"], &described(name)["explode"]), (&"form".into(), &false.into()));
    }
}

#[tokio::test]
async fn the_schema_names_the_properties_that_every_feature_has() {
    let city = city().await;
    fill(&city, 20).await;
    for collection in ALL {
        let path = format!("/collections/{}", collection.id);
        let described = json(&city, &path).await;
        let schema = json(&city, &follow(&described, "describedby").unwrap()).await;
        let mut named: BTreeSet<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        named.remove("geometry");
        let page = json(&city, &format!("{path}/items")).await;
        for feature in page["features"].as_array().unwrap() {
            let properties: BTreeSet<_> =
                feature["properties"].as_object().unwrap().keys().cloned().collect();
            assert_eq!(properties, named, "{}", collection.id);
        }
    }
}
