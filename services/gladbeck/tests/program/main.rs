//! The program itself, as a process: killed in the middle of its work, proven, and used in a browser.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod browser;
mod drill;
mod prove;
mod victim;
