//! What the product promises as a whole.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod access;
mod architecture;
mod boundary;
mod cities;
mod contract;
mod crawl;
mod journeys;
mod keys;
mod live;
mod repeats;
mod staff_data;
