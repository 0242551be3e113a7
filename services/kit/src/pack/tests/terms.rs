//! The terms of a service, and a catalogue in several files: what is wrong is told with its file and line.

use std::fs;
use std::path::Path;

use super::super::{Fault, Pack, check};
use super::broken::{Mistake, SERVICES, edit, fresh, line_of, mistake, told_otherwise};

const BLOCKED: &str = "[[service]]#4";
const WITNESSED: &str = "[[service]]#5";

const MISTAKES: &[Mistake] = &[
    mistake(SERVICES, ["contact = \"none\"", "contact = \"no\"", "contact", "it can be none, optional"]),
    mistake(SERVICES, ["hand_over = \"file\"", "hand_over = \"fax\"", "hand_over", "it can be file"]),
    mistake(SERVICES, ["{ hours = 3,", "{ hours = 0,", "expires", "a whole number from 1 to 720"]),
    mistake(SERVICES, [", en = \"Ended by itself.\"", "", "expires", "`status_note` has no text in \"en\""]),
    mistake(SERVICES, ["accepts = {", "accepts = { video = true,", "accepts", "unknown key `video`"]),
    mistake(
        SERVICES,
        [
            "accepts = { text = false, photos = false }",
            "accepts = { text = false }",
            "accepts",
            "`photos` is missing",
        ],
    ),
    mistake(
        SERVICES,
        [", en = \"The works yard clears paths.\"", "", "because", "`because` has no text in \"en\""],
    ),
    mistake(
        SERVICES,
        [
            "publish = { text = \"never\", photos = \"never\" }\nhazard = false\naccepts",
            "publish = { text = \"after_release\", photos = \"never\" }\nhazard = false\naccepts",
            BLOCKED,
            "accepts no text publishes none",
        ],
    ),
    mistake(
        SERVICES,
        [
            "publish = { text = \"never\", photos = \"never\" }\nhazard = false\naccepts",
            "publish = { text = \"never\", photos = \"after_release\" }\nhazard = false\naccepts",
            BLOCKED,
            "accepts no photos publishes none",
        ],
    ),
    mistake(
        SERVICES,
        [
            "[[service.attribute]]\ncode = \"where\"",
            "[[service.attribute]]\ncode = \"plate\"\ndatatype = \"string\"\nrequired = false\norder = 2\n\
             description = { de = \"Was?\", en = \"What?\" }\n\n[[service.attribute]]\ncode = \"where\"",
            BLOCKED,
            "asks no question of the datatype string",
        ],
    ),
    mistake(
        SERVICES,
        [
            "contact = \"none\"",
            "contact = \"required_with_name\"",
            BLOCKED,
            "only a confidential service asks",
        ],
    ),
    mistake(
        SERVICES,
        [
            "contact = \"none\"",
            "contact = \"none\"\nhand_over = \"file\"",
            BLOCKED,
            "is handed over as a file names",
        ],
    ),
    mistake(
        SERVICES,
        [
            "contact = \"required_with_name\"\n",
            "",
            WITNESSED,
            "is handed over as a file names who has seen it",
        ],
    ),
];

#[test]
fn one_mistake_in_the_terms_is_one_fault_at_its_line() {
    let wrong: Vec<String> = MISTAKES.iter().filter_map(told_otherwise).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Turns services.toml into a folder: groups and the first service in one file, the others in another.
fn in_a_folder(place: &Path) {
    let text = fs::read_to_string(place.join(SERVICES)).unwrap();
    let second = text.match_indices("[[service]]").nth(1).unwrap().0;
    fs::create_dir(place.join("services")).unwrap();
    fs::write(place.join("services/1_first.toml"), &text[..second]).unwrap();
    fs::write(place.join("services/2_second.toml"), &text[second..]).unwrap();
    fs::remove_file(place.join(SERVICES)).unwrap();
}

#[test]
fn a_catalogue_in_several_files_is_read_in_the_order_of_their_names() {
    let place = fresh();
    let codes = || -> Vec<String> {
        let pack = Pack::open(place.path()).unwrap_or_else(|faults| panic!("{faults}"));
        pack.services.iter().map(|service| service.service_code.clone()).collect()
    };
    let whole = codes();
    in_a_folder(place.path());
    assert_eq!(codes(), whole);
    let inner = place.path().join("services");
    fs::rename(inner.join("1_first.toml"), inner.join("3_first.toml")).unwrap();
    let moved = codes();
    assert_eq!((moved.last(), moved.len()), (whole.first(), whole.len()));
}

#[test]
fn a_mistake_in_one_of_several_files_names_that_file_and_its_line() {
    let place = fresh();
    in_a_folder(place.path());
    let text = edit(place.path(), "services/2_second.toml", "group = \"house\"", "group = \"houses\"");
    let faults = check(place.path());
    let file = place.path().join("services/2_second.toml");
    let reason = "unknown group \"houses\"; services/ lists street, house".to_owned();
    assert_eq!(faults, [Fault { file, line: Some(line_of(&text, "\"houses\"")), reason }]);
}

#[test]
fn a_code_that_stands_in_two_files_is_told_once() {
    let place = fresh();
    in_a_folder(place.path());
    edit(place.path(), "services/2_second.toml", "\"dont_know\"", "\"litter\"");
    let faults = check(place.path());
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].reason.contains("service \"litter\" is defined twice"), "{faults:#?}");
}

#[test]
fn two_catalogues_an_empty_one_and_a_file_that_nobody_reads_are_refused() {
    let place = fresh();
    let inner = place.path().join("services");
    fs::create_dir(&inner).unwrap();
    assert!(check(place.path())[0].reason.contains("not both"));
    fs::remove_file(place.path().join(SERVICES)).unwrap();
    assert!(check(place.path())[0].reason.contains("nobody could report anything"));
    fs::write(inner.join("traffic.tom"), "").unwrap();
    let faults = check(place.path());
    assert!(faults.iter().any(|fault| fault.reason.contains("end with .toml")), "{faults:#?}");
    assert!(faults.iter().all(|fault| fault.file.starts_with(&inner)), "{faults:#?}");
}
