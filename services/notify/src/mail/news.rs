//! Which events residents hear of, and what each one says.

use proto::status::Status;
use serde::Deserialize;
use serde_json::Value;

/// What an event tells a resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What happened.
    pub what: What,
    /// The city's words.
    pub note: Option<String>,
    /// The body that is responsible now.
    pub agency: Option<String>,
}

/// What happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It arrived.
    Received,
    /// It moved on to this status.
    Changed(Status),
    /// The city wrote something about it while it stood here.
    Answered(Status),
}

/// What is read of an event's payload.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload {
    status: Option<Status>,
    to: Option<Status>,
    status_note: Option<String>,
    agency_responsible: Option<String>,
}

impl News {
    /// What the event tells, if a resident should hear of it.
    ///
    /// A redacted event tells nothing but that a request arrived.
    pub fn of(kind: &str, payload: Option<&Value>) -> Option<Self> {
        let payload = payload.and_then(|payload| Payload::deserialize(payload).ok()).unwrap_or_default();
        let what = match kind {
            "request.received" => What::Received,
            "request.status_changed" => What::Changed(payload.to.filter(|status| is_told(*status))?),
            "request.answered" if payload.status_note.is_some() => What::Answered(payload.status?),
            _ => return None,
        };
        Some(Self { what, note: payload.status_note, agency: payload.agency_responsible })
    }

    /// Where the request stood when it happened.
    pub fn status(&self) -> Status {
        match self.what {
            What::Received => Status::Received,
            What::Changed(status) | What::Answered(status) => status,
        }
    }

    /// The word for what happened in the keys of `mail.ftl`.
    pub fn key(&self) -> &'static str {
        match self.what {
            What::Received => "received",
            What::Answered(_) => "answered",
            What::Changed(Status::Done) => "done",
            What::Changed(Status::NotPossible) => "not-possible",
            What::Changed(Status::HandedOver) => "handed-over",
            What::Changed(_) => "in-progress",
        }
    }
}

/// Whether a resident gets a mail about this status: a step that changes what they can expect.
fn is_told(status: Status) -> bool {
    match status {
        Status::InProgress | Status::Done | Status::NotPossible | Status::HandedOver => true,
        // Looking at it is no news, and who took it back knows.
        Status::Received | Status::InReview | Status::Withdrawn => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn residents_hear_of_steps_that_matter_and_of_nothing_else() {
        let of = |kind, payload: Value| News::of(kind, Some(&payload)).map(|news| news.key());
        assert_eq!(News::of("request.received", None).unwrap().key(), "received");
        assert_eq!(
            of("request.answered", json!({ "status": "received", "status_note": "Wir waren da." })),
            Some("answered")
        );
        assert_eq!(of("request.answered", json!({ "status": "received" })), None);
        for (status, told) in [
            ("received", None),
            ("in_review", None),
            ("in_progress", Some("in-progress")),
            ("done", Some("done")),
            ("not_possible", Some("not-possible")),
            ("handed_over", Some("handed-over")),
            ("withdrawn", None),
            ("lost", None),
        ] {
            assert_eq!(
                of("request.status_changed", json!({ "from": "received", "to": status })),
                told,
                "{status}"
            );
        }
        for kind in ["request.claimed", "request.noted", "request.mail_stopped", "device.registered"] {
            assert_eq!(
                of(kind, json!({ "status": "done", "to": "done", "status_note": "x" })),
                None,
                "{kind}"
            );
        }
    }

    #[test]
    fn a_redacted_event_tells_nothing_that_was_said() {
        assert_eq!(News::of("request.status_changed", None), None);
        assert_eq!(News::of("request.answered", None), None);
    }
}
