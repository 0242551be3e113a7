//! The chain holds, names the row that was changed, and survives a redaction.

use kit::db::{Db, PoolSettings, System};
use kit::event::record;
use kit::event::seal::seal;
use kit::event::verify::{Verdict, verify};
use kit::testing::City;
use proto::event::{NewEvent, Visibility};
use serde_json::json;

async fn with_events(number: usize) -> (City, Db) {
    let city = City::of(&[]).await;
    let app = city.app("reports");
    for n in 0..number {
        let id = city.ids.uuid();
        let mut tx = app.db.begin(&System).await.unwrap();
        let payload = json!({ "n": n, "before": "offen", "after": "erledigt" });
        let event = NewEvent {
            kind: "test.happened",
            subject_kind: "test",
            subject_id: id,
            thread_id: id,
            visibility: Visibility::Staff,
            payload,
        };
        record(app, &mut tx, event).await.unwrap();
        tx.commit().await.unwrap();
    }
    let db = Db::open(&city.database.url("audit"), PoolSettings::default()).unwrap();
    let mut sealed = 0;
    // Other tests' transactions on the same server hold the horizon back for a moment.
    while sealed < number {
        sealed += seal(&db).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(sealed, number);
    (city, db)
}

async fn verdict(city: &City) -> Verdict {
    verify(&mut city.connect("audit").await).await.unwrap()
}

async fn tamper(city: &City, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&mut city.superuser().await).await.unwrap();
}

#[tokio::test]
async fn an_untouched_chain_holds() {
    let (city, db) = with_events(20).await;
    assert!(matches!(verdict(&city).await, Verdict::Holds { links: 20, redacted: 0, .. }));
    assert_eq!(seal(&db).await.unwrap(), 0, "nothing is sealed twice");
}

#[tokio::test]
async fn one_changed_byte_names_its_row() {
    for sql in [
        "UPDATE event.event SET payload = overlay(payload placing 'X' from 9 for 1) WHERE seq = 7",
        "UPDATE event.event SET department = 'other' WHERE seq = 7",
        "UPDATE event.event SET recorded_at = recorded_at + interval '1 microsecond' WHERE seq = 7",
        "UPDATE event.event SET payload_hash = set_byte(payload_hash, 0, get_byte(payload_hash, 0) # 1) WHERE seq = 7",
        "UPDATE audit.seal SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE event_seq = 7",
        "UPDATE event.event SET payload = NULL, salt = NULL WHERE seq = 7",
        "DELETE FROM event.event WHERE seq = 7",
    ] {
        let (city, _) = with_events(12).await;
        tamper(&city, sql).await;
        match verdict(&city).await {
            Verdict::Broken { event_seq: 7, .. } => {}
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_event_put_in_later_is_named() {
    let (city, _) = with_events(5).await;
    tamper(
        &city,
        "INSERT INTO event.event (seq, xid, recorded_at, kind, subject_kind, subject_id, thread_id, visibility,
                                  actor_kind, payload_hash)
         OVERRIDING SYSTEM VALUE
         SELECT 99, xid, recorded_at, kind, subject_kind, subject_id, thread_id, visibility, actor_kind, payload_hash
           FROM event.event WHERE seq = 3",
    )
    .await;
    assert!(matches!(verdict(&city).await, Verdict::Broken { event_seq: 99, .. }));
}

#[tokio::test]
async fn after_a_redaction_the_chain_still_holds() {
    let (city, _) = with_events(9).await;
    let mut audit = city.connect("audit").await;
    let (redacted,): (bool,) =
        sqlx::query_as("SELECT event.redact(4, 'erasure on request')").fetch_one(&mut audit).await.unwrap();
    assert!(redacted);
    assert!(matches!(verdict(&city).await, Verdict::Holds { links: 9, redacted: 1, .. }));
    let (payload,): (Option<String>,) =
        sqlx::query_as("SELECT payload FROM event.event WHERE seq = 4").fetch_one(&mut audit).await.unwrap();
    assert_eq!(payload, None);
}

#[tokio::test]
async fn no_service_may_change_or_delete_what_happened() {
    let (city, _) = with_events(1).await;
    for service in kit::db::setup::SERVICES {
        let mut connection = city.connect(service).await;
        for sql in [
            "UPDATE event.event SET kind = 'x'",
            "DELETE FROM event.event",
            "TRUNCATE event.event",
            "DELETE FROM audit.seal",
            "UPDATE audit.seal SET position = 5",
        ] {
            let refused = sqlx::raw_sql(sql).execute(&mut connection).await.unwrap_err();
            assert!(refused.to_string().contains("permission denied"), "{service}: {sql}: {refused}");
        }
    }
}
