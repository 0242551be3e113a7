//! What is promised, shown on a running city in plain sentences.
//!
//! Thirty submissions and two kills run with the tests. `make prove` does 500 and 20; the numbers come from
//! `PROVE_REQUESTS` and `PROVE_KILLS`.

use std::time::{Duration, Instant};

use kit::testing::musterhausen;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::drill::number;
use crate::drill::residents::Residents;
use crate::victim::Victim;

/// Residents who file at the same time.
const RESIDENTS: usize = 6;
/// A short rest, so that a kill nearly always meets requests in flight.
const REST: Duration = Duration::from_millis(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_is_stored_once_and_what_is_changed_afterwards_is_found() {
    let (requests, kills) = (number("PROVE_REQUESTS", 30), number("PROVE_KILLS", 2));
    let mut victim = Victim::start(&musterhausen(), 0).await;
    victim.ready().await;
    submissions(&mut victim, requests, kills).await;
    audit(&victim).await;
}

/// Residents file `requests` while the program is killed `kills` times.
async fn submissions(victim: &mut Victim, requests: usize, kills: usize) {
    let residents = Residents::begin(victim.address(), RESIDENTS, requests, REST);
    for kill in 1..=kills {
        while residents.acknowledged() < requests * kill / (kills + 1) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // Each kill comes at another moment of the requests in flight.
        tokio::time::sleep(Duration::from_millis(kill as u64 * 7 % 20)).await;
        victim.kill_and_restart().await;
        victim.ready().await;
    }
    let acknowledged = residents.finish().await;
    let stored = victim.stored().await;
    let lost = acknowledged
        .iter()
        .filter(|filed| {
            stored
                .get(&filed.service_request_id)
                .is_none_or(|reference| *reference != filed.reference.as_str())
        })
        .count();
    let twice = recorded_twice(victim).await;
    println!(
        "{requests} submissions by {RESIDENTS} residents, the program killed {kills} times (SIGKILL) meanwhile; \
         {} times no answer came and the same was sent again.",
        residents.repeats()
    );
    println!("{} acknowledged, {} stored, {} twice.", acknowledged.len(), stored.len(), count(twice));
    assert_eq!((acknowledged.len(), stored.len(), lost, twice), (requests, requests, 0, 0));
}

/// A chain over all events; one changed byte; the row that `gladbeck verify audit` names.
async fn audit(victim: &Victim) {
    let mut superuser = PgConnection::connect(&victim.superuser_url()).await.unwrap();
    let events = all_sealed(&mut superuser).await;
    let (holds, said) = victim.verify_audit();
    assert!(holds, "{said}");
    println!("The audit log of {events} events is verified: {said}.");

    let (seq,): (i64,) =
        sqlx::query_as("SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY seq) FROM event.event")
            .fetch_one(&mut superuser)
            .await
            .unwrap();
    flip(&mut superuser, seq).await;
    let (holds, found) = victim.verify_audit();
    assert!(!holds && found.contains(&format!("seq {seq}:")), "event {seq} was changed, but: {found}");
    println!(
        "A superuser changes one bit of one byte in event {seq}. `gladbeck verify audit` says: {found}."
    );

    flip(&mut superuser, seq).await;
    let (holds, again) = victim.verify_audit();
    assert_eq!((holds, &again), (true, &said));
    println!("The byte is put back; the audit log holds again.");
}

/// Waits until each event is in the chain; answers with how many there are.
async fn all_sealed(superuser: &mut PgConnection) -> i64 {
    let started = Instant::now();
    loop {
        let (events, sealed): (i64, i64) =
            sqlx::query_as("SELECT (SELECT count(*) FROM event.event), (SELECT count(*) FROM audit.seal)")
                .fetch_one(&mut *superuser)
                .await
                .unwrap();
        if events == sealed && events > 0 {
            return events;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{sealed} of {events} events are sealed");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Flips the lowest bit of the third byte of an event's payload; done twice, nothing has changed.
async fn flip(superuser: &mut PgConnection, seq: i64) {
    let changed = sqlx::query(
        "UPDATE event.event
            SET payload = overlay(payload PLACING chr(ascii(substr(payload, 3, 1)) # 1) FROM 3)
          WHERE seq = $1",
    )
    .bind(seq)
    .execute(superuser)
    .await
    .unwrap();
    assert_eq!(changed.rows_affected(), 1);
}

/// Requests whose arrival was recorded more than once.
async fn recorded_twice(victim: &Victim) -> i64 {
    let mut superuser = PgConnection::connect(&victim.superuser_url()).await.unwrap();
    let (twice,): (i64,) = sqlx::query_as(
        "SELECT count(*)
           FROM (SELECT FROM event.event WHERE kind = 'request.received'
                  GROUP BY subject_id HAVING count(*) > 1) AS again",
    )
    .fetch_one(&mut superuser)
    .await
    .unwrap();
    twice
}

fn count(number: i64) -> String {
    if number == 0 { "none".to_owned() } else { number.to_string() }
}
