//! A service request behind the wall, as every feature works on it.

pub mod caller;
pub mod store;
pub mod view;

use std::collections::BTreeMap;

use kit::rights::Thing;
use proto::event::Visibility;
use proto::geo::Position;
use proto::status::Status;
use proto::{Reference, ServiceRequestId, Timestamp};
use serde_json::Value;

/// A service request: what a resident filed and what became of it.
///
/// It changes only through the functions of `triage` and `reporter`, which say why they refuse.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The id that the client made.
    pub id: ServiceRequestId,
    /// What people call it.
    pub reference: Reference,
    /// The kind of request.
    pub service_code: String,
    /// The key of the service's group, for rights.
    pub service_group: String,
    /// The key of the department in charge.
    pub department: String,
    /// Whether nobody outside learns of it.
    pub confidential: bool,
    /// Where it stands.
    pub status: Status,
    /// What the city last said.
    pub status_notes: Option<String>,
    /// The body it was handed to.
    pub agency_responsible: Option<String>,
    /// The place on the map.
    pub position: Option<Position>,
    /// The place in the resident's words.
    pub address_string: Option<String>,
    /// What is the matter, in the resident's words.
    pub description: Option<String>,
    /// Whether a person released the words.
    pub description_released: bool,
    /// Answers to the service's questions.
    pub attributes: BTreeMap<String, Value>,
    /// When it was seen, as the resident's device says.
    pub captured_at: Option<Timestamp>,
    /// When it arrived.
    pub requested_datetime: Timestamp,
    /// When what the public sees of it last changed.
    pub updated_datetime: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Who works on it.
    pub claim: Option<Claim>,
    /// Goes up with each change.
    pub version: i64,
}

/// Who works on a service request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The member of staff under this service's pseudonym.
    pub subject: String,
    /// The name that colleagues see.
    pub name: String,
}

impl Request {
    /// Who may read of what the city and the resident said to each other.
    pub fn audience(&self) -> Visibility {
        if self.confidential { Visibility::Reporter } else { Visibility::Public }
    }
}

impl Thing for Request {
    fn department(&self) -> &str {
        &self.department
    }

    fn group(&self) -> &str {
        &self.service_group
    }

    fn is_confidential(&self) -> bool {
        self.confidential
    }
}
