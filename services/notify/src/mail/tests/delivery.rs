//! Mail over a real socket, to a mail server that refuses, hangs up or is away.

use std::time::Duration;

use kit::testing::City;
use proto::ServiceRequestId;
use serde_json::json;

use crate::tests::reports::{ADDRESS, Filed, Reports, publish, record};
use crate::tests::smtp::{Smtp, Verdict};
use crate::tests::{catch_up, city, jobs, worker};

/// Tries of a job that is to blame for its failures.
const TRIES: i32 = 10;

/// A city, its mail server and a request about which there is a first mail to send.
async fn one_due() -> (City, Smtp, Reports, ServiceRequestId) {
    let city = city().await;
    let (smtp, reports) = (Smtp::start().await, Reports::of(&city));
    let id = publish(&city, Filed::default()).await;
    record(&city, id, "request.received", json!({})).await;
    (city, smtp, reports, id)
}

async fn mails(city: &City) -> Vec<(String, bool)> {
    sqlx::query_as("SELECT message_id, sent_at IS NOT NULL FROM notify.mail ORDER BY begun_at")
        .fetch_all(&mut city.superuser().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn each_event_becomes_one_mail_in_one_thread() {
    let (city, smtp, reports, id) = one_due().await;
    record(&city, id, "request.status_changed", json!({ "to": "in_review" })).await;
    record(&city, id, "request.status_changed", json!({ "to": "in_progress" })).await;
    let other = publish(&city, Filed::default()).await;
    record(&city, other, "request.received", json!({})).await;
    let worker = worker(&city, &reports, smtp.port);

    catch_up(&city, &worker).await;
    catch_up(&city, &worker).await;

    let taken = smtp.taken();
    assert_eq!(taken.len(), 3, "the review is no news");
    assert!(taken.iter().all(|mail| mail.to == ADDRESS));
    let names: Vec<String> = taken.iter().map(|mail| mail.header("Message-ID")).collect();
    assert!(names.iter().all(|name| name.ends_with("@musterhausen.localhost>")), "{names:?}");
    assert_eq!(mails(&city).await.len(), 3);
    let threads: Vec<String> = taken.iter().map(|mail| mail.header("In-Reply-To")).collect();
    assert_eq!(threads[0], threads[1], "one matter, one thread");
    assert_ne!(threads[0], threads[2]);
    assert!(!names.contains(&threads[0]));
    assert_eq!(taken[0].header("From"), "\"Gemeinde Musterhausen\" <melden@musterhausen.example>");
}

#[tokio::test]
async fn without_a_contact_there_is_no_mail() {
    let (city, smtp, reports, _) = one_due().await;
    reports.answers(404);
    catch_up(&city, &worker(&city, &reports, smtp.port)).await;
    assert_eq!(jobs(&city).await, [("event:1".to_owned(), "done".to_owned(), None)]);
    assert!(smtp.taken().is_empty() && mails(&city).await.is_empty());
}

#[tokio::test]
async fn a_mail_server_that_is_away_for_a_day_costs_no_mail() {
    let (city, smtp, reports, _) = one_due().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = worker(&city, &reports, closed);
    catch_up(&city, &away).await;
    let told = "the letter is not taken now: no connection to the mail server";
    assert_eq!(jobs(&city).await, [("event:1".to_owned(), "due".to_owned(), Some(told.to_owned()))]);

    for _ in 0..24 * 12 {
        city.clock.advance(Duration::from_secs(301));
        away.run_once().await.unwrap();
    }
    assert_eq!(jobs(&city).await[0].1, "due");

    city.clock.advance(Duration::from_secs(301));
    worker(&city, &reports, smtp.port).run_once().await.unwrap();
    assert_eq!(jobs(&city).await[0].1, "done");
    assert_eq!(smtp.taken().len(), 1);
}

#[tokio::test]
async fn a_mail_that_nobody_takes_for_days_is_shown_to_people() {
    let (city, smtp, reports, _) = one_due().await;
    smtp.does(Verdict::Say("451 4.7.1 <erika.muster@post.example> später"));
    let worker = worker(&city, &reports, smtp.port);
    catch_up(&city, &worker).await;
    assert_eq!(jobs(&city).await[0].1, "due");

    city.clock.advance(Duration::from_secs(4 * 86_400));
    worker.run_once().await.unwrap();

    let told = "the letter is not taken now: answer 451 4.7.1".to_owned();
    assert_eq!(jobs(&city).await, [("event:1".to_owned(), "set aside".to_owned(), Some(told))]);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_set_aside_and_the_next_one_goes() {
    let (city, smtp, reports, _) = one_due().await;
    smtp.does(Verdict::Say("550 5.1.1 <erika.muster@post.example> unbekannt"));
    let worker = worker(&city, &reports, smtp.port);
    catch_up(&city, &worker).await;
    let told = "the letter is refused for good: answer 550 5.1.1".to_owned();
    assert_eq!(jobs(&city).await, [("event:1".to_owned(), "set aside".to_owned(), Some(told))]);

    smtp.does(Verdict::Take);
    let other = publish(&city, Filed::default()).await;
    record(&city, other, "request.received", json!({})).await;
    catch_up(&city, &worker).await;
    assert_eq!(smtp.taken().len(), 1);
    assert_eq!(jobs(&city).await[1].1, "done");
}

#[tokio::test]
async fn an_address_that_is_none_is_set_aside_without_being_named() {
    for address in
        ["erika", "erika@post.example\r\nBcc: all@post.example", "<erika@post.example>", "a b@c.example"]
    {
        let (city, smtp, reports, _) = one_due().await;
        let reports = reports.with("email", address);
        catch_up(&city, &worker(&city, &reports, smtp.port)).await;
        let told = "the address is none that the city can write to".to_owned();
        assert_eq!(jobs(&city).await, [("event:1".to_owned(), "set aside".to_owned(), Some(told))]);
        assert!(smtp.taken().is_empty());
    }
}

#[tokio::test]
async fn while_reports_is_away_mail_waits_and_a_faulty_answer_is_tried_ten_times() {
    let (city, smtp, reports, _) = one_due().await;
    let worker = worker(&city, &reports, smtp.port);
    reports.answers(503);
    catch_up(&city, &worker).await;
    for _ in 0..20 {
        city.clock.advance(Duration::from_secs(30));
        worker.run_once().await.unwrap();
    }
    assert_eq!(jobs(&city).await[0].1, "due");

    reports.answers(500);
    for tries in 1..=TRIES {
        city.clock.advance(Duration::from_secs(3600));
        worker.run_once().await.unwrap();
        let state = if tries < TRIES { "due" } else { "set aside" };
        assert_eq!(jobs(&city).await[0].1, state, "after {tries}");
    }
    assert!(smtp.taken().is_empty());
}

/// The process dies after the server took the mail and before that was noted.
#[tokio::test]
async fn a_mail_that_was_begun_is_sent_again_under_the_same_name() {
    let (city, smtp, reports, _) = one_due().await;
    let worker = worker(&city, &reports, smtp.port);
    smtp.does(Verdict::TakeAndHangUp);
    catch_up(&city, &worker).await;
    let begun = mails(&city).await;
    assert!(matches!(&begun[..], [(_, false)]), "{begun:?}");

    smtp.does(Verdict::Take);
    city.clock.advance(Duration::from_secs(60));
    worker.run_once().await.unwrap();

    let [first, again] = &smtp.taken()[..] else { panic!("taken twice") };
    assert_eq!(first.header("Message-ID"), again.header("Message-ID"));
    assert_eq!(first.header("Message-ID"), begun[0].0);
    assert_eq!(
        (first.header("Date"), first.text(), first.html()),
        (again.header("Date"), again.text(), again.html())
    );
    assert_eq!(mails(&city).await, [(begun[0].0.clone(), true)]);
}

/// A worker is killed while it holds the job; another one takes over when the lease has run out.
#[tokio::test]
async fn a_mail_whose_worker_died_goes_out_and_one_that_was_sent_does_not_go_again() {
    let (city, smtp, reports, _) = one_due().await;
    catch_up(&city, &reader(&city)).await;
    let mut superuser = city.superuser().await;
    let lease = "UPDATE job.job SET attempts = 1, done_at = NULL, leased_until = $1::timestamptz + interval '1 minute'";
    sqlx::query(lease).bind(city.clock.now()).execute(&mut superuser).await.unwrap();
    let worker = worker(&city, &reports, smtp.port);
    worker.run_once().await.unwrap();
    assert!(smtp.taken().is_empty(), "the lease still runs");

    city.clock.advance(Duration::from_secs(61));
    worker.run_once().await.unwrap();
    assert_eq!(smtp.taken().len(), 1);

    // This one died after it had noted the mail as sent and before the job was done.
    sqlx::query(lease).bind(city.clock.now()).execute(&mut superuser).await.unwrap();
    city.clock.advance(Duration::from_secs(61));
    worker.run_once().await.unwrap();
    assert_eq!(smtp.taken().len(), 1, "what was sent is never sent again");
    assert_eq!(jobs(&city).await[0].1, "done");
}

fn reader(city: &City) -> kit::job::Worker {
    kit::job::Worker::new(
        city.app(crate::SERVICE).clone(),
        vec![crate::reader::task(Reports::of(city).client())],
    )
}

#[tokio::test]
async fn what_is_redacted_before_it_is_sent_is_not_sent() {
    let (city, smtp, reports, id) = one_due().await;
    let note = json!({ "status": "in_review", "status_note": "Bei Frau Muster war niemand." });
    record(&city, id, "request.answered", note).await;
    catch_up(&city, &reader(&city)).await;
    let redact =
        "SELECT event.redact(seq, 'names a person') FROM event.event WHERE kind = 'request.answered'";
    sqlx::query(redact).execute(&mut city.superuser().await).await.unwrap();

    worker(&city, &reports, smtp.port).run_once().await.unwrap();

    assert_eq!(smtp.taken().len(), 1);
    assert!(!smtp.taken()[0].text().contains("Frau Muster"));
}

#[tokio::test]
async fn words_of_people_forge_no_header() {
    let (city, smtp, reports, id) = one_due().await;
    let reports = reports.with("secret", "x\r\nBcc: all@post.example").with("language", "de\r\nX-Evil: 1");
    let forged = "Amt\r\nBcc: all@post.example\r\n\r\n<script>alert(1)</script>\u{7f}";
    let change = json!({ "to": "handed_over", "status_note": forged, "agency_responsible": forged });
    record(&city, id, "request.status_changed", change).await;
    catch_up(&city, &worker(&city, &reports, smtp.port)).await;

    let taken = smtp.taken();
    assert_eq!(taken.len(), 2);
    for mail in &taken {
        let names = mail.header_names();
        for forged in ["bcc", "x-evil"] {
            assert!(!names.iter().any(|name| name == forged), "{names:?}");
        }
        assert_eq!(mail.to, ADDRESS);
        assert!(!mail.html().contains("<script"), "{}", mail.html());
    }
    let mail = taken[1].read();
    assert_eq!(
        mail.subject().unwrap(),
        "Deine Meldung MUS-7K3M-Q2: Zuständig ist Amt Bcc: all@post.example <script>alert(1)</script>"
    );
}
