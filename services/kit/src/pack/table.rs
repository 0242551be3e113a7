//! Reads TOML tables key by key and goes on after a fault.
//!
//! Serde stops at the first fault of a file; a clerk wants to see them all.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::sheet::Sheet;

/// A value with its place in the file.
pub(super) type Value<'t> = &'t Spanned<DeValue<'t>>;

/// A file as TOML; nothing when its syntax is broken, because what follows would be guesswork.
pub(super) fn parse<'t>(sheet: &'t Sheet<'t>) -> Option<DeTable<'t>> {
    let (document, errors) = DeTable::parse_recoverable(&sheet.text);
    // One per line: the parser tells a single slip more than once.
    let mut last = None;
    for error in &errors {
        let line = sheet.line_at(error.span().map_or(0, |span| span.start));
        if last.replace(line) != Some(line) {
            sheet.fault_on(line, format!("this is not TOML: {}", error.message()));
        }
    }
    errors.is_empty().then(|| document.into_inner())
}

/// A table whose keys are asked for by name; keys that nobody asked for are faults.
pub(super) struct Table<'t> {
    pub(super) sheet: &'t Sheet<'t>,
    entries: &'t DeTable<'t>,
    /// Where the table begins, for what it lacks.
    pub(super) start: usize,
    known: RefCell<Vec<&'static str>>,
}

impl<'t> Table<'t> {
    pub(super) fn root(sheet: &'t Sheet<'t>, entries: &'t DeTable<'t>) -> Self {
        Self { sheet, entries, start: 0, known: RefCell::default() }
    }

