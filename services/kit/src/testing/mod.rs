//! The test harness: a city of its own per test, on the private cluster.
//!
//! Compiled into the library so that every crate's tests share it; nothing in service calls it.

mod answer;
mod city;
mod database;
mod guest;
mod stream;

pub use answer::Answer;
pub use city::City;
pub use database::Database;
pub use guest::Guest;
pub use stream::{Came, Stream};

use std::path::PathBuf;

/// The workspace's root, for tests that read its files.
pub fn workspace() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).map_or(here.clone(), PathBuf::from)
}

/// The folder of the tiny invented city that tests run in.
pub fn musterhausen() -> PathBuf {
    workspace().join("tests/city/musterhausen")
}
