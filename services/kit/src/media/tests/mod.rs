//! Photos that must come out right, and uploads that must not come in.

mod camera;
mod hostile;
mod metadata;
mod random;
mod sample;
mod store;
