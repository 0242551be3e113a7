//! Deletes addresses when their day has come.

use std::time::Duration;

use kit::db::System;
use kit::job::Task;
use kit::{App, Result};

use super::store;
use crate::event;

/// Days change once a day; a late hour is soon enough.
const REST: Duration = Duration::from_secs(3600);
/// Addresses per round, so that a round stays short.
const BATCH: i64 = 100;

/// The task of the sweep.
pub fn task() -> Task {
    Task::rounds("contact-sweep", REST, round)
}

async fn round(app: App) -> Result<bool> {
    let today = app.clock.now().with_timezone(&app.city.time_zone()).date_naive();
    let mut tx = app.db.begin(&System).await?;
    let deleted = store::delete_due(&mut tx, today, BATCH).await?;
    for id in &deleted {
        kit::event::record(&app, &mut tx, event::contact_deleted(*id)).await?;
    }
    tx.commit().await?;
    if !deleted.is_empty() {
        app.wake.wake();
    }
    Ok(deleted.len() as i64 == BATCH)
}
