//! Reads events for one stream and tells those that its caller may know of.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::Event;
use kit::event::Position;
use kit::extract::Staff;
use kit::{App, Result};
use proto::reports::QueueChange;
use proto::{ServiceRequestId, Timestamp};
use tokio::sync::{mpsc, watch};

use super::place::Place;
use super::store;

/// The longest that a stream goes on before its browser asks anew.
const LONGEST: chrono::Duration = chrono::Duration::minutes(10);
/// Looks by itself, because a wake-up of another process may get lost.
const LOOK: Duration = Duration::from_secs(1);
/// Looks again soon after a wake-up: a slower transaction may hold its event back.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// What a burst of wake-ups is gathered for.
const BURST: Duration = Duration::from_millis(50);
/// Events per read.
const BATCH: i64 = 200;

/// One stream's reader.
pub struct Watch {
    app: App,
    staff: Staff,
    position: Position,
    woken: watch::Receiver<u64>,
    until: Timestamp,
}

type Sender = mpsc::Sender<Result<Event, Infallible>>;

impl Watch {
    /// Begins where the caller has stopped reading, or now.
    pub async fn begin(app: App, staff: Staff, last: Option<Position>) -> Result<Self> {
        let woken = app.wake.subscribe();
        let position = match last {
            Some(position) => position,
            None => {
                let mut tx = app.db.begin(&staff).await?;
                let now = kit::event::end(&mut tx).await?;
                tx.commit().await?;
                now
            }
        };
        // The token was checked once; what it grants may be gone when it runs out.
        let until = staff.until.min(app.clock.now() + LONGEST);
        Ok(Self { app, staff, position, woken, until })
    }

    /// Tells what happens until the caller leaves, their time is over or the database does not answer.
    pub async fn run(mut self, sender: Sender, _place: Place) {
        let mut rest = LOOK;
        while self.app.clock.now() < self.until {
            match self.tell(&sender).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => {
                    tracing::debug!(city = self.app.city.name(), %error, "a stream of the queue ends early");
                    return;
                }
            }
            tokio::select! {
                () = sender.closed() => return,
                () = tokio::time::sleep(rest) => rest = LOOK,
                _ = self.woken.changed() => {
                    tokio::time::sleep(BURST).await;
                    rest = LOOK_AGAIN;
                }
            }
        }
    }

    /// Reads once and tells; answers whether there may be more at once.
    async fn tell(&mut self, sender: &Sender) -> Result<bool> {
        let mut tx = self.app.db.begin(&self.staff).await?;
        let rows = store::changes(&mut tx, self.position, BATCH).await?;
        // Given back before the browser is waited for.
        tx.commit().await?;
        let more = rows.len() as i64 == BATCH;
        for row in rows {
            self.position = row.position();
            if row.is_seen {
                let service_request_id = ServiceRequestId(row.subject_id);
                let change = QueueChange { service_request_id, kind: row.kind };
                let event = super::event(&self.app, &change, self.position)?;
                if sender.send(event).await.is_err() {
                    return Ok(false);
                }
            }
        }
        Ok(more)
    }
}
