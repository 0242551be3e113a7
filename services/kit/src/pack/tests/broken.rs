//! A pack with one mistake says which file, which line and what: exactly that, and nothing that follows from it.

use std::fs;
use std::path::Path;

use super::super::{Fault, Pack, check};
use super::folder;

/// A mistake in one file: `from` becomes `to`; the fault stands on the line of `at` and says `says`.
pub(super) struct Mistake {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    at: &'static str,
    says: &'static str,
}

pub(super) const fn mistake(file: &'static str, [from, to, at, says]: [&'static str; 4]) -> Mistake {
    Mistake { file, from, to, at, says }
}

const CITY: &str = "city.toml";
const DEPARTMENTS: &str = "departments.toml";
pub(super) const SERVICES: &str = "services.toml";
const RIGHTS: &str = "rights.toml";
const BOUNDARY: &str = "boundary.geojson";

const MISTAKES: &[Mistake] = &[
    mistake(CITY, ["land =", "land = =", "land =", "not TOML"]),
    mistake(
        CITY,
        ["town = ", "city = 1\ntown = ", "city = 1", "unknown key `city`; known here: name, email"],
    ),
    mistake(
        CITY,
        [
            "hosts = [\"musterhausen.localhost\", \"musterhausen.example\"]",
            "hosts = []",
            "hosts",
            "`hosts` is empty",
        ],
    ),
    mistake(CITY, ["musterhausen.example\"]", "https://x.example\"]", "hosts", "not a host name"]),
    mistake(CITY, ["Europe/Berlin", "Europe/Musterhausen", "time_zone", "does not exist"]),
    mistake(CITY, ["\"MUS\"", "\"Mus\"", "reference_prefix", "two to four letters A-Z"]),
    mistake(CITY, ["\"MUS\"", "\"MUSTER\"", "reference_prefix", "two to four letters A-Z"]),
    mistake(CITY, ["melden@musterhausen.example", "melden(at)musterhausen", "email", "not a mail address"]),
    mistake(
        CITY,
        ["http://musterhausen.localhost:8080", "http://musterhausen.example", "base_url", "use https"],
    ),
    mistake(
        CITY,
        [
            "http://musterhausen.localhost:8080",
            "https://other.example",
            "base_url",
            "names the host \"other.example\"",
        ],
    ),
    mistake(CITY, ["\"du\"", "\"ihr\"", "form_of_address", "it can be sie, du"]),
    mistake(
        CITY,
        ["ags = \"16999999\"", "ags = \"05999999\"", "ags", "does not belong to a municipality of TH"],
    ),
    mistake(CITY, ["ags = \"16999999\"", "ags = 16999999", "ags", "not a text in quotation marks"]),
    mistake(CITY, ["[10.55, 50.95]", "[50.95, 10.55]", "center", "not in the city"]),
    mistake(
        CITY,
        ["demonstration = true", "demonstration = false", "030 23125 002", "invented (`practice`)"],
    ),
    mistake(
        CITY,
        ["contact_days_after_close = 30", "contact_days_after_close = 0", "contact_days", "from 1 to 3650"],
    ),
    mistake(
        CITY,
        ["zoom = 13", "zoom = 13\nstyle_url = \"http://maps.example/s.json\"", "style_url", "use https"],
    ),
    mistake(
        CITY,
        ["zoom = 13", "zoom = 13\nstyle_url = \"https://10.0.0.1/s.json\"", "style_url", "instead of a host"],
    ),
    mistake(
        CITY,
        [
            "zoom = 13",
            "zoom = 13\nstyle_url = \"https://a:b@c.example/\"",
            "style_url",
            "a name or a password",
        ],
    ),
    mistake(
        CITY,
        ["zoom = 13", "zoom = 13\nstyle_url = \"https://a.example/s?k=1\"", "style_url", "has a query"],
    ),
    mistake(
        CITY,
        ["zoom = 13", "zoom = 13\nallowed = [\"https://a.example/\"]", "allowed", "needs a `style_url`"],
    ),
    mistake(
        CITY,
        [
            "zoom = 13",
            "zoom = 13\nstyle_url = \"https://a.example/s.json\"\nallowed = [\"https://a.example/tiles/\"]",
            "style_url",
            "begins like no address in `allowed`",
        ],
    ),
    mistake(
        CITY,
        [
            "zoom = 13",
            "zoom = 13\nstyle_url = \"https://a.example/b/s.json\"\nallowed = [\"https://a.example/b/\", \"https://a.example/b\"]",
            "allowed",
            "it names a folder",
        ],
    ),
    mistake(
        CITY,
        [
            "[retention]",
            "[colours]\nlight = \"red\"\ndark = \"#74c7d8\"\n[retention]",
            "light",
            "not a colour",
        ],
    ),
    mistake(
        CITY,
        [
            "[retention]",
            "[colours]\nlight = \"#ffe600\"\ndark = \"#74c7d8\"\n[retention]",
            "light = ",
            "cannot be read on light surfaces: contrast 1.2",
        ],
    ),
    mistake(CITY, ["number = \"112\"", "number = \"eins-eins-zwei\"", "eins-eins", "cannot be dialled"]),
    mistake(
        DEPARTMENTS,
        [
            "intake = \"office\"",
            "intake = \"nobody\"",
            "intake",
            "unknown department \"nobody\"; departments.toml lists office, yard",
        ],
    ),
    mistake(SERVICES, ["\"dont_know\"", "\"Don't know\"", "Don't know", "use a-z, 0-9 and _"]),
    mistake(
        DEPARTMENTS,
        [
            "short_name = { de = \"Bauhof\", en = \"Yard\" }",
            "",
            "[[department]]#2",
            "`short_name` is missing",
        ],
    ),
    mistake(DEPARTMENTS, [", en = \"Works yard\"", "", "de = \"Bauhof\"", "`name` has no text in \"en\""]),
    mistake(
        SERVICES,
        [
            "department = \"yard\"",
            "department = \"foo\"",
            "\"foo\"",
            "unknown department \"foo\"; departments.toml lists office, yard",
        ],
    ),
    mistake(
        SERVICES,
        [
            "group = \"house\"",
            "group = \"houses\"",
            "\"houses\"",
            "unknown group \"houses\"; services.toml lists street, house",
        ],
    ),
    mistake(
        SERVICES,
        ["\"dont_know\"", "\"litter\"", "service_code = \"litter\"#2", "service \"litter\" is defined twice"],
    ),
    mistake(
        SERVICES,
        [
            ", en = \"Litter\"",
            ", en = \"Litter\", fr = \"Ordures\"",
            "Ordures",
            "speaks \"fr\"; city.toml lists de, en",
        ],
    ),
    mistake(SERVICES, [", en = \"Litter\"", ", en = \" \"", "en = \" \"", "`name.en` is empty"]),
    mistake(
        SERVICES,
        [
            "text = \"never\"",
            "text = \"after_release\"",
            "photos = \"never\" }#2",
            "confidential service publishes nothing",
        ],
    ),
    mistake(SERVICES, ["order = 2", "order = 1", "order = 1#2", "`order` 1 is taken"]),
    mistake(SERVICES, ["\"text\"", "\"multivaluelist\"", "[[service.attribute]]#2", "needs `values`"]),
    mistake(SERVICES, ["\"singlevaluelist\"", "\"number\"", "[[service.attribute]]", "has no `values`"]),
    mistake(SERVICES, ["key = \"large\"", "key = \"small\"", "Viel", "value \"small\" is defined twice"]),
    mistake(
        SERVICES,
        ["expected_days = 4", "expected_days = \"4\"", "expected_days", "whole number from 1 to 365"],
    ),
    mistake(SERVICES, ["hazard = true", "hazard = true\nhasard = true", "hasard", "unknown key `hasard`"]),
    mistake(RIGHTS, ["\"release\"]", "\"publish\"]", "\"publish\"", "it can be see_queue, claim"]),
    mistake(RIGHTS, ["departments = \"own\"", "departments = \"some\"", "\"some\"", "it can be own, all"]),
    mistake(BOUNDARY, ["[10.5, 51.0],\n        [10.5, 50.9]", "[10.5, 51.0]", "[10.5, 51.0]", "not closed"]),
    mistake(
        BOUNDARY,
        ["\"Polygon\"", "\"LineString\"", "\"geometry\"", "`type` is \"LineString\"; it has to be Polygon"],
    ),
    mistake(BOUNDARY, ["[10.6, 51.0]", "[51.0, 10.6]", "[51.0, 10.6]", "swapped"]),
    mistake(BOUNDARY, ["[10.6, 51.0]", "[640000.0, 5651000.0]", "[640000", "convert the file to EPSG:4326"]),
    mistake(
        BOUNDARY,
        [
            "[10.6, 50.9],\n        [10.6, 51.0]",
            "[10.6, 51.0],\n        [10.6, 50.9]",
            "{",
            "self-intersection",
        ],
    ),
    mistake(BOUNDARY, ["[10.6, 50.9],", "[10.6, 50.9]", "[10.6, 51.0]", "expected `,` or `]`"]),
    mistake("neighbours.geojson", ["\"name\": \"Beispielstadt\", ", "", "{#2", "no `name`"]),
    mistake("districts.geojson", ["[10.6, 51.0]", "[10.7, 51.0]", "{#5", "reaches beyond the city's border"]),
    mistake("districts.geojson", ["\"Unterdorf\"", "\"Oberdorf\"", "{#5", "two features named \"Oberdorf\""]),
    mistake("places.csv", ["10.56,50.97", "50.97,10.56", "Markt", "\"Markt, Oberdorf\" is not in the city"]),
    mistake(
        "places.csv",
        ["10.52,50.92", "10.52", "Görlitzer", "a row is a name, a longitude and a latitude"],
    ),
    mistake("places.csv", ["Görlitzer Str.", "MUSTERWEG", "MUSTERWEG", "is listed twice"]),
    mistake("places.csv", ["name,longitude", "name,lon", "name,lon", "first row has to be"]),
    mistake("legal/imprint.en.md", ["# Imprint", "Imprint", "Imprint", "begins with its title"]),
];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(super) fn fresh() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&folder("tests/city/musterhausen"), place.path());
    place
}

