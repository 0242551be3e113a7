use std::time::Duration;

use serde_json::{Value, json};

use super::{Elsewhere, ORIGIN, Scripted, Town, addresses, layers};

/// A style that names everything that a style can name, on its own host and on others.
fn style(here: &str) -> Value {
    json!({
        "version": 8, "name": "Elsewhere", "center": [10.0, 51.0], "zoom": 5,
        "metadata": { "editor": "https://foreign.example/edit" },
        "imports": [{ "id": "more", "url": "https://foreign.example/style.json" }],
        "models": { "tree": "https://foreign.example/tree.glb" },
        "glyphs": format!("{here}/city/fonts/{{fontstack}}/{{range}}.pbf"),
        "sprite": [{ "id": "default", "url": "signs/grey" }, { "id": "x", "url": "https://foreign.example/s" }],
        "terrain": { "source": "hills" },
        "sources": {
            "streets": { "type": "vector", "tiles": [
                format!("{here}/city/tiles/{{z}}/{{x}}/{{y}}.pbf"), "https://foreign.example/{z}/{x}/{y}.pbf"] },
            "described": { "type": "vector", "url": "tiles.json" },
            "houses": { "type": "geojson", "data": "/city/houses.json" },
            "drawn": { "type": "geojson", "data": { "type": "FeatureCollection", "features": [] } },
            "hills": { "type": "raster-dem", "url": "https://foreign.example/hills.json" },
            "keyed": { "type": "raster", "tiles": [format!("{here}/city/{{z}}/{{x}}/{{y}}.png?key=secret")] },
            "beside": { "type": "raster", "tiles": [format!("{here}/other/{{z}}/{{x}}/{{y}}.png")] },
            "foreign": { "type": "geojson", "data": "https://foreign.example/data.json" },
            "film": { "type": "video", "urls": ["https://foreign.example/film.mp4"], "coordinates": [] },
            "odd": "https://foreign.example/odd.json",
        },
        "layers": [
            { "id": "ground", "type": "background" },
            { "id": "land", "type": "fill", "source": "described", "source-layer": "land" },
            { "id": "shade", "type": "hillshade", "source": "hills" },
            { "id": "street", "type": "line", "source": "streets", "source-layer": "street" },
            { "id": "keyed", "type": "raster", "source": "keyed" },
            { "id": "inline", "type": "raster",
                "source": { "type": "raster", "tiles": ["https://foreign.example/{z}/{x}/{y}.png"] } },
            { "id": "name", "type": "symbol", "source": "streets", "source-layer": "name" },
            { "id": "house", "type": "symbol", "source": "houses" },
            { "id": "film", "type": "raster", "source": "film" },
        ],
    })
}

async fn town() -> (Elsewhere, Town) {
    let elsewhere = Elsewhere::start().await;
    elsewhere.answers("/city/style.json", Scripted::json(&style(&elsewhere.origin())));
    let town = Town::over(&elsewhere).await;
    (elsewhere, town)
}

#[tokio::test]
async fn no_address_of_another_host_stays_in_a_style() {
    let (elsewhere, town) = town().await;
    for theme in ["light", "dark"] {
        let answer = town.get(&format!("/map/style.json?theme={theme}")).await.assert_status(200);
        let text = answer.text();
        assert!(!text.contains("foreign.example") && !text.contains(&elsewhere.origin()), "{text}");
        assert!(!text.contains("secret"), "{text}");
        let style: Value = answer.json();
        let named = addresses(&style);
        assert!(named.iter().all(|address| address.starts_with(&format!("{ORIGIN}/map/"))), "{named:?}");

        let ours = |path: &str| json!(format!("{ORIGIN}{}", elsewhere.through(path)));
        assert_eq!(style["glyphs"], ours("/city/fonts/{fontstack}/{range}.pbf"));
        assert_eq!(style["sprite"], json!([{ "id": "default", "url": ours("/city/signs/grey") }]));
        let sources = &style["sources"];
        assert_eq!(sources["streets"]["tiles"], json!([ours("/city/tiles/{z}/{x}/{y}.pbf")]));
        assert_eq!(sources["described"]["url"], ours("/city/tiles.json"));
        assert_eq!(sources["houses"]["data"], ours("/city/houses.json"));
        let names: Vec<_> = sources.as_object().unwrap().keys().collect();
        assert_eq!(names, ["city-areas", "described", "drawn", "houses", "streets"]);
        assert!(["metadata", "imports", "models", "terrain"].iter().all(|name| style.get(name).is_none()));
    }
    // Both themes are one style here, and it was fetched once.
    assert_eq!(elsewhere.asked(), ["/city/style.json"]);
}

