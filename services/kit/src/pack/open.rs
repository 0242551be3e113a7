//! Opens a pack: reads every file, also after a fault, and holds the files against each other.

use std::path::Path;

use super::boundary::{self, Boundary, Location};
use super::fault::{Faults, Findings};
use super::settings::Settings;
use super::sheet::Sheet;
use super::table::{self, Table, listed};
use super::{Pack, departments, districts, gazetteer, legal, rights, services, settings};

/// What stands in a pack's folder; anything else is a file that nobody would read.
const CONTENTS: [&str; 12] = [
    "city.toml",
    "departments.toml",
    "services.toml",
    "services",
    "rights.toml",
    "boundary.geojson",
    "neighbours.geojson",
    "districts.geojson",
    "places.csv",
    "legal",
    "ATTRIBUTION.md",
    "README.md",
];

pub(super) fn open(folder: &Path) -> Result<Pack, Faults> {
    let findings = Findings::default();
    let pack = read(folder, &findings);
    match (pack, findings.into_sorted()) {
        (Some(pack), faults) if faults.is_empty() => Ok(pack),
        (_, faults) => Err(Faults(faults)),
    }
}

fn read(folder: &Path, findings: &Findings) -> Option<Pack> {
    if !folder.is_dir() {
        findings.add(folder.to_owned(), None, "there is no such folder");
        return None;
    }
    refuse_strangers(folder, findings);
    let (languages, settings) = settings(folder, findings);
    let departments_sheet = Sheet::read(folder, "departments.toml", findings);
    let departments = departments::read(departments_sheet.as_ref(), &languages);
    let services = services::read(folder, &departments.keys, &languages, findings);
    let rights =
        Sheet::read(folder, "rights.toml", findings).and_then(|sheet| rights::read(&sheet, &languages));
    let neighbours = Sheet::read_if_present(folder, "neighbours.geojson", findings);
    let boundary = Sheet::read(folder, "boundary.geojson", findings)
        .and_then(|sheet| boundary::read(&sheet, neighbours.as_ref()));
    let districts = Sheet::read_if_present(folder, "districts.geojson", findings)
        .map(|sheet| districts::read(&sheet, boundary.as_ref()));
    let places = Sheet::read_if_present(folder, "places.csv", findings)
        .map(|sheet| gazetteer::read(&sheet, boundary.as_ref()));
    let demonstration = settings.as_ref().is_none_or(|settings| settings.city.demonstration);
    let legal = legal::read(folder, &languages, demonstration, findings);
    if let (Some(settings), Some(boundary)) = (&settings, &boundary) {
        check_center(folder, settings, boundary, findings);
    }
    let services = services?;
    Some(Pack {
        city: settings?.city,
        departments: departments.list,
        intake: departments.intake?,
        groups: services.groups,
        services: services.services,
        rights: rights?,
        boundary: boundary?,
        districts: districts.unwrap_or_default(),
        places: places.unwrap_or_default(),
        legal,
    })
}

/// The languages are told apart from the rest, because every other file is judged by them.
fn settings(folder: &Path, findings: &Findings) -> (Vec<String>, Option<Settings>) {
    let Some(sheet) = Sheet::read(folder, "city.toml", findings) else { return (Vec::new(), None) };
    let Some(document) = table::parse(&sheet) else { return (Vec::new(), None) };
    let root = Table::root(&sheet, &document);
    let languages = settings::languages(&root);
    let settings = settings::read(&root, &languages);
    (languages, settings)
}

/// A misspelt optional file would do nothing, silently.
fn refuse_strangers(folder: &Path, findings: &Findings) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_of_an_editor = name.starts_with('.') || name.ends_with('~');
        if !is_of_an_editor && !CONTENTS.contains(&name.as_ref()) {
            let reason = format!("no pack has a file of this name; known are {}", listed(CONTENTS));
            findings.add(entry.path(), None, reason);
        }
    }
}

fn check_center(folder: &Path, settings: &Settings, boundary: &Boundary, findings: &Findings) {
    let [longitude, latitude] = settings.city.map.center;
    if boundary.locate(longitude, latitude) != Location::Inside {
        let reason = "`center` is not in the city; it is [longitude, latitude]";
        findings.add(folder.join("city.toml"), Some(settings.center_line), reason);
    }
}
