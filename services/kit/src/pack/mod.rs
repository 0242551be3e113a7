//! The city pack: a folder of data that makes the product a city's.
//!
//! Code knows no city; whatever differs between two cities stands in their packs. A pack opens as a whole or not at
//! all: [`Faults`] then lists everything that is wrong, with file and line.
//!
//! | file | what |
//! |---|---|
//! | `city.toml` | name, addresses, contact, numbers for danger, map, retention |
//! | `departments.toml` | who works |
//! | `services.toml`, or `services/*.toml` | what residents can report |
//! | `rights.toml` | which role may do what |
//! | `boundary.geojson` | the border |
//! | `neighbours.geojson`, `districts.geojson`, `places.csv` | what lies around and inside (optional) |
//! | `legal/<page>.<language>.md` | imprint, privacy, accessibility, contact |

mod address;
mod area;
mod boundary;
mod catalogue;
mod city;
mod colour;
mod departments;
mod districts;
mod fault;
mod gazetteer;
mod keys;
mod legal;
mod localised;
mod map;
mod open;
mod question;
mod rights;
mod services;
mod settings;
mod shapes;
mod sheet;
mod table;
mod terms;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use boundary::{Boundary, Location};
pub use catalogue::{Attribute, AttributeValue, Datatype, Group, Publish, Service, Step, Visibility};
pub use city::{Attribution, City, Contact, FormOfAddress, Hazard, HazardNumber, Retention};
pub use colour::Accent;
pub use departments::Department;
pub use districts::District;
pub(crate) use districts::key_of;
pub use fault::{Fault, Faults};
pub use gazetteer::Place;
pub use legal::PAGES;
pub use localised::{Keywords, Localised};
pub use map::{Background, Map};
pub use rights::{Action, Rights, Role};
pub use terms::{Accepts, ContactRule, Expiry, HandOver};

/// A city as data; share it in an `Arc`.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The city itself.
    pub city: City,
    /// Who works, in the order of departments.toml.
    pub departments: Vec<Department>,
    /// The key of the department where requests without an owner arrive.
    pub intake: String,
    /// The groups of services, in the order of the pack.
    pub groups: Vec<Group>,
    /// What residents can report, in the order of the pack.
    pub services: Vec<Service>,
    /// Which role may do what.
    pub rights: Rights,
    /// The border, and what lies beyond.
    pub boundary: Boundary,
    /// The districts; none when the pack brings none.
    pub districts: Vec<District>,
    /// Named places; none when the pack brings none.
    pub places: Vec<Place>,
    legal: legal::Legal,
}

impl Pack {
    /// Opens the pack in `folder`, or says everything that is wrong with it.
    pub fn open(folder: &Path) -> Result<Self, Faults> {
        open::open(folder)
    }

    /// The short name of the city.
    pub fn name(&self) -> &str {
        &self.city.name
    }

    /// The clock on the city's walls.
    pub fn time_zone(&self) -> chrono_tz::Tz {
        self.city.time_zone
    }

    /// The languages of the city's texts, the first one first.
    pub fn languages(&self) -> &[String] {
        &self.city.languages
    }

    /// The department with this key.
    pub fn department(&self, key: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.key == key)
    }

    /// The group of services with this key.
    pub fn group(&self, key: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.key == key)
    }

    /// The service with this code.
    pub fn service(&self, code: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.service_code == code)
    }

    /// The Markdown of a legal page, one of [`PAGES`]; in the first language when the page is in no other.
    pub fn legal(&self, page: &str, language: &str) -> Option<&str> {
        let first = self.city.languages.first()?;
        self.legal.page(page, language).or_else(|| self.legal.page(page, first))
    }

    /// The district of a position, by its name.
    pub fn district_of(&self, longitude: f64, latitude: f64) -> Option<&str> {
        districts::of(&self.districts, longitude, latitude).map(|district| district.name.as_str())
    }

    /// Places whose names have `query` in them, the best fit first; none for an empty query.
    pub fn places_like(&self, query: &str) -> Vec<&Place> {
        gazetteer::like(&self.places, query)
    }
}

/// Everything that is wrong with the pack in `folder`; nothing when it opens.
pub fn check(folder: &Path) -> Vec<Fault> {
    Pack::open(folder).err().map(|faults| faults.0).unwrap_or_default()
}
