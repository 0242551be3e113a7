//! Texts of a pack in every language that it lists.

use std::collections::BTreeMap;

use super::table::Table;

/// A text in every language of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised(PerLanguage<String>);

/// Words in every language of the pack, such as the other names of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keywords(PerLanguage<Vec<String>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct PerLanguage<T> {
    first: T,
    others: BTreeMap<String, T>,
}

impl<T> PerLanguage<T> {
    /// Takes what the pack's first language says out of `values`.
    fn of(mut values: BTreeMap<String, T>, languages: &[String]) -> Option<Self> {
        let first = values.remove(languages.first()?)?;
        Some(Self { first, others: values })
    }

    /// What `language` says, or its main language ("en" for "en-GB"), or else the first one.
    fn in_language(&self, language: &str) -> &T {
        let main = language.split('-').next().unwrap_or(language);
        self.others.get(language).or_else(|| self.others.get(main)).unwrap_or(&self.first)
    }
}

impl Localised {
    pub(super) fn read(table: &Table<'_>, key: &'static str, languages: &[String]) -> Option<Self> {
        PerLanguage::of(table.text_per_language(key, languages)?, languages).map(Self)
    }

    /// A text that may be missing as a whole; the outer option is a fault.
    pub(super) fn read_if_given(
        table: &Table<'_>,
        key: &'static str,
        languages: &[String],
    ) -> Option<Option<Self>> {
        match table.text_per_language_if_given(key, languages)? {
            Some(values) => PerLanguage::of(values, languages).map(|text| Some(Self(text))),
            None => Some(None),
        }
    }

    /// The text in `language`; in the pack's first language when it speaks no other.
    pub fn in_language(&self, language: &str) -> &str {
        self.0.in_language(language)
    }
}

impl Keywords {
    pub(super) fn read(table: &Table<'_>, key: &'static str, languages: &[String]) -> Option<Self> {
        PerLanguage::of(table.words_per_language(key, languages)?, languages).map(Self)
    }

    /// The words in `language`; in the pack's first language when it speaks no other.
    pub fn in_language(&self, language: &str) -> &[String] {
        self.0.in_language(language)
    }
}
