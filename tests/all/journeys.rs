//! The main job, over both transports: a report with a photo, a clerk who finishes it, what becomes of it.

use gladbeck_tests::{Transport, World};
use http::Method;
use kit::testing::{Answer, Guest, workspace};
use serde_json::{Value, json};

/// A resident's report: what was sent and what came back.
struct Report {
    id: String,
    photo: String,
    filed: Value,
}

async fn photo(world: &World) -> String {
    let id = world.city.ids.uuid().to_string();
    let bytes = std::fs::read(workspace().join("tests/data/photos/gladbeck_gps_orient6.jpg")).unwrap();
    let sent = world.city.anyone().send(Method::PUT, format!("/v1/photos/{id}"), "image/jpeg", bytes).await;
    sent.assert_status(201);
    id
}

async fn report(world: &World) -> Report {
    let (id, photo) = (world.city.ids.uuid().to_string(), photo(world).await);
    let request = json!({
        "service_request_id": id,
        "service_code": "dont_know",
        "address_string": "Marktplatz",
        "description": "Neben dem Brunnen liegt eine Matratze.",
        "photos": [photo],
        "contact": { "email": "resident@example.org", "purpose": "answer", "language": "de" },
    });
    let filed = world.city.anyone().post("/v1/requests", request).await.assert_status(201).json();
    Report { id, photo, filed }
}

async fn clerk(world: &World) -> Guest {
    world.clerk("office", &["intake", "officer"], &[]).await
}

fn list(answer: Answer, name: &str) -> Vec<Value> {
    answer.assert_status(200).json::<Value>()[name].as_array().unwrap().clone()
}

