//! The run-time floor of every service: what a handler stands on, and nothing that knows a feature.

pub mod app;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod db;
pub mod error;
pub mod event;
pub mod extract;
pub mod http;
pub mod idempotency;
pub mod ids;
pub mod job;
pub mod keys;
pub mod mail;
pub mod media;
pub mod pack;
pub mod reference;
pub mod rights;
pub mod serve;
pub mod telemetry;
pub mod testing;
pub mod transport;

pub use app::{App, Floor};
pub use error::{Error, Result};
