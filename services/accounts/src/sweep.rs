//! Retention: what nobody uses any more is forgotten.

use std::time::Duration;

use chrono::TimeDelta;
use kit::App;
use kit::db::System;
use kit::job::Task;

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
    Task::every("accounts-sweep", REST, |app: App| async move {
        let mut tx = app.db.begin(&System).await?;
        sqlx::query(DEVICES).bind(today(&app) - TimeDelta::days(DEVICE_DAYS)).execute(&mut *tx).await?;
        sqlx::query(SESSIONS).bind(app.clock.now() - TimeDelta::days(SESSION_DAYS)).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(false)
    })
}
