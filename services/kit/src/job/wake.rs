//! Wake-ups after a commit: at once in this process, by NOTIFY in the others.
//!
//! NOTIFY takes a lock on the whole cluster at commit, so it is never sent inside a write. A worker also
//! looks by itself from time to time, so a lost wake-up costs a moment and never a job.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// The channel of wake-ups.
const CHANNEL: &str = "gladbeck";
/// Wake-ups of a burst are sent to other processes as one.
const BURST: Duration = Duration::from_millis(20);

/// Wakes workers and readers of events of one city; cheap to clone.
#[derive(Clone)]
pub struct Wake {
    here: watch::Sender<u64>,
    elsewhere: Arc<Notify>,
}

impl Default for Wake {
    fn default() -> Self {
        Self { here: watch::Sender::new(0), elsewhere: Arc::new(Notify::new()) }
    }
}

impl Wake {
    /// Something was committed that somebody may wait for.
    pub fn wake(&self) {
        self.here.send_modify(|count| *count += 1);
        self.elsewhere.notify_one();
    }

    /// A receiver that changes with each wake-up.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.here.subscribe()
    }

    /// Carries wake-ups to and from other processes until `stop`; re-listens when the connection breaks.
    ///
    /// `direct` connects past any pooler: LISTEN needs a session of its own.
    pub async fn carry(self, direct: PgPool, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = async { tokio::join!(self.send(&direct), self.receive(&direct)); } => {}
        }
    }

    async fn send(&self, direct: &PgPool) {
        loop {
            self.elsewhere.notified().await;
            tokio::time::sleep(BURST).await;
            if let Err(error) = sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(direct).await {
                tracing::debug!(%error, "a wake-up did not go out; the others look by themselves");
            }
        }
    }

    async fn receive(&self, direct: &PgPool) {
        loop {
            if let Err(error) = self.listen(direct).await {
                tracing::debug!(%error, "listening for wake-ups was interrupted");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn listen(&self, direct: &PgPool) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(direct).await?;
        listener.listen(CHANNEL).await?;
        // What happened while nobody listened.
        self.here.send_modify(|count| *count += 1);
        while listener.try_recv().await?.is_some() {
            self.here.send_modify(|count| *count += 1);
        }
        Ok(())
    }
}