    fn inner(&self, value: Value<'t>, key: &str) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(entries) => {
                let start = value.span().start;
                Some(Self { sheet: self.sheet, entries, start, known: RefCell::default() })
            }
            _ => self.refuse(value, key, "a table of keys and values"),
        }
    }

    pub(super) fn get(&self, key: &'static str) -> Option<Value<'t>> {
        self.known.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn require(&self, key: &'static str) -> Option<Value<'t>> {
        let value = self.get(key);
        if value.is_none() {
            self.sheet.fault_at(self.start, format!("`{key}` is missing"));
        }
        value
    }

    fn refuse<T>(&self, value: Value<'t>, key: &str, expected: &str) -> Option<T> {
        self.sheet.fault_at(value.span().start, format!("`{key}` is not {expected}"));
        None
    }

    /// Notes a fault at a value that was read before.
    pub(super) fn fault<T>(&self, at: &Spanned<T>, reason: impl Into<String>) {
        self.sheet.fault_at(at.span().start, reason);
    }

    fn as_text(&self, value: Value<'t>, key: &str) -> Option<Spanned<String>> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.sheet.fault_at(value.span().start, format!("`{key}` is empty"));
                None
            }
            DeValue::String(text) => Some(Spanned::new(value.span(), text.trim().to_owned())),
            _ => self.refuse(value, key, "a text in quotation marks"),
        }
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.require(key).and_then(|value| self.as_text(value, key))
    }

    pub(super) fn optional_text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.get(key).and_then(|value| self.as_text(value, key))
    }

    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let value = self.require(key)?;
        self.text_list(value, key)
    }

    /// A list of texts that need not be there.
    pub(super) fn optional_texts(&self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        self.get(key).and_then(|value| self.text_list(value, key))
    }

    fn text_list(&self, value: Value<'t>, key: &str) -> Option<Vec<Spanned<String>>> {
        match value.get_ref() {
            DeValue::Array(items) => Some(items.iter().filter_map(|item| self.as_text(item, key)).collect()),
            _ => self.refuse(value, key, "a list of texts"),
        }
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.require(key)?;
        self.as_flag(value, key)
    }

    /// A flag that is false when it is not given.
    pub(super) fn flag_if_given(&self, key: &'static str) -> Option<bool> {
        self.get(key).map_or(Some(false), |value| self.as_flag(value, key))
    }

    fn as_flag(&self, value: Value<'t>, key: &str) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.refuse(value, key, "true or false"),
        }
    }

    pub(super) fn integer(&self, key: &'static str, least: u16, most: u16) -> Option<Spanned<u16>> {
        let value = self.require(key)?;
        self.as_integer(value, key, least, most)
    }

    pub(super) fn optional_integer(&self, key: &'static str, least: u16, most: u16) -> Option<Spanned<u16>> {
        self.get(key).and_then(|value| self.as_integer(value, key, least, most))
    }

    fn as_integer(&self, value: Value<'t>, key: &str, least: u16, most: u16) -> Option<Spanned<u16>> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(number) if (least..=most).contains(&number) => Some(Spanned::new(value.span(), number)),
            _ => self.refuse(value, key, &format!("a whole number from {least} to {most}")),
        }
    }

    pub(super) fn number(&self, key: &'static str) -> Option<Spanned<f64>> {
        let value = self.require(key)?;
        match as_number(value.get_ref()) {
            Some(number) => Some(Spanned::new(value.span(), number)),
            None => self.refuse(value, key, "a number"),
        }
    }

    pub(super) fn numbers(&self, key: &'static str) -> Option<Spanned<Vec<f64>>> {
        let value = self.require(key)?;
        let numbers = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| as_number(item.get_ref())).collect(),
            _ => None,
        };
        match numbers {
            Some(numbers) => Some(Spanned::new(value.span(), numbers)),
            None => self.refuse(value, key, "a list of numbers"),
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let word = self.text(key)?;
        self.as_choice(&word, key, words)
    }

    pub(super) fn as_choice<T: Copy>(
        &self,
        word: &Spanned<String>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = words.iter().find(|(known, _)| known == word.get_ref());
        if found.is_none() {
            let known = listed(words.iter().map(|(known, _)| *known));
            self.fault(word, format!("`{key}` is \"{}\"; it can be {known}", word.get_ref()));
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// One of a few words; `otherwise` when none is given.
    pub(super) fn choice_if_given<T: Copy>(
        &self,
        key: &'static str,
        otherwise: T,
        words: &[(&str, T)],
    ) -> Option<T> {
        let Some(value) = self.get(key) else { return Some(otherwise) };
        let word = self.as_text(value, key)?;
        self.as_choice(&word, key, words)
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Self> {
        let value = self.require(key)?;
        self.inner(value, key)
    }

    /// A table that need not be there.
    pub(super) fn optional_table(&self, key: &'static str) -> Option<Self> {
        self.get(key).and_then(|value| self.inner(value, key))
    }

    /// The tables of a list, such as every `[[service]]`; none when there is no such list.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.inner(item, key)).collect(),
            _ => self.refuse(value, key, "a list of tables").unwrap_or_default(),
        }
    }

    /// One value per language, each read by `read`; a language too few or too many is a fault.
    fn per_language<T>(
        &self,
        value: Value<'t>,
        key: &'static str,
        languages: &[String],
        read: impl Fn(&Self, Value<'t>, &str) -> Option<T>,
    ) -> Option<BTreeMap<String, T>> {
        let inner = self.inner(value, key)?;
        let mut found = BTreeMap::new();
        for (language, entry) in inner.entries {
            let tag: &str = language.get_ref();
            if !languages.is_empty() && !languages.iter().any(|known| known == tag) {
                let known = listed(languages.iter().map(String::as_str));
                self.fault(language, format!("`{key}` speaks \"{tag}\"; city.toml lists {known}"));
                continue;
            }
            found.insert(tag.to_owned(), read(self, entry, &format!("{key}.{tag}")));
        }
        for language in languages.iter().filter(|language| !found.contains_key(*language)) {
            self.sheet.fault_at(
                inner.start,
                format!("`{key}` has no text in \"{language}\", which city.toml lists"),
            );
        }
        found.into_iter().map(|(tag, value)| Some((tag, value?))).collect()
    }

    pub(super) fn text_per_language(
        &self,
        key: &'static str,
        languages: &[String],
    ) -> Option<BTreeMap<String, String>> {
        let value = self.require(key)?;
        self.per_language(value, key, languages, |table, entry, name| {
            table.as_text(entry, name).map(Spanned::into_inner)
        })
    }

    /// A text in every language, or none at all; the outer option is a fault.
    pub(super) fn text_per_language_if_given(
        &self,
        key: &'static str,
        languages: &[String],
    ) -> Option<Option<BTreeMap<String, String>>> {
        match self.get(key) {
            None => Some(None),
            Some(_) => self.text_per_language(key, languages).map(Some),
        }
    }

    pub(super) fn words_per_language(
        &self,
        key: &'static str,
        languages: &[String],
    ) -> Option<BTreeMap<String, Vec<String>>> {
        let value = self.require(key)?;
        self.per_language(value, key, languages, |table, entry, name| {
            Some(table.text_list(entry, name)?.into_iter().map(Spanned::into_inner).collect())
        })
    }

    /// Refuses the keys that nobody asked for: a misspelt key would otherwise do nothing, silently.
    pub(super) fn finish(&self) {
        let known = self.known.borrow();
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let expected = listed(known.iter().copied());
            self.fault(key, format!("unknown key `{name}`; known here: {expected}"));
        }
    }
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Float(number) => number.as_str().parse().ok()?,
        DeValue::Integer(number) => number.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A list as people read it.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}
