//! Reads events in order and asks for one mail per event that a resident waits for.
//!
//! Most requests come without an address. reports is asked once per batch who waits for answers, so that years of
//! events are read in seconds and no job is made for a mail that nobody gets.

pub mod store;

use std::collections::BTreeSet;
use std::time::Duration;

use kit::db::System;
use kit::job::{self, Task};
use kit::{App, Result, event};

use proto::event::Event;
use proto::{Client, ServiceRequestId};

use crate::mail::{self, Due, News};

/// The cursor's name.
const READER: &str = "mail";
/// Events of one transaction.
const BATCH: i64 = 500;
/// How long the reader rests without a wake-up; a slow transaction elsewhere can hold an event back this long.
const REST: Duration = Duration::from_secs(1);

/// The task that reads.
pub fn task(reports: Client) -> Task {
    Task::rounds("read-events", REST, move |app: App| {
        let reports = reports.clone();
        async move { round(&app, &reports).await }
    })
}

/// Reads one batch; answers whether there is more.
///
/// The jobs and the new position commit together, so that a crash neither loses nor doubles a mail. While
/// another process reads, there is nothing to do here.
pub async fn round(app: &App, reports: &Client) -> Result<bool> {
    let mut tx = app.db.begin(&System).await?;
    let Some(position) = store::lock(&mut tx, READER).await? else { return Ok(false) };
    let events = event::read_after(&mut tx, position, BATCH).await?;
    let Some(last) = events.last() else { return Ok(false) };

    let now = app.clock.now();
    let mut due = false;
    for event in waited_for(app, reports, &events).await {
        // The job names the event and carries none of its words: what is redacted in between is not sent.
        let (name, work) = (format!("event:{}", event.seq), Due { event: event.seq });
        due |= job::enqueue(&mut tx, app.service, mail::JOB, &name, &work, now).await?;
    }
    store::advance(&mut tx, READER, event::Position { xid: last.xid, seq: last.seq }).await?;
    tx.commit().await?;
    if due {
        app.wake.wake();
    }
    Ok(events.len() as i64 == BATCH)
}

/// The events that a resident should hear of and waits for.
///
/// While reports cannot say who waits, everybody might: the jobs then ask for each request, and wait for reports.
async fn waited_for<'e>(app: &App, reports: &Client, events: &'e [Event]) -> Vec<&'e Event> {
    let is_news = |event: &&Event| News::of(&event.kind, event.payload.as_ref()).is_some();
    let news: Vec<&Event> = events.iter().filter(is_news).collect();
    let ids: BTreeSet<_> = news.iter().map(|event| ServiceRequestId(event.subject_id)).collect();
    if ids.is_empty() {
        return news;
    }
    match mail::answerable(app, reports, ids).await {
        Ok(waiting) => {
            news.into_iter().filter(|event| waiting.contains(&ServiceRequestId(event.subject_id))).collect()
        }
        Err(problem) => {
            tracing::info!(problem.code = %problem.code, "reports does not say who waits for answers");
            news
        }
    }
}

#[cfg(test)]
mod tests;
