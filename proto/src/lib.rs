//! The language that the parts of the product speak with each other and with every client.
//!
//! Types of the API, problems with their localised text, tokens, paging, positions, events and the
//! client that calls a service over any transport. No database and no runtime lives here.

pub mod accounts;
pub mod address;
pub mod auth;
pub mod basemap;
pub mod client;
pub mod contact;
pub mod event;
pub mod geo;
pub mod id;
pub mod locale;
pub mod notify;
pub mod paging;
pub mod problem;
pub mod reports;
pub mod rule;
pub mod statistics;
pub mod status;

pub use client::Client;
pub use id::{DeviceId, NoteId, PhotoId, Reference, ServiceRequestId, SessionId, StaffId};
pub use locale::Language;
pub use problem::Problem;

/// An instant in UTC; on the wire RFC 3339.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
