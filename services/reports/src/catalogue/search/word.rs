//! Words as a search compares them.

/// Fewest letters of a part of a compound: shorter ones are in every second word.
const PART: usize = 4;
/// Fewest letters of a word that may hold a slip.
const SLIP: usize = 5;

/// Endings of plurals, cases and verbs in German and English, longest first.
const ENDINGS: [&str; 10] = ["ungen", "ern", "est", "ing", "en", "er", "es", "em", "e", "n"];

/// A word without capitals, accents and endings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// The whole word.
    whole: String,
    /// What is left without its ending.
    stem: String,
}

/// How alike two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The very word.
    Same,
    /// The same but for its ending.
    Stem,
    /// The longer one begins with the other, as while somebody is still typing.
    Begins,
    /// A compound that ends with the other word; its end says what it is.
    Ends,
    /// One letter is wrong, missing, too much, or two have changed places.
    Slip,
    /// Nothing.
    None,
}

impl Fit {
    /// What a fit counts, up to 1.
    pub fn share(self) -> f64 {
        match self {
            Self::Same => 1.0,
            Self::Stem => 0.95,
            Self::Begins => 0.6,
            Self::Ends => 0.55,
            Self::Slip => 0.5,
            Self::None => 0.0,
        }
    }

    /// How alike a word that was asked for and a word of a service are.
    pub fn between(asked: &Word, known: &Word) -> Self {
        let (one, other) = (&asked.stem, &known.stem);
        if asked.whole == known.whole {
            return Self::Same;
        }
        if one == other {
            return Self::Stem;
        }
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let is_part = short.chars().count() >= PART;
        // Typing has just begun: two or three letters may already be the start of a word.
        let begun = short == one && one.chars().count() >= 2 && known.whole.starts_with(&asked.whole);
        if begun || (is_part && long.starts_with(short.as_str())) {
            return Self::Begins;
        }
        if is_part && (long.ends_with(short.as_str()) || ends_whole(asked, known)) {
            return Self::Ends;
        }
        if is_slip(&asked.whole, &known.whole) || is_slip(one, other) { Self::Slip } else { Self::None }
    }
}

/// A compound keeps the ending of its last part: "Kühlschrank" and "Schrank".
fn ends_whole(asked: &Word, known: &Word) -> bool {
    let (short, long) = if asked.whole.len() <= known.whole.len() { (asked, known) } else { (known, asked) };
    short.whole.chars().count() >= PART && long.whole.ends_with(&short.whole)
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    folded(text).split_whitespace().map(|word| Word { whole: word.to_owned(), stem: stem(word) }).collect()
}

/// A text as one phrase, to be compared as a whole.
pub fn phrase(text: &str) -> String {
    words(text).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" ")
}

/// Lower case; "ä" and "ae" are "a", "ß" is "ss"; what is neither letter nor digit separates words.
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars().flat_map(char::to_lowercase) {
        match sign {
            'ä' | 'à' | 'á' | 'â' | 'å' => plain.push('a'),
            'ö' | 'ó' | 'ô' | 'ø' => plain.push('o'),
            'ü' | 'ú' | 'û' => plain.push('u'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'ç' => plain.push('c'),
            'ß' => plain.push_str("ss"),
            sign if sign.is_alphanumeric() => plain.push(sign),
            _ => plain.push(' '),
        }
    }
    plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// A word without its ending, of which at least three letters are left; German never ends on two.
fn stem(word: &str) -> String {
    let rest = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let rest = rest.strip_suffix('s').filter(|rest| !rest.ends_with('s')).unwrap_or(rest);
    if rest.chars().count() >= 3 { rest.to_owned() } else { word.to_owned() }
}

/// Whether one letter, or the order of two, makes the difference between two longer words.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < SLIP || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (left, right) = (&one[same..], &other[same..]);
    match (left, right) {
        ([a, b, left @ ..], [c, d, right @ ..]) if (a, b) == (d, c) && left == right => true,
        ([_, left_rest @ ..], [_, right_rest @ ..]) if left_rest == right_rest => true,
        ([_, left_rest @ ..], _) if left_rest == right => true,
        (_, [_, right_rest @ ..]) if right_rest == left => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(asked: &str, known: &str) -> Fit {
        Fit::between(&words(asked)[0], &words(known)[0])
    }

    #[test]
    fn words_fit_whatever_their_capitals_umlauts_and_endings() {
        for (asked, known, expected) in [
            ("MÜLL", "Müll", Fit::Same),
            ("muell", "Müll", Fit::Same),
            ("Strasse", "Straße", Fit::Same),
            ("Matratzen", "Matratze", Fit::Stem),
            ("Bäume", "Baum", Fit::Stem),
            ("Löcher", "Loch", Fit::Stem),
            ("rats", "rat", Fit::Stem),
            ("matr", "Matratze", Fit::Begins),
            ("Glascontainer", "Container", Fit::Ends),
            ("Hundescheiße", "Hund", Fit::Begins),
            ("Grafitti", "Graffiti", Fit::None),
            ("Schalgloch", "Schlagloch", Fit::Slip),
            ("Spilplatz", "Spielplatz", Fit::Slip),
            ("Ratze", "Matratze", Fit::Ends),
            ("Rad", "Rat", Fit::None),
            ("Haus", "Maus", Fit::None),
        ] {
            assert_eq!(fit(asked, known), expected, "{asked} and {known}");
        }
    }

    #[test]
    fn a_slip_is_one_letter_and_no_more() {
        assert!(
            is_slip("laterne", "latrene") && is_slip("laterne", "laternne") && is_slip("laterne", "lterne")
        );
        assert!(!is_slip("laterne", "latrnee") && !is_slip("hund", "hand") && !is_slip("laterne", "lampe"));
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for text in ["", " ", "ß", "🐀🐀🐀🐀🐀", "s", "en", "\u{0}", "ue", "a\u{301}e"] {
            for word in words(text) {
                assert!(!word.stem.is_empty(), "{text:?}");
            }
        }
    }
}
