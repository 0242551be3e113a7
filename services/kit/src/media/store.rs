//! Where clean photos lie: a folder today, any S3 bucket with object_store's feature for it.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};
use url::Url;
use uuid::Uuid;

use super::StoreFault;

/// Which of a photo's two files is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// The photo that one looks at.
    Full,
    /// The photo in a list.
    Small,
}

/// Opens the store at `url`; a folder that is missing is made, for its owner only.
pub(super) fn open(url: &Url) -> Result<Arc<dyn ObjectStore>, StoreFault> {
    if url.scheme() != "file" {
        let (store, prefix) = object_store::parse_url(url)?;
        return Ok(Arc::new(PrefixStore::new(store, prefix)));
    }
    let folder = url.to_file_path().map_err(|()| StoreFault::Away(no_folder(url)))?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder)
        .map_err(|error| Error::Generic { store: "LocalFileSystem", source: error.into() })?;
    // The client is told "kept" only when a power cut cannot take it back.
    Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)))
}

fn no_folder(url: &Url) -> Error {
    Error::Generic { store: "LocalFileSystem", source: format!("{url} names no folder").into() }
}

/// Where a file of the photo lies: in 256 folders by the random end of its id, for ids made together start alike.
pub(super) fn path(id: Uuid, size: Size) -> Path {
    let name = id.simple().to_string();
    let shard = &name[30..];
    match size {
        Size::Full => Path::from(format!("{shard}/{name}.jpg")),
        Size::Small => Path::from(format!("{shard}/{name}-small.jpg")),
    }
}

/// Writes one file at once or not at all.
pub(super) async fn put(store: &dyn ObjectStore, path: &Path, bytes: Bytes) -> Result<(), StoreFault> {
    store.put(path, PutPayload::from_bytes(bytes)).await?;
    Ok(())
}

/// Reads one file.
pub(super) async fn get(store: &dyn ObjectStore, path: &Path) -> Result<Option<Bytes>, StoreFault> {
    match store.get(path).await {
        Ok(found) => Ok(Some(found.bytes().await?)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Deletes one file; one that is gone already is no fault.
pub(super) async fn delete(store: &dyn ObjectStore, path: &Path) -> Result<(), StoreFault> {
    match store.delete(path).await {
        Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