#[tokio::test]
async fn the_citys_borders_lie_over_a_background_and_below_its_names() {
    let (_elsewhere, town) = town().await;
    let style = town.json("/map/style.json").await;
    assert_eq!(
        layers(&style),
        [
            "ground",
            "land",
            "street",
            "city-outside",
            "city-neighbour-borders",
            "city-district-borders",
            "city-boundary-glow",
            "city-boundary",
            "name",
            "house",
        ]
    );
    let areas = &style["sources"]["city-areas"];
    assert_eq!(areas["data"], format!("{ORIGIN}/map/areas.json"));
    assert_eq!(areas["attribution"], "Übungsdaten");
    let own = style["layers"].as_array().unwrap().iter();
    let mut own = own.filter(|layer| layer["id"].as_str().unwrap().starts_with("city-"));
    assert!(own.all(|layer| layer["source"] == "city-areas"));
}

#[tokio::test]
async fn signs_that_are_one_address_and_fonts_from_elsewhere_are_ours_or_gone() {
    for (member, named, expected) in [
        ("sprite", json!("signs/grey"), Some("/city/signs/grey")),
        ("sprite", json!("https://foreign.example/signs"), None),
        ("sprite", json!([{ "id": "default", "url": "https://foreign.example/signs" }]), None),
        ("sprite", json!({ "url": "https://foreign.example/signs" }), None),
        ("glyphs", json!("https://foreign.example/{fontstack}/{range}.pbf"), None),
        ("glyphs", json!(["https://foreign.example/{fontstack}/{range}.pbf"]), None),
    ] {
        let elsewhere = Elsewhere::start().await;
        let style = json!({ "version": 8, "sources": {}, "layers": [], member: named });
        elsewhere.answers("/city/style.json", Scripted::json(&style));
        let style = Town::over(&elsewhere).await.json("/map/style.json").await;
        let ours = expected.map(|path| format!("{ORIGIN}{}", elsewhere.through(path)));
        assert_eq!(style.get(member).and_then(Value::as_str).map(str::to_owned), ours, "{named}");
    }
}

