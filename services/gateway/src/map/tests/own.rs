use std::collections::{BTreeSet, HashSet};

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use serde_json::{Value, json};

use super::{ORIGIN, Town, addresses, layers};

/// A city with streets, as layers describes them.
async fn with_streets() -> Town {
    let tile_set = json!({
        "tilejson": "3.0.0", "tiles": ["/map/tiles/basemap/{z}/{x}/{y}"], "minzoom": 8, "maxzoom": 15,
        "attribution": "© OpenStreetMap-Mitwirkende (ODbL)", "vector_layers": [],
    });
    Town::before(Router::new().route("/map/tiles/basemap", get(async move || axum::Json(tile_set)))).await
}

/// The text of every colour of a style.
fn colours(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) if text.starts_with('#') => [text.clone()].into(),
        Value::Array(values) => values.iter().flat_map(colours).collect(),
        Value::Object(members) => members.values().flat_map(colours).collect(),
        _ => BTreeSet::new(),
    }
}

#[tokio::test]
async fn the_style_is_whole_and_names_no_other_host() {
    for town in [Town::with("").await, with_streets().await] {
        for path in ["/map/style.json", "/map/style.json?theme=light", "/map/style.json?theme=dark"] {
            let answer = town.get(path).await.assert_status(200);
            assert_eq!(answer.header("content-type"), Some("application/json"));
            let style: Value = answer.json();
            assert_eq!((&style["version"], &style["name"]), (&json!(8), &json!("Musterhausen")));
            assert_eq!((&style["center"], &style["zoom"]), (&json!([10.55, 50.95]), &json!(13.0)));

            let named = addresses(&style);
            assert!(
                !named.is_empty() && named.iter().all(|address| address.starts_with(ORIGIN)),
                "{named:?}"
            );
            // Names are drawn with the reader's own fonts, and there are no signs.
            assert!(style.get("glyphs").is_none() && style.get("sprite").is_none());

            let ids = layers(&style);
            assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
            for layer in style["layers"].as_array().unwrap() {
                let source = layer["source"].as_str();
                assert!(source.is_none_or(|name| style["sources"][name].is_object()), "{layer}");
                assert_eq!(source.is_none(), layer["type"] == "background", "{layer}");
            }
        }
    }
}

