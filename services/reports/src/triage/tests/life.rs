//! The rules of a request's life, against every change there is.

use chrono::{Duration, TimeZone, Utc};
use proptest::prelude::*;
use proto::reports::StatusChange;
use proto::status::Status;
use proto::{Reference, ServiceRequestId, Timestamp};

use crate::request::{Claim, Request};
use crate::triage::status::{Refusal, next};

fn start() -> Timestamp {
    Utc.with_ymd_and_hms(2026, 3, 2, 6, 40, 0).unwrap()
}

fn later() -> Timestamp {
    start() + Duration::hours(1)
}

fn clerk(subject: &str) -> Claim {
    Claim { subject: subject.to_owned(), name: format!("Kim {subject}") }
}

/// A request that stands at `status`.
fn at(status: Status) -> Request {
    Request {
        id: ServiceRequestId(uuid::Uuid::nil()),
        reference: Reference::new("MUS", 7),
        service_code: "litter".to_owned(),
        service_group: "street".to_owned(),
        department: "yard".to_owned(),
        confidential: false,
        status,
        status_notes: Some("Vorher gesagt.".to_owned()),
        agency_responsible: (status == Status::HandedOver).then(|| "Kreis".to_owned()),
        position: None,
        address_string: Some("Musterweg".to_owned()),
        description: None,
        description_released: false,
        attributes: std::collections::BTreeMap::default(),
        captured_at: None,
        requested_datetime: start(),
        updated_datetime: start(),
        closed_at: status.is_closed().then(start),
        claim: None,
        version: 3,
    }
}

fn any_status() -> impl Strategy<Value = Status> {
    prop::sample::select(&Status::ALL[..])
}

fn any_text() -> impl Strategy<Value = Option<String>> {
    prop::sample::select(vec![None, Some(String::new()), Some(" \n".to_owned()), Some("Gesagt.".to_owned())])
}

fn any_change() -> impl Strategy<Value = StatusChange> {
    (prop::option::of(any_status()), any_text(), any_text()).prop_map(
        |(status, status_note, agency_responsible)| StatusChange { status, status_note, agency_responsible },
    )
}

fn says(text: &Option<String>) -> bool {
    text.as_deref() == Some("Gesagt.")
}

proptest! {
    #[test]
    fn from_a_closed_status_nothing_follows(from in any_status(), change in any_change()) {
        prop_assume!(from.is_closed());
        if let Ok(after) = at(from).change(&change, later()) {
            prop_assert_eq!((after.status, after.closed_at), (from, Some(start())));
        }
        prop_assert!(at(from).withdraw(later()).is_err());
        prop_assert!(at(from).claim(clerk("a"), later()).is_err());
        prop_assert!(next(from).is_empty());
    }

    #[test]
    fn a_change_leads_only_where_the_table_says(from in any_status(), change in any_change()) {
        let wanted = change.status.unwrap_or(from);
        match at(from).change(&change, later()) {
            Ok(after) => {
                prop_assert_eq!(after.status, wanted);
                prop_assert!(wanted == from || next(from).contains(&wanted));
                prop_assert!(wanted != from || says(&change.status_note));
                prop_assert!(wanted == from || wanted != Status::NotPossible || says(&change.status_note));
                prop_assert!(wanted != Status::HandedOver || after.agency_responsible.is_some());
                prop_assert_eq!(after.closed_at.is_some(), after.status.is_closed());
                prop_assert_eq!((after.version, after.updated_datetime), (4, later()));
                let notes = if says(&change.status_note) { "Gesagt." } else { "Vorher gesagt." };
                prop_assert_eq!(after.status_notes.as_deref(), Some(notes));
            }
            Err(Refusal::NotReachable { from: said_from, to, .. }) => {
                prop_assert_eq!((said_from, to), (from, wanted));
                prop_assert!(!next(from).contains(&wanted));
            }
            Err(Refusal::NothingToDo) => prop_assert!(wanted == from && !says(&change.status_note)),
            Err(Refusal::NoteRequired) => {
                prop_assert!(wanted == Status::NotPossible && !says(&change.status_note));
            }
            Err(Refusal::AgencyRequired) => {
                prop_assert!(wanted == Status::HandedOver && !says(&change.agency_responsible));
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn only_the_reporter_takes_back_and_only_before_work_is_ordered(from in any_status()) {
        let early = matches!(from, Status::Received | Status::InReview);
        prop_assert_eq!(at(from).may_withdraw(), early);
        prop_assert_eq!(at(from).withdraw(later()).is_ok(), early);
        let by_staff = StatusChange {
            status: Some(Status::Withdrawn),
            status_note: Some("Gesagt.".to_owned()),
            agency_responsible: None,
        };
        prop_assert!(at(from).change(&by_staff, later()).is_err());
    }

    #[test]
    fn a_claim_belongs_to_one_and_ends_with_the_request(from in any_status(), change in any_change()) {
        let Ok(mine) = at(from).claim(clerk("a"), later()) else { return Ok(()) };
        let status = if from == Status::Received { Status::InReview } else { from };
        prop_assert_eq!((mine.status, mine.claim.clone()), (status, Some(clerk("a"))));
        let refused = Refusal::AlreadyClaimed { by: "Kim a".to_owned() };
        prop_assert_eq!(mine.clone().claim(clerk("b"), later()).unwrap_err(), refused.clone());
        prop_assert_eq!(mine.clone().unclaim("b").unwrap_err(), refused);
        prop_assert_eq!(mine.clone().unclaim("a").unwrap().claim, None);
        if let Ok(after) = mine.change(&change, later()) {
            prop_assert_eq!(after.claim.is_some(), !after.status.is_closed());
        }
    }
}

#[test]
fn the_ways_from_one_status_to_the_next() {
    use Status::{Done, HandedOver, InProgress, InReview, NotPossible, Received};
    assert_eq!(next(Received), [InReview, InProgress, Done, NotPossible, HandedOver]);
    assert_eq!(next(InReview), [InProgress, Done, NotPossible, HandedOver]);
    assert_eq!(next(InProgress), [Done, NotPossible, HandedOver]);
}
