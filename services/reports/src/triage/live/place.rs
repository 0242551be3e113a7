//! How many may follow the queue at once.

use std::sync::Arc;

use kit::{Error, Result};
use proto::Problem;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Streams of one city in this process; more are told to come back.
pub const MOST: usize = 100;

/// The places of all streams.
#[derive(Clone, Debug)]
pub struct Places(Arc<Semaphore>);

/// A stream's place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST)))
    }
}

impl Places {
    /// Takes a place, if one is free.
    pub fn take(&self) -> Result<Place> {
        let busy = |_| Error::from(Problem::new(503, "busy"));
        Ok(Place { _permit: self.0.clone().try_acquire_owned().map_err(busy)? })
    }
}
