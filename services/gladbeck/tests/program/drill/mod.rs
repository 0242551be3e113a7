//! The drill: the program and its database are killed while requests come in; nothing acknowledged is lost.
//!
//! Five kills of the program and one of the database run with the tests. `make drill` does 200 and 5; the
//! numbers come from `DRILL_KILLS` and `DRILL_CLUSTER_KILLS`.

mod mails;
pub mod residents;

use std::sync::Arc;
use std::time::Duration;

use kit::testing::musterhausen;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::victim::Victim;
use residents::Residents;

/// A number from the environment.
pub fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_everything_is_killed() {
    let (kills, cluster_kills) = (number("DRILL_KILLS", 5), number("DRILL_CLUSTER_KILLS", 1));
    let mut victim = Victim::start(&musterhausen(), 0).await;
    let residents = Arc::new(Residents::begin(victim.address(), 6, usize::MAX, Duration::from_millis(150)));

    for kill in 0..kills {
        victim.ready().await;
        tokio::time::sleep(Duration::from_millis(150 + 97 * (kill as u64 % 7))).await;
        victim.kill_and_restart().await;
        if cluster_kills > 0
            && kill % (kills / cluster_kills).max(1) == 0
            && kill / (kills / cluster_kills).max(1) < cluster_kills
        {
            victim.ready().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
            victim.kill_cluster().await;
        }
    }
    victim.ready().await;
    let acknowledged = residents.end().await;
    let mails = mails::all_sent(&victim, acknowledged.len()).await;

    let stored = victim.stored().await;
    let lost = acknowledged.iter().filter(|filed| !stored.contains_key(&filed.service_request_id)).count();
    let renamed = acknowledged
        .iter()
        .filter(|filed| {
            stored
                .get(&filed.service_request_id)
                .is_some_and(|reference| *reference != filed.reference.as_str())
        })
        .count();
    let open = open_transactions(&victim).await;
    println!(
        "{kills} kills of the program, {cluster_kills} of the database: {} acknowledged, {} stored, {lost} lost, \
         {renamed} answered otherwise, {} mails for them, {} there twice ({} came again and were recognised), \
         {open} transactions left open",
        acknowledged.len(),
        stored.len(),
        mails.about.len(),
        mails.twice,
        mails.repeats,
    );
    assert!(acknowledged.len() > kills, "too few requests for a drill: {}", acknowledged.len());
    assert_eq!((lost, renamed, open), (0, 0, 0));
    let unanswered: Vec<_> =
        acknowledged.iter().filter(|filed| !mails.about.contains_key(filed.reference.as_str())).collect();
    assert!(unanswered.is_empty(), "no mail for {} requests", unanswered.len());
    assert!(mails.about.values().all(|ids| *ids == 1), "two different mails of one kind for one request");
    assert_eq!(mails.twice, 0, "a resident has a mail twice");
    victim.audit_holds().await;
}

async fn open_transactions(victim: &Victim) -> i64 {
    let mut connection = PgConnection::connect(&victim.superuser_url()).await.unwrap();
    let (open,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM pg_stat_activity
          WHERE state LIKE 'idle in transaction%' AND state_change < now() - interval '1 second'",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    open
}
