//! Both packs of the repository open; broken ones say where.

mod border;
mod broken;
mod content;
mod places;
mod terms;

use std::path::{Path, PathBuf};

use super::Pack;

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(of)
}

fn gladbeck() -> Pack {
    Pack::open(&folder("deploy/city/gladbeck")).unwrap_or_else(|faults| panic!("{faults}"))
}

fn musterhausen() -> Pack {
    Pack::open(&folder("tests/city/musterhausen")).unwrap_or_else(|faults| panic!("{faults}"))
}
