//! The work of the order office, over HTTP.

mod access;
mod life;
mod queue;
mod work;
