//! The one binary: it puts the services together and runs them.

pub mod assemble;
mod audit;
pub mod cli;
pub mod contract;
mod demo;
pub mod dev;
mod doctor;
pub mod import;
pub mod keys;
pub mod mailbox;
pub mod seed;
mod serve;
