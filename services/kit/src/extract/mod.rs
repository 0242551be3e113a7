//! Extractors: what a handler is given, rejected as a Problem when it does not fit.

mod caller;
mod headers;
mod input;

pub use caller::{Anyone, Peer, Resident, Staff, Viewer};
pub use headers::{IdempotencyKey, IfMatch, ReporterSecret};
pub use input::{Json, Path, Query, Raw};
