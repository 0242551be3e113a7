//! Service requests, in the words of Open311 GeoReport v2 where it has them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use crate::contact::{NewContact, Purpose};
use crate::geo::Position;
use crate::rule::{optional_plain_text, plain_text, some_text};
use crate::status::Status;
use crate::{NoteId, PhotoId, Reference, ServiceRequestId};

/// Most photos of one service request.
pub const MAX_PHOTOS: usize = 5;

/// A kind of service request, as residents choose it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Service {
    /// The key that never changes.
    pub service_code: String,
    /// The name in the reader's language.
    pub service_name: String,
    /// What belongs here, in one sentence.
    pub description: String,
    /// The key of the group.
    pub group: String,
    /// The group's name in the reader's language.
    pub group_name: String,
    /// Other words that people use for it.
    pub keywords: Vec<String>,
    /// Further questions.
    pub attributes: Vec<Attribute>,
    /// `public`, or `confidential`: then nobody outside ever learns of a request.
    pub visibility: String,
    /// The service goal in working days.
    pub expected_days: Option<u16>,
    /// Whether the reader is asked for danger first.
    pub hazard: bool,
    /// What a request may carry beside the place and answers.
    pub accepts: Accepts,
    /// `none`, `optional` (a mail address) or `required_with_name` (name and postal address of a witness).
    pub contact: String,
    /// `file` when staff can hand a request over as one file.
    pub hand_over: Option<String>,
}

/// What a request of a service may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Accepts {
    /// The resident's own words.
    pub text: bool,
    /// Photos.
    pub photos: bool,
}

/// A further question of a service.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Attribute {
    /// The key of the answer.
    pub code: String,
    /// `string`, `number`, `datetime`, `text`, `singlevaluelist` or `multivaluelist`.
    pub datatype: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// The place in the form, from 1.
    pub order: u16,
    /// The question in the reader's language.
    pub description: String,
    /// The answers to choose from, for lists.
    pub values: Vec<AttributeValue>,
}

/// An answer to choose.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AttributeValue {
    /// The key that is sent.
    pub key: String,
    /// The words in the reader's language.
    pub name: String,
}

/// All services of the city.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Services {
    /// In the order of the city pack.
    pub services: Vec<Service>,
}

/// A service request as a resident files it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// Made by the client (UUIDv7), so that sending again is safe.
    #[garde(skip)]
    pub service_request_id: ServiceRequestId,
    /// The kind of request.
    #[garde(custom(some_text::<100>))]
    pub service_code: String,
    /// Degrees east (EPSG:4326).
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Degrees north (EPSG:4326).
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// The place in words, when there is no position.
    #[garde(custom(optional_plain_text::<300>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_string: Option<String>,
    /// What is the matter: plain text, at most 4,000 characters.
    #[garde(custom(optional_plain_text::<4000>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Answers to the service's questions: a key or text, or a list of keys.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = Object)]
    pub attributes: BTreeMap<String, Value>,
    /// Photos that were uploaded before, at most five.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoId>,
    /// When the matter was seen, if not now.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<DateTime<Utc>>,
    /// Where the answer goes, if the resident wants one by mail; who they are, where the service asks for it.
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<NewContact>,
}

/// What the resident gets for a service request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FiledRequest {
    /// The id that the client made.
    pub service_request_id: ServiceRequestId,
    /// What people call it.
    pub reference: Reference,
    /// Opens the reporter's page; shown to nobody else.
    pub secret: String,
    /// Always `received`.
    pub status: Status,
    /// When it arrived.
    pub requested_datetime: DateTime<Utc>,
    /// The reporter's page.
    pub page: String,
}

/// A service request as everyone sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PublicRequest {
    /// The id.
    pub service_request_id: ServiceRequestId,
    /// What people call it.
    pub reference: Reference,
    /// The kind of request.
    pub service_code: String,
    /// The kind's name in the reader's language.
    pub service_name: String,
    /// Where it stands.
    pub status: Status,
    /// The status in the reader's words.
    pub status_name: String,
    /// What the city last said about it.
    pub status_notes: Option<String>,
    /// The body it was handed to.
    pub agency_responsible: Option<String>,
    /// When it arrived.
    pub requested_datetime: DateTime<Utc>,
    /// When it last changed.
    pub updated_datetime: DateTime<Utc>,
    /// Degrees east, once placed.
    pub longitude: Option<f64>,
    /// Degrees north, once placed.
    pub latitude: Option<f64>,
    /// The nearest address or place, for people: "Horster Straße 12", "bei Marktplatz".
    #[serde(default)]
    #[schema(required = true)]
    pub nearest_address: Option<String>,
    /// The resident's words, once released.
    pub description: Option<String>,
    /// The released photos.
    pub photos: Vec<PhotoId>,
    /// Photos of the place once the matter was done; the reporter sees also those that are not public.
    #[serde(default)]
    #[schema(required = true)]
    pub photos_after: Vec<PhotoId>,
}

/// A page of public service requests, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PublicRequests {
    /// The page.
    pub requests: Vec<PublicRequest>,
}

/// A step in the life of a service request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened: `request.received`, `request.status_changed`, `request.answered` …
    pub kind: String,
    /// The status since then.
    pub status: Option<Status>,
    /// The status in the reader's words.
    pub status_name: Option<String>,
    /// What the city said.
    pub status_note: Option<String>,
}

/// What became of a service request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Timeline {
    /// Oldest first.
    pub steps: Vec<Step>,
}

