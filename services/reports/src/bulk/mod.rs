//! Requests of the past, brought in by the hundred: what a demonstration invents, or an older system hands over.
//!
//! A [`Story`] grows by the same rules and tells the same events as a request that people work on; only its times
//! and its actors are its own. Stories are written in one transaction, behind the wall and in front of it.

pub mod channel;
pub mod columns;
pub mod draft;
pub mod store;
pub mod story;

use std::collections::BTreeSet;

use kit::db::{System, Tx};
use kit::media::CleanPhoto;
use kit::{App, Result};
use proto::{Reference, ServiceRequestId};
use uuid::Uuid;

pub use self::channel::Channel;
pub use self::columns::Columns;
pub use self::draft::Draft;
pub use self::store::Spot;
pub use self::story::{Clerk, PastPhoto, Story};

/// What opens the reporter's view of a request that was brought in under `key`.
pub fn secret(app: &App, id: ServiceRequestId, key: &str) -> String {
    crate::intake::secret(app, id, key)
}

/// A transaction that brings in requests; while it runs no other one does.
pub struct Bringing {
    tx: Tx,
}

impl Bringing {
    /// Begins, once every other one has ended.
    pub async fn begin(app: &App) -> Result<Self> {
        let mut tx = app.db.begin(&System).await?;
        store::alone(&mut tx).await?;
        Ok(Self { tx })
    }

    /// The greatest id from `first` to `last` that is there.
    pub async fn last_within(&mut self, first: Uuid, last: Uuid) -> Result<Option<Uuid>> {
        Ok(store::last_within(&mut self.tx, first, last).await?)
    }

    /// Which of the references are taken.
    pub async fn taken(&mut self, references: &[Reference]) -> Result<BTreeSet<String>> {
        Ok(store::taken(&mut self.tx, references).await?.into_iter().collect())
    }

    /// Writes stories with everything that belongs to them.
    pub async fn write(&mut self, app: &App, stories: &[Story]) -> Result<()> {
        let tx = &mut self.tx;
        let columns = Columns::of(&app.city, stories);
        store::add_requests(tx, &columns).await?;
        store::add_photos(tx, stories).await?;
        store::add_notes(tx, stories).await?;
        store::publish(tx, &columns).await?;
        let events: Vec<_> = stories.iter().flat_map(|story| story.events(app)).collect();
        kit::event::record_past(tx, &events).await
    }

    /// Keeps a photo; as with an upload, before the row that names it commits.
    pub async fn keep(&self, app: &App, photo: &PastPhoto, picture: &CleanPhoto) -> Result<()> {
        app.media.put(photo.photo_id.0, picture).await.map_err(kit::Error::internal)
    }

    /// Commits; readers of events are woken once all is brought in.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }
}

/// Public places of the city that keep 25 m from its border.
pub async fn spots(app: &App) -> Result<Vec<Spot>> {
    let mut tx = app.db.begin(&System).await?;
    let spots = store::spots(&mut tx).await?;
    tx.commit().await?;
    Ok(spots)
}

/// How many requests with ids from `first` to `last` there are per value of a kind: service code, then channel.
pub async fn count(app: &App, first: Uuid, last: Uuid) -> Result<Vec<(String, String, i64)>> {
    let mut tx = app.db.begin(&System).await?;
    store::patient(&mut tx).await?;
    let counts = store::count(&mut tx, first, last).await?;
    tx.commit().await?;
    Ok(counts)
}

#[cfg(test)]
mod tests;
