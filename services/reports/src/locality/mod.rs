//! Where public requests lie, in words: their district and nearest address follow areas and addresses.
//!
//! Both are written with each publication. When areas or addresses change, `published.reference.version` goes up
//! and the task brings what was published before up to date.

pub mod store;

use std::time::Duration;

use kit::App;
use kit::db::System;
use kit::job::Task;

/// Requests of one round: well within the statement's two seconds.
const BATCH: i64 = 500;

/// Looks up district and nearest address anew where areas or addresses have changed.
pub fn task() -> Task {
    // Imports happen in another process, whose commits wake nobody here.
    Task::every("locality", Duration::from_secs(10), |app: App| async move {
        let mut tx = app.db.begin(&System).await?;
        let renewed = store::renew(&mut tx, BATCH).await?;
        tx.commit().await?;
        Ok(renewed > 0)
    })
}

#[cfg(test)]
mod tests;
