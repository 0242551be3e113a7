//! Every sentence a person reads, per language (Fluent files under `proto/locales`).
//!
//! A new language is a folder of files and one line in `SOURCES`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{
    LanguageIdentifier, NegotiationStrategy, negotiate_languages, parse_accepted_languages,
};

macro_rules! files {
    ($language:literal) => {
        &[
            include_str!(concat!("../locales/", $language, "/problem.ftl")),
            include_str!(concat!("../locales/", $language, "/status.ftl")),
            include_str!(concat!("../locales/", $language, "/mail.ftl")),
            include_str!(concat!("../locales/", $language, "/page.ftl")),
            include_str!(concat!("../locales/", $language, "/statistics.ftl")),
            include_str!(concat!("../locales/", $language, "/handover.ftl")),
            include_str!(concat!("../locales/", $language, "/layers.ftl")),
        ]
    };
}

/// The languages and their files; the first is the one that every sentence stands in.
const SOURCES: &[(&str, &[&str])] = &[("de", files!("de")), ("en", files!("en"))];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(LanguageIdentifier, Bundle)>> =
    LazyLock::new(|| SOURCES.iter().map(|(tag, files)| bundle(tag, files)).collect());

fn bundle(tag: &str, files: &[&str]) -> (LanguageIdentifier, Bundle) {
    // Fluent and the negotiation each bring a type of their own for a tag.
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
    // The isolation marks that Fluent puts around arguments show up as boxes in plain-text mail.
    bundle.set_use_isolating(false);
    for file in files {
        // A file that does not parse whole is found by the test below; what parsed is still of use.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    (tag.parse().unwrap_or_default(), bundle)
}

/// A language in which the product can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// The language that every sentence stands in.
    pub const FIRST: Self = Self(0);

    /// All languages, the first one first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SOURCES.len()).map(Self)
    }

    /// The language with this tag, if the product speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        SOURCES.iter().position(|(known, _)| *known == tag).map(Self)
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        SOURCES[self.0].0
    }

    /// Chooses by the reader's `Accept-Language` (RFC 4647 lookup); the first language when none fits.
    pub fn negotiate(accept_language: Option<&str>) -> Self {
        let Some(wanted) = accept_language else { return Self::FIRST };
        let wanted = parse_accepted_languages(wanted);
        let spoken: Vec<&LanguageIdentifier> = BUNDLES.iter().map(|(tag, _)| tag).collect();
        let first = spoken.first().copied();
        let chosen = negotiate_languages(&wanted, &spoken, first.as_ref(), NegotiationStrategy::Lookup);
        let position = |tag: &LanguageIdentifier| BUNDLES.iter().position(|(known, _)| known == tag);
        chosen.first().and_then(|tag| position(tag)).map_or(Self::FIRST, Self)
    }
}

/// The sentence `key` in `language`; the key itself when no language has it.
pub fn text(language: Language, key: &str) -> String {
    text_with(language, key, &[])
}

/// The sentence `key` (or `key.attribute`) in `language`, with its arguments.
pub fn text_with(language: Language, key: &str, facts: &[(&str, String)]) -> String {
    [language, Language::FIRST]
        .into_iter()
        .find_map(|language| lookup(language, key, facts))
        .unwrap_or_else(|| key.to_owned())
}

fn lookup(language: Language, key: &str, facts: &[(&str, String)]) -> Option<String> {
    let (_, bundle) = &BUNDLES[language.0];
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let arguments: FluentArgs<'_> = facts.iter().map(|(name, value)| (*name, argument(value))).collect();
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

/// A whole number chooses the plural; all else is text.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(file: &str) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut message = String::new();
        for line in file.lines() {
            if let Some((name, _)) = line.split_once('=') {
                let name = name.trim_end();
                if let Some(attribute) = name.trim_start().strip_prefix('.') {
                    keys.push(format!("{message}.{attribute}"));
                } else if name.starts_with(|sign: char| sign.is_ascii_lowercase()) {
                    message = name.to_owned();
                    keys.push(message.clone());
                }
            }
        }
        keys.sort();
        keys
    }

    #[test]
    fn every_file_parses_whole() {
        for (tag, files) in SOURCES {
            for file in *files {
                if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
                    panic!("{tag}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn every_language_has_every_sentence() {
        let (_, first) = SOURCES[0];
        for (tag, files) in SOURCES {
            for (expected, found) in first.iter().zip(*files) {
                assert_eq!(keys(expected), keys(found), "language {tag}");
            }
        }
    }

    #[test]
    fn the_reader_gets_the_best_language_or_the_first() {
        for (wanted, tag) in [
            (None, "de"),
            (Some("en-GB,en;q=0.9"), "en"),
            (Some("fr, en;q=0.5"), "en"),
            (Some("fr"), "de"),
            (Some("de-AT"), "de"),
            (Some("\u{0}garbage;;"), "de"),
        ] {
            assert_eq!(Language::negotiate(wanted).tag(), tag, "{wanted:?}");
        }
    }
}
