//! Events: what happened, recorded with the change, read without skipping, sealed for audit.

mod read;
mod record;
pub mod seal;
pub mod verify;

pub use read::{Position, read_after};
pub use record::record;

use crate::db::Statement;

/// The statements that every service may run.
pub const STATEMENTS: &[&[Statement]] = &[record::STATEMENTS, read::STATEMENTS];
