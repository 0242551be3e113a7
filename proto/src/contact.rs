//! Who a resident is, where a service request asks for it.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rule::optional_plain_text;

/// Where the answer goes; for a witness also who they are and where they live.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// The mail address; a witness may leave it out.
    #[garde(custom(optional_plain_text::<254>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// First and last name of a witness; refused where the service does not ask for it.
    #[garde(custom(optional_plain_text::<200>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Street, house number, postal code and town of a witness; refused where the service does not ask for it.
    #[garde(custom(optional_plain_text::<300>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<String>,
    /// What the data may be used for.
    #[garde(skip)]
    pub purpose: Purpose,
    /// The language of the mails; the city's first one when not given.
    #[garde(custom(optional_plain_text::<35>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What contact data may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To answer about this one request, and for nothing else.
    Answer,
    /// As an answer, and to name the witness to the body that decides on this one request.
    Witness,
}

impl Purpose {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Witness => "witness",
        }
    }
}

/// Why a member of staff has to see who reported a request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// The key of one of the city's reasons.
    #[garde(custom(crate::rule::some_text::<60>))]
    pub reason: String,
}

/// Who reported a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevealedContact {
    /// The mail address for answers.
    pub email: Option<String>,
    /// First and last name of a witness.
    pub name: Option<String>,
    /// Where letters reach the witness.
    pub postal_address: Option<String>,
}

/// A reason for which staff may see who reported a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevealReason {
    /// The key that a reveal names.
    pub key: String,
    /// The reason in the reader's language.
    pub name: String,
}
