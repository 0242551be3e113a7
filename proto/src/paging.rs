//! Keyset paging: a page ends with a cursor, never with a number of rows to skip.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Rows of a page when the caller names no number.
pub const DEFAULT_LIMIT: u16 = 50;
/// Most rows of a page.
pub const MAX_LIMIT: u16 = 500;

/// The last row of a page, written so that a client can only hand it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor for the sort key of the last row.
    pub fn of<K: Serialize>(key: &K) -> Self {
        // The key is a tuple of times and ids; it always serialises.
        Self(BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default()))
    }

    /// The sort key, unless the text was not one of ours.
    pub fn key<K: DeserializeOwned>(&self) -> Option<K> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&self.0).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The text, for the `Link` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
