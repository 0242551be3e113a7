//! What a person may have meant by a line: a street, a number, a postal code, a town, in any order.

use super::spelling::{joined, words};

/// A number and what follows it: "12", "12a", "12-14".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// The number.
    pub number: i32,
    /// A letter, or the end of a range with its hyphen; in lower case.
    pub suffix: String,
}

/// One way to understand a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The words of the name, in plain letters.
    pub words: Vec<String>,
    /// The same as a key.
    pub key: String,
    /// The house.
    pub house: Option<House>,
}

/// A line and its readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The postal code.
    pub postal_code: Option<String>,
    /// What it may mean.
    pub readings: Vec<Reading>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Word(String),
    House(House, String),
}

impl House {
    /// Reads "12", "12a", "12 A", "12-14" or "12/14"; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let digits = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
        let number: i32 = text[..digits].parse().ok().filter(|number| (1..=9999).contains(number))?;
        let rest: String = text[digits..]
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .map(|sign| if matches!(sign, '–' | '/' | '+') { '-' } else { sign })
            .collect();
        let letter =
            |part: &str| part.chars().count() <= 1 && part.chars().all(|sign| sign.is_ascii_lowercase());
        let end = |part: &str| {
            let digits = part.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(part.len());
            digits <= 4 && !part.is_empty() && letter(&part[digits..])
        };
        let fits = match rest.split_once('-') {
            None => letter(&rest),
            Some((from, to)) => letter(from) && end(to),
        };
        fits.then_some(Self { number, suffix: rest })
    }
}

impl Line {
    /// Reads `text`; the name of `town` in it may be the town.
    pub fn read(text: &str, town: &str) -> Self {
        let mut postal_code = None;
        let mut pieces = Vec::new();
        for token in tokens(text) {
            if postal_code.is_none() && token.len() == 5 && token.bytes().all(|sign| sign.is_ascii_digit()) {
                postal_code = Some(token);
            } else {
                pieces.extend(pieces_of(&token));
            }
        }
        let pieces = settled(pieces);
        let mut readings: Vec<Reading> = Vec::new();
        let mut add = |pieces: &[Piece], house: Option<&House>| {
            if let Some(reading) = Reading::of(pieces, house)
                && !readings.contains(&reading)
            {
                readings.push(reading);
            }
        };
        for pieces in [without_town(&pieces, town), Some(pieces)].into_iter().flatten() {
            if let Some((street, house)) = split(&pieces) {
                add(street, Some(house));
            }
            add(&pieces, None);
        }
        Self { postal_code, readings }
    }
}

impl Reading {
    fn of(pieces: &[Piece], house: Option<&House>) -> Option<Self> {
        let text: Vec<&str> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Word(word) => word.as_str(),
                Piece::House(_, text) => text,
            })
            .collect();
        let words = words(&text.join(" "));
        let key = joined(&words);
        (!key.is_empty()).then(|| Self { words, key, house: house.cloned() })
    }
}

/// Parts of a line; "12 - 14" and "12 a" are one.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for token in text.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '(' | ')')) {
        let token = token.trim_matches('.');
        let last_is_house = tokens.last().is_some_and(|last| House::parse(last).is_some());
        let hangs =
            tokens.last().is_some_and(|last| last.ends_with(['-', '–', '/']) && starts_with_digit(last));
        let follows = token.starts_with(['-', '–', '/'])
            || (token.chars().count() == 1 && token.chars().all(|sign| sign.is_ascii_alphabetic()));
        match tokens.last_mut() {
            Some(last) if hangs || (last_is_house && follows) => last.push_str(token),
            _ if token.is_empty() => {}
            _ => tokens.push(token.to_owned()),
        }
    }
    tokens
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// A token as words and a house: "Hauptstr.12a" is two.
fn pieces_of(token: &str) -> Vec<Piece> {
    if matches!(token.to_lowercase().as_str(), "nr" | "nr." | "no" | "hausnummer" | "hausnr") {
        return Vec::new();
    }
    if let Some(house) = House::parse(token) {
        return vec![Piece::House(house, token.to_owned())];
    }
    let digit = token.find(|sign: char| sign.is_ascii_digit());
    if let Some((street, number)) = digit.map(|at| token.split_at(at))
        && let Some(house) = House::parse(number)
    {
        return vec![Piece::Word(street.to_owned()), Piece::House(house, number.to_owned())];
    }
    vec![Piece::Word(token.to_owned())]
}

