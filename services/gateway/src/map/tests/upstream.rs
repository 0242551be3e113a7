use std::time::Duration;

use http::Method;
use serde_json::json;

use super::{Elsewhere, Scripted, Town};

/// A city over a server that has one tile.
async fn town() -> (Elsewhere, Town) {
    let elsewhere = Elsewhere::start().await;
    elsewhere.answers("/city/tile", Scripted::tile("a tile"));
    let town = Town::over(&elsewhere).await;
    (elsewhere, town)
}

#[tokio::test]
async fn the_other_host_learns_nothing_of_the_reader_and_says_nothing_to_him() {
    let (elsewhere, town) = town().await;
    let answer = Scripted::tile("a tile")
        .header("set-cookie", "track=1; Path=/")
        .header("access-control-allow-origin", "*")
        .header("location", "https://foreign.example/")
        .header("link", "<https://foreign.example/>; rel=preload")
        .header("refresh", "0; url=https://foreign.example/")
        .header("x-served-by", "foreign")
        .header("cache-control", "no-store")
        .header("content-security-policy", "default-src *")
        .header("etag", "\"foreign\"");
    elsewhere.answers("/city/tile", answer);
    let mut reader = town.city.resident();
    for (name, value) in [
        ("cookie", "__Host-session=secret"),
        ("forwarded", "for=203.0.113.7"),
        ("x-forwarded-for", "203.0.113.7"),
        ("x-real-ip", "203.0.113.7"),
        ("referer", "http://musterhausen.localhost:8080/?private"),
        ("origin", "http://musterhausen.localhost:8080"),
        ("accept-language", "tr"),
        ("user-agent", "Reader/1.0"),
        ("if-none-match", "\"reader\""),
        ("range", "bytes=0-1"),
        ("x-request-id", "reader"),
        ("host", "musterhausen.localhost:8080"),
    ] {
        reader = reader.with(name, value);
    }
    let answer = reader.get(elsewhere.through("/city/tile")).await.assert_status(200);
    assert_eq!(answer.text(), "a tile");

    let head = elsewhere.heads().pop().unwrap().to_ascii_lowercase();
    let mut lines: Vec<&str> = head.trim_end().lines().collect();
    lines.sort_unstable();
    let host = format!("host: 127.0.0.1:{}", elsewhere.port);
    let agent = concat!("user-agent: gladbeck/", env!("CARGO_PKG_VERSION"));
    assert_eq!(lines, ["accept-encoding: gzip", "get /city/tile http/1.1", host.as_str(), agent]);

    for name in ["set-cookie", "access-control-allow-origin", "location", "link", "refresh", "x-served-by"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    assert_eq!(answer.header("content-type"), Some("application/x-protobuf"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=86400"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_ne!(answer.header("etag"), Some("\"foreign\""));
}

#[tokio::test]
async fn only_what_lies_below_the_citys_addresses_is_fetched() {
    let (elsewhere, town) = town().await;
    let other = Elsewhere::start().await;
    let (port, others) = (elsewhere.port, other.port);
    for path in [
        format!("127.0.0.1:{port}"),
        format!("127.0.0.1:{port}/"),
        format!("127.0.0.1:{port}/city/"),
        format!("127.0.0.1:{port}/other/tile"),
        format!("127.0.0.1:{port}/citytile"),
        format!("127.0.0.1:{port}//city/tile"),
        format!("127.0.0.1:{port}/city/../other/tile"),
        format!("127.0.0.1:{port}/city/./tile"),
        format!("127.0.0.1:{port}/city//tile"),
        format!("127.0.0.1:{port}/city/%2e%2e/other/tile"),
        format!("127.0.0.1:{port}/city/%2E%2E%2Fother/tile"),
        format!("127.0.0.1:{port}/city/..%5cother"),
        format!("127.0.0.1:{port}/city/%252e%252e/other"),
        format!("127.0.0.1:{port}/city/tile%00"),
        format!("127.0.0.1:{port}/city/tile%0d%0aHost:%20evil"),
        format!("127.0.0.1:{port}/city/tile%3Fkey=1"),
        format!("127.0.0.1:{port}/city/tile%23x"),
        format!("127.0.0.1:{port}/city/tile?key=1"),
        format!("127.0.0.1:{port}/city/tile?"),
        format!("127.0.0.1:{others}/city/tile"),
        format!("127.0.0.1:0{port}/city/tile"),
        "127.0.0.1/city/tile".to_owned(),
        format!("localhost:{port}/city/tile"),
        format!("127.1:{port}/city/tile"),
        format!("2130706433:{port}/city/tile"),
        format!("0x7f000001:{port}/city/tile"),
        format!("0177.0.0.1:{port}/city/tile"),
        format!("0.0.0.0:{port}/city/tile"),
        format!("127.0.0.2:{port}/city/tile"),
        format!("[::1]:{port}/city/tile"),
        format!("[::ffff:127.0.0.1]:{port}/city/tile"),
        format!("127.0.0.1.nip.io:{port}/city/tile"),
        format!("me@127.0.0.1:{port}/city/tile"),
        format!("127.0.0.1:{port}@127.0.0.1:{others}/city/tile"),
        format!("127.0.0.1:{port}%2F@127.0.0.1:{others}/city/tile"),
        format!("http://127.0.0.1:{port}/city/tile"),
        format!("http:%2F%2F127.0.0.1:{port}/city/tile"),
        "169.254.169.254/latest/meta-data".to_owned(),
        "metadata.google.internal/computeMetadata/v1/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let answer = town.get(&format!("/map/proxy/{path}")).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        answer.assert_problem(404, "not-found");
    }
    assert_eq!((elsewhere.connections(), other.connections()), (0, 0));
    town.get(&elsewhere.through("/city/tile")).await.assert_status(200);
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let (elsewhere, town) = town().await;
    let other = Elsewhere::start().await;
    for (status, target) in [
        (301, format!("{}/city/tile", other.origin())),
        (302, format!("{}/city/tile", elsewhere.origin())),
        (303, "http://169.254.169.254/latest/meta-data".to_owned()),
        (307, "tile".to_owned()),
        (308, "//127.0.0.1/city/tile".to_owned()),
        (300, "tile".to_owned()),
    ] {
        let path = format!("/city/moved/{status}");
        elsewhere.answers(&path, Scripted::status(status).header("location", &target));
        let answer = town.get(&elsewhere.through(&path)).await.assert_problem(503, "service-away");
        assert_eq!(answer.header("location"), None);
        assert_eq!(elsewhere.asked().last(), Some(&path), "{target}");
    }
    assert_eq!((elsewhere.connections(), other.connections()), (6, 0));
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed() {
    let inside = Elsewhere::start().await;
    // Such a name may stand in city.toml; what it leads to is known only when it is looked up.
    for host in ["localhost", "LOCALHOST", "localhost."] {
        let town =
            Town::with(&format!("style_url = \"https://{host}:{}/city/style.json\"", inside.port)).await;
        town.get("/map/style.json").await.assert_problem(503, "service-away");
        let path = format!("/map/proxy/{}:{}/city/tile", host.to_ascii_lowercase(), inside.port);
        town.get(&path).await.assert_problem(503, "service-away");
    }
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn only_what_maps_are_made_of_is_passed_on() {
    let (elsewhere, town) = town().await;
    for (number, (kind, expected)) in [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/GEO+JSON", 200),
        ("application/vnd.mapbox-vector-tile", 200),
        ("application/x-protobuf", 200),
        ("application/protobuf", 200),
        ("application/octet-stream", 200),
        ("image/png", 200),
        ("image/webp", 200),
        ("image/jpeg", 200),
        ("text/html", 503),
        ("text/html; application/json", 503),
        ("application/xhtml+xml", 503),
        ("image/svg+xml", 503),
        ("text/javascript", 503),
        ("application/pdf", 503),
        ("multipart/mixed", 503),
        ("", 503),
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/city/kind/{number}");
        elsewhere.answers(&path, Scripted::content(kind, "<script>alert(1)</script>"));
        let answer = town.get(&elsewhere.through(&path)).await;
        assert_eq!(answer.status, expected, "{kind}");
        if expected == 200 {
            let plain = kind.split(';').next().unwrap().to_ascii_lowercase();
            assert_eq!(answer.header("content-type"), Some(plain.as_str()));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        } else {
            assert!(!answer.assert_problem(503, "service-away").text().contains("script"));
        }
    }
    elsewhere.answers("/city/untyped", Scripted::status(200).body("x"));
    town.get(&elsewhere.through("/city/untyped")).await.assert_problem(503, "service-away");
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day_and_the_other_host_is_not_asked_again() {
    let (elsewhere, town) = town().await;
    let path = elsewhere.through("/city/tile");
    let first = town.get(&path).await.assert_status(200);
    let tag = first.header("etag").unwrap().to_owned();
    elsewhere.answers("/city/tile", Scripted::tile("a new tile"));
    for _ in 0..3 {
        assert_eq!(town.get(&path).await.text(), "a tile");
    }
    let again = town.city.anyone().with("if-none-match", &tag).get(&path).await.assert_status(304);
    assert!(again.body.is_empty());
    let head = town.city.anyone().send(Method::HEAD, &path, "text/plain", "").await.assert_status(200);
    assert!(head.body.is_empty());
    assert_eq!(elsewhere.asked().len(), 1);

    town.city.clock.advance(Duration::from_secs(86_400));
    let renewed = town.city.anyone().with("if-none-match", &tag).get(&path).await.assert_status(200);
    assert_eq!((renewed.text().as_str(), elsewhere.asked().len()), ("a new tile", 2));
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_asked_for_again_soon() {
    let (elsewhere, town) = town().await;
    for status in [404, 204] {
        let path = format!("/city/empty/{status}");
        elsewhere.answers(&path, Scripted::status(status));
        let before = elsewhere.asked().len();
        for _ in 0..3 {
            let answer = town.get(&elsewhere.through(&path)).await.assert_problem(404, "not-found");
            assert_eq!(answer.header("cache-control"), None);
        }
        assert_eq!(elsewhere.asked().len(), before + 1);
        elsewhere.answers(&path, Scripted::tile("here now"));
        town.city.clock.advance(Duration::from_secs(10 * 60));
        assert_eq!(town.get(&elsewhere.through(&path)).await.assert_status(200).text(), "here now");
    }
}

#[tokio::test]
async fn a_failure_is_a_problem_that_is_not_kept() {
    let (elsewhere, town) = town().await;
    for status in [400, 401, 403, 429, 500, 502, 503] {
        let path = format!("/city/broken/{status}");
        let broken = Scripted::status(status).header("content-type", "application/json").body("{\"key\":1}");
        elsewhere.answers(&path, broken);
        let answer = town.get(&elsewhere.through(&path)).await.assert_problem(503, "service-away");
        assert_eq!(answer.header("retry-after"), Some("2"));
        assert!(answer.header("cache-control").is_none_or(|caching| caching.contains("no-store")));
        assert!(!answer.text().contains("key") && !answer.text().contains("127.0.0.1"));
        elsewhere.answers(&path, Scripted::tile("well again"));
        assert_eq!(town.get(&elsewhere.through(&path)).await.assert_status(200).text(), "well again");
    }
}

#[tokio::test]
async fn an_old_answer_is_given_while_the_other_host_is_away() {
    let (elsewhere, town) = town().await;
    let path = elsewhere.through("/city/tile");
    town.get(&path).await.assert_status(200);
    elsewhere.answers("/city/tile", Scripted::status(500));
    town.city.clock.advance(Duration::from_secs(86_400));
    for _ in 0..3 {
        assert_eq!(town.get(&path).await.assert_status(200).text(), "a tile");
    }
    assert_eq!(elsewhere.asked().len(), 2, "one minute passes before it is asked again");
    elsewhere.answers("/city/tile", Scripted::tile("a new tile"));
    town.city.clock.advance(Duration::from_secs(60));
    assert_eq!(town.get(&path).await.text(), "a new tile");
}

#[tokio::test]
async fn nobody_there_is_a_problem_too() {
    let elsewhere = Elsewhere::start().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let lines = format!(
        "style_url = \"{}/city/style.json\"\nallowed = [\"{}/city/\", \"http://127.0.0.1:{free}/city/\"]",
        elsewhere.origin(),
        elsewhere.origin()
    );
    let town = Town::with(&lines).await;
    let answer = town.get(&format!("/map/proxy/127.0.0.1:{free}/city/tile")).await;
    assert!(!answer.assert_problem(503, "service-away").text().contains("refused"));
    // Another address of the same list still works, and the map as well.
    elsewhere.answers("/city/style.json", Scripted::json(&json!({ "sources": {}, "layers": [] })));
    town.get("/map/style.json").await.assert_status(200);
}

#[tokio::test]
async fn what_came_over_a_link_of_gzip_is_passed_on_as_it_was_meant() {
    let (elsewhere, town) = town().await;
    let packed = super::limits::packed(b"a packed tile");
    elsewhere.answers("/city/packed", Scripted::tile(packed).header("content-encoding", "gzip"));
    let answer = town.get(&elsewhere.through("/city/packed")).await.assert_status(200);
    assert_eq!((answer.text().as_str(), answer.header("content-encoding")), ("a packed tile", None));
    for (name, body) in [("br", b"x".to_vec()), ("gzip", b"no gzip".to_vec()), ("gzip, gzip", b"x".to_vec())]
    {
        let path = format!("/city/packed/{}", name.len());
        elsewhere.answers(&path, Scripted::tile(body).header("content-encoding", name));
        town.get(&elsewhere.through(&path)).await.assert_problem(503, "service-away");
    }
}
