//! The one binary: it puts the services together and runs them.

pub mod assemble;
mod audit;
pub mod cli;
pub mod contract;
pub mod dev;
mod doctor;
pub mod mailbox;
mod serve;
