//! The program itself, as a process: killed in the middle of its work, and used in a browser.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod browser;
mod drill;
mod victim;
