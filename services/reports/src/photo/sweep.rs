//! Deletes uploads that no request has named within a day.

use std::time::Duration;

use kit::db::System;
use kit::job::Task;
use kit::{App, Result};

use super::{fault, store};

/// How often the sweep goes round.
const REST: Duration = Duration::from_secs(600);
/// How long an upload waits for its request.
const WAITS: chrono::Duration = chrono::Duration::hours(24);
/// Photos per round: their locks are held while the store deletes them.
const BATCH: i64 = 20;

/// The task of the sweep.
pub fn task() -> Task {
    Task::rounds("photo-sweep", REST, round)
}

async fn round(app: App) -> Result<bool> {
    let mut tx = app.db.begin(&System).await?;
    let photos = store::lock_unnamed(&mut tx, app.clock.now() - WAITS, BATCH).await?;
    for photo in &photos {
        // Before the row: what breaks off here is found again by its row.
        app.media.delete(*photo).await.map_err(fault::away)?;
    }
    store::delete(&mut tx, &photos).await?;
    tx.commit().await?;
    Ok(photos.len() as i64 == BATCH)
}
