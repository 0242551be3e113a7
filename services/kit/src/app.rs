//! What every handler of one service of one city stands on.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock::Clock;
use crate::db::Db;
use crate::ids::Ids;
use crate::job::Wake;
use crate::keys::Keys;
use crate::media::Media;
use crate::pack::Pack;

/// The state of one service of one city; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Floor>);

/// The parts of [`App`].
pub struct Floor {
    /// The service's name: `reports`.
    pub service: &'static str,
    /// The city's data.
    pub city: Arc<Pack>,
    /// The database, as this service's role.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Ids and randomness.
    pub ids: Ids,
    /// This service's keys.
    pub keys: Keys,
    /// Photos.
    pub media: Media,
    /// Wakes jobs and readers of events after a commit.
    pub wake: Wake,
}

impl App {
    /// A service's state from its parts.
    pub fn new(floor: Floor) -> Self {
        Self(Arc::new(floor))
    }
}

impl Deref for App {
    type Target = Floor;
    fn deref(&self) -> &Floor {
        &self.0
    }
}