async fn from_report_to_answer(transport: Transport) {
    let world = World::over(transport).await;
    let report = report(&world).await;
    let (id, reference) = (&report.id, report.filed["reference"].as_str().unwrap());
    let (anyone, clerk) = (world.city.anyone(), clerk(&world).await);

    // At once: place, service, status and dates; not yet the words, not yet the photo.
    let public: Value = anyone.get(format!("/v1/requests/{id}")).await.assert_status(200).json();
    assert_eq!((&public["description"], &public["photos"]), (&Value::Null, &json!([])), "{public}");
    anyone.get(format!("/v1/photos/{}", report.photo)).await.assert_problem(404, "not-found");

    let queue = list(clerk.get("/v1/queue").await, "requests");
    assert_eq!(queue.len(), 1);
    let path = format!("/v1/requests/{id}");
    let claimed: Value = clerk.put(format!("{path}/claim"), Value::Null).await.assert_status(200).json();
    assert_eq!(claimed["status"], "in_review");
    clerk.put(format!("{path}/release"), json!({ "description": true })).await.assert_status(200);
    clerk
        .put(format!("/v1/photos/{}/release", report.photo), json!({ "released": true }))
        .await
        .assert_status(204);
    clerk.post(format!("{path}/notes"), json!({ "text": "Bauhof weiß Bescheid." })).await.assert_status(201);
    clerk.patch(&path, json!({ "status_note": "Wir holen sie morgen ab." })).await.assert_status(200);
    let done = json!({ "status": "done", "status_note": "Die Matratze ist abgeholt." });
    let done: Value = clerk.patch(&path, done).await.assert_status(200).json();
    assert_eq!(done["next"], json!([]));

    let public: Value = anyone.get(&path).await.assert_status(200).json();
    assert_eq!(public["status"], "done");
    assert_eq!(public["description"], "Neben dem Brunnen liegt eine Matratze.");
    assert_eq!(public["photos"], json!([report.photo]));
    let shown = anyone.get(format!("/v1/photos/{}", report.photo)).await.assert_status(200);
    assert_eq!(shown.header("content-type"), Some("image/jpeg"));

    let mails = world.mails(3).await;
    let link = report.filed["page"].as_str().unwrap();
    for (mail, words) in
        mails.iter().zip(["Eingegangen", "Wir holen sie morgen ab.", "Die Matratze ist abgeholt."])
    {
        let text = format!("{}\n{}", mail.subject, mail.text.as_deref().unwrap_or_default());
        assert!(text.contains(reference) && text.contains(link) && text.contains(words), "{text}");
        assert!(!text.contains("Bauhof weiß Bescheid."), "an internal note left the house");
    }
    let page = link.split_once("/m/").unwrap().1;
    let page = anyone.get(format!("/m/{page}")).await.assert_status(200);
    assert!(page.text().contains("Erledigt") && page.text().contains("Die Matratze ist abgeholt."));
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn from_a_report_to_an_answer_in_one_process() {
    from_report_to_answer(Transport::InProcess).await;
}

#[tokio::test]
async fn from_a_report_to_an_answer_over_the_network() {
    from_report_to_answer(Transport::Http).await;
}

async fn answers_alike(transport: Transport) -> Vec<(u16, String, String)> {
    let world = World::over(transport).await;
    let anyone = world.city.anyone().with("accept-language", "en");
    let report = report(&world).await;
    let paths = [
        "/v1/services".to_owned(),
        "/v1/requests?limit=5".to_owned(),
        format!("/v1/requests/{}", report.id),
        "/v1/requests?bbox=1,2,3".to_owned(),
        "/v1/requests/nonsense".to_owned(),
        "/v1/queue".to_owned(),
        "/internal/requests/x/contact".to_owned(),
        "/nowhere".to_owned(),
        "/v1/home".to_owned(),
        "/.well-known/jwks.json".to_owned(),
    ];
    let mut answers = Vec::new();
    for path in paths {
        let answer = anyone.get(&path).await;
        let kind = answer.header("content-type").unwrap_or_default().to_owned();
        answers.push((answer.status, kind, answer.text()));
    }
    answers
}

#[tokio::test]
async fn both_transports_answer_alike() {
    let in_process = answers_alike(Transport::InProcess).await;
    let over_http = answers_alike(Transport::Http).await;
    for (one, other) in in_process.into_iter().zip(over_http) {
        assert_eq!((one.0, &one.1), (other.0, &other.1), "{} / {}", one.2, other.2);
        let length = one.2.len().abs_diff(other.2.len());
        assert!(length <= 4, "{}\n{}", one.2, other.2);
    }
}

#[tokio::test]
async fn a_resident_takes_a_report_back_and_deletes_the_address() {
    let world = World::new().await;
    let report = report(&world).await;
    let reference = report.filed["reference"].as_str().unwrap();
    let reporter = world.city.anyone().with("reporter-secret", report.filed["secret"].as_str().unwrap());
    let path = format!("/v1/reporter/{reference}");
    let mine: Value = reporter.get(&path).await.assert_status(200).json();
    assert_eq!((&mine["contact"], &mine["may_withdraw"]), (&json!(true), &json!(true)));
    assert!(reporter.delete(format!("{path}/contact")).await.status < 300);
    assert!(reporter.delete(format!("{path}/contact")).await.status < 300, "it can be repeated");
    assert!(reporter.put(format!("{path}/withdrawal"), Value::Null).await.status < 300);
    assert!(reporter.put(format!("{path}/withdrawal"), Value::Null).await.status < 300, "it can be repeated");
    let mine: Value = reporter.get(&path).await.assert_status(200).json();
    assert_eq!((&mine["status"], &mine["contact"]), (&json!("withdrawn"), &json!(false)));
    let sealed: (i64,) = sqlx::query_as("SELECT count(*) FROM reports.contact")
        .fetch_one(&mut world.city.superuser().await)
        .await
        .unwrap();
    assert_eq!(sealed.0, 0);
}

#[tokio::test]
async fn a_confidential_report_answers_exactly_as_one_that_does_not_exist() {
    let world = World::new().await;
    let (id, photo) = (world.city.ids.uuid().to_string(), photo(&world).await);
    let request = json!({
        "service_request_id": id, "service_code": "house", "address_string": "Musterweg 3",
        "description": "Das Haus steht leer.", "photos": [photo],
    });
    let filed: Value = world.city.anyone().post("/v1/requests", request).await.assert_status(201).json();
    let reference = filed["reference"].as_str().unwrap();
    let anyone = world.city.anyone();
    let (other_id, other_reference) = (world.city.ids.uuid(), "MUS-0000-00");
    for (hidden, absent) in [
        (format!("/v1/requests/{id}"), format!("/v1/requests/{other_id}")),
        (
            format!("/v1/requests/by-reference/{reference}"),
            format!("/v1/requests/by-reference/{other_reference}"),
        ),
        (format!("/v1/photos/{photo}"), format!("/v1/photos/{other_id}")),
        (format!("/v1/reporter/{reference}"), format!("/v1/reporter/{other_reference}")),
        (format!("/m/{reference}"), format!("/m/{other_reference}")),
    ] {
        let (hidden, absent) = (anyone.get(&hidden).await, anyone.get(&absent).await);
        assert_eq!((hidden.status, hidden.text()), (absent.status, absent.text()));
        assert_eq!(hidden.status, 404);
        assert_eq!(hidden.header("etag"), absent.header("etag"));
    }
    assert!(list(anyone.get("/v1/requests").await, "requests").is_empty());
    let officer = world.clerk("yard", &["officer"], &[]).await;
    officer.get(format!("/v1/queue/{id}")).await.assert_problem(404, "not-found");
    let intake = clerk(&world).await;
    assert!(
        list(intake.get("/v1/queue").await, "requests").is_empty(),
        "intake was granted no confidential group"
    );
}
