use std::time::Duration;

use http::Method;
use kit::job::Worker;
use kit::testing::Guest;
use serde_json::Value;

use crate::tests::{House, house};

async fn session(guest: &Guest) -> Value {
    let answer = guest.get("/session").await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.json()
}

async fn csrf(guest: &Guest) -> String {
    session(guest).await["csrf"].as_str().expect("a signed-in browser").to_owned()
}

/// Rows of sessions that the gateway keeps.
async fn kept(house: &House) -> i64 {
    let count = sqlx::query_as("SELECT count(*) FROM gateway.session");
    let (count,): (i64,) = count.fetch_one(&mut house.city.superuser().await).await.unwrap();
    count
}

#[tokio::test]
async fn the_cookie_is_for_this_host_over_https_and_for_no_script() {
    let house = house().await;
    let ends_at = house.city.clock.now() + chrono::TimeDelta::hours(10);
    let set = super::open(house.city.app(crate::SERVICE), "secret", ends_at).await.unwrap();
    let (pair, attributes) = set.split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-session=") && pair.len() == "__Host-session=".len() + 43, "{set}");
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Lax");
}

#[tokio::test]
async fn neither_cookie_nor_code_nor_secret_stands_in_the_database() {
    let house = house().await;
    let browser = house.browser("secret-at-accounts").await;
    let code = csrf(&browser).await;
    let cookie = house.cookie("another-secret-at-accounts").await;
    let rows = sqlx::query_as("SELECT string_agg(session::text, ' ') FROM gateway.session");
    let (rows,): (String,) = rows.fetch_one(&mut house.city.superuser().await).await.unwrap();
    for secret in ["secret-at-accounts", &code, cookie.split_once('=').unwrap().1] {
        assert!(!rows.contains(secret), "{rows}");
    }
}

#[tokio::test]
async fn a_session_tells_who_is_signed_in() {
    let house = house().await;
    let nobody = session(&house.city.anyone()).await;
    assert_eq!((nobody["signed_in"].as_bool(), nobody["csrf"].is_null()), (Some(false), true));
    assert_eq!(nobody["sign_in"], "/dev/staff");

    let browser = house.browser("s1").await;
    let somebody = session(&browser).await;
    assert_eq!(
        (somebody["signed_in"].as_bool(), somebody["staff"]["name"].as_str()),
        (Some(true), Some("Kim Muster"))
    );
    assert_ne!(somebody["csrf"], session(&house.browser("s2").await).await["csrf"]);
    assert!(!somebody.to_string().contains("token-of"), "the token stays with the gateway");
}

#[tokio::test]
async fn a_session_lends_its_token_to_staff_routes_only() {
    let house = house().await;
    let browser = house.browser("s1").await;
    for (path, seen, lent) in [
        ("/v1/queue", &house.reports, true),
        ("/v1/photos/0190", &house.reports, true),
        ("/v1/me", &house.accounts, true),
        ("/v1/reporter/MUS-7K3M-Q2", &house.reports, false),
        ("/v1/token", &house.accounts, false),
    ] {
        browser.get(path).await.assert_status(200);
        let expected = lent.then_some("Bearer token-of-s1");
        assert_eq!(seen.last().header("authorization"), expected, "{path}");
        assert_eq!(seen.last().header("cookie"), None);
    }
}

#[tokio::test]
async fn a_write_with_the_cookie_needs_the_code_of_its_own_session() {
    let house = house().await;
    let (browser, other) = (house.browser("s1").await, house.browser("s2").await);
    let (code, foreign) = (csrf(&browser).await, csrf(&other).await);
    let path = "/v1/requests/0190/claim";
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let before = house.reports.count();
        browser
            .send(method.clone(), path, "application/json", "{}")
            .await
            .assert_problem(403, "csrf-missing");
        for wrong in ["", "nonsense", &foreign, &code.to_uppercase()] {
            let forged = browser.clone().with("x-csrf-token", wrong);
            let answer = forged.send(method.clone(), path, "application/json", "{}").await;
            answer.assert_problem(403, "csrf-missing");
        }
        assert_eq!(house.reports.count(), before, "nothing reached the service");
        let proven = browser.clone().with("x-csrf-token", &code);
        proven.send(method, path, "application/json", "{}").await.assert_status(200);
        assert_eq!(house.reports.last().header("authorization"), Some("Bearer token-of-s1"));
    }
    browser.get(path).await.assert_status(200);
}

#[tokio::test]
async fn a_write_that_brings_its_own_token_does_not_need_the_cookie() {
    let house = house().await;
    let own = house.browser("s1").await.with("authorization", "Bearer of-a-device");
    own.send(Method::POST, "/v1/requests", "application/json", "{}").await.assert_status(200);
    assert_eq!(house.reports.last().header("authorization"), Some("Bearer of-a-device"));
    // Residents' routes stay open in a browser in which staff are signed in, too.
    let browser = house.browser("s1").await;
    browser.send(Method::POST, "/v1/devices", "application/json", "{}").await.assert_status(200);
}

