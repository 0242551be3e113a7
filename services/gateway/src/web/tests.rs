use super::policy;
use crate::tests::house;

#[tokio::test]
async fn the_start_page_is_the_client_or_says_how_to_build_it() {
    let house = house().await;
    let answer = house.city.anyone().get("/").await;
    match super::Built::get("index.html") {
        Some(file) => {
            assert_eq!((answer.status, answer.body.as_ref()), (200, file.data.as_ref()));
            assert_eq!(answer.header("cache-control"), Some("no-cache"));
            let tag = answer.header("etag").unwrap();
            let again = house.city.anyone().with("if-none-match", tag).get("/").await.assert_status(304);
            assert!(again.body.is_empty());
        }
        None => {
            assert_eq!(answer.status, 503);
            assert!(answer.text().contains("make run"), "{}", answer.text());
        }
    }
    let console = house.city.anyone().get("/console").await.assert_status(308);
    assert_eq!(console.header("location"), Some("/console/"));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_found() {
    let house = house().await;
    for path in [
        "/assets/nothing.js",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/.gitignore",
        "/worker.map",
    ] {
        house.city.anyone().get(path).await.assert_problem(404, "not-found");
    }
}

#[test]
fn the_map_may_come_from_the_host_of_its_style_and_from_nowhere_else() {
    let own = policy(Some("/assets/style.json"));
    assert!(own.to_str().unwrap().contains("connect-src 'self';"), "{own:?}");
    let other = policy(Some("https://karten.example/styles/grau.json?x=1"));
    let other = other.to_str().unwrap();
    assert!(other.contains("connect-src 'self' https://karten.example;"), "{other}");
    assert!(other.contains("img-src 'self' blob: data: https://karten.example;"), "{other}");
    assert!(other.contains("script-src 'self';") && other.contains("style-src 'self';"), "{other}");
}

#[tokio::test]
async fn a_service_worker_may_fetch_from_its_own_site() {
    let house = house().await;
    for path in ["/worker.js", "/", "/assets/map-worker.js"] {
        let answer = house.city.anyone().get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("connect-src 'self'"), "{path}: {policy}");
    }
}
