//! What can be wrong with an upload, and with the store.

use std::error::Error;
use std::io;

/// Why an upload is refused; nothing of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PhotoFault {
    /// The upload holds no bytes.
    #[error("the upload is empty")]
    Empty,
    /// The upload holds more bytes than a photo may have.
    #[error("the upload is larger than a photo may be")]
    TooLarge,
    /// The bytes, or the declared type, are none of JPEG, PNG and WebP.
    #[error("the upload is neither JPEG nor PNG nor WebP")]
    TypeUnknown,
    /// The bytes are another type than the one declared.
    #[error("the upload is not of the type that it is declared as")]
    TypeLies,
    /// The picture has more pixels than the server decodes.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// The file is cut short or does not follow its format.
    #[error("the picture is damaged")]
    Broken,
    /// The file holds a film, not a photo.
    #[error("the picture is animated")]
    Animated,
}

impl PhotoFault {
    /// The stable code that clients and translations know this fault by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "photo-empty",
            Self::TooLarge => "photo-too-large",
            Self::TypeUnknown => "photo-type-unknown",
            Self::TypeLies => "photo-type-lies",
            Self::TooManyPixels => "photo-too-many-pixels",
            Self::Broken => "photo-broken",
            Self::Animated => "photo-animated",
        }
    }
}

/// Why the store did not do what it was asked; callers answer 503, and the client tries again.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The store has no room left.
    #[error("the photo store is full")]
    Full(#[source] object_store::Error),
    /// The store cannot be reached, read or written.
    #[error("the photo store is away")]
    Away(#[source] object_store::Error),
}

impl From<object_store::Error> for StoreFault {
    fn from(error: object_store::Error) -> Self {
        if is_full(&error) { Self::Full(error) } else { Self::Away(error) }
    }
}

/// Whether some error down the chain says that the disk, or the quota on it, is used up.
fn is_full(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return true;
        }
        next = error.source();
    }
    false
}
