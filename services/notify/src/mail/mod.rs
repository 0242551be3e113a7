//! Mail to the resident who filed a request: one per event, under a name that never changes.
//!
//! A mail is noted as begun before the mail server hears of it and as sent afterwards. A process that dies in
//! between sends it again under the same Message-ID: nothing is lost, and receivers recognise the repeat.

mod contact;
mod html;
mod letter;
mod news;
mod place;
pub mod store;
mod text;
mod words;

use std::time::Duration;

use kit::db::System;
use kit::job::{Job, Outcome, Task};
use kit::mail::{Mailer, SendFault};
use kit::{App, Result};
use proto::{Client, ServiceRequestId, Timestamp};
use serde::{Deserialize, Serialize};

pub use contact::answerable;
pub use news::{News, What};

/// The kind of the jobs.
pub const JOB: &str = "mail";
/// How long the mail server may take: with the time for the contact it stays below the lease of a job, so that
/// no second worker sends the same mail meanwhile.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long a mail is tried while the mail server is away or says "later" (RFC 5321, 4.5.4.1).
const GIVE_UP: chrono::Duration = chrono::Duration::days(4);

/// What a job is to be done with: it names the event and carries none of its words.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Due {
    /// The event's number.
    pub event: i64,
}

/// The task that sends.
pub fn task(reports: Client, mailer: Mailer) -> Task {
    let mailer = mailer.with_patience(PATIENCE);
    Task::jobs("send-mail", move |app, job| work(app, job, reports.clone(), mailer.clone()))
}

async fn work(app: App, job: Job, reports: Client, mailer: Mailer) -> Outcome {
    let Ok(due) = Due::deserialize(&job.payload) else {
        return Outcome::SetAside("the job does not name an event".to_owned());
    };
    tell(&app, due.event, &reports, &mailer).await.unwrap_or_else(|error| Outcome::Retry(error.to_string()))
}

/// Tells the resident about an event, unless there is nothing to tell or nobody who wants to hear it.
async fn tell(app: &App, seq: i64, reports: &Client, mailer: &Mailer) -> Result<Outcome> {
    let Some(told) = look_up(app, seq).await? else { return Ok(Outcome::Done) };
    let contact = match contact::ask(app, reports, told.id).await {
        Ok(Some(contact)) => contact,
        Ok(None) => return Ok(Outcome::Done),
        Err(problem) if problem.status == 503 => return Ok(Outcome::Later(REST, problem.to_string())),
        Err(problem) => return Ok(Outcome::Retry(problem.to_string())),
    };
    let message_id = letter::message_id(app, "message-id", &seq.to_be_bytes())?;

    let begun = begin(app, message_id.as_str(), &told).await?;
    if begun.sent_at.is_some() {
        return Ok(Outcome::Done);
    }
    let Some(letter) = letter::write(app, &told, &contact, message_id.clone(), begun.begun_at)? else {
        return Ok(Outcome::SetAside("the address is none that the city can write to".to_owned()));
    };
    match mailer.send(&letter).await {
        Ok(()) => sent(app, message_id.as_str(), &told).await,
        Err(fault) => Ok(put_off(fault, app.clock.now() - begun.begun_at)),
    }
}

/// How long mail waits for reports.
const REST: Duration = Duration::from_secs(30);

/// What there is to tell.
struct Told {
    id: ServiceRequestId,
    news: News,
    at: Timestamp,
    request: store::Request,
}

async fn look_up(app: &App, seq: i64) -> Result<Option<Told>> {
    let mut tx = app.db.begin(&System).await?;
    let Some(event) = store::event(&mut tx, seq).await? else { return Ok(None) };
    let payload = event.payload.and_then(|text| serde_json::from_str(&text).ok());
    let Some(news) = News::of(&event.kind, payload.as_ref()) else { return Ok(None) };
    let id = ServiceRequestId(event.subject_id);
    let request = store::request(&mut tx, id).await?;
    tx.commit().await?;
    Ok(request.map(|request| Told { id, news, at: event.recorded_at, request }))
}

async fn begin(app: &App, message_id: &str, told: &Told) -> Result<store::Mail> {
    let mut tx = app.db.begin(&System).await?;
    let begun = store::begin(&mut tx, message_id, told.id, told.news.key(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(begun)
}

async fn sent(app: &App, message_id: &str, told: &Told) -> Result<Outcome> {
    let mut tx = app.db.begin(&System).await?;
    store::sent(&mut tx, message_id, app.clock.now()).await?;
    tx.commit().await?;
    tracing::info!(service_request.id = %told.id, news = told.news.key(), "the mail server took a mail");
    Ok(Outcome::Done)
}

/// What becomes of a mail that the server did not take, `age` after it was begun.
///
/// A server that is away for a day is no fault of the mail: such tries do not count, and the pauses grow with
/// the mail's age from seconds to five minutes.
fn put_off(fault: SendFault, age: chrono::Duration) -> Outcome {
    match fault {
        SendFault::Passing(_) if age < GIVE_UP => {
            let pause = age.to_std().unwrap_or_default();
            Outcome::Later(pause.clamp(Duration::from_secs(5), Duration::from_secs(300)), fault.to_string())
        }
        SendFault::Passing(_) | SendFault::Permanent(_) => Outcome::SetAside(fault.to_string()),
    }
}

#[cfg(test)]
mod tests;
