//! The city itself, as city.toml describes it.

use chrono_tz::Tz;
use url::Url;

use super::colour::Accent;
use super::localised::Localised;
use super::map::Map;

/// What city.toml says.
#[derive(Clone, Debug)]
pub struct City {
    /// The short name: "Gladbeck".
    pub name: String,
    /// The name of the authority: "Stadt Gladbeck", "City of Gladbeck".
    pub full_name: Localised,
    /// The official key of the municipality, eight digits.
    pub ags: String,
    /// The state, by the two letters of ISO 3166-2: "NW".
    pub land: String,
    /// The wall clock of the city.
    pub time_zone: Tz,
    /// The languages of its texts; the first one stands in where a reader speaks none of them.
    pub languages: Vec<String>,
    /// How people are spoken to.
    pub form_of_address: FormOfAddress,
    /// The letters in front of every reference: "GLA".
    pub reference_prefix: String,
    /// Where people reach the product; configuration may say otherwise.
    pub base_url: Url,
    /// The host names that mean this city.
    pub hosts: Vec<String>,
    /// Whether all data is for practice; every page then says so.
    pub demonstration: bool,
    /// Whom people ask.
    pub contact: Contact,
    /// Whom people call when somebody is in danger.
    pub hazard: Hazard,
    /// How the map begins.
    pub map: Map,
    /// The city's own colour.
    pub accent: Accent,
    /// Whose data is shown.
    pub attributions: Vec<Attribution>,
    /// How long things are kept.
    pub retention: Retention,
}

/// How people are spoken to in German.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormOfAddress {
    /// Formal.
    Sie,
    /// Informal.
    Du,
}

impl FormOfAddress {
    /// The word in city.toml and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sie => "sie",
            Self::Du => "du",
        }
    }
}

/// Whom people ask.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The office that answers.
    pub name: Localised,
    /// Its mail address.
    pub email: String,
    /// Its telephone number, if it answers one.
    pub phone: Option<String>,
    /// Street and house number.
    pub street: String,
    /// Postal code, five digits.
    pub postal_code: String,
    /// Town.
    pub town: String,
}

/// Whom people call when somebody is in danger; shown before the form.
#[derive(Clone, Debug)]
pub struct Hazard {
    /// The sentence above the numbers.
    pub text: Localised,
    /// The numbers, the most urgent first.
    pub numbers: Vec<HazardNumber>,
}

/// A number to call in danger.
#[derive(Clone, Debug)]
pub struct HazardNumber {
    /// The number as people dial it.
    pub number: String,
    /// Who answers.
    pub label: Localised,
    /// Whether the number is invented; only a demonstration may have one.
    pub practice: bool,
}

/// Whose data is shown.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The words that the owner asks for.
    pub text: String,
    /// Where the owner says more.
    pub url: Option<Url>,
}

/// How long things are kept.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Days after the end of a request until the reporter's contact data is erased.
    pub contact_days_after_close: u16,
}
