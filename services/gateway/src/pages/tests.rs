use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, put};
use http::{HeaderMap, Method, StatusCode};
use kit::testing::Answer;
use serde_json::{Value, json};

use crate::tests::{House, house_with, problem};

const SECRET: &str = "S3cret-S3cret-S3cret-S3cret";
const PAGE: &str = "/m/MUS-7K3M-Q2/S3cret-S3cret-S3cret-S3cret";
const PHOTO: &str = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
const AFTER: &str = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2d";

/// A request as reports tells it; the words try to be markup.
fn request() -> Value {
    json!({
        "service_request_id": "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c", "reference": "MUS-7K3M-Q2",
        "service_code": "litter", "service_name": "Müll <script>alert(1)</script>",
        "status": "in_review", "status_name": "Wird geprüft", "status_notes": "Wir kommen <b>bald</b>.",
        "agency_responsible": null, "requested_datetime": "2026-03-02T06:40:00Z",
        "updated_datetime": "2026-03-02T23:30:00Z", "longitude": 10.551, "latitude": 50.951,
        "description": "Ein \"Sack\" <img src=x onerror=alert(1)>", "photos": [PHOTO],
    })
}

/// The same, done and shown.
fn done(mut request: Value) -> Value {
    request["status"] = json!("done");
    request["photos_after"] = json!([AFTER]);
    request
}

fn own_request() -> Value {
    let mut own = request();
    for (name, value) in [
        ("address_string", json!("Am Bushalt")),
        ("contact", json!(true)),
        ("all_photos", json!([{ "photo_id": PHOTO, "released": false }])),
        (
            "timeline",
            json!([
                { "at": "2026-03-02T06:40:00Z", "kind": "request.received", "status": "received",
                  "status_name": "Eingegangen", "status_note": null },
                { "at": "2026-03-02T23:30:00Z", "kind": "request.answered", "status": null,
                  "status_name": null, "status_note": "Wir kommen <b>bald</b>." },
            ]),
        ),
        ("may_withdraw", json!(true)),
        ("confidential", json!(false)),
    ] {
        own[name] = value;
    }
    own
}

/// Reports with one request, whose secret is checked on every route.
fn reports() -> Router {
    reports_with(request(), own_request())
}

fn reports_with(request: Value, own: Value) -> Router {
    let own = Arc::new(Mutex::new(own));
    let photo = get(async |headers: HeaderMap| {
        reporter(&headers, || ([("content-type", "image/jpeg")], "JPEG").into_response())
    });
    let attach =
        photo.put(async |headers: HeaderMap| reporter(&headers, || StatusCode::NO_CONTENT.into_response()));
    Router::new()
        .route("/v1/requests/by-reference/MUS-7K3M-Q2", get(async move || axum::Json(request)))
        .route("/v1/requests/by-reference/{reference}", get(async || problem(404, "not-found")))
        .route("/v1/reporter/MUS-7K3M-Q2", get(read))
        .route("/v1/reporter/{reference}", get(async || problem(404, "not-found")))
        .route("/v1/reporter/MUS-7K3M-Q2/photos/{photo_id}", attach)
        .route("/v1/reporter/MUS-7K3M-Q2/withdrawal", put(withdraw))
        .route("/v1/reporter/MUS-7K3M-Q2/feedback", put(feedback))
        .route("/v1/reporter/MUS-7K3M-Q2/contact", delete(forget))
        .route("/v1/photos/{photo_id}", put(upload))
        .with_state(own)
}

type Own = State<Arc<Mutex<Value>>>;

fn reporter(headers: &HeaderMap, answer: impl FnOnce() -> Response) -> Response {
    let right = headers.get("reporter-secret").is_some_and(|secret| secret == SECRET);
    if right { answer() } else { problem(404, "not-found") }
}

async fn read(State(own): Own, headers: HeaderMap) -> Response {
    reporter(&headers, || axum::Json(own.lock().unwrap().clone()).into_response())
}

