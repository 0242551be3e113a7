//! Reads city.toml.

use serde_spanned::Spanned;

use proto::Language;

use super::address;
use super::city::{Attribution, City, Contact, FormOfAddress, Hazard, HazardNumber, Retention};
use super::localised::Localised;
use super::table::{Table, listed};
use super::{colour, map};

/// The states by the first two digits of their municipalities' keys.
const STATES: [(&str, &str); 16] = [
    ("01", "SH"),
    ("02", "HH"),
    ("03", "NI"),
    ("04", "HB"),
    ("05", "NW"),
    ("06", "HE"),
    ("07", "RP"),
    ("08", "BW"),
    ("09", "BY"),
    ("10", "SL"),
    ("11", "BE"),
    ("12", "BB"),
    ("13", "MV"),
    ("14", "SN"),
    ("15", "ST"),
    ("16", "TH"),
];

/// The languages that city.toml lists; other files are judged by them even when city.toml has faults.
pub(super) fn languages(root: &Table<'_>) -> Vec<String> {
    let Some(tags) = root.texts("languages") else { return Vec::new() };
    if tags.is_empty() {
        root.sheet.fault_at(root.start, "`languages` is empty; list at least one");
    }
    let mut languages = Vec::new();
    for tag in tags {
        let text = tag.get_ref();
        if Language::from_tag(text).is_none() {
            root.fault(&tag, format!("the product has no sentences in \"{text}\""));
        } else if languages.contains(text) {
            root.fault(&tag, format!("\"{text}\" is listed twice"));
        } else {
            languages.push(tag.into_inner());
        }
    }
    languages
}

/// A city, and where it says what the map shows: another file tells whether that is right.
pub(super) struct Settings {
    pub(super) city: City,
    pub(super) center_line: usize,
}

pub(super) fn read(root: &Table<'_>, languages: &[String]) -> Option<Settings> {
    let name = root.text("name").map(Spanned::into_inner);
    let full_name = Localised::read(root, "full_name", languages);
    let (ags, land) = key_and_state(root);
    let time_zone = root.text("time_zone").and_then(|zone| time_zone(root, &zone));
    let forms = [("sie", FormOfAddress::Sie), ("du", FormOfAddress::Du)];
    let form_of_address = root.choice("form_of_address", &forms);
    let reference_prefix = reference_prefix(root);
    let hosts = address::hosts(root);
    let base_url = address::base_url(root, hosts.as_deref());
    let demonstration = root.flag("demonstration");
    let contact = root.table("contact").and_then(|table| contact(&table, languages));
    let hazard = root.table("hazard").and_then(|table| hazard(&table, languages, demonstration));
    let map = root.table("map").and_then(|table| map::read(&table));
    let accent =
        root.optional_table("colours").map_or_else(|| Some(Default::default()), |table| colour::read(&table));
    let attributions = root.tables("attribution").iter().filter_map(attribution).collect();
    let retention = root.table("retention").and_then(|table| retention(&table));
    root.finish();
    let (map, center_line) = map?;
    let city = City {
        name: name?,
        full_name: full_name?,
        ags: ags?,
        land: land?,
        time_zone: time_zone?,
        languages: languages.to_vec(),
        form_of_address: form_of_address?,
        reference_prefix: reference_prefix?,
        base_url: base_url?,
        hosts: hosts?,
        demonstration: demonstration?,
        contact: contact?,
        hazard: hazard?,
        map,
        accent: accent?,
        attributions,
        retention: retention?,
    };
    Some(Settings { city, center_line })
}

fn key_and_state(root: &Table<'_>) -> (Option<String>, Option<String>) {
    let ags = root.text("ags").filter(|ags| {
        let fits = is_digits(ags.get_ref(), 8);
        if !fits {
            root.fault(ags, "`ags` is not the key of a municipality: eight digits, in quotation marks");
        }
        fits
    });
    let land = root.text("land").filter(|land| {
        let known = STATES.iter().any(|(_, state)| state == land.get_ref());
        if !known {
            let states = listed(STATES.iter().map(|(_, state)| *state));
            root.fault(land, format!("`land` is \"{}\"; it can be {states}", land.get_ref()));
        }
        known
    });
    if let (Some(ags), Some(land)) = (&ags, &land) {
        let of_key =
            STATES.iter().find(|(digits, _)| ags.get_ref().starts_with(digits)).map(|(_, state)| *state);
        if of_key != Some(land.get_ref().as_str()) {
            root.fault(ags, format!("`ags` does not belong to a municipality of {}", land.get_ref()));
        }
    }
    (ags.map(Spanned::into_inner), land.map(Spanned::into_inner))
}

