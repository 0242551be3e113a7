//! Requests that end by themselves: the city pack says after how many hours, and in which words.
//!
//! Who has begun to work on a request keeps it: only what nobody ordered yet ends.

pub mod store;

use std::time::Duration;

use chrono::TimeDelta;
use kit::db::{System, Tx};
use kit::job::Task;
use kit::pack::Service;
use kit::{App, Error, Result};
use proto::reports::StatusChange;
use proto::status::Status;

use crate::{contact, event, publication, request};

/// How often the task goes round; nobody waits for the minute.
const REST: Duration = Duration::from_secs(60);
/// Requests per service and round, so that their locks are short.
const BATCH: i64 = 50;

/// The task that ends requests.
pub fn task() -> Task {
    Task::every("expiry", REST, round)
}

async fn round(app: App) -> Result<bool> {
    let mut more = false;
    for service in app.city.services.iter().filter(|service| service.expires.is_some()) {
        let mut tx = app.db.begin(&System).await?;
        let ended = end(&app, &mut tx, service).await?;
        tx.commit().await?;
        if ended > 0 {
            app.wake.wake();
        }
        more |= ended == BATCH;
    }
    Ok(more)
}

/// Ends the requests of `service` whose hours are over; answers how many.
async fn end(app: &App, tx: &mut Tx, service: &Service) -> Result<i64> {
    let Some(expiry) = &service.expires else { return Ok(0) };
    let now = app.clock.now();
    let first_language = app.city.languages().first().map_or("", String::as_str);
    let note = expiry.status_note.in_language(first_language);
    let change = StatusChange {
        status: Some(Status::NotPossible),
        status_note: Some(note.to_owned()),
        agency_responsible: None,
    };
    let before = now - TimeDelta::hours(expiry.hours.into());
    let due = store::lock_waiting(tx, &service.service_code, before, BATCH).await?;
    for id in &due {
        let request = request::store::lock(tx, *id)
            .await?
            .ok_or_else(|| Error::internal("a locked request is gone"))?;
        let from = request.status;
        let request =
            request.change(&change, now).map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
        request::store::save(tx, &request).await?;
        contact::end_with(app, tx, &request).await?;
        publication::publish(&app.city, tx, &request).await?;
        kit::event::record(app, tx, event::expired(&request, from, note)).await?;
    }
    Ok(due.len() as i64)
}

#[cfg(test)]
mod tests;