#[tokio::test]
async fn a_cookie_that_is_not_ours_lends_nothing() {
    let house = house().await;
    let real = house.cookie("s1").await;
    let shape = format!("__Host-session={}", "A".repeat(43));
    let twice = format!("{real}; {shape}");
    for cookie in
        ["", "__Host-session=", "__Host-session=x", &shape, &twice, "session=1", "__Host-sessionx=1"]
    {
        let guest = house.city.anyone().with("cookie", cookie);
        guest.send(Method::PUT, "/v1/requests/0190/claim", "application/json", "{}").await.assert_status(200);
        assert_eq!(house.reports.last().header("authorization"), None, "{cookie}");
        assert_eq!(session(&guest).await["signed_in"], false, "{cookie}");
    }
    let among_others = house.city.anyone().with("cookie", &format!("a=1; {real}; b=2"));
    assert_eq!(session(&among_others).await["signed_in"], true);
}

#[tokio::test]
async fn a_token_is_fetched_anew_half_a_minute_before_it_ends() {
    let house = house().await;
    let browser = house.browser("s1").await;
    for _ in 0..3 {
        browser.get("/v1/queue").await.assert_status(200);
    }
    assert_eq!(house.accounts.lines(), ["POST /v1/session/token"]);
    house.city.clock.advance(Duration::from_secs(269));
    browser.get("/v1/queue").await.assert_status(200);
    assert_eq!(house.accounts.count(), 1);
    house.city.clock.advance(Duration::from_secs(1));
    browser.get("/v1/queue").await.assert_status(200);
    assert_eq!(house.accounts.count(), 2);
}

#[tokio::test]
async fn a_session_that_accounts_ended_lends_nothing_any_more() {
    let house = house().await;
    let browser = house.browser("s1").await;
    browser.get("/v1/queue").await.assert_status(200);
    house.end_at_accounts("s1");
    house.city.clock.advance(Duration::from_secs(300));
    browser.get("/v1/queue").await.assert_status(200);
    assert_eq!(house.reports.last().header("authorization"), None);
    assert_eq!((session(&browser).await["signed_in"].as_bool(), kept(&house).await), (Some(false), 0));
}

#[tokio::test]
async fn a_session_past_its_end_is_not_even_asked_for_and_is_swept() {
    let house = house().await;
    let browser = house.browser("s1").await;
    house.city.clock.advance(Duration::from_secs(36_000));
    assert_eq!(session(&browser).await["signed_in"], false);
    assert_eq!(house.accounts.count(), 0);
    let young = house.browser("s2").await;
    Worker::new(house.city.app(crate::SERVICE).clone(), crate::tasks()).run_once().await.unwrap();
    assert_eq!(kept(&house).await, 1);
    assert_eq!(session(&young).await["signed_in"], true);
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let house = house().await;
    let browser = house.browser("s1").await;
    let code = csrf(&browser).await;
    browser.delete("/session").await.assert_problem(403, "csrf-missing");
    assert_eq!(session(&browser).await["signed_in"], true);

    let answer = browser.clone().with("x-csrf-token", &code).delete("/session").await.assert_status(204);
    let cleared = answer.header("set-cookie").unwrap();
    assert!(cleared.starts_with("__Host-session=;") && cleared.contains("Max-Age=0"), "{cleared}");
    let ended = house.accounts.last();
    assert_eq!((ended.method, ended.uri.as_str()), (Method::DELETE, "/v1/session"));
    assert_eq!(ended.body, br#"{"session_secret":"s1"}"#);
    browser.get("/v1/queue").await.assert_status(200);
    assert_eq!((house.reports.last().header("authorization"), kept(&house).await), (None, 0));
    browser.with("x-csrf-token", &code).delete("/session").await.assert_status(204);
}

#[tokio::test]
async fn sessions_open_only_while_a_cookie_is_exchanged() {
    let house = house().await;
    house.cookie("s1").await;
    let mut role = house.city.connect(crate::SERVICE).await;
    for (kind, rows) in [("", 0), ("anyone", 0), ("staff", 0), ("service", 0), ("exchange", 1)] {
        sqlx::query("SELECT set_config('app.kind', $1, false)").bind(kind).execute(&mut role).await.unwrap();
        let count = sqlx::query_as("SELECT count(*) FROM gateway.session");
        let (seen,): (i64,) = count.fetch_one(&mut role).await.unwrap();
        assert_eq!(seen, rows, "as {kind:?}");
    }
}
