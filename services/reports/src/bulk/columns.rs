//! Requests as columns, for statements that write hundreds at once.

use kit::pack::Pack;
use proto::Timestamp;
use uuid::Uuid;

use super::Story;
use crate::publication::steps::Steps;

/// Requests as columns, and beside them what of each the public may see.
#[derive(Default)]
pub struct Columns {
    pub(super) ids: Vec<Uuid>,
    pub(super) references: Vec<String>,
    pub(super) secret_hashes: Vec<Vec<u8>>,
    pub(super) service_codes: Vec<String>,
    pub(super) service_groups: Vec<String>,
    pub(super) departments: Vec<String>,
    pub(super) confidential: Vec<bool>,
    pub(super) statuses: Vec<&'static str>,
    pub(super) status_notes: Vec<Option<String>>,
    pub(super) agencies: Vec<Option<String>>,
    pub(super) longitudes: Vec<Option<f64>>,
    pub(super) latitudes: Vec<Option<f64>>,
    pub(super) addresses: Vec<Option<String>>,
    pub(super) descriptions: Vec<Option<String>>,
    pub(super) released: Vec<bool>,
    pub(super) attributes: Vec<String>,
    pub(super) requested: Vec<Timestamp>,
    pub(super) updated: Vec<Timestamp>,
    pub(super) closed: Vec<Option<Timestamp>>,
    pub(super) claimed_by: Vec<Option<String>>,
    pub(super) claimed_by_names: Vec<Option<String>>,
    pub(super) versions: Vec<i64>,
    pub(super) channels: Vec<&'static str>,
    pub(super) public: Vec<bool>,
    pub(super) shows_text: Vec<bool>,
    pub(super) shows_photos: Vec<bool>,
}

impl Columns {
    /// The columns of stories; the steps are those of every publication.
    pub fn of(city: &Pack, stories: &[Story]) -> Self {
        let mut columns = Self::default();
        for story in stories {
            columns.push(city, story);
        }
        columns
    }

    fn push(&mut self, city: &Pack, story: &Story) {
        let request = &story.request;
        let steps = Steps::of(city, request);
        self.ids.push(request.id.0);
        self.references.push(request.reference.as_str().to_owned());
        self.secret_hashes.push(story.secret_hash.to_vec());
        self.service_codes.push(request.service_code.clone());
        self.service_groups.push(request.service_group.clone());
        self.departments.push(request.department.clone());
        self.confidential.push(request.confidential);
        self.statuses.push(request.status.as_str());
        self.status_notes.push(request.status_notes.clone());
        self.agencies.push(request.agency_responsible.clone());
        self.longitudes.push(request.position.map(|position| position.longitude));
        self.latitudes.push(request.position.map(|position| position.latitude));
        self.addresses.push(request.address_string.clone());
        self.descriptions.push(request.description.clone());
        self.released.push(request.description_released);
        self.attributes.push(serde_json::json!(request.attributes).to_string());
        self.requested.push(request.requested_datetime);
        self.updated.push(request.updated_datetime);
        self.closed.push(request.closed_at);
        self.claimed_by.push(request.claim.as_ref().map(|claim| claim.subject.clone()));
        self.claimed_by_names.push(request.claim.as_ref().map(|claim| claim.name.clone()));
        self.versions.push(request.version);
        self.channels.push(story.channel.as_str());
        self.public.push(steps.public);
        self.shows_text.push(steps.text);
        self.shows_photos.push(steps.photos && !story.photos.is_empty());
    }
}
