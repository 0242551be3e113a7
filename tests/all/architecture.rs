//! The house keeps its shape: who may depend on whom, and how long files are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};
use kit::testing::workspace;

/// Who may use whom inside the workspace.
const ARROWS: [(&str, &[&str]); 9] = [
    ("gladbeck-proto", &[]),
    ("gladbeck-kit", &["gladbeck-proto"]),
    ("gladbeck-accounts", &["gladbeck-proto", "gladbeck-kit"]),
    ("gladbeck-reports", &["gladbeck-proto", "gladbeck-kit"]),
    ("gladbeck-layers", &["gladbeck-proto", "gladbeck-kit"]),
    ("gladbeck-notify", &["gladbeck-proto", "gladbeck-kit"]),
    ("gladbeck-gateway", &["gladbeck-proto", "gladbeck-kit"]),
    (
        "gladbeck",
        &[
            "gladbeck-proto",
            "gladbeck-kit",
            "gladbeck-accounts",
            "gladbeck-reports",
            "gladbeck-layers",
            "gladbeck-notify",
            "gladbeck-gateway",
        ],
    ),
    (
        "gladbeck-tests",
        &[
            "gladbeck",
            "gladbeck-proto",
            "gladbeck-kit",
            "gladbeck-accounts",
            "gladbeck-reports",
            "gladbeck-layers",
            "gladbeck-notify",
            "gladbeck-gateway",
        ],
    ),
];

/// Longest file of source.
const MOST_LINES: usize = 500;
/// Longest that half of the files may be.
const MOST_MEDIAN: usize = 120;

#[test]
fn arrows_between_crates_are_those_of_the_design() {
    let metadata = MetadataCommand::new()
        .current_dir(workspace())
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    let members: BTreeSet<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(members, known, "a new crate needs its arrows here and in the design");
    for package in &metadata.packages {
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == package.name.as_str()).unwrap();
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let inside = members.contains(name) && dependency.kind != DependencyKind::Development;
            assert!(!inside || allowed.contains(&name), "{} must not use {name}", package.name);
        }
    }
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let mut lengths: Vec<(usize, PathBuf)> = sources().into_iter().map(|file| (lines(&file), file)).collect();
    lengths.sort();
    let (median, (longest, file)) = (lengths[lengths.len() / 2].0, lengths.last().unwrap());
    println!("{} files, median {median} lines, longest {longest}: {}", lengths.len(), file.display());
    assert!(*longest <= MOST_LINES, "{} has {longest} lines", file.display());
    assert!(median <= MOST_MEDIAN, "half of the files are longer than {median} lines");
}

#[test]
fn the_repository_names_no_city_in_its_code() {
    let city = "zweckel";
    for file in sources() {
        let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
        let named = text.contains(city) && !file.to_string_lossy().contains("tests/");
        assert!(!named, "{} names a place of a city: that is data", file.display());
    }
}

#[test]
fn statements_are_never_put_together_from_strings() {
    for file in sources() {
        let text = std::fs::read_to_string(&file).unwrap();
        let in_service =
            !file.to_string_lossy().contains("tests") && !file.to_string_lossy().contains("testing");
        let asserted = text.contains("AssertSqlSafe")
            && !file.ends_with("db/setup.rs")
            && !file.ends_with("db/check.rs");
        assert!(!(in_service && asserted), "{} builds SQL from strings", file.display());
        assert!(!(in_service && text.contains("SELECT *")), "{} selects every column", file.display());
    }
}

fn lines(file: &Path) -> usize {
    std::fs::read_to_string(file).unwrap().lines().count()
}

/// Every source file of the workspace that people wrote.
fn sources() -> Vec<PathBuf> {
    let root = workspace();
    let mut files = Vec::new();
    for folder in ["proto", "services", "tests", "migrations"] {
        collect(&root.join(folder), &mut files);
    }
    assert!(files.len() > 100, "too few files found below {}", root.display());
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "dist", "target", "output"].contains(&name.as_str()) {
            collect(&path, files);
        } else if [".rs", ".ts", ".svelte", ".sql", ".mjs", ".css"].iter().any(|end| name.ends_with(end)) {
            files.push(path);
        }
    }
}
