//! Jobs that were done are forgotten after 30 days; those that were set aside wait for people.

use std::time::Duration;

use super::{Task, queue};
use crate::app::App;
use crate::db::System;

/// How long a job that was done is kept.
const KEPT_FOR: chrono::Duration = chrono::Duration::days(30);

/// Forgets old jobs of the service.
pub fn sweep() -> Task {
    Task::every("sweep-jobs", Duration::from_secs(3600), |app: App| async move {
        let mut tx = app.db.begin(&System).await?;
        queue::forget(&mut tx, app.clock.now() - KEPT_FOR).await?;
        tx.commit().await?;
        Ok(false)
    })
}