async fn withdraw(State(own): Own, headers: HeaderMap) -> Response {
    reporter(&headers, || {
        let mut own = own.lock().unwrap();
        if own["may_withdraw"] == false {
            return problem(409, "status-not-reachable");
        }
        own["may_withdraw"] = json!(false);
        own["status"] = json!("withdrawn");
        StatusCode::NO_CONTENT.into_response()
    })
}

async fn feedback(State(own): Own, headers: HeaderMap, axum::Json(said): axum::Json<Value>) -> Response {
    reporter(&headers, || {
        let mut own = own.lock().unwrap();
        if own["status"] != "done" {
            return problem(409, "not-done");
        }
        own["feedback"] = json!({ "solved": said["solved"], "at": "2026-03-03T06:00:00Z" });
        axum::Json(own.clone()).into_response()
    })
}

async fn forget(State(own): Own, headers: HeaderMap) -> Response {
    reporter(&headers, || {
        own.lock().unwrap()["contact"] = json!(false);
        StatusCode::NO_CONTENT.into_response()
    })
}

async fn upload(Path(photo_id): Path<String>, bytes: Bytes) -> Response {
    if bytes.starts_with(b"\xff\xd8") {
        let answer = json!({ "photo_id": photo_id, "width": 1, "height": 1, "place": null });
        return (StatusCode::CREATED, axum::Json(answer)).into_response();
    }
    problem(415, "photo-type-unknown")
}

async fn pages() -> House {
    house_with(reports()).await
}

fn assert_secret(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"));
}

