//! Photos: hostile uploads in, clean JPEGs out, and the store that keeps them.
//!
//! An upload is refused before it is decoded where its size, its type or its structure allow it. What is decoded
//! is only the picture: an upload's metadata, its trailing bytes and its original are never kept.
//! Animated pictures are refused rather than cut to one frame, for nobody can tell which frame was meant.

mod clean;
mod decode;
mod exif;
mod fault;
mod jpeg;
mod png;
mod sniff;
mod store;
mod survey;
#[cfg(test)]
mod tests;
mod webp;

use std::sync::Arc;

use bytes::Bytes;
use object_store::ObjectStore;
use url::Url;
use uuid::Uuid;

pub use self::clean::{CleanPhoto, MAX_UPLOAD};
pub use self::fault::{PhotoFault, StoreFault};
pub use self::store::Size;

/// A city's photos; a clone shares the store.
#[derive(Clone, Debug)]
pub struct Media {
    store: Arc<dyn ObjectStore>,
}

impl Media {
    /// Opens the store at `url`, such as `file:///var/lib/gladbeck/photos`.
    ///
    /// `memory:///` keeps nothing; other schemes work as far as object_store is built with them.
    pub fn open(url: &Url) -> Result<Self, StoreFault> {
        store::open(url).map(Self::on)
    }

    /// Keeps photos in a store that is open already.
    pub fn on(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    /// Turns an upload into a clean photo, or says why it is refused; stores nothing.
    ///
    /// `declared` is the upload's `Content-Type`, if it came with one. Photos are decoded one at a time in the
    /// whole process, so callers may wait here.
    pub async fn clean(&self, bytes: Bytes, declared: Option<&str>) -> Result<CleanPhoto, PhotoFault> {
        clean::clean(bytes, declared).await
    }

    /// Keeps `photo` under `id`; repeating it changes nothing, and a photo whose full size is there is whole.
    pub async fn put(&self, id: Uuid, photo: &CleanPhoto) -> Result<(), StoreFault> {
        store::put(&*self.store, &store::path(id, Size::Small), photo.small.clone()).await?;
        store::put(&*self.store, &store::path(id, Size::Full), photo.full.clone()).await
    }

    /// Reads the photo `id` as a JPEG, if it is there.
    pub async fn get(&self, id: Uuid, size: Size) -> Result<Option<Bytes>, StoreFault> {
        store::get(&*self.store, &store::path(id, size)).await
    }

    /// Deletes the photo `id`; one that is gone already is no fault.
    pub async fn delete(&self, id: Uuid) -> Result<(), StoreFault> {
        store::delete(&*self.store, &store::path(id, Size::Full)).await?;
        store::delete(&*self.store, &store::path(id, Size::Small)).await
    }
}
