//! Everyday queries over the first city's catalogue, and what must not be found.

use kit::pack::Pack;
use kit::testing::workspace;

use super::find;

/// The share of queries that must find the expected service first.
const ENOUGH: f64 = 0.95;

fn gladbeck() -> Pack {
    Pack::open(&workspace().join("deploy/city/gladbeck")).unwrap_or_else(|faults| panic!("{faults}"))
}

fn codes(city: &Pack, query: &str, language: &str) -> Vec<String> {
    find(city, query, language).into_iter().map(|service| service.service_code.clone()).collect()
}

fn share_of_first(language: &str) -> (f64, usize) {
    let city = gladbeck();
    let table =
        std::fs::read_to_string(workspace().join(format!("tests/data/search/{language}.tsv"))).unwrap();
    let queries: Vec<(&str, &str)> = table.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let mut right = 0;
    for (query, expected) in &queries {
        assert!(city.service(expected).is_some(), "{expected}");
        let found = codes(&city, query, language);
        if found.first().map(String::as_str) == Some(*expected) {
            right += 1;
        } else {
            println!("{query}: {:?} instead of {expected}", &found[..found.len().min(4)]);
        }
    }
    let share = right as f64 / queries.len() as f64;
    println!("{language}: {right} of {} queries find the expected service first ({share:.3})", queries.len());
    (share, queries.len())
}

#[test]
fn everyday_german_finds_what_is_meant_first() {
    let (share, queries) = share_of_first("de");
    assert!(queries >= 60 && share >= ENOUGH, "{share}");
}

#[test]
fn everyday_english_finds_what_is_meant_first() {
    let (share, queries) = share_of_first("en");
    assert!(queries >= 20 && share >= ENOUGH, "{share}");
}

#[test]
fn what_is_about_nothing_finds_nothing() {
    let city = gladbeck();
    for query in ["", "   ", "!?", "xyzzyq", "Quantenphysik"] {
        assert_eq!(codes(&city, query, "de"), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn a_reader_of_another_language_finds_with_german_words_too() {
    let city = gladbeck();
    assert_eq!(codes(&city, "Schlagloch", "en").first().map(String::as_str), Some("road_damage"));
    assert_eq!(codes(&city, "Gulli", "tr").first().map(String::as_str), Some("gully_blocked"));
}

#[test]
fn each_name_and_each_keyword_finds_its_service() {
    let city = gladbeck();
    for language in ["de", "en"] {
        for service in &city.services {
            let keywords = service.keywords.in_language(language).iter().map(String::as_str);
            for words in std::iter::once(service.name.in_language(language)).chain(keywords) {
                let found = codes(&city, words, language);
                assert!(found.iter().take(3).any(|code| *code == service.service_code), "{words}: {found:?}");
            }
        }
    }
}

#[test]
fn a_mattress_is_dumped_litter_or_bulky_waste() {
    let found = codes(&gladbeck(), "Matratze", "de");
    assert_eq!(found[..2], ["dumped_litter", "bulky_waste"]);
}