/// What holds for every page.
fn assert_page(answer: &Answer, language: &str) {
    let text = answer.text();
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("content-language"), Some(language));
    assert!(text.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\" dir=\"ltr\">")), "{text}");
    for part in ["class=\"skip\"", "id=\"content\"", "Übungsdaten", "/legal/imprint", "<h1>"] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    for forbidden in ["<script", "style=\"", "onerror=alert(1)>", "<b>", "javascript:", "page-"] {
        let found = text.replace(crate::PAGE_STYLE, "").contains(forbidden);
        assert!(!found, "{forbidden} in {text}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(!policy.contains("script-src"), "a page has no script: {policy}");
}

fn multipart(photo_id: &str, kind: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"photo_id\"\r\n\r\n{photo_id}\r\n--edge\r\n\
         content-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\ncontent-type: {kind}\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat()
}

async fn send_form(house: &House, path: &str) -> Answer {
    house.city.anyone().send(Method::POST, path, "application/x-www-form-urlencoded", "").await
}

#[tokio::test]
async fn the_public_page_says_where_a_request_stands() {
    let house = pages().await;
    let answer = house.city.anyone().get("/m/MUS-7K3M-Q2").await.assert_status(200);
    assert_page(&answer, "de");
    let text = answer.text();
    for part in [
        "Wird geprüft",
        "MUS-7K3M-Q2",
        "2. März 2026, 07:40 Uhr",
        "3. März 2026, 00:30 Uhr",
        "50,95100",
        &format!("/v1/photos/{PHOTO}?size=small"),
        "&lt;script&gt;",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    assert!(!text.contains("<form"), "nothing can be done here");

    let english =
        house.city.anyone().with("accept-language", "en-GB").get("/m/mus-7k3m-q2").await.assert_status(200);
    assert_page(&english, "en");
    assert!(english.text().contains("2 March 2026, 07:40") && english.text().contains("50.95100"));
}

#[tokio::test]
async fn the_language_of_the_link_wins_and_stays() {
    let house = pages().await;
    let answer = house.city.anyone().get(format!("{PAGE}?lang=en")).await.assert_status(200);
    assert_page(&answer, "en");
    assert!(answer.text().contains("/withdrawal?lang=en"), "{}", answer.text());
    assert_eq!(house.reports.last().header("accept-language"), Some("en"));
    let withdrawn = send_form(&house, &format!("{PAGE}/withdrawal?lang=en")).await.assert_status(303);
    assert_eq!(withdrawn.header("location"), Some(format!("{PAGE}?done=withdrawn&lang=en").as_str()));
}

#[tokio::test]
async fn the_reporters_page_shows_everything_and_tells_nobody() {
    let house = pages().await;
    let answer = house.city.anyone().get(PAGE).await.assert_status(200);
    assert_page(&answer, "de");
    assert_secret(&answer);
    let text = answer.text();
    for part in [
        "Wird geprüft",
        "Jemand im Amt prüft",
        "Eingegangen",
        "Antwort der Stadt",
        "Am Bushalt",
        "Ein \"Sack\"",
        "multipart/form-data",
        "/withdrawal",
        "/contact-deletion",
        &format!("{PAGE}/photos/{PHOTO}"),
    ] {
        assert!(text.replace("&quot;", "\"").contains(part), "{part} is missing: {text}");
    }
}

#[tokio::test]
async fn a_wrong_secret_and_a_wrong_reference_are_the_same_page() {
    let house = pages().await;
    let mut bodies = Vec::new();
    for path in [
        "/m/MUS-7K3M-Q2/wrong-wrong-wrong-wrong-wrong",
        "/m/MUS-0000-00/S3cret-S3cret-S3cret-S3cret",
        "/m/MUS-7K3M-Q2/short",
        "/m/MUS-7K3M-Q2/S3cret-S3cret-S3cret-S3cr%0At",
        "/m/nonsense/S3cret-S3cret-S3cret-S3cret",
        "/m/MUS-7K3M-Q2/wrong-wrong-wrong-wrong-wrong/photos/0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
    ] {
        let answer = house.city.anyone().get(path).await.assert_status(404);
        assert_page(&answer, "de");
        assert_secret(&answer);
        bodies.push(answer.body);
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    house.city.anyone().get("/m/MUS-0000-00").await.assert_status(404);

    for below in ["withdrawal", "contact-deletion"] {
        let path = format!("/m/MUS-7K3M-Q2/wrong-wrong-wrong-wrong-wrong/{below}");
        send_form(&house, &path).await.assert_status(404);
    }
    let page = house.city.anyone().get(PAGE).await.assert_status(200).text();
    assert!(page.contains("/withdrawal") && page.contains("/contact-deletion"), "nothing was done: {page}");
}

#[tokio::test]
async fn the_reporters_photo_is_shown_to_the_reporter() {
    let house = pages().await;
    let answer = house.city.anyone().get(format!("{PAGE}/photos/{PHOTO}")).await.assert_status(200);
    assert_eq!((answer.header("content-type"), answer.text().as_str()), (Some("image/jpeg"), "JPEG"));
    assert_secret(&answer);
    let arrived = house.reports.last();
    assert_eq!(arrived.uri, format!("/v1/reporter/MUS-7K3M-Q2/photos/{PHOTO}"));
    assert_eq!(arrived.header("reporter-secret"), Some(SECRET));
}

#[tokio::test]
async fn a_request_is_withdrawn_by_a_form_and_the_page_says_so() {
    let house = pages().await;
    let answer = send_form(&house, &format!("{PAGE}/withdrawal")).await.assert_status(303);
    assert_secret(&answer);
    assert_eq!(answer.header("location"), Some(format!("{PAGE}?done=withdrawn").as_str()));
    let page = house.city.anyone().get(answer.header("location").unwrap()).await.assert_status(200);
    let text = page.text();
    assert!(
        text.contains("Sie haben die Meldung zurückgezogen") && text.contains("role=\"status\""),
        "{text}"
    );
    assert!(!text.contains("/withdrawal") && !text.contains("multipart"), "nothing more can be done: {text}");

    let again = send_form(&house, &format!("{PAGE}/withdrawal")).await.assert_status(409);
    assert_page(&again, "de");
    assert!(again.text().contains("role=\"alert\""), "{}", again.text());
}

#[tokio::test]
async fn before_and_after_stand_side_by_side() {
    let house = house_with(reports_with(done(request()), done(own_request()))).await;
    let public = house.city.anyone().get("/m/MUS-7K3M-Q2").await.assert_status(200);
    assert_page(&public, "de");
    let own = house.city.anyone().get(PAGE).await.assert_status(200);
    assert_page(&own, "de");
    for (text, picture) in [
        (public.text(), format!("/v1/photos/{AFTER}?size=small")),
        (own.text(), format!("{PAGE}/photos/{AFTER}")),
    ] {
        for part in ["<h3>Vorher</h3>", "<h3>Nachher</h3>", "Nachher, Foto 1", &picture] {
            assert_eq!(text.matches(part).count(), 1, "{part}: {text}");
        }
    }
    assert_eq!(own.text().matches(&format!("/photos/{PHOTO}")).count(), 1, "not a second time below");
    assert!(!public.text().contains("<form"), "only the reporter is asked");
}

#[tokio::test]
async fn the_reporter_says_with_a_button_whether_it_is_done_and_may_say_otherwise_later() {
    let house = house_with(reports_with(request(), done(own_request()))).await;
    let (yes, no) = ("name=\"solved\" value=\"true\"", "name=\"solved\" value=\"false\"");
    let asked = house.city.anyone().get(PAGE).await.text();
    assert!(
        asked.contains(yes) && asked.contains(no) && asked.contains("Ist es wirklich erledigt?"),
        "{asked}"
    );
    let path = format!("{PAGE}/feedback");
    for (solved, thanks, other, this) in
        [("false", "für Sie noch nicht erledigt", yes, no), ("true", "Schön, dass es erledigt ist", no, yes)]
    {
        let kind = "application/x-www-form-urlencoded";
        let answer = house.city.anyone().send(Method::POST, &path, kind, format!("solved={solved}")).await;
        let answer = answer.assert_status(303);
        assert_secret(&answer);
        let arrived = house.reports.last();
        assert_eq!(arrived.body, format!("{{\"solved\":{solved}}}").into_bytes());
        assert_eq!(arrived.header("reporter-secret"), Some(SECRET));
        let page = house.city.anyone().get(answer.header("location").unwrap()).await.assert_status(200);
        assert_page(&page, "de");
        let text = page.text();
        assert!(text.contains(thanks) && text.contains(other) && !text.contains(this), "{text}");
    }
    for body in ["", "solved=perhaps", "other=true"] {
        let kind = "application/x-www-form-urlencoded";
        let answer = house.city.anyone().send(Method::POST, &path, kind, body).await.assert_status(400);
        assert_page(&answer, "de");
    }
}

#[tokio::test]
async fn nobody_is_asked_before_it_is_done() {
    let house = pages().await;
    assert!(!house.city.anyone().get(PAGE).await.text().contains("/feedback"));
    let kind = "application/x-www-form-urlencoded";
    let answer =
        house.city.anyone().send(Method::POST, format!("{PAGE}/feedback"), kind, "solved=true").await;
    assert!(answer.assert_status(409).text().contains("role=\"alert\""));
}

#[tokio::test]
async fn contact_data_is_deleted_by_a_form() {
    let house = pages().await;
    let answer = send_form(&house, &format!("{PAGE}/contact-deletion")).await.assert_status(303);
    let deleted = house.reports.last();
    assert_eq!((deleted.method, deleted.uri.as_str()), (Method::DELETE, "/v1/reporter/MUS-7K3M-Q2/contact"));
    let page = house.city.anyone().get(answer.header("location").unwrap()).await.text();
    assert!(page.contains("E-Mail-Adresse ist gelöscht") && !page.contains("/contact-deletion"), "{page}");
}

#[tokio::test]
async fn a_photo_is_added_by_a_form() {
    let house = pages().await;
    let page = house.city.anyone().get(PAGE).await.text();
    let photo_id =
        page.split_once("name=\"photo_id\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let body = multipart(&photo_id, "image/jpeg", b"\xff\xd8 bytes \r\n\0");
    let kind = "multipart/form-data; boundary=edge";
    let path = format!("{PAGE}/photos");
    for _ in 0..2 {
        let before = house.reports.count();
        let answer =
            house.city.anyone().send(Method::POST, &path, kind, body.clone()).await.assert_status(303);
        assert_eq!(answer.header("location"), Some(format!("{PAGE}?done=photo").as_str()));
        let expected =
            [format!("PUT /v1/photos/{photo_id}"), format!("PUT /v1/reporter/MUS-7K3M-Q2/photos/{photo_id}")];
        assert_eq!(house.reports.lines()[before..], expected, "sent twice it is the same photo");
    }
}

#[tokio::test]
async fn a_photo_that_does_not_do_is_told_on_the_page() {
    let house = pages().await;
    let kind = "multipart/form-data; boundary=edge";
    let path = format!("{PAGE}/photos");
    for (bytes, status, sentence) in
        [(&b"GIF89a"[..], 415, "Dieses Dateiformat kennen wir nicht"), (&b""[..], 422, "Das Foto ist leer")]
    {
        let body = multipart(PHOTO, "image/gif", bytes);
        let answer = house.city.anyone().send(Method::POST, &path, kind, body).await.assert_status(status);
        assert_page(&answer, "de");
        assert_secret(&answer);
        assert!(
            answer.text().contains(sentence) && answer.text().contains("role=\"alert\""),
            "{}",
            answer.text()
        );
    }
    let answer = house.city.anyone().send(Method::POST, &path, "text/plain", "x").await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
}

#[tokio::test]
async fn unsubscribing_takes_a_button_or_one_click_of_a_mail_program() {
    let house = pages().await;
    let ask = house.city.anyone().get("/m/unsubscribe/t0ken%2F%3C").await.assert_status(200);
    assert_page(&ask, "de");
    assert_secret(&ask);
    assert!(ask.text().contains("action=\"/m/unsubscribe/t0ken%2F%3C\""), "{}", ask.text());
    assert_eq!(house.notify.count(), 0, "looking at a link ends nothing");

    let kind = "application/x-www-form-urlencoded";
    for body in ["", "List-Unsubscribe=One-Click"] {
        let answer = house.city.anyone().send(Method::POST, "/m/unsubscribe/t0ken%2F%3C", kind, body).await;
        let answer = answer.assert_status(200);
        assert_page(&answer, "de");
        let arrived = house.notify.last();
        assert_eq!((arrived.method, arrived.uri.as_str()), (Method::POST, "/v1/unsubscribe"));
        assert_eq!(arrived.body, br#"{"token":"t0ken/<"}"#);
    }
}

#[tokio::test]
async fn legal_pages_come_from_the_city_in_the_readers_language() {
    let house = pages().await;
    for page in kit::pack::PAGES {
        assert_page(&house.city.anyone().get(format!("/legal/{page}")).await.assert_status(200), "de");
        let english = house.city.anyone().get(format!("/legal/{page}?lang=en")).await.assert_status(200);
        assert_page(&english, "en");
    }
    let privacy = house.city.anyone().get("/legal/privacy").await.text();
    assert!(privacy.contains("<h1>Datenschutz</h1>") && privacy.contains("<blockquote>"), "{privacy}");
    let missing = house.city.anyone().get("/legal/terms").await.assert_status(404);
    assert_page(&missing, "de");
}

#[tokio::test]
async fn the_style_is_one_file_that_browsers_keep() {
    let house = pages().await;
    let style = house.city.anyone().get(crate::PAGE_STYLE).await.assert_status(200);
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    let tag = style.header("etag").unwrap().to_owned();
    house.city.anyone().with("if-none-match", &tag).get(crate::PAGE_STYLE).await.assert_status(304);
}

#[test]
fn every_status_has_its_words() {
    for language in proto::Language::all() {
        for status in proto::status::Status::ALL {
            let key = format!("page-next-{}", status.as_str().replace('_', "-"));
            assert_ne!(proto::locale::text(language, &key), key);
        }
    }
}
