//! What holds for the whole service, and what its tests stand on.

pub mod reports;
pub mod smtp;

use std::time::Duration;

use kit::job::Worker;
use kit::mail::{Mailer, Settings, Tls};
use kit::testing::City;
use serde_json::json;

use reports::{Filed, Reports, publish, record};
use smtp::Smtp;

/// A city with notify alone.
pub async fn city() -> City {
    City::of(&[(crate::SERVICE, |app| crate::router(app).0)]).await
}

/// A way to the mail server at a port of this machine.
pub fn mailer(port: u16) -> Mailer {
    Mailer::new(&Settings {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "Gemeinde Musterhausen <melden@musterhausen.example>".into(),
        helo: "app.musterhausen.example".into(),
    })
    .unwrap()
}

/// A worker of the city's notify.
pub fn worker(city: &City, reports: &Reports, port: u16) -> Worker {
    Worker::new(city.app(crate::SERVICE).clone(), crate::tasks(reports.client(), mailer(port)))
}

/// Works until every event was read: transactions of other tests on the same cluster hold readers back.
pub async fn catch_up(city: &City, worker: &Worker) {
    for _ in 0..500 {
        worker.run_once().await.unwrap();
        let unread: (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT FROM event.event
                             WHERE NOT EXISTS (SELECT FROM notify.reader
                                                WHERE (reader.xid::text::xid8, reader.seq) >= (event.xid, event.seq)))",
        )
        .fetch_one(&mut city.superuser().await)
        .await
        .unwrap();
        if !unread.0 {
            return worker.run_once().await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the reader does not catch up");
}

/// The jobs by name, each with its last error and whether it is done, set aside or neither.
pub async fn jobs(city: &City) -> Vec<(String, String, Option<String>)> {
    sqlx::query_as(
        "SELECT name, CASE WHEN done_at IS NOT NULL THEN 'done'
                           WHEN set_aside_at IS NOT NULL THEN 'set aside'
                           ELSE 'due' END, last_error
           FROM job.job WHERE service = 'notify' ORDER BY job_id",
    )
    .fetch_all(&mut city.superuser().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_the_role() {
    let city = city().await;
    let mut role = city.connect(crate::SERVICE).await;
    let faults = kit::db::check_statements_of(&mut role, &crate::STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn no_table_of_notify_and_no_job_holds_an_address_or_a_secret() {
    let city = city().await;
    let (smtp, reports) = (Smtp::start().await, Reports::of(&city));
    let id = publish(&city, Filed::default()).await;
    let worker = worker(&city, &reports, smtp.port);
    record(&city, id, "request.received", json!({})).await;
    catch_up(&city, &worker).await;
    smtp.does(smtp::Verdict::Say("550 5.1.1 <erika.muster@post.example> unbekannt"));
    record(&city, id, "request.status_changed", json!({ "to": "done" })).await;
    catch_up(&city, &worker).await;
    smtp.does(smtp::Verdict::Say("451 4.7.1 <erika.muster@post.example> später"));
    record(&city, id, "request.answered", json!({ "status": "in_review", "status_note": "Danke." })).await;
    catch_up(&city, &worker).await;

    assert_eq!(smtp.taken().len(), 1);
    for table in ["notify.reader", "notify.mute", "notify.mail", "job.job"] {
        let rows = sqlx::AssertSqlSafe(format!("SELECT t::text FROM {table} AS t"));
        let rows: Vec<(String,)> = sqlx::query_as(rows).fetch_all(&mut city.superuser().await).await.unwrap();
        for (row,) in rows {
            assert!(!row.contains('@') || row.contains("@musterhausen"), "{table}: {row}");
            assert!(!row.contains("erika") && !row.contains(reports::SECRET), "{table}: {row}");
        }
    }
}
