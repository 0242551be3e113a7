//! Which type an upload really has, by its first bytes, and whether that is the type it claims.

use image::ImageFormat;
use mime::Mime;

use super::PhotoFault;

/// A type of photo that the city takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Webp,
}

impl Kind {
    /// Tells the type of `bytes` and holds it against the `Content-Type` that came with them.
    pub(super) fn of(bytes: &[u8], declared: Option<&str>) -> Result<Self, PhotoFault> {
        let found = Self::sniff(bytes).ok_or(PhotoFault::TypeUnknown)?;
        match declared {
            None => Ok(found),
            Some(declared) if Self::named(declared)? == found => Ok(found),
            Some(_) => Err(PhotoFault::TypeLies),
        }
    }

    fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    fn named(declared: &str) -> Result<Self, PhotoFault> {
        let declared: Mime = declared.parse().map_err(|_| PhotoFault::TypeUnknown)?;
        match declared.essence_str() {
            "image/jpeg" => Ok(Self::Jpeg),
            "image/png" => Ok(Self::Png),
            "image/webp" => Ok(Self::Webp),
            _ => Err(PhotoFault::TypeUnknown),
        }
    }

    /// The decoder that `image` has for this type.
    pub(super) const fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Webp => ImageFormat::WebP,
        }
    }
}
