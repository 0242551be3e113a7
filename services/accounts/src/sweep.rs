//! Retention: what nobody uses any more is forgotten.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use kit::db::System;
use kit::job::Task;
use kit::{App, Result};

use crate::device::today;

/// Days after its last use until a device is forgotten.
const DEVICE_DAYS: i64 = 90;
/// Days after its end until a session is forgotten.
const SESSION_DAYS: i64 = 7;
/// How often the sweep looks.
const REST: Duration = Duration::from_secs(3600);

kit::statements! {
    /// Forgets devices that were last used before a day.
    DEVICES = "
        DELETE FROM accounts.device
         WHERE last_used_on < $1";

    /// Forgets sessions that ended, or had to, before a time.
    SESSIONS = "
        DELETE FROM accounts.session
         WHERE least(ended_at, ends_at) < $1";
}

/// The task that sweeps.
pub fn task() -> Task {
    // Every commit of the city wakes tasks; a sweep for each of them would read the tables all day.
    let next = Arc::new(AtomicI64::new(i64::MIN));
    Task::rounds("accounts-sweep", REST, move |app| {
        let next = next.clone();
        async move {
            let now = app.clock.now().timestamp();
            if now >= next.load(Ordering::SeqCst) {
                sweep(&app).await?;
                next.store(now + REST.as_secs() as i64, Ordering::SeqCst);
            }
            Ok(false)
        }
    })
}

async fn sweep(app: &App) -> Result<()> {
    let mut tx = app.db.begin(&System).await?;
    sqlx::query(DEVICES).bind(today(app) - TimeDelta::days(DEVICE_DAYS)).execute(&mut *tx).await?;
    sqlx::query(SESSIONS).bind(app.clock.now() - TimeDelta::days(SESSION_DAYS)).execute(&mut *tx).await?;
    tx.commit().await
}
