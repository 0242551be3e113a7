//! What the floor promises, shown against a real database and real sockets.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

extern crate gladbeck_kit as kit;

mod audit;
mod events;
mod lifetime;
mod lost_write;
mod reference;
mod sockets;
mod statements;
mod walls;