pub(super) fn edit(place: &Path, file: &str, from: &str, to: &str) -> String {
    let path = place.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    // The first place only: one mistake.
    let text = text.replacen(from, to, 1);
    fs::write(path, &text).unwrap();
    text
}

/// The line of `at` in `text`; `at#2` is its second line.
pub(super) fn line_of(text: &str, at: &str) -> usize {
    let (at, nth) = at.rsplit_once('#').map_or((at, 1), |(at, nth)| (at, nth.parse().unwrap()));
    text.lines().enumerate().filter(|(_, line)| line.contains(at)).nth(nth - 1).unwrap().0 + 1
}

#[test]
fn one_mistake_is_one_fault_at_its_line() {
    let wrong: Vec<String> = MISTAKES.iter().filter_map(told_otherwise).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the check says of a pack with this mistake, unless it is exactly what it should say.
pub(super) fn told_otherwise(mistake: &Mistake) -> Option<String> {
    let Mistake { file, from, to, at, says } = mistake;
    let place = fresh();
    let text = edit(place.path(), file, from, to);
    let faults = check(place.path());
    let (path, line) = (place.path().join(file), line_of(&text, at));
    if let [Fault { file: found, line: Some(found_line), reason }] = &faults[..]
        && (found, *found_line) == (&path, line)
        && reason.contains(says)
    {
        return None;
    }
    let found: Vec<String> = faults.iter().map(Fault::to_string).collect();
    Some(format!("{file}, {to:?}: wanted line {line}, \"{says}\"; told {found:#?}"))
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_files() {
    let place = fresh();
    let text = edit(place.path(), SERVICES, "department = \"yard\"", "department = \"foo\"");
    edit(place.path(), SERVICES, "expected_days = 4", "expected_days = 4000");
    edit(place.path(), CITY, "\"MUS\"", "\"mus\"");
    edit(place.path(), BOUNDARY, "\"Polygon\"", "\"Point\"");
    let faults = Pack::open(place.path()).unwrap_err();
    let named: Vec<_> =
        faults.0.iter().map(|fault| (fault.file.file_name().unwrap(), fault.line.unwrap())).collect();
    assert_eq!(named.len(), 4, "{faults}");
    assert!(named.is_sorted(), "{faults}");
    let path = place.path().join(SERVICES);
    let line = line_of(&text, "\"foo\"");
    let said = format!(
        "{}:{line}: unknown department \"foo\"; departments.toml lists office, yard\n",
        path.display()
    );
    assert!(faults.to_string().contains(&said), "{faults}");
}

#[test]
fn a_missing_file_is_named() {
    for file in [CITY, DEPARTMENTS, SERVICES, RIGHTS, BOUNDARY, "legal/privacy.en.md"] {
        let place = fresh();
        fs::remove_file(place.path().join(file)).unwrap();
        let faults = check(place.path());
        assert!(faults.iter().any(|fault| fault.file.ends_with(file) && fault.line.is_none()), "{faults:#?}");
        assert_eq!(faults.len(), 1, "{faults:#?}");
    }
}

#[test]
fn optional_files_may_be_missing() {
    let place = fresh();
    for file in ["neighbours.geojson", "districts.geojson", "places.csv", "README.md"] {
        fs::remove_file(place.path().join(file)).unwrap();
    }
    let pack = Pack::open(place.path()).unwrap();
    assert!(pack.districts.is_empty() && pack.places.is_empty());
}

#[test]
fn a_misspelt_file_is_refused_and_what_an_editor_leaves_is_not() {
    let place = fresh();
    fs::rename(place.path().join("places.csv"), place.path().join("place.csv")).unwrap();
    fs::write(place.path().join("services.toml~"), "").unwrap();
    fs::write(place.path().join(".DS_Store"), "").unwrap();
    let faults = check(place.path());
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].file.ends_with("place.csv"));
}

