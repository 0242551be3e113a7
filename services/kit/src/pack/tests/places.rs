//! Finding a place by its name.

use super::{gladbeck, musterhausen};

#[test]
fn capitals_umlauts_and_abbreviations_do_not_matter() {
    let pack = gladbeck();
    let spellings = [
        "Görlitzer Str.",
        "görlitzer straße",
        "GÖRLITZER STRASSE",
        "goerlitzer",
        "gorlitzer str",
        "go\u{308}rlitzer",
        "Görlitzer Str. 12a",
        "  görlitzer   straße 7 ",
    ];
    for query in spellings {
        let names: Vec<&str> = pack.places_like(query).iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["Görlitzer Str."], "{query}");
    }
    let names: Vec<&str> = pack.places_like("Fritz Erler").iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["Fritz-Erler-Str."]);
}

#[test]
fn names_that_begin_with_the_query_come_first() {
    let pack = gladbeck();
    let names: Vec<&str> = pack.places_like("markt").iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["Marktplatz", "Rentfort Markt", "Rosenhügel Markt", "Zweckel Markt"]);
}

#[test]
fn a_query_without_a_letter_finds_nothing() {
    let pack = musterhausen();
    for query in ["", "   ", "…", "%", "'; DROP TABLE place; --"] {
        assert!(pack.places_like(query).is_empty(), "{query}");
    }
}

#[test]
fn a_quoted_name_is_one_name() {
    let pack = musterhausen();
    let found = pack.places_like("markt");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].name.as_str(), found[0].longitude, found[0].latitude),
        ("Markt, Oberdorf", 10.56, 50.97)
    );
}