#[tokio::test]
async fn the_city_its_districts_neighbours_and_places_are_what_it_is_drawn_from() {
    let town = Town::with("").await;
    let style = town.json("/map/style.json").await;
    assert_eq!(style["sources"].as_object().unwrap().keys().collect::<Vec<_>>(), ["areas", "places"]);
    let source = async |name: &str| {
        let address = style["sources"][name]["data"].as_str().unwrap();
        let answer = town.get(address.strip_prefix(ORIGIN).unwrap()).await.assert_status(200);
        assert_eq!(answer.header("content-type"), Some("application/geo+json"));
        answer.json::<Value>()["features"].as_array().unwrap().clone()
    };
    let areas = source("areas").await;
    let named = |kind: &str| -> BTreeSet<String> {
        let of_kind = areas.iter().filter(|feature| feature["properties"]["kind"] == kind);
        of_kind.map(|feature| feature["properties"]["name"].as_str().unwrap_or("-").to_owned()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(named("boundary"), set(&["Musterhausen"]));
    assert_eq!(named("district"), set(&["Oberdorf", "Unterdorf"]));
    assert_eq!(named("district_name"), set(&["Oberdorf", "Unterdorf"]));
    assert_eq!(named("neighbour"), set(&["Beispielstadt"]));
    assert_eq!(named("neighbour_name"), set(&["Beispielstadt"]));
    assert_eq!(named("outside"), set(&["-"]));

    // Every kind is drawn, and nothing is drawn that is not there.
    let drawn: BTreeSet<String> = style["layers"].as_array().unwrap().iter().filter_map(kind).collect();
    let there = areas.iter().map(|feature| feature["properties"]["kind"].as_str().unwrap().to_owned());
    assert_eq!(drawn, there.collect());

    let places = source("places").await;
    let names: Vec<_> = places.iter().map(|place| place["properties"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Musterweg", "Markt, Oberdorf", "Görlitzer Str."]);
    assert_eq!(places[0]["geometry"], json!({ "type": "Point", "coordinates": [10.551, 50.951] }));
}

/// Which areas a layer draws.
fn kind(layer: &Value) -> Option<String> {
    (layer["source"] == "areas").then(|| layer["filter"][2].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn light_and_dark_draw_the_same_in_other_colours_each_with_the_citys_own() {
    let town = Town::with("[colours]\nlight = \"#4b0082\"\ndark = \"#ffd1dc\"").await;
    let light = town.json("/map/style.json").await;
    let dark = town.json("/map/style.json?theme=dark").await;
    assert_eq!(layers(&light), layers(&dark));
    assert_eq!(light["sources"], dark["sources"]);
    let (light, dark) = (colours(&light), colours(&dark));
    assert!(light.is_disjoint(&dark), "{:?}", light.intersection(&dark));
    assert!(light.contains("#4b0082") && dark.contains("#ffd1dc"));
    assert!(light.iter().chain(&dark).all(|colour| colour.len() == 7));

    let border = |style: &Value| {
        let mut layers = style["layers"].as_array().unwrap().iter();
        layers.find(|layer| layer["id"] == "boundary").unwrap()["paint"]["line-color"].clone()
    };
    assert_eq!(border(&town.json("/map/style.json?theme=dark").await), "#ffd1dc");
}

#[tokio::test]
async fn streets_are_drawn_only_when_the_city_imported_them() {
    let style = with_streets().await.json("/map/style.json").await;
    let source = &style["sources"]["basemap"];
    assert_eq!(source["tiles"], json!([format!("{ORIGIN}/map/tiles/basemap/{{z}}/{{x}}/{{y}}")]));
    assert_eq!((&source["minzoom"], &source["maxzoom"]), (&json!(8), &json!(15)));
    assert_eq!(source["attribution"], "© OpenStreetMap-Mitwirkende (ODbL)");
    let ids = layers(&style);
    for id in ["land", "green", "water", "building", "street", "rail", "path", "street-names"] {
        assert!(ids.iter().any(|other| other == id), "{id}");
    }
    // The veil and the city's border lie over the streets.
    let at = |id: &str| ids.iter().position(|other| other == id).unwrap();
    assert!(
        at("street") < at("outside") && at("outside") < at("boundary") && at("boundary") < at("street-names")
    );

    // None were imported; layers is away; layers says something else.
    let away = Router::new().fallback(async || StatusCode::SERVICE_UNAVAILABLE);
    let odd = Router::new().fallback(async || "odd");
    for town in [Town::with("").await, Town::before(away).await, Town::before(odd).await] {
        let style = town.json("/map/style.json").await;
        assert!(style["sources"].get("basemap").is_none());
        let layers = style["layers"].as_array().unwrap();
        assert!(layers.iter().all(|layer| layer["source"] != "basemap"));
        assert!(layers.iter().any(|layer| layer["id"] == "boundary"));
    }
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let town = Town::with("").await;
    for (path, caching) in [
        ("/map/style.json", "no-cache"),
        ("/map/style.json?theme=dark", "no-cache"),
        ("/map/areas.json", "public, max-age=3600"),
        ("/map/places.json", "public, max-age=3600"),
    ] {
        let first = town.get(path).await.assert_status(200);
        let tag = first.header("etag").unwrap();
        assert_eq!(first.header("cache-control"), Some(caching));
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}")] {
            let again = town.city.anyone().with("host", "musterhausen.localhost:8080");
            let again = again.with("if-none-match", &known).get(path).await.assert_status(304);
            assert!(again.body.is_empty());
            assert_eq!((again.header("etag"), again.header("cache-control")), (Some(tag), Some(caching)));
        }
        let other = town.city.anyone().with("if-none-match", "\"other\"").get(path).await;
        other.assert_status(200);
    }
    // A style with streets is another one.
    let tag = async |town: &Town| town.get("/map/style.json").await.header("etag").unwrap().to_owned();
    assert_ne!(tag(&town).await, tag(&with_streets().await).await);
}

#[tokio::test]
async fn whose_data_it_is_stands_on_the_map_as_text() {
    let lines =
        "[[attribution]]\ntext = \"Amt <b>für</b> Karten\"\nurl = \"https://karten.example/?a=1&b=2\"";
    let town = Town::with(lines).await;
    let style = town.json("/map/style.json").await;
    let told = style["sources"]["areas"]["attribution"].as_str().unwrap();
    let link = "<a href=\"https://karten.example/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener\">\
                Amt &lt;b&gt;für&lt;/b&gt; Karten</a>";
    assert!(told.contains(link) && told.contains("Übungsdaten") && told.contains(" | "), "{told}");
}

#[tokio::test]
async fn addresses_are_those_under_which_the_reader_met_the_city() {
    let town = Town::with("").await;
    let met = async |host: &str| {
        let style: Value = town.city.anyone().with("host", host).get("/map/style.json").await.json();
        style["sources"]["areas"]["data"].as_str().unwrap().to_owned()
    };
    assert_eq!(met("musterhausen.example").await, "http://musterhausen.example/map/areas.json");
    assert_eq!(met("musterhausen.localhost:9000").await, "http://musterhausen.localhost:9000/map/areas.json");
    for stranger in
        ["evil.example", "musterhausen.example.evil.example", "x@musterhausen.example@evil.example"]
    {
        assert_eq!(met(stranger).await, format!("{ORIGIN}/map/areas.json"), "{stranger}");
    }
}

#[tokio::test]
async fn a_theme_that_there_is_not_is_refused_and_so_is_writing() {
    let town = Town::with("").await;
    for query in ["theme=blue", "theme=", "Theme=dark", "theme=dark&style_url=https://evil.example/"] {
        town.get(&format!("/map/style.json?{query}")).await.assert_problem(400, "query-invalid");
    }
    for path in ["/map/style.json", "/map/areas.json", "/map/places.json", "/map/proxy/a.example/b"] {
        town.city.anyone().post(path, json!({})).await.assert_problem(405, "method-not-allowed");
    }
}

#[tokio::test]
async fn without_a_background_nothing_is_fetched_for_anybody() {
    let town = Town::with("").await;
    for path in
        ["/map/proxy/maps.example/a", "/map/proxy/127.0.0.1:80/a", "/map/proxy/https://maps.example/a"]
    {
        town.get(path).await.assert_problem(404, "not-found");
    }
}
