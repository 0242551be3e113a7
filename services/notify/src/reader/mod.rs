//! Reads events in order and asks for one mail per event that residents should hear of.

pub mod store;

use std::time::Duration;

use kit::db::System;
use kit::job::{self, Task};
use kit::{App, Result, event};

use crate::mail::{Due, News};

/// The cursor's name.
const READER: &str = "mail";
/// Events of one transaction.
const BATCH: i64 = 200;
/// How long the reader rests without a wake-up; a slow transaction elsewhere can hold an event back this long.
const REST: Duration = Duration::from_secs(1);

/// The task that reads.
pub fn task() -> Task {
    Task::rounds("read-events", REST, |app: App| async move { round(&app).await })
}

/// Reads one batch; answers whether there is more.
///
/// The jobs and the new position commit together, so that a crash neither loses nor doubles a mail. While
/// another process reads, there is nothing to do here.
pub async fn round(app: &App) -> Result<bool> {
    let mut tx = app.db.begin(&System).await?;
    let Some(position) = store::lock(&mut tx, READER).await? else { return Ok(false) };
    let events = event::read_after(&mut tx, position, BATCH).await?;
    let Some(last) = events.last() else { return Ok(false) };

    let now = app.clock.now();
    let mut due = false;
    for event in events.iter().filter(|event| News::of(&event.kind, event.payload.as_ref()).is_some()) {
        // The job names the event and carries none of its words: what is redacted in between is not sent.
        let (name, work) = (format!("event:{}", event.seq), Due { event: event.seq });
        due |= job::enqueue(&mut tx, app.service, crate::mail::JOB, &name, &work, now).await?;
    }
    store::advance(&mut tx, READER, event::Position { xid: last.xid, seq: last.seq }).await?;
    tx.commit().await?;
    if due {
        app.wake.wake();
    }
    Ok(events.len() as i64 == BATCH)
}

#[cfg(test)]
mod tests;
