//! What happens to a request, told to timeline, notify, statistics and audit.
//!
//! Payloads carry what the city said in public; never contact data, and never a resident's or a clerk's
//! internal words.

use proto::event::{NewEvent, Visibility};
use proto::reports::StatusChange;
use proto::status::Status;
use proto::{NoteId, PhotoId, ServiceRequestId};
use serde_json::{Value, json};

use crate::request::Request;

fn of(id: ServiceRequestId, kind: &'static str, visibility: Visibility, payload: Value) -> NewEvent {
    NewEvent { kind, subject_kind: "request", subject_id: id.0, thread_id: id.0, visibility, payload }
}

/// A request has arrived.
pub fn received(request: &Request) -> NewEvent {
    let payload = json!({ "status": request.status, "service_code": request.service_code });
    of(request.id, "request.received", request.audience(), payload)
}

/// A request has moved on from `from`.
pub fn status_changed(request: &Request, from: Status, change: &StatusChange) -> NewEvent {
    let payload = json!({
        "from": from,
        "to": request.status,
        "status_note": change.status_note,
        "agency_responsible": change.agency_responsible,
    });
    of(request.id, "request.status_changed", request.audience(), payload)
}

/// The city has said something about a request that stays where it is.
pub fn answered(request: &Request, change: &StatusChange) -> NewEvent {
    let payload = json!({ "status": request.status, "status_note": change.status_note });
    of(request.id, "request.answered", request.audience(), payload)
}

/// A request has ended by itself, because nobody had begun it in time.
pub fn expired(request: &Request, from: Status, status_note: &str) -> NewEvent {
    let payload = json!({ "from": from, "to": request.status, "status_note": status_note });
    of(request.id, "request.expired", request.audience(), payload)
}

/// A member of staff has taken a request out of the house as a file.
pub fn file_handed_over(request: &Request) -> NewEvent {
    of(request.id, "request.file_handed_over", Visibility::Staff, json!({}))
}

/// The resident has taken a request back.
pub fn withdrawn(request: &Request, from: Status) -> NewEvent {
    let payload = json!({ "from": from, "to": request.status });
    of(request.id, "request.withdrawn", request.audience(), payload)
}

/// A member of staff has taken a request.
pub fn claimed(request: &Request) -> NewEvent {
    of(request.id, "request.claimed", Visibility::Staff, json!({}))
}

/// A member of staff has given a request back.
pub fn unclaimed(request: &Request) -> NewEvent {
    of(request.id, "request.unclaimed", Visibility::Staff, json!({}))
}

/// A member of staff has written an internal note.
pub fn note_written(request: &Request, note_id: NoteId) -> NewEvent {
    of(request.id, "request.note_written", Visibility::Staff, json!({ "note_id": note_id }))
}

/// A member of staff has shown the resident's words to the public, or hidden them again.
pub fn text_released(request: &Request) -> NewEvent {
    let payload = json!({ "released": request.description_released });
    of(request.id, "request.text_released", Visibility::Staff, payload)
}

/// The resident has sent another photo.
pub fn photo_attached(request: &Request, photo_id: PhotoId) -> NewEvent {
    of(request.id, "photo.attached", Visibility::Staff, json!({ "photo_id": photo_id }))
}

/// A member of staff has shown a photo to the public, or hidden it again.
pub fn photo_released(request: &Request, photo_id: PhotoId, released: bool) -> NewEvent {
    let payload = json!({ "photo_id": photo_id, "released": released });
    of(request.id, "photo.released", Visibility::Staff, payload)
}

/// A member of staff has shown the place once the matter was done.
pub fn photo_after_attached(request: &Request, photo_id: PhotoId) -> NewEvent {
    of(request.id, "photo.after_attached", Visibility::Staff, json!({ "photo_id": photo_id }))
}

/// The resident has said whether it is really done.
pub fn feedback(request: &Request, solved: bool) -> NewEvent {
    of(request.id, "request.feedback", Visibility::Reporter, json!({ "solved": solved }))
}

/// A member of staff has seen who reported a request.
pub fn contact_revealed(request: &Request, reason: &str) -> NewEvent {
    of(request.id, "contact.revealed", Visibility::Staff, json!({ "reason": reason }))
}

/// Somebody has seen who reported requests more often than their work explains; data protection looks at it.
pub fn contact_revealed_often(request: &Request) -> NewEvent {
    of(request.id, "contact.revealed_often", Visibility::Staff, json!({}))
}

/// The address for answers is gone.
pub fn contact_deleted(id: ServiceRequestId) -> NewEvent {
    of(id, "contact.deleted", Visibility::Staff, json!({}))
}
