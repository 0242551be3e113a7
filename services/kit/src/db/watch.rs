//! Tells transactions whether the caller of a read has left.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

tokio::task_local! {
    static LEFT: Arc<AtomicBool>;
}

/// Runs a read; when this future is dropped before its end, its statements are cancelled.
pub async fn watched<F: Future>(read: F) -> F::Output {
    let left = Arc::new(AtomicBool::new(false));
    let mut read = std::pin::pin!(LEFT.scope(left.clone(), read));
    // Declared after the read, so dropped before it: its transaction then sees that the caller has left.
    let mut guard = Guard { left, done: false };
    let output = read.as_mut().await;
    guard.done = true;
    output
}

/// Whether the caller of the present read has left, to be looked at when its transaction is dropped.
pub(super) fn current() -> Option<Arc<AtomicBool>> {
    LEFT.try_with(Arc::clone).ok()
}

struct Guard {
    left: Arc<AtomicBool>,
    done: bool,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.left.store(!self.done, Ordering::SeqCst);
    }
}
