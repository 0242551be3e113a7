//! Jobs: rows that are taken, leased, retried and, when nothing helps, set aside where people see them.

mod queue;
mod sweep;
#[cfg(test)]
mod tests;
mod wake;
mod worker;

pub use queue::{Job, STATEMENTS, enqueue, set_aside};
pub use sweep::sweep;
pub use wake::Wake;
pub use worker::{Outcome, Task, Worker};
