//! On which terms requests of a service are taken: what may be sent, who is asked for, when it ends by itself.

use super::catalogue::{Attribute, Datatype, Publish, Step, Visibility};
use super::localised::Localised;
use super::table::Table;

/// What a service takes beside the place and the answers to its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepts {
    /// The resident's own words.
    pub text: bool,
    /// Photos.
    pub photos: bool,
    /// Who the resident is.
    pub contact: ContactRule,
}

/// Whether a resident says who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactRule {
    /// Never: the request stays without a name.
    None,
    /// A mail address, if an answer is wanted.
    Optional,
    /// Name and postal address, because somebody decides on what the resident has seen.
    RequiredWithName,
}

impl ContactRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::None, Self::Optional, Self::RequiredWithName];

    /// The word in the pack and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Optional => "optional",
            Self::RequiredWithName => "required_with_name",
        }
    }
}

/// When a request ends by itself if nobody has begun to work on it.
#[derive(Clone, Debug)]
pub struct Expiry {
    /// Hours after it arrived.
    pub hours: u16,
    /// What the resident and the public then read.
    pub status_note: Localised,
}

/// How a request leaves the house, for a body outside that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// As one file with everything in it.
    File,
}

impl HandOver {
    /// The word in the pack and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
        }
    }
}

/// The terms of one service, as its table gives them.
pub(super) struct Terms {
    pub(super) accepts: Accepts,
    pub(super) expires: Option<Expiry>,
    pub(super) hand_over: Option<HandOver>,
}

pub(super) fn read(service: &Table<'_>, languages: &[String]) -> Option<Terms> {
    let accepted = accepts(service);
    let words = ContactRule::ALL.map(|rule| (rule.as_str(), rule));
    let contact = service.choice_if_given("contact", ContactRule::Optional, &words);
    let expires = service.optional_table("expires").map(|table| expiry(&table, languages));
    let hand_over =
        service.choice_if_given("hand_over", None, &[(HandOver::File.as_str(), Some(HandOver::File))]);
    let (text, photos) = accepted?;
    Some(Terms {
        accepts: Accepts { text, photos, contact: contact? },
        expires: match expires {
            Some(expiry) => Some(expiry?),
            None => None,
        },
        hand_over: hand_over?,
    })
}

fn accepts(service: &Table<'_>) -> Option<(bool, bool)> {
    let Some(table) = service.optional_table("accepts") else { return Some((true, true)) };
    let (text, photos) = (table.flag("text"), table.flag("photos"));
    table.finish();
    Some((text?, photos?))
}

fn expiry(table: &Table<'_>, languages: &[String]) -> Option<Expiry> {
    let hours = table.integer("hours", 1, 720);
    let status_note = Localised::read(table, "status_note", languages);
    table.finish();
    Some(Expiry { hours: hours?.into_inner(), status_note: status_note? })
}

/// Notes where the terms of a service contradict what else is said of it.
pub(super) fn check(
    service: &Table<'_>,
    terms: &Terms,
    visibility: Option<Visibility>,
    publish: Option<Publish>,
    attributes: &[Attribute],
) {
    let fault = |reason: &str| service.sheet.fault_at(service.start, reason);
    let takes_words = |attribute: &Attribute| matches!(attribute.datatype, Datatype::String | Datatype::Text);
    if !terms.accepts.text {
        if publish.is_some_and(|publish| publish.text != Step::Never) {
            fault("a service that accepts no text publishes none: set `publish.text` to \"never\"");
        }
        if attributes.iter().any(takes_words) {
            fault("a service that accepts no text asks no question of the datatype string or text");
        }
    }
    if !terms.accepts.photos && publish.is_some_and(|publish| publish.photos != Step::Never) {
        fault("a service that accepts no photos publishes none: set `publish.photos` to \"never\"");
    }
    if terms.hand_over.is_some() && terms.accepts.contact != ContactRule::RequiredWithName {
        fault(
            "a service that is handed over as a file names who has seen it: set `contact` to \"required_with_name\"",
        );
    }
    let is_public = visibility == Some(Visibility::Public);
    if is_public && terms.accepts.contact == ContactRule::RequiredWithName {
        fault("only a confidential service asks for a name: set `visibility` to \"confidential\"");
    }
}
