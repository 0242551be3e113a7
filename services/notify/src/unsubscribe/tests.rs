//! The link at the foot of a mail ends mail about one request, and nothing else.

use proto::ServiceRequestId;
use serde_json::json;

use super::token;
use crate::tests::reports::{Filed, Reports, publish, record};
use crate::tests::smtp::Smtp;
use crate::tests::{catch_up, city, jobs, worker};

#[tokio::test]
async fn after_unsubscribing_no_mail_about_this_request_is_sent() {
    let city = city().await;
    let (smtp, reports) = (Smtp::start().await, Reports::of(&city));
    let worker = worker(&city, &reports, smtp.port);
    let (one, other) = (publish(&city, Filed::default()).await, publish(&city, Filed::default()).await);
    record(&city, one, "request.received", json!({})).await;
    catch_up(&city, &worker).await;
    let mail = smtp.taken().remove(0);
    let link = mail.header("List-Unsubscribe");
    let (base, token) = link.trim_matches(['<', '>']).rsplit_once('/').unwrap();
    assert_eq!(base, "http://musterhausen.localhost:8080/m/unsubscribe");
    assert!(mail.text().contains(&format!("{base}/{token}")), "the link stands in the mail, too");
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");

    for _ in 0..2 {
        city.anyone().post("/v1/unsubscribe", json!({ "token": token })).await.assert_status(204);
    }

    reports.answers(500); // whoever is muted is not even asked for
    record(&city, one, "request.status_changed", json!({ "to": "done" })).await;
    catch_up(&city, &worker).await;
    reports.answers(200);
    record(&city, other, "request.status_changed", json!({ "to": "done" })).await;
    catch_up(&city, &worker).await;
    assert_eq!(smtp.taken().len(), 2);
    assert!(jobs(&city).await.iter().all(|(_, state, _)| state == "done"));
    let stopped = city.events().await.into_iter().filter(|(kind, _)| kind == "request.mail_stopped");
    assert_eq!(stopped.map(|(_, id)| id).collect::<Vec<_>>(), [one.0], "recorded once");
}

#[tokio::test]
async fn a_token_that_notify_did_not_make_means_nothing() {
    let city = city().await;
    let id = ServiceRequestId(city.ids.uuid());
    let good = token::token(&city.app(crate::SERVICE).keys, id);
    let other_service = token::token(&city.app("reports").keys, id);
    let mut flipped = good.clone().into_bytes();
    flipped[3] = if flipped[3] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).unwrap();

    for wrong in
        [&flipped, &other_service, &good[..21], &good[..good.len() - 1], "x", "/../", &format!("{good}AAAA")]
    {
        let answer = city.anyone().post("/v1/unsubscribe", json!({ "token": wrong })).await;
        answer.assert_problem(404, "not-found");
    }
    city.anyone().post("/v1/unsubscribe", json!({ "token": "" })).await.assert_field("/token", "empty");
    city.anyone().post("/v1/unsubscribe", json!({})).await.assert_field("/token", "required");
    assert!(city.events().await.is_empty());
    city.anyone().post("/v1/unsubscribe", json!({ "token": good })).await.assert_status(204);
}
