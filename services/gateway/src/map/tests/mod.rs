//! The map as a browser and an app meet it.

mod background;
mod own;
mod upstream;
