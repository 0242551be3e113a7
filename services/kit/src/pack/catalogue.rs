//! The services: what residents can report, and the questions that each one asks.

use super::localised::{Keywords, Localised};
use super::terms::{Accepts, Expiry, HandOver};

/// A group of services, as residents see them side by side.
#[derive(Clone, Debug)]
pub struct Group {
    /// The key that never changes.
    pub key: String,
    /// The name.
    pub name: Localised,
}

/// A kind of service request.
#[derive(Clone, Debug)]
pub struct Service {
    /// The key that never changes.
    pub service_code: String,
    /// The name.
    pub name: Localised,
    /// What belongs here, in one sentence.
    pub description: Localised,
    /// The key of its group.
    pub group: String,
    /// The key of the department that gets its requests.
    pub department: String,
    /// Why that department works on it, in words for the people there.
    pub because: Option<Localised>,
    /// Other words that people use for it.
    pub keywords: Keywords,
    /// Who may learn of a request.
    pub visibility: Visibility,
    /// When the public sees what a resident sent.
    pub publish: Publish,
    /// The service goal in working days.
    pub expected_days: Option<u16>,
    /// Whether people are asked for danger first.
    pub hazard: bool,
    /// Further questions, in the order of the form.
    pub attributes: Vec<Attribute>,
    /// What a request may carry beside place and answers.
    pub accepts: Accepts,
    /// When a request ends by itself.
    pub expires: Option<Expiry>,
    /// How a request leaves the house.
    pub hand_over: Option<HandOver>,
}

impl Service {
    /// The question with this code.
    pub fn attribute(&self, code: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.code == code)
    }

    /// Whether nobody outside ever learns of a request.
    pub fn is_confidential(&self) -> bool {
        self.visibility == Visibility::Confidential
    }
}

/// Who may learn of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody, once it is published.
    Public,
    /// Its reporter, and staff to whom its group was granted by name.
    Confidential,
}

impl Visibility {
    /// The word in the pack and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Confidential => "confidential",
        }
    }
}

/// When the public sees what a resident sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The description.
    pub text: Step,
    /// The photos.
    pub photos: Step,
}

/// The step at which something becomes public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stays inside.
    Never,
    /// After a person has looked at it; nothing a resident sent becomes public by itself.
    AfterRelease,
}

/// A further question of a service.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The key of the answer.
    pub code: String,
    /// What an answer looks like.
    pub datatype: Datatype,
    /// Whether an answer is needed.
    pub required: bool,
    /// The place in the form, from 1.
    pub order: u16,
    /// The question.
    pub description: Localised,
    /// The answers to choose from, for lists.
    pub values: Vec<AttributeValue>,
}

/// An answer to choose.
#[derive(Clone, Debug)]
pub struct AttributeValue {
    /// The key that is sent.
    pub key: String,
    /// The words.
    pub name: Localised,
}

/// What an answer looks like, in the words of Open311.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datatype {
    /// A line.
    String,
    /// Several lines.
    Text,
    /// A number.
    Number,
    /// A day and time.
    Datetime,
    /// One of the values.
    SingleValueList,
    /// Some of the values.
    MultiValueList,
}

impl Datatype {
    /// Every datatype.
    pub const ALL: [Self; 6] =
        [Self::String, Self::Text, Self::Number, Self::Datetime, Self::SingleValueList, Self::MultiValueList];

    /// The word in the pack and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Text => "text",
            Self::Number => "number",
            Self::Datetime => "datetime",
            Self::SingleValueList => "singlevaluelist",
            Self::MultiValueList => "multivaluelist",
        }
    }

    /// Whether an answer is chosen from values.
    pub fn is_list(self) -> bool {
        matches!(self, Self::SingleValueList | Self::MultiValueList)
    }
}
