//! Events: what happened, recorded with the change, read without skipping, sealed for audit.

mod past;
mod read;
mod record;
pub mod seal;
pub mod verify;

pub use past::{PastEvent, record_past};
pub use read::{Position, end, read_after};
pub use record::record;

use crate::db::Statement;

/// The statements that every service may run.
pub const STATEMENTS: &[&[Statement]] = &[record::STATEMENTS, past::STATEMENTS, read::STATEMENTS];

#[cfg(test)]
mod tests;
