//! Whether a request carries only what its service accepts.

use kit::pack::Service;
use proto::problem::FieldError;
use proto::reports::NewRequest;

use super::plate;

/// Everything in `new` that `service` does not accept.
///
/// A service without words keeps the place in words, for those who have no position, but no licence plate in it.
pub fn faults(service: &Service, new: &NewRequest) -> Vec<FieldError> {
    let words = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let mut faults = Vec::new();
    if !service.accepts.text {
        if words(&new.description).is_some() {
            faults.push(FieldError::new("/description", "text-not-accepted"));
        }
        if words(&new.address_string).is_some_and(|place| plate::is_in(&place)) {
            faults.push(FieldError::new("/address_string", "plate-not-accepted"));
        }
    }
    if !service.accepts.photos && !new.photos.is_empty() {
        faults.push(FieldError::new("/photos", "photos-not-accepted"));
    }
    faults
}