#[test]
fn a_statement_to_check_keeps_a_real_city_from_starting() {
    let place = fresh();
    edit(place.path(), CITY, "practice = true", "practice = false");
    edit(place.path(), CITY, "demonstration = true", "demonstration = false");
    assert_eq!(check(place.path()), []);
    let text = edit(place.path(), "legal/contact.de.md", "Bürgerbüro,", "Bürgerbüro [Bitte prüfen: Name],");
    let faults = check(place.path());
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0].line, Some(line_of(&text, "Bürgerbüro")));
}

#[test]
fn files_from_windows_are_read_and_other_encodings_are_named() {
    let place = fresh();
    let path = place.path().join(SERVICES);
    let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(&path, format!("\u{feff}{text}")).unwrap();
    assert_eq!(check(place.path()), []);
    let path = place.path().join(RIGHTS);
    fs::write(&path, b"# one\n# two\nname = \"B\xfcro\"\n").unwrap();
    let faults = check(place.path());
    assert_eq!((faults.len(), faults[0].line), (1, Some(3)), "{faults:#?}");
    assert!(faults[0].reason.contains("UTF-8"));
}

#[test]
fn a_folder_that_is_not_there_is_one_fault() {
    let faults = Pack::open(Path::new("deploy/city/nowhere")).unwrap_err();
    assert_eq!(faults.to_string(), "deploy/city/nowhere: there is no such folder");
}
