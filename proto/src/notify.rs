//! Messages to residents and how to end them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The wish to get no more mail about one service request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Unsubscribe {
    /// The token of the link at the foot of each mail.
    #[garde(custom(crate::rule::some_text::<200>))]
    pub token: String,
}

/// A resident's address for one service request, as `reports` hands it to `notify` inside the city.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// The mail address.
    pub email: String,
    /// The reporter's secret, for the link in the mail.
    pub secret: String,
    /// The language that the resident chose.
    pub language: String,
    /// The reference that people see.
    pub reference: crate::Reference,
}

/// Requests that `notify` asks about, and those among them whose residents wait for answers by mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct Answerable {
    /// The requests; at most a thousand.
    #[garde(length(max = 1000))]
    pub service_request_ids: Vec<crate::ServiceRequestId>,
}
