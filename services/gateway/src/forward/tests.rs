use http::Method;

use super::has_dot_segment;
use crate::tests::house;

#[tokio::test]
async fn a_request_is_handed_on_as_it_came() {
    let house = house().await;
    let guest = house
        .city
        .anyone()
        .with("idempotency-key", "0123456789abcdef")
        .with("accept-language", "en")
        .with("if-match", "\"7\"")
        .with("reporter-secret", "secret")
        .with("authorization", "Bearer own");
    for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let path = "/v1/requests/0190/claim?bbox=1,2,3,4&q=a%2Fb+c";
        let answer = guest.send(method.clone(), path, "application/x-odd", "b\0dy").await.assert_status(200);
        assert_eq!((answer.text().as_str(), answer.header("x-answered-by")), ("answered", Some("service")));

        let arrived = house.reports.last();
        assert_eq!((arrived.method.clone(), arrived.uri.as_str()), (method, path));
        assert_eq!(arrived.body, b"b\0dy");
        for (name, value) in [
            ("content-type", "application/x-odd"),
            ("idempotency-key", "0123456789abcdef"),
            ("accept-language", "en"),
            ("if-match", "\"7\""),
            ("reporter-secret", "secret"),
            ("authorization", "Bearer own"),
        ] {
            assert_eq!(arrived.header(name), Some(value), "{name}");
        }
        assert_eq!(
            arrived.header("x-request-id"),
            answer.header("x-request-id"),
            "one id for both log lines"
        );
    }
}

#[tokio::test]
async fn nobody_speaks_for_a_proxy_or_for_somebody_else() {
    let house = house().await;
    let claimed = [
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "forwarded",
        "x-real-ip",
        "x-user",
        "x-user-id",
        "x-remote-user",
        "remote-user",
        "x-auth-request-email",
        "proxy-authorization",
        "cookie",
        "te",
        "keep-alive",
        "x-named",
    ];
    let mut guest = house.city.anyone().with("connection", "keep-alive, X-Named");
    for name in claimed {
        guest = guest.with(name, "admin");
    }
    let sent = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
    let answer = guest.with("x-request-id", sent).get("/v1/requests").await.assert_status(200);
    let arrived = house.reports.last();
    for name in claimed.into_iter().chain(["connection"]) {
        assert_eq!(arrived.header(name), None, "{name}");
    }
    assert_ne!(arrived.header("x-request-id"), Some(sent), "a stranger does not choose ids of log lines");
    for name in ["connection", "x-gone"] {
        assert_eq!(answer.header(name), None, "{name} of the answer");
    }
}

#[tokio::test]
async fn each_prefix_goes_to_its_service_and_nothing_else_goes_anywhere() {
    let house = house().await;
    let anyone = house.city.anyone();
    let counts = || [house.accounts.count(), house.reports.count(), house.notify.count()];
    for (path, service) in [
        ("/v1/requests", 1),
        ("/v1/requests/by-reference/MUS-7K3M-Q2", 1),
        ("/v1/services", 1),
        ("/v1/photos/0190", 1),
        ("/v1/queue", 1),
        ("/v1/reporter/MUS-7K3M-Q2/photos/0190", 1),
        ("/v1/devices", 0),
        ("/v1/token", 0),
        ("/v1/me", 0),
        ("/.well-known/jwks.json", 0),
        ("/v1/unsubscribe", 2),
    ] {
        let mut expected = counts();
        expected[service] += 1;
        anyone.get(path).await;
        assert_eq!(counts(), expected, "{path}");
    }
    let before = counts();
    for path in [
        "/internal/requests/0190/contact",
        "/v1/internal/requests",
        "/v1/session",
        "/v1/session/token",
        "/v1/requestsx",
        "/v1/requests/../session/token",
        "/v1/requests/%2e%2e/session/token",
        "/v1/requests/.%2E/..%2f",
        "//v1/requests",
        "/V1/requests",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let answer = house.city.service("gateway").send(method, path, "application/json", "{}").await;
            answer.assert_problem(404, "not-found");
        }
    }
    assert_eq!(counts(), before);
}

#[test]
fn dot_segments_are_seen_through_their_escapes() {
    for hidden in ["/a/../b", "/a/%2e%2E/b", "/a/.", "/a/%2e/b", "/.%2e"] {
        assert!(has_dot_segment(hidden), "{hidden}");
    }
    for plain in ["/.well-known/jwks.json", "/a/b..c", "/a/...", "/v1/requests"] {
        assert!(!has_dot_segment(plain), "{plain}");
    }
}