fn time_zone(root: &Table<'_>, zone: &Spanned<String>) -> Option<chrono_tz::Tz> {
    let parsed = zone.get_ref().parse().ok();
    if parsed.is_none() {
        root.fault(
            zone,
            format!("`time_zone` \"{}\" does not exist; Germany's is Europe/Berlin", zone.get_ref()),
        );
    }
    parsed
}

fn reference_prefix(root: &Table<'_>) -> Option<String> {
    let prefix = root.text("reference_prefix")?;
    let text = prefix.get_ref();
    if !(2..=4).contains(&text.len()) || !text.bytes().all(|letter| letter.is_ascii_uppercase()) {
        root.fault(&prefix, format!("`reference_prefix` is \"{text}\"; use two to four letters A-Z"));
        return None;
    }
    Some(prefix.into_inner())
}

fn contact(table: &Table<'_>, languages: &[String]) -> Option<Contact> {
    let name = Localised::read(table, "name", languages);
    let email = address::email(table, "email");
    let phone = table.optional_text("phone").filter(|phone| phone_number(table, "phone", phone));
    let street = table.text("street").map(Spanned::into_inner);
    let postal_code = table.text("postal_code").filter(|code| {
        let fits = is_digits(code.get_ref(), 5);
        if !fits {
            table.fault(code, "`postal_code` is not a postal code: five digits, in quotation marks");
        }
        fits
    });
    let town = table.text("town").map(Spanned::into_inner);
    table.finish();
    Some(Contact {
        name: name?,
        email: email?,
        phone: phone.map(Spanned::into_inner),
        street: street?,
        postal_code: postal_code?.into_inner(),
        town: town?,
    })
}

fn hazard(table: &Table<'_>, languages: &[String], demonstration: Option<bool>) -> Option<Hazard> {
    let text = Localised::read(table, "text", languages);
    let tables = table.tables("numbers");
    if tables.is_empty() {
        table.sheet.fault_at(table.start, "`hazard` has no [[hazard.numbers]]; people in danger need one");
    }
    let numbers =
        tables.iter().filter_map(|number| hazard_number(number, languages, demonstration)).collect();
    table.finish();
    Some(Hazard { text: text?, numbers })
}

fn hazard_number(
    table: &Table<'_>,
    languages: &[String],
    demonstration: Option<bool>,
) -> Option<HazardNumber> {
    let number = table.text("number").filter(|number| phone_number(table, "number", number));
    let label = Localised::read(table, "label", languages);
    let practice = table.flag_if_given("practice");
    table.finish();
    let number = number?;
    if practice == Some(true) && demonstration == Some(false) {
        table.fault(&number, "this number is invented (`practice`), but the city is no demonstration");
    }
    Some(HazardNumber { number: number.into_inner(), label: label?, practice: practice? })
}

fn attribution(table: &Table<'_>) -> Option<Attribution> {
    let text = table.text("text").map(Spanned::into_inner);
    let url = table.optional_text("url").and_then(|url| address::web(table, "url", &url));
    table.finish();
    Some(Attribution { text: text?, url })
}

fn retention(table: &Table<'_>) -> Option<Retention> {
    let days = table.integer("contact_days_after_close", 1, 3650);
    table.finish();
    Some(Retention { contact_days_after_close: days?.into_inner() })
}

fn phone_number(table: &Table<'_>, key: &str, number: &Spanned<String>) -> bool {
    let text = number.get_ref();
    let fits = text.starts_with(|first: char| first == '+' || first.is_ascii_digit())
        && text.chars().skip(1).all(|letter| letter.is_ascii_digit() || " -/".contains(letter));
    if !fits {
        table.fault(number, format!("`{key}` \"{text}\" cannot be dialled; use digits, spaces, - and /"));
    }
    fits
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|letter| letter.is_ascii_digit())
}
