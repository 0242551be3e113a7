//! What residents and the city might have written; all of it invented.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kit::pack::Service;
use serde::Deserialize;

use super::chance::Chance;

const FILE: &str = include_str!("../../../../deploy/demonstration/texts.toml");

/// What texts.toml says; keys are service codes or groups, and `other` serves the rest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// What residents wrote.
    text: BTreeMap<String, Vec<String>>,
    /// What residents write after it.
    closing: Vec<String>,
    /// What the city answered, by what it decided.
    answer: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// To whom the city handed over.
    handed_over: Vec<HandedOver>,
    /// What clerks wrote to each other.
    note: BTreeMap<String, Vec<String>>,
    /// Answers to questions in a line, by the question's code.
    line: BTreeMap<String, Vec<String>>,
    /// Addresses that do not exist, for what must point to nobody's house.
    pub address: Vec<String>,
}

/// A body outside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandedOver {
    /// Services or groups that go there; `other` for every one.
    of: Vec<String>,
    /// Its name.
    agency: String,
    /// What the city said.
    note: String,
}

impl Texts {
    /// Reads the file that is built in.
    pub fn read() -> Result<Self> {
        toml::from_str(FILE).context("deploy/demonstration/texts.toml")
    }

    /// What a resident might write about a service at a place.
    pub fn description(&self, service: &Service, place: &str, chance: &mut Chance) -> Option<String> {
        let text = chance.pick(of(&self.text, service)?)?.replace("{place}", place);
        let closing = chance.happens(0.45).then(|| chance.pick(&self.closing)).flatten();
        let whole = match closing {
            Some(closing) => format!("{text} {closing}"),
            None => text,
        };
        Some(if chance.happens(0.22) { hasty(&whole, chance) } else { whole })
    }

    /// How many texts there are for a service.
    #[cfg(test)]
    pub fn number(&self, service: &Service) -> usize {
        of(&self.text, service).map_or(0, Vec::len)
    }

    /// What the city might say when it decides so: `done`, `in_progress`, `not_possible`, `answered`.
    pub fn answer(&self, decision: &str, service: &Service, chance: &mut Chance) -> Option<String> {
        chance.pick(of(self.answer.get(decision)?, service)?).cloned()
    }

    /// To whom the city might hand over, and what it says.
    pub fn handed_over(&self, service: &Service, chance: &mut Chance) -> Option<(String, String)> {
        let fits = |key: &str| {
            let bodies = self.handed_over.iter().filter(|body| body.of.iter().any(|of| of == key));
            bodies.collect::<Vec<_>>()
        };
        let keys = [service.service_code.as_str(), service.group.as_str(), "other"];
        let bodies = keys.into_iter().map(fits).find(|bodies| !bodies.is_empty())?;
        chance.pick(&bodies).map(|body| (body.agency.clone(), body.note.clone()))
    }

    /// What a clerk might write to colleagues.
    pub fn note(&self, service: &Service, chance: &mut Chance) -> Option<String> {
        chance.pick(of(&self.note, service)?).cloned()
    }

    /// An answer in a line to a question.
    pub fn line(&self, question: &str, chance: &mut Chance) -> String {
        let lines = self.line.get(question).or_else(|| self.line.get("other"));
        lines.and_then(|lines| chance.pick(lines)).cloned().unwrap_or_default()
    }
}

/// The entry of the service, else of its group, else of all others.
fn of<'m>(map: &'m BTreeMap<String, Vec<String>>, service: &Service) -> Option<&'m Vec<String>> {
    let keys = [service.service_code.as_str(), service.group.as_str(), "other"];
    keys.into_iter().find_map(|key| map.get(key))
}

/// As somebody types who is on the way: no capitals, umlauts written out, a letter too few or two swapped.
fn hasty(text: &str, chance: &mut Chance) -> String {
    match (chance.unit() * 4.0) as u8 {
        0 => text.to_lowercase(),
        1 => text.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss"),
        2 => {
            let text = text.trim_end_matches('.');
            let mut signs: Vec<char> = text.chars().collect();
            let place = 4 + (chance.unit() * signs.len().saturating_sub(8) as f64) as usize;
            if place < signs.len() && signs[place].is_lowercase() {
                signs.remove(place);
            }
            signs.into_iter().collect()
        }
        _ => {
            let mut signs: Vec<char> = text.chars().collect();
            let place = 4 + (chance.unit() * signs.len().saturating_sub(8) as f64) as usize;
            if place + 1 < signs.len() && signs[place].is_lowercase() && signs[place + 1].is_lowercase() {
                signs.swap(place, place + 1);
            }
            signs.into_iter().collect()
        }
    }
}
