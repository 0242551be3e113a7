//! Reads services.toml.

use serde_spanned::Spanned;

use super::catalogue::{Group, Publish, Service, Step, Visibility};
use super::keys::Keys;
use super::localised::{Keywords, Localised};
use super::question;
use super::sheet::Sheet;
use super::table::{self, Table};

/// What services.toml says.
#[derive(Default)]
pub(super) struct Services {
    pub(super) groups: Vec<Group>,
    pub(super) services: Vec<Service>,
}

pub(super) fn read(sheet: &Sheet<'_>, departments: &Keys, languages: &[String]) -> Option<Services> {
    let document = table::parse(sheet)?;
    let root = Table::root(sheet, &document);
    let mut group_keys = Keys::new("group", "services.toml");
    let groups =
        root.tables("group").iter().filter_map(|table| group(table, &mut group_keys, languages)).collect();
    let mut codes = Keys::new("service", "services.toml");
    let tables = root.tables("service");
    let references = References { departments, groups: &group_keys, languages };
    let services = tables.iter().filter_map(|table| service(table, &mut codes, &references)).collect();
    root.finish();
    if tables.is_empty() {
        sheet.fault_on(1, "there is no [[service]]; nobody could report anything");
    }
    Some(Services { groups, services })
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
    let keywords = Keywords::read(table, "keywords", languages);
    let words =
        [Visibility::Public, Visibility::Confidential].map(|visibility| (visibility.as_str(), visibility));
    let visibility = table.choice("visibility", &words);
    let publish = table.table("publish").and_then(|inner| publish(&inner, visibility));
    let expected_days = table.optional_integer("expected_days", 1, 365).map(Spanned::into_inner);
    let hazard = table.flag("hazard");
    let attributes = question::read_all(table, languages);
    table.finish();
    Some(Service {
        service_code: service_code?,
        name: name?,
        description: description?,
        group: group?,
        department: department?,
        keywords: keywords?,
        visibility: visibility?,
        publish: publish?,
        expected_days,
        hazard: hazard?,
        attributes,
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