#[tokio::test]
async fn every_address_of_a_style_leads_to_what_lies_there() {
    let (elsewhere, town) = town().await;
    let described = json!({ "tilejson": "3.0.0", "tiles": [
        "more/{z}/{x}/{y}.pbf", "https://foreign.example/{z}/{x}/{y}.pbf"] });
    elsewhere.answers("/city/tiles.json", Scripted::json(&described));
    let style = town.json("/map/style.json").await;
    let path = |address: &Value| {
        let address = address.as_str().unwrap().strip_prefix(ORIGIN).unwrap();
        let address = address.replace("{z}", "14").replace("{x}", "8672").replace("{y}", "5488");
        address.replace("{fontstack}", "Noto%20Sans,Arial").replace("{range}", "0-255")
    };
    let tile_set = town.json(&path(&style["sources"]["described"]["url"])).await;
    let more = format!("{ORIGIN}{}", elsewhere.through("/city/more/{z}/{x}/{y}.pbf"));
    assert_eq!(tile_set["tiles"], json!([more]));

    for (address, there, content) in [
        (path(&style["glyphs"]), "/city/fonts/Noto%20Sans,Arial/0-255.pbf", "letters"),
        (path(&style["sources"]["streets"]["tiles"][0]), "/city/tiles/14/8672/5488.pbf", "a tile"),
        (path(&tile_set["tiles"][0]), "/city/more/14/8672/5488.pbf", "another tile"),
        (path(&style["sprite"][0]["url"]) + "@2x.png", "/city/signs/grey@2x.png", "signs"),
        (path(&style["sprite"][0]["url"]) + ".json", "/city/signs/grey.json", "{}"),
        (path(&style["sources"]["houses"]["data"]), "/city/houses.json", "{\"features\":[]}"),
    ] {
        let kind = if there.ends_with("png") { "image/png" } else { "application/json" };
        let kind = if there.ends_with("pbf") { "application/x-protobuf" } else { kind };
        elsewhere.answers(there, Scripted::content(kind, content));
        let answer = town.get(&address).await.assert_status(200);
        assert_eq!((answer.text().as_str(), answer.header("content-type")), (content, Some(kind)), "{there}");
        assert_eq!(elsewhere.asked().last().map(String::as_str), Some(there));
    }
}

#[tokio::test]
async fn dark_surroundings_may_have_a_style_of_their_own() {
    let elsewhere = Elsewhere::start().await;
    for name in ["light", "dark"] {
        let style = json!({ "version": 8, "name": name, "sources": {}, "layers": [] });
        elsewhere.answers(&format!("/city/{name}.json"), Scripted::json(&style));
    }
    let here = elsewhere.origin();
    let lines = format!("style_url = \"{here}/city/light.json\"\nstyle_url_dark = \"{here}/city/dark.json\"");
    let town = Town::with(&lines).await;
    assert_eq!(town.json("/map/style.json").await["name"], "light");
    assert_eq!(town.json("/map/style.json?theme=dark").await["name"], "dark");
}

#[tokio::test]
async fn what_is_no_style_is_a_problem_that_asks_to_come_back() {
    for odd in [
        Scripted::json(&json!({ "version": 8, "layers": [] })),
        Scripted::json(&json!({ "version": 8, "sources": [], "layers": [] })),
        Scripted::json(&json!({ "version": 8, "sources": {}, "layers": "none" })),
        Scripted::json(&json!("https://foreign.example/style.json")),
        Scripted::content("application/json", "{ broken"),
        Scripted::content("text/html", "<p>Wartung</p>"),
        Scripted::status(404),
        Scripted::status(500),
    ] {
        let elsewhere = Elsewhere::start().await;
        elsewhere.answers("/city/style.json", odd);
        let answer = Town::over(&elsewhere).await.get("/map/style.json").await;
        let answer = answer.assert_problem(503, "service-away");
        assert_eq!(answer.header("retry-after"), Some("2"));
        assert!(!answer.text().contains("127.0.0.1"), "where it came from is for the log");
    }
}

#[tokio::test]
async fn a_style_is_fetched_once_a_day_and_an_old_one_is_better_than_none() {
    let (elsewhere, town) = town().await;
    let first = town.get("/map/style.json").await.assert_status(200);
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let again = town.city.anyone().with("host", "musterhausen.localhost:8080");
    again
        .with("if-none-match", first.header("etag").unwrap())
        .get("/map/style.json")
        .await
        .assert_status(304);
    town.city.clock.advance(Duration::from_secs(86_399));
    town.get("/map/style.json").await.assert_status(200);
    assert_eq!(elsewhere.asked().len(), 1);

    elsewhere.answers("/city/style.json", Scripted::status(500));
    town.city.clock.advance(Duration::from_secs(2));
    let old = town.get("/map/style.json").await.assert_status(200);
    assert_eq!((old.body, elsewhere.asked().len()), (first.body, 2));
}