/// A photo and whether a person has released it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Photo {
    /// The photo.
    pub photo_id: PhotoId,
    /// Whether everyone sees it.
    pub released: bool,
}

/// A service request as the resident who filed it sees it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReporterRequest {
    /// What everyone could see of it, were it public.
    #[serde(flatten)]
    pub request: PublicRequest,
    /// The resident's own words for the place.
    pub address_string: Option<String>,
    /// Whether an address for answers is kept.
    pub contact: bool,
    /// All photos that the resident sent.
    pub all_photos: Vec<Photo>,
    /// What became of it, oldest first.
    pub timeline: Vec<Step>,
    /// Whether it can still be taken back.
    pub may_withdraw: bool,
    /// Whether nobody outside learns of it.
    pub confidential: bool,
    /// What the resident answered when it was said to be done.
    #[serde(default)]
    #[schema(required = true)]
    pub feedback: Option<Feedback>,
}

/// What a resident answered when a request was said to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Feedback {
    /// Whether the matter is settled.
    pub solved: bool,
    /// When they answered.
    pub at: DateTime<Utc>,
}

/// A resident's answer: is it really done?
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewFeedback {
    /// `true` when the matter is settled, `false` when it is not.
    #[garde(skip)]
    pub solved: bool,
}

/// A photo that was accepted.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct UploadedPhoto {
    /// The id that the client made.
    pub photo_id: PhotoId,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// Where the camera said it was; dropped from the stored photo.
    pub place: Option<Position>,
}

/// A row of the order office's queue.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct QueueRow {
    /// The id.
    pub service_request_id: ServiceRequestId,
    /// What people call it.
    pub reference: Reference,
    /// The kind of request.
    pub service_code: String,
    /// The kind's name in the reader's language.
    pub service_name: String,
    /// Where it stands.
    pub status: Status,
    /// The status in the reader's words.
    pub status_name: String,
    /// The department in charge.
    pub department: String,
    /// Who has taken it.
    pub claimed_by: Option<String>,
    /// When it arrived.
    pub requested_datetime: DateTime<Utc>,
    /// When it last changed.
    pub updated_datetime: DateTime<Utc>,
    /// Degrees east, once placed.
    pub longitude: Option<f64>,
    /// Degrees north, once placed.
    pub latitude: Option<f64>,
    /// The place in words.
    pub address_string: Option<String>,
    /// The nearest address or place, for people.
    #[serde(default)]
    #[schema(required = true)]
    pub nearest_address: Option<String>,
    /// The first 160 characters of the resident's words.
    pub excerpt: Option<String>,
    /// Number of photos that the resident sent.
    pub photo_count: i64,
    /// Whether nobody outside learns of it.
    pub confidential: bool,
    /// Whether the resident agrees that it is done, if they said so.
    pub feedback_solved: Option<bool>,
}

/// A page of the queue, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// The page.
    pub requests: Vec<QueueRow>,
}

/// Something has changed about a service request of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueChange {
    /// The request.
    pub service_request_id: ServiceRequestId,
    /// What happened: `request.received`, `request.claimed` …
    pub kind: String,
}

/// A service request as staff see it: everything but contact data.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StaffRequest {
    /// What the queue shows of it.
    #[serde(flatten)]
    pub row: QueueRow,
    /// Goes up with each change; the ETag.
    pub version: i64,
    /// The resident's words, whole.
    pub description: Option<String>,
    /// Whether everyone sees them.
    pub description_released: bool,
    /// Answers to the service's questions.
    #[schema(value_type = Object)]
    pub attributes: BTreeMap<String, Value>,
    /// When the matter was seen, as the resident's device says.
    pub captured_at: Option<DateTime<Utc>>,
    /// What the city last said.
    pub status_notes: Option<String>,
    /// The body it was handed to.
    pub agency_responsible: Option<String>,
    /// Whether an answer can be sent by mail.
    pub has_contact: bool,
    /// All photos that the resident sent.
    pub photos: Vec<Photo>,
    /// Photos that staff took of the place once the matter was done.
    pub photos_after: Vec<Photo>,
    /// When the resident said whether it is done.
    pub feedback_at: Option<DateTime<Utc>>,
    /// Why the request is with its department, in the reader's language.
    pub department_reason: String,
    /// Internal notes, oldest first.
    pub notes: Vec<Note>,
    /// What became of it, oldest first.
    pub timeline: Vec<Step>,
    /// The statuses that can follow.
    pub next: Vec<Status>,
}

/// An internal note; never leaves the administration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// The note.
    pub note_id: NoteId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: String,
    /// What it says.
    pub text: String,
}

/// A note to be written.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// Plain text, at most 4,000 characters.
    #[garde(custom(some_text::<4000>))]
    pub text: String,
}

/// A move to another status, or an answer when only a note is given.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    /// The new status.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What the resident and the public read.
    #[garde(custom(optional_plain_text::<2000>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// The body that takes over; needed for `handed_over`.
    #[garde(custom(optional_plain_text::<200>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_responsible: Option<String>,
}

/// Whether everyone may read the resident's words.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TextRelease {
    /// `true` after a person has read them.
    #[garde(skip)]
    pub description: bool,
}

/// Whether everyone may see a photo.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PhotoRelease {
    /// `true` after a person has looked at it.
    #[garde(skip)]
    pub released: bool,
}

/// Checks text that is not a field of a body, such as a search.
pub fn is_search_text(text: &str) -> bool {
    plain_text::<200>(text, &()).is_ok()
}
