//! A request of the past as it arrived.

use std::collections::BTreeMap;

use kit::pack::Service;
use proto::geo::Position;
use proto::status::Status;
use proto::{Reference, ServiceRequestId, Timestamp};
use serde_json::Value;

use crate::request::Request;

/// What a request of the past begins with.
#[derive(Clone, Debug)]
pub struct Draft<'s> {
    /// Its id.
    pub id: ServiceRequestId,
    /// What people call it.
    pub reference: Reference,
    /// The kind of request.
    pub service: &'s Service,
    /// The place on the map.
    pub position: Position,
    /// The place in words.
    pub address_string: Option<String>,
    /// What is the matter.
    pub description: Option<String>,
    /// Answers to the service's questions.
    pub attributes: BTreeMap<String, Value>,
    /// When it arrived.
    pub at: Timestamp,
}

impl Draft<'_> {
    /// The request as it began.
    pub fn request(self) -> Request {
        Request {
            id: self.id,
            reference: self.reference,
            service_code: self.service.service_code.clone(),
            service_group: self.service.group.clone(),
            department: self.service.department.clone(),
            confidential: self.service.is_confidential(),
            status: Status::Received,
            status_notes: None,
            agency_responsible: None,
            position: Some(self.position),
            address_string: self.address_string,
            description: self.description,
            description_released: false,
            attributes: self.attributes,
            captured_at: None,
            requested_datetime: self.at,
            updated_datetime: self.at,
            closed_at: None,
            claim: None,
            version: 1,
        }
    }
}
