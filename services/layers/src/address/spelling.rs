//! How names are compared: plain letters, in which the usual ways to write a street are one.

/// Ends of words, long and short; "stra" is what a person has typed so far, and some are the usual slips.
const ENDINGS: [(&str, &str); 11] = [
    ("strasse", "str"),
    ("strase", "str"),
    ("srasse", "str"),
    ("starsse", "str"),
    ("stasse", "str"),
    ("strass", "str"),
    ("stras", "str"),
    ("stra", "str"),
    ("wg", "weg"),
    ("pl", "platz"),
    ("sankt", "st"),
];

/// The words of a name in plain letters: "Görlitzer Straße" as `gorlitzer` and `str`.
///
/// An umlaut, its two letters and the bare vowel are the same, and so are "ß" and "ss".
pub fn words(name: &str) -> Vec<String> {
    let mut plain = String::with_capacity(name.len());
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' | 'á' | 'à' | 'â' => plain.push('a'),
            'ö' | 'ó' | 'ò' | 'ô' => plain.push('o'),
            'ü' | 'ú' | 'ù' | 'û' => plain.push('u'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'ß' => plain.push_str("ss"),
            // The two dots as a letter of their own, and apostrophes, are not part of what is compared.
            '\u{308}' | '\'' | '’' => {}
            // The vowel before it stands for the umlaut.
            'e' if plain.ends_with(['a', 'o', 'u']) => {}
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().map(word).collect()
}

/// A word with its abbreviation settled.
fn word(word: &str) -> String {
    let settle = |(long, short): &(&str, &str)| Some(format!("{}{short}", word.strip_suffix(long)?));
    ENDINGS.iter().find_map(settle).unwrap_or_else(|| word.to_owned())
}

/// Words as one key: without spaces, and letters that are doubled once; hyphens and gaps do not matter.
pub fn joined(words: &[String]) -> String {
    let mut key = String::new();
    for letter in words.iter().flat_map(|word| word.chars()) {
        if letter.is_ascii_digit() || !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

/// The key of a name, as `published.street.search_key` holds it.
pub fn key(name: &str) -> String {
    joined(&words(name))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn the_usual_ways_to_write_a_street_have_one_key() {
        let same = [
            &["Görlitzer Straße", "Goerlitzer Str.", "gorlitzer strasse", "GÖRLITZER STR", "Görlitzerstr."][..],
            &["August-Schmidt-Straße", "August Schmidt Str.", "augustschmidtstrasse"],
            &["Schloßstraße", "Schlossstr.", "Schlosstrasse"],
            &["Ahornstraße", "Ahornstrase", "Ahornsraße", "Ahornstarße", "Ahornstaße"],
            &["Willy-Brandt-Platz", "Willy Brandt Pl.", "willybrandtpl"],
            &["Go\u{308}rlitzer Str.", "Görlitzer Stra"],
            &["Sankt-Joseph-Weg", "St. Joseph Wg"],
        ];
        for names in same {
            for name in names {
                assert_eq!(key(name), key(names[0]), "{name} is {}", names[0]);
            }
        }
    }

    #[test]
    fn numbers_stay_as_they_are() {
        assert_eq!(key("Straße des 11. November"), "strdes11november");
    }
}
