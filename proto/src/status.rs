//! The statuses of a service request, as the API writes them and as people read them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::locale::{self, Language};

/// Where a service request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It has arrived; nobody has taken it yet.
    Received,
    /// A clerk has taken it.
    InReview,
    /// The work is ordered.
    InProgress,
    /// The work is done.
    Done,
    /// The city will not or cannot act, and says why.
    NotPossible,
    /// Another body is responsible, and is named.
    HandedOver,
    /// The resident took it back.
    Withdrawn,
}

impl Status {
    /// Every status, in the order of a request's life.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::InReview,
        Self::InProgress,
        Self::Done,
        Self::NotPossible,
        Self::HandedOver,
        Self::Withdrawn,
    ];

    /// The word in the API and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in_review",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::NotPossible => "not_possible",
            Self::HandedOver => "handed_over",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing follows.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::NotPossible | Self::HandedOver | Self::Withdrawn)
    }

    /// The words that a resident reads; `agency` is the body that a request was handed to.
    pub fn words(self, language: Language, agency: Option<&str>) -> String {
        let key = format!("status-{}", self.as_str().replace('_', "-"));
        locale::text_with(language, &key, &[("agency", agency.unwrap_or_default().to_owned())])
    }
}

/// The text is not a status.
#[derive(Debug, thiserror::Error)]
#[error("not a status")]
pub struct NotAStatus;

impl FromStr for Status {
    type Err = NotAStatus;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(NotAStatus)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
