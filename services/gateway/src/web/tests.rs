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
    for (short, page) in [("/console", "/console/"), ("/planner", "/planner/")] {
        let answer = house.city.anyone().get(short).await.assert_status(308);
        assert_eq!(answer.header("location"), Some(page));
        let built = super::Built::get(&format!("{}index.html", &page[1..]));
        let found = house.city.anyone().get(page).await;
        assert_eq!(found.status, if built.is_some() { 200 } else { 503 }, "{page}");
    }
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

#[tokio::test]
async fn a_page_and_its_worker_may_fetch_from_their_own_site_and_from_nowhere_else() {
    let house = house().await;
    for path in ["/worker.js", "/", "/assets/map-worker.js"] {
        let answer = house.city.anyone().get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("connect-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("http"), "{path}: {policy}");
    }
}
