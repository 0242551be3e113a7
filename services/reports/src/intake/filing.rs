//! Whether what a resident sent can become a service request; names every field that is at fault.

use std::collections::BTreeSet;

use chrono::Duration;
use kit::pack::{Pack, Service};
use proto::geo::Position;
use proto::problem::FieldError;
use proto::reports::{MAX_PHOTOS, NewRequest};
use proto::status::Status;
use proto::{Problem, Reference, Timestamp};

use super::addressee::{self, Addressee};
use super::{attributes, place, terms};
use crate::request::Request;

/// How far a device's clock may be ahead.
const AHEAD: Duration = Duration::minutes(5);
/// How long a device may keep a report that it could not send.
const OLDEST: Duration = Duration::days(30);

/// What a resident sent, when everything in it fits.
pub struct Filing<'a> {
    new: &'a NewRequest,
    service: &'a Service,
    position: Option<Position>,
    now: Timestamp,
    /// Who the resident is, as far as they said so.
    pub contact: Option<Addressee<'a>>,
}

impl<'a> Filing<'a> {
    /// Checks `new` against the city and the time, or says everything that is wrong with it.
    pub fn try_new(new: &'a NewRequest, city: &'a Pack, now: Timestamp) -> kit::Result<Self> {
        let mut faults = Problem::fields(Vec::new());
        if !new.service_request_id.is_v7() {
            faults = faults.at("/service_request_id", "not-v7");
        }
        let service = city.service(&new.service_code);
        match service {
            Some(service) => {
                faults.errors.extend(terms::faults(service, new));
                faults.errors.extend(attributes::faults(service, &new.attributes));
            }
            None => faults = faults.at("/service_code", "unknown-service"),
        }
        let position = place::check(new, city).unwrap_or_else(|fault| {
            faults.errors.extend(fault.errors);
            faults.facts.extend(fault.facts);
            None
        });
        faults.errors.extend(photo_faults(new));
        if new.captured_at.is_some_and(|at| at > now + AHEAD || at < now - OLDEST) {
            faults = faults.at("/captured_at", "time-impossible");
        }
        let contact = service.and_then(|service| {
            let found = addressee::of(new.contact.as_ref(), service.accepts.contact, city);
            found.unwrap_or_else(|found| {
                faults.errors.extend(found);
                None
            })
        });
        match service {
            Some(service) if faults.errors.is_empty() => Ok(Self { new, service, position, now, contact }),
            _ => Err(faults.into()),
        }
    }

    /// The request as it begins.
    pub fn request(&self, reference: Reference) -> Request {
        let Self { new, service, now, .. } = *self;
        Request {
            id: new.service_request_id,
            reference,
            service_code: service.service_code.clone(),
            service_group: service.group.clone(),
            department: service.department.clone(),
            confidential: service.is_confidential(),
            status: Status::Received,
            status_notes: None,
            agency_responsible: None,
            position: self.position,
            address_string: visible(&new.address_string),
            description: visible(&new.description),
            description_released: false,
            attributes: new.attributes.clone(),
            captured_at: new.captured_at,
            requested_datetime: now,
            updated_datetime: now,
            closed_at: None,
            claim: None,
            version: 1,
        }
    }
}

/// A text as it was written, unless there is nothing to see in it.
fn visible(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.trim().is_empty())
}

fn photo_faults(new: &NewRequest) -> Vec<FieldError> {
    if new.photos.len() > MAX_PHOTOS {
        return vec![FieldError::new("/photos", "too-many-photos").with("limit", MAX_PHOTOS)];
    }
    let mut seen = BTreeSet::new();
    let twice = new.photos.iter().enumerate().filter(|(_, photo)| !seen.insert(**photo));
    twice.map(|(index, _)| FieldError::new(format!("/photos/{index}"), "photo-twice")).collect()
}
