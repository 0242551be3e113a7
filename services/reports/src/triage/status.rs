//! The life of a request: which status can follow which, and who may take it.

use proto::locale::Language;
use proto::reports::StatusChange;
use proto::status::Status;
use proto::{Problem, Timestamp};

use crate::request::{Claim, Request};

/// Why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No way leads from one status to the other.
    NotReachable {
        /// Where the request stands.
        from: Status,
        /// Where it was to go.
        to: Status,
        /// The body it was handed to.
        agency: Option<String>,
    },
    /// The city does not act, and does not say why.
    NoteRequired,
    /// Somebody else is responsible, and is not named.
    AgencyRequired,
    /// Neither another status nor a word to the resident.
    NothingToDo,
    /// A colleague has taken it.
    AlreadyClaimed {
        /// The colleague's name.
        by: String,
    },
    /// It has ended.
    Closed,
}

impl Refusal {
    /// What the caller reads.
    pub fn problem(self, language: Language) -> Problem {
        match self {
            Self::NotReachable { from, to, agency } => {
                let words = |status: Status| status.words(language, agency.as_deref());
                Problem::new(409, "status-not-reachable").with("from", words(from)).with("to", words(to))
            }
            Self::NoteRequired => Problem::field("/status_note", "note-required"),
            Self::AgencyRequired => Problem::field("/agency_responsible", "agency-required"),
            Self::NothingToDo => Problem::field("/status", "nothing-to-do"),
            Self::AlreadyClaimed { by } => Problem::new(409, "already-claimed").with("by", by),
            Self::Closed => Problem::new(409, "request-closed"),
        }
    }
}

/// The statuses to which staff can move a request; only its reporter takes it back.
pub fn next(from: Status) -> &'static [Status] {
    use Status::{Done, HandedOver, InProgress, InReview, NotPossible, Received, Withdrawn};
    match from {
        Received => &[InReview, InProgress, Done, NotPossible, HandedOver],
        InReview => &[InProgress, Done, NotPossible, HandedOver],
        InProgress => &[Done, NotPossible, HandedOver],
        Done | NotPossible | HandedOver | Withdrawn => &[],
    }
}

impl Request {
    /// Applies `change` at `now`, or says why it is not allowed.
    ///
    /// The same status with a note is an answer. It may also come after the end, but not to a resident who
    /// has taken the request back.
    pub fn change(self, change: &StatusChange, now: Timestamp) -> Result<Self, Refusal> {
        let to = change.status.unwrap_or(self.status);
        let (has_note, has_agency) = (has_words(&change.status_note), has_words(&change.agency_responsible));
        if to == self.status {
            return match (has_note, self.is_withdrawn()) {
                (false, _) => Err(Refusal::NothingToDo),
                (true, true) => Err(self.not_reachable(to)),
                (true, false) => {
                    let mut answered = self.said(change);
                    answered.touch(now);
                    Ok(answered)
                }
            };
        }
        match to {
            _ if !next(self.status).contains(&to) => Err(self.not_reachable(to)),
            Status::NotPossible if !has_note => Err(Refusal::NoteRequired),
            Status::HandedOver if !has_agency => Err(Refusal::AgencyRequired),
            _ => Ok(self.said(change).moved(to, now)),
        }
    }

    /// Takes the request back at `now`, unless work is ordered or it has ended.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.may_withdraw() {
            Ok(self.moved(Status::Withdrawn, now))
        } else {
            Err(self.not_reachable(Status::Withdrawn))
        }
    }

    /// Whether the resident can take it back.
    pub fn may_withdraw(&self) -> bool {
        matches!(self.status, Status::Received | Status::InReview)
    }

    /// Whether the resident has taken it back.
    pub fn is_withdrawn(&self) -> bool {
        self.status == Status::Withdrawn
    }

    /// Gives the request to a member of staff at `now`; one that nobody had looked at is then in review.
    pub fn claim(mut self, by: Claim, now: Timestamp) -> Result<Self, Refusal> {
        match self.claim {
            Some(other) if other.subject != by.subject => {
                return Err(Refusal::AlreadyClaimed { by: other.name });
            }
            _ if self.status.is_closed() => return Err(Refusal::Closed),
            _ => self.claim = Some(by),
        }
        if self.status == Status::Received {
            return Ok(self.moved(Status::InReview, now));
        }
        self.version += 1;
        Ok(self)
    }

    /// Takes the request from the member of staff who had it; a colleague's claim stays.
    pub fn unclaim(mut self, subject: &str) -> Result<Self, Refusal> {
        match self.claim {
            Some(other) if other.subject != subject => Err(Refusal::AlreadyClaimed { by: other.name }),
            _ => {
                self.claim = None;
                self.version += 1;
                Ok(self)
            }
        }
    }

    /// Notes that what the public sees changes at `now`.
    pub fn touch(&mut self, now: Timestamp) {
        self.updated_datetime = now;
        self.version += 1;
    }

    fn said(mut self, change: &StatusChange) -> Self {
        if has_words(&change.status_note) {
            self.status_notes.clone_from(&change.status_note);
        }
        if has_words(&change.agency_responsible) {
            self.agency_responsible.clone_from(&change.agency_responsible);
        }
        self
    }

    /// At its end a request belongs to nobody any more: who worked on it is kept only while it matters.
    fn moved(mut self, to: Status, now: Timestamp) -> Self {
        self.status = to;
        self.touch(now);
        if to.is_closed() {
            self.closed_at = Some(now);
            self.claim = None;
        }
        self
    }

    fn not_reachable(self, to: Status) -> Refusal {
        Refusal::NotReachable { from: self.status, to, agency: self.agency_responsible }
    }
}

fn has_words(text: &Option<String>) -> bool {
    text.as_deref().is_some_and(|text| !text.trim().is_empty())
}
