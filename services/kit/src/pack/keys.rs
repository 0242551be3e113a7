//! Keys that files of a pack name each other by.

use serde_spanned::Spanned;

use super::table::{Table, listed};

/// The keys that one file defines, including those of faulty entries, so that one fault does not cause others.
pub(super) struct Keys {
    /// Where the keys are defined, in the words of a fault.
    place: &'static str,
    /// What a key stands for, in the words of a fault.
    thing: &'static str,
    known: Vec<String>,
    /// False when the file could not be read: then no reference can be judged.
    complete: bool,
}

impl Keys {
    pub(super) fn new(thing: &'static str, place: &'static str) -> Self {
        Self { place, thing, known: Vec::new(), complete: true }
    }

    pub(super) fn unreadable(thing: &'static str, place: &'static str) -> Self {
        Self { complete: false, ..Self::new(thing, place) }
    }

    /// Reads a new key: lower-case letters, digits and underscores, and used once.
    pub(super) fn define(&mut self, table: &Table<'_>, name: &'static str) -> Option<String> {
        let key = table.text(name)?;
        let text = key.get_ref();
        if self.known.contains(text) {
            table.fault(&key, format!("{} \"{text}\" is defined twice", self.thing));
            return None;
        }
        // A key with wrong letters counts as known: who refers to it has made no mistake of his own.
        self.known.push(text.clone());
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if text.len() > 64 || !text.chars().all(fits) {
            table.fault(&key, format!("`{name}` is \"{text}\"; use a-z, 0-9 and _, at most 64 of them"));
            return None;
        }
        Some(key.into_inner())
    }

    /// Reads a key that must be defined.
    pub(super) fn refer(&self, table: &Table<'_>, name: &'static str) -> Option<String> {
        let key = table.text(name)?;
        self.check(table, &key).then(|| key.into_inner())
    }

    pub(super) fn check(&self, table: &Table<'_>, key: &Spanned<String>) -> bool {
        let found = !self.complete || self.known.contains(key.get_ref());
        if !found {
            let known = listed(self.known.iter().map(String::as_str));
            table.fault(
                key,
                format!("unknown {} \"{}\"; {} lists {known}", self.thing, key.get_ref(), self.place),
            );
        }
        found
    }
}
