//! Reads services.toml, or the files of services/ in the order of their names.

use std::path::Path;

use serde_spanned::Spanned;
use toml::de::DeTable;

use super::catalogue::{Group, Publish, Service, Step, Visibility};
use super::fault::Findings;
use super::keys::Keys;
use super::localised::{Keywords, Localised};
use super::sheet::Sheet;
use super::table::{self, Table};
use super::{question, terms};

/// The file of a small catalogue.
const FILE: &str = "services.toml";
/// The folder of a large one.
const FOLDER: &str = "services";

/// What the catalogue says.
#[derive(Default)]
pub(super) struct Services {
    pub(super) groups: Vec<Group>,
    pub(super) services: Vec<Service>,
}

pub(super) fn read(
    folder: &Path,
    departments: &Keys,
    languages: &[String],
    findings: &Findings,
) -> Option<Services> {
    let (place, sheets) = sheets(folder, findings)?;
    // Every file first: a service may name the group of another file.
    let documents: Vec<DeTable<'_>> = sheets.iter().map(table::parse).collect::<Option<_>>()?;
    let roots: Vec<Table<'_>> =
        sheets.iter().zip(&documents).map(|(sheet, document)| Table::root(sheet, document)).collect();
    let mut group_keys = Keys::new("group", place);
    let groups: Vec<Group> = roots
        .iter()
        .flat_map(|root| root.tables("group"))
        .filter_map(|table| group(&table, &mut group_keys, languages))
        .collect();
    let mut codes = Keys::new("service", place);
    let references = References { departments, groups: &group_keys, languages };
    let mut services = Vec::new();
    for (root, sheet) in roots.iter().zip(&sheets) {
        let tables = root.tables("service");
        if tables.is_empty() {
            sheet.fault_on(1, "there is no [[service]]; nobody could report anything");
        }
        services.extend(tables.iter().filter_map(|table| service(table, &mut codes, &references)));
        root.finish();
    }
    Some(Services { groups, services })
}

/// The files of the catalogue, and what faults call the place where its keys are defined.
fn sheets<'f>(folder: &Path, findings: &'f Findings) -> Option<(&'static str, Vec<Sheet<'f>>)> {
    let inner = folder.join(FOLDER);
    if !inner.is_dir() {
        return Some((FILE, vec![Sheet::read(folder, FILE, findings)?]));
    }
    if folder.join(FILE).exists() {
        findings.add(folder.join(FILE), None, "a pack has services.toml or the folder services/, not both");
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for entry in inner.read_dir().ok()?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if name.ends_with(".toml") {
            names.push(name);
        } else {
            findings.add(entry.path(), None, "only files that end with .toml are read here");
        }
    }
    if names.is_empty() {
        findings.add(inner, None, "there is no file with a [[service]] here; nobody could report anything");
        return None;
    }
    names.sort();
    let sheets: Option<Vec<_>> = names.iter().map(|name| Sheet::read(&inner, name, findings)).collect();
    Some(("services/", sheets?))
}

fn group(table: &Table<'_>, keys: &mut Keys, languages: &[String]) -> Option<Group> {
    let key = keys.define(table, "key");
    let name = Localised::read(table, "name", languages);
    table.finish();
    Some(Group { key: key?, name: name? })
}

/// What a service may name.
struct References<'r> {
    departments: &'r Keys,
    groups: &'r Keys,
    languages: &'r [String],
}

fn service(table: &Table<'_>, codes: &mut Keys, references: &References<'_>) -> Option<Service> {
    let languages = references.languages;
    let service_code = codes.define(table, "service_code");
    let name = Localised::read(table, "name", languages);
    let description = Localised::read(table, "description", languages);
    let group = references.groups.refer(table, "group");
    let department = references.departments.refer(table, "department");
    let because = Localised::read_if_given(table, "because", languages);
    let keywords = Keywords::read(table, "keywords", languages);
    let words =
        [Visibility::Public, Visibility::Confidential].map(|visibility| (visibility.as_str(), visibility));
    let visibility = table.choice("visibility", &words);
    let publish = table.table("publish").and_then(|inner| publish(&inner, visibility));
    let expected_days = table.optional_integer("expected_days", 1, 365).map(Spanned::into_inner);
    let hazard = table.flag("hazard");
    let attributes = question::read_all(table, languages);
    let terms = terms::read(table, languages);
    table.finish();
    let terms = terms?;
    terms::check(table, &terms, visibility, publish, &attributes);
    Some(Service {
        service_code: service_code?,
        name: name?,
        description: description?,
        group: group?,
        department: department?,
        because: because?,
        keywords: keywords?,
        visibility: visibility?,
        publish: publish?,
        expected_days,
        hazard: hazard?,
        attributes,
        accepts: terms.accepts,
        expires: terms.expires,
        hand_over: terms.hand_over,
    })
}

fn publish(table: &Table<'_>, visibility: Option<Visibility>) -> Option<Publish> {
    let words = [("never", Step::Never), ("after_release", Step::AfterRelease)];
    let text = table.choice("text", &words);
    let photos = table.choice("photos", &words);
    table.finish();
    let publish = Publish { text: text?, photos: photos? };
    let hidden = Publish { text: Step::Never, photos: Step::Never };
    if visibility == Some(Visibility::Confidential) && publish != hidden {
        table.sheet.fault_at(
            table.start,
            "a confidential service publishes nothing: set text and photos to \"never\"",
        );
    }
    Some(publish)
}
