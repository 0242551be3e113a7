//! A request as the public would see it, in the reader's language.

use kit::pack::Pack;
use proto::locale::Language;
use proto::reports::PublicRequest;

use super::Request;
use crate::catalogue::service_name;
use crate::photo::store::Photos;

/// What everyone could see of `request` were it public, with the resident's own words and every photo of the
/// place afterwards.
pub fn whole(request: &Request, photos: &Photos, city: &Pack, language: Language) -> PublicRequest {
    let status = request.status;
    PublicRequest {
        service_request_id: request.id,
        reference: request.reference.clone(),
        service_code: request.service_code.clone(),
        service_name: service_name(city, &request.service_code, language),
        status,
        status_name: status.words(language, request.agency_responsible.as_deref()),
        status_notes: request.status_notes.clone(),
        agency_responsible: request.agency_responsible.clone(),
        requested_datetime: request.requested_datetime,
        updated_datetime: request.updated_datetime,
        longitude: request.position.map(|position| position.longitude),
        latitude: request.position.map(|position| position.latitude),
        nearest_address: None,
        description: request.description.clone(),
        photos: photos.sent.iter().filter(|photo| photo.released).map(|photo| photo.photo_id).collect(),
        photos_after: photos.after.iter().map(|photo| photo.photo_id).collect(),
    }
}
