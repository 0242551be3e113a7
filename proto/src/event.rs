//! What happened, told once: every change records one event in its own transaction.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::Timestamp;

/// Who may read of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everyone, as part of the public timeline.
    Public,
    /// The resident who filed the request, and staff.
    Reporter,
    /// Staff only.
    Staff,
}

impl Visibility {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Reporter => "reporter",
            Self::Staff => "staff",
        }
    }
}

/// An event to be recorded; carries no contact data.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened, as `subject.verb`: `request.received`.
    pub kind: &'static str,
    /// The kind of thing it happened to: `request`.
    pub subject_kind: &'static str,
    /// The thing it happened to.
    pub subject_id: Uuid,
    /// One story across services: report, idea, project, measure.
    pub thread_id: Uuid,
    /// Who may read of it.
    pub visibility: Visibility,
    /// Before and after, reason, public words; what redaction deletes.
    pub payload: Value,
}

/// A recorded event, as its readers see it.
#[derive(Clone, Debug)]
pub struct Event {
    /// The event's number; gaps are normal.
    pub seq: i64,
    /// The transaction that recorded it (`xid8`); readers go in the order of `(xid, seq)`.
    pub xid: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What happened.
    pub kind: String,
    /// The thing it happened to.
    pub subject_id: Uuid,
    /// The department that acted, when staff did.
    pub department: Option<String>,
    /// Before and after; nothing after a redaction.
    pub payload: Option<Value>,
}
