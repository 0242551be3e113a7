//! How well a name fits what was typed: plain Rust, no SQL.

use super::reading::Reading;
use super::spelling::{joined, words};

/// Ends of keys that say what kind of street it is.
const KINDS: [&str; 9] = ["str", "weg", "platz", "ale", "gase", "ring", "hof", "ufer", "grund"];

/// Cost of a slip of the keyboard.
const SLIP: u32 = 15;

/// How badly the name with `key` fits `reading`, 0 for the very name; nothing when it does not fit at all.
///
/// In this order: the name itself, its words in another order, what it begins with, a word in it, and each of
/// these with one, two or three slips, according to the length of what was typed.
pub fn cost(reading: &Reading, name: &str, key: &str) -> Option<u32> {
    let typed = reading.key.as_str();
    if typed == key {
        return Some(0);
    }
    let own_words = words(name);
    if reading.words.len() > 1 && sorted(&reading.words) == sorted(&own_words) {
        return Some(8);
    }
    let missing = |key: &str| u32::try_from(key.len().saturating_sub(typed.len()).min(20)).unwrap_or(20) / 2;
    if key.starts_with(typed) {
        return Some(10 + missing(key));
    }
    let later = (1..own_words.len()).map(|from| joined(&own_words[from..]));
    let mut costs: Vec<u32> = Vec::new();
    let mut may_be = |cost: Option<u32>| costs.extend(cost);
    for end in later.filter(|end| !end.is_empty()) {
        may_be(end.starts_with(typed).then(|| 24 + missing(&end)));
        may_be(slips(typed, &end).1.map(|slips| 46 + SLIP * slips));
    }
    let (whole, beginning) = slips(typed, key);
    may_be(whole.map(|slips| 12 + SLIP * slips));
    may_be(beginning.map(|slips| 22 + SLIP * slips + missing(key)));
    may_be(other_kind(typed, key));
    costs.into_iter().min()
}

/// "Beckweg" for "Beckstraße": the same name with another kind of street.
fn other_kind(typed: &str, key: &str) -> Option<u32> {
    let stem = |key: &str| KINDS.iter().find_map(|kind| key.strip_suffix(kind).map(ToOwned::to_owned));
    let (typed, key) = (stem(typed)?, stem(key)?);
    let slips = if typed == key { Some(0) } else { slips(&typed, &key).0 };
    slips.filter(|_| typed.len() >= 3).map(|slips| 50 + SLIP * slips)
}

fn sorted(words: &[String]) -> Vec<&String> {
    let mut sorted: Vec<&String> = words.iter().collect();
    sorted.sort();
    sorted
}

/// Slips that a name of this length may have.
fn allowed(length: usize) -> u32 {
    match length {
        0..=3 => 0,
        4..=6 => 1,
        7..=12 => 2,
        _ => 3,
    }
}

/// Slips between what was typed and a key, as a whole and against the key's best beginning.
///
/// A slip is a letter too many, too few, wrong, or changed with its neighbour (optimal string alignment).
fn slips(typed: &str, key: &str) -> (Option<u32>, Option<u32>) {
    let (typed, key): (Vec<char>, Vec<char>) = (typed.chars().collect(), key.chars().collect());
    let most = allowed(typed.len());
    if most == 0 {
        return (None, None);
    }
    let count = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let mut before: Vec<u32> = Vec::new();
    let mut above: Vec<u32> = (0..=key.len()).map(count).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut current = vec![count(row + 1)];
        for (column, other) in key.iter().enumerate() {
            let same = u32::from(letter != other);
            let mut best = (above[column] + same).min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == key[column - 1] && typed[row - 1] == *other {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    let fits = |slips: Option<u32>| slips.filter(|slips| *slips <= most);
    (fits(above.last().copied()), fits(above.into_iter().min()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::Line;
    use super::super::spelling::key;
    use super::*;

    fn cost_of(typed: &str, name: &str) -> Option<u32> {
        Line::read(typed, "Musterhausen").readings.iter().filter_map(|r| cost(r, name, &key(name))).min()
    }

    #[test]
    fn a_better_fit_costs_less() {
        let name = "August-Schmidt-Straße";
        let typed =
            ["august schmidt str", "str schmidt august", "august", "schmidt", "august schmit str", "schmitt"];
        let costs: Vec<u32> = typed.iter().map(|typed| cost_of(typed, name).expect(typed)).collect();
        assert!(costs.is_sorted(), "{costs:?}");
    }

    #[test]
    fn a_slip_is_forgiven_and_another_name_is_not() {
        for typed in ["Görlizer Str", "Görltizer Str", "Göörlitzer Str", "Görlitzwr"] {
            assert!(cost_of(typed, "Görlitzer Straße").is_some(), "{typed}");
        }
        for typed in ["Berliner Str", "Talstr", "xyz", "xg"] {
            assert_eq!(cost_of(typed, "Görlitzer Straße"), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_and_weighed(typed in "\\PC{0,40}", name in "\\PC{1,40}") {
            let _ = cost_of(&typed, &name);
        }

        #[test]
        fn a_name_fits_itself(name in "[A-ZÄÖÜ][a-zäöüß]{2,12}( |-)?[a-zäöüß]{0,8}") {
            prop_assert_eq!(cost_of(&name, &name), Some(0));
        }
    }
}
