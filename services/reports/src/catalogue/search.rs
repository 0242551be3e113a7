//! Finds the service that somebody means, in the words that people use.
//!
//! Each word of a query is held against the words of each service: its name, the other words for it, its group and
//! its description. Capitals, umlauts, plurals and a slip of the finger do not matter, and a German compound
//! is found by its parts. A word that many services share says less than one that only a few have.

pub mod word;

use std::collections::BTreeMap;

use kit::pack::{Pack, Service};

use self::word::{Fit, Word};

/// How much a word counts, by where it stands.
const NAME: f64 = 3.0;
const KEYWORD: f64 = 2.6;
const GROUP: f64 = 0.8;
const DESCRIPTION: f64 = 0.9;
/// What a whole name or keyword adds when the query says exactly that.
const WHOLE: f64 = 4.0;
/// A service needs at least this share of the best one's score: the rest is chance.
const NEAR_ENOUGH: f64 = 0.2;

/// Words that say nothing about the matter.
const EMPTY: &str = "aber alle als am an auch auf aus bei beim bitte da das dass dem den der des die dort durch ein \
     eine einem einen einer es fuer gibt habe haben hat hier ich ihr ihre im in ist ja kann mal man mehr mein meine \
     meiner mit moechte nach neben nicht noch nur oder schon sehr seit sich sie sind so ueber und uns unser unter \
     vom von vor war was wegen weil wenn wer wie wir wird wo zum zur etwas liegt liegen steht stehen melden meldung \
     a about an and are at by for from has have here i in is it its me my near of on or our please report some \
     that the their there this to was we were what where with you your";

/// How much better the city's first language must do before a reader of another one gets its findings.
const OTHER_LANGUAGE: f64 = 1.5;

/// Services that fit `query`, the best first; the words of the first language help where `language` finds less.
pub fn find<'p>(city: &'p Pack, query: &str, language: &str) -> Vec<&'p Service> {
    let found = in_language(city, query, language);
    let first = city.languages().first().map_or(language, String::as_str);
    let best = |found: &[(f64, &Service)]| found.first().map_or(0.0, |(score, _)| *score);
    let found = match in_language(city, query, first) {
        other if best(&other) > best(&found) * OTHER_LANGUAGE => other,
        _ => found,
    };
    found.into_iter().map(|(_, service)| service).collect()
}

/// Services with their scores, the best first.
fn in_language<'p>(city: &'p Pack, query: &str, language: &str) -> Vec<(f64, &'p Service)> {
    let asked = words_of_query(query);
    let pages: Vec<Page> = city.services.iter().map(|service| Page::of(city, service, language)).collect();
    let mut scores = vec![0.0; pages.len()];
    for word in &asked {
        let fits: Vec<f64> = pages.iter().map(|page| page.fit(word)).collect();
        let best = fits.iter().copied().fold(0.0, f64::max);
        // How many services really have the word, not only something like it.
        let sharing = fits.iter().filter(|fit| **fit > best * 0.5).count().max(1) as f64;
        let weight = (1.0 + pages.len() as f64 / sharing).ln();
        for (score, fit) in scores.iter_mut().zip(fits) {
            *score += fit * weight;
        }
    }
    let said = word::phrase(query);
    for (score, page) in scores.iter_mut().zip(&pages) {
        if page.phrases.contains(&said) {
            *score += WHOLE;
        }
    }
    let best = scores.iter().copied().fold(0.0, f64::max);
    let mut found: Vec<(f64, &Service)> = scores
        .into_iter()
        .zip(&city.services)
        .filter(|(score, _)| *score > 0.0 && *score >= best * NEAR_ENOUGH)
        .collect();
    // Stable: equals keep the order of the catalogue.
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found
}

/// The words that count; all of them when none does ("etwas" alone still finds something).
fn words_of_query(query: &str) -> Vec<Word> {
    let empty: Vec<Word> = word::words(EMPTY);
    let all = word::words(query);
    let counting: Vec<Word> = all.iter().filter(|word| !empty.contains(word)).cloned().collect();
    if counting.is_empty() { all } else { counting }
}

/// The words of a service, each with what it counts.
struct Page {
    words: BTreeMap<Word, f64>,
    phrases: Vec<String>,
}

impl Page {
    fn of(city: &Pack, service: &Service, language: &str) -> Self {
        let name = service.name.in_language(language);
        let keywords = service.keywords.in_language(language);
        let group = city.group(&service.group).map_or("", |group| group.name.in_language(language));
        let mut words = BTreeMap::new();
        let mut add = |text: &str, counts: f64| {
            for word in word::words(text) {
                let known = words.entry(word).or_insert(0.0_f64);
                *known = known.max(counts);
            }
        };
        add(name, NAME);
        for keyword in keywords {
            // A keyword of several words says less with one of them.
            let share = if keyword.split_whitespace().count() > 1 { 0.75 } else { 1.0 };
            add(keyword, KEYWORD * share);
        }
        add(group, GROUP);
        add(service.description.in_language(language), DESCRIPTION);
        let phrases =
            std::iter::once(name).chain(keywords.iter().map(String::as_str)).map(word::phrase).collect();
        Self { words, phrases }
    }

    /// How well the page's best word fits `asked`.
    fn fit(&self, asked: &Word) -> f64 {
        let fits = self.words.iter().map(|(word, counts)| counts * Fit::between(asked, word).share());
        fits.fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests;
