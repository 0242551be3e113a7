//! Makes the folder of the built web clients when it is missing, so that cargo builds without npm.

use std::path::Path;

fn main() {
    let folder = Path::new("../web/dist");
    if let Err(error) = std::fs::create_dir_all(folder) {
        println!("cargo:warning={}: {error}", folder.display());
    }
    println!("cargo:rerun-if-changed={}", folder.display());
}