/// Pieces without words that say nothing, such as a lone hyphen.
fn settled(pieces: Vec<Piece>) -> Vec<Piece> {
    let says_something = |piece: &Piece| match piece {
        Piece::Word(word) => word.chars().any(char::is_alphanumeric),
        Piece::House(..) => true,
    };
    pieces.into_iter().filter(says_something).collect()
}

/// The street before the last number, or after it when the line begins with the number.
fn split(pieces: &[Piece]) -> Option<(&[Piece], &House)> {
    let at = pieces.iter().rposition(|piece| matches!(piece, Piece::House(..)))?;
    let Piece::House(house, _) = &pieces[at] else { return None };
    let street = if at == 0 { &pieces[1..] } else { &pieces[..at] };
    (!street.is_empty()).then_some((street, house))
}

/// The pieces without the town at their beginning or end, if it is there and is not all.
fn without_town(pieces: &[Piece], town: &str) -> Option<Vec<Piece>> {
    let town = joined(&words(town));
    let is_town = |piece: Option<&Piece>| match piece {
        Some(Piece::Word(word)) => joined(&words(word)) == town,
        _ => false,
    };
    let mut rest = pieces;
    if is_town(rest.last()) {
        rest = &rest[..rest.len() - 1];
    }
    if is_town(rest.first()) {
        rest = &rest[1..];
    }
    (!rest.is_empty() && rest.len() < pieces.len()).then(|| rest.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (String, Option<(i32, String)>, Option<String>) {
        let line = Line::read(text, "Gladbeck");
        let reading = line.readings[0].clone();
        (reading.key, reading.house.map(|house| (house.number, house.suffix)), line.postal_code)
    }

    #[test]
    fn a_line_is_read_in_any_order() {
        let house = |number: i32, suffix: &str| Some((number, suffix.to_owned()));
        let code = Some("45964".to_owned());
        for (text, expected) in [
            ("Musterstr. 12a, 45964 Gladbeck", ("musterstr".to_owned(), house(12, "a"), code.clone())),
            ("12 A Muster Straße", ("musterstr".to_owned(), house(12, "a"), None)),
            ("musterstr12", ("musterstr".to_owned(), house(12, ""), None)),
            ("Musterstraße 12 - 14", ("musterstr".to_owned(), house(12, "-14"), None)),
            ("45964 Gladbeck Musterstr. Nr. 3", ("musterstr".to_owned(), house(3, ""), code)),
            ("Musterstr", ("musterstr".to_owned(), None, None)),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }

    #[test]
    fn a_number_may_belong_to_the_name() {
        let line = Line::read("Platz des 17. Juni", "Gladbeck");
        assert!(
            line.readings.iter().any(|reading| reading.key == "platzdes17juni" && reading.house.is_none())
        );
    }

    #[test]
    fn a_line_may_be_the_towns_name() {
        assert_eq!(first("Gladbeck").0, "gladbeck");
        let keys: Vec<_> =
            Line::read("Gladbeck West", "Gladbeck").readings.into_iter().map(|r| r.key).collect();
        assert_eq!(keys, ["west", "gladbeckwest"]);
        assert_eq!(Line::read(" , - ", "Gladbeck").readings, []);
    }

    #[test]
    fn what_is_no_house_number_is_none() {
        for wrong in ["", "a", "0", "12345", "12abc", "12-", "12a-b-c", "-3", "1.5"] {
            assert_eq!(House::parse(wrong), None, "{wrong}");
        }
    }
}
