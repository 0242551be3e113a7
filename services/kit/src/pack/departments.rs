//! The departments that work on service requests, and the one where requests without an owner arrive.

use super::keys::Keys;
use super::localised::Localised;
use super::sheet::Sheet;
use super::table::{self, Table};

/// A part of the administration, or a company of the city, that works on service requests.
#[derive(Clone, Debug)]
pub struct Department {
    /// The key that services and staff name it by.
    pub key: String,
    /// The full name, as residents read it.
    pub name: Localised,
    /// The name for lists and filters.
    pub short_name: Localised,
}

/// What departments.toml says.
pub(super) struct Departments {
    pub(super) list: Vec<Department>,
    pub(super) intake: Option<String>,
    pub(super) keys: Keys,
}

pub(super) fn read(sheet: Option<&Sheet<'_>>, languages: &[String]) -> Departments {
    let unreadable = Departments {
        list: Vec::new(),
        intake: None,
        keys: Keys::unreadable("department", "departments.toml"),
    };
    let Some(sheet) = sheet else { return unreadable };
    let Some(document) = table::parse(sheet) else { return unreadable };
    let root = Table::root(sheet, &document);
    let mut keys = Keys::new("department", "departments.toml");
    let tables = root.tables("department");
    let list = tables.iter().filter_map(|table| department(table, &mut keys, languages)).collect();
    if tables.is_empty() {
        sheet.fault_on(1, "there is no [[department]]; somebody has to do the work");
    }
    let intake = keys.refer(&root, "intake");
    root.finish();
    Departments { list, intake, keys }
}

fn department(table: &Table<'_>, keys: &mut Keys, languages: &[String]) -> Option<Department> {
    let key = keys.define(table, "key");
    let name = Localised::read(table, "name", languages);
    let short_name = Localised::read(table, "short_name", languages);
    table.finish();
    Some(Department { key: key?, name: name?, short_name: short_name? })
}
