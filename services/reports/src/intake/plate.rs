//! Finds what looks like a German licence plate in a text.
//!
//! A plate is one to three capital letters for the place, one or two more, and one to four digits: `RE-XY 123`.
//! It is recognised in capitals only, so that "an der B 224" and "Haus ab 12" stay places.

/// Whether something like a licence plate is in `text`.
pub fn is_in(text: &str) -> bool {
    let parts: Vec<&str> =
        text.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    (0..parts.len()).any(|start| begins(&parts[start..]))
}

/// Whether a plate begins with the first of `parts`, however it is spaced.
fn begins(parts: &[&str]) -> bool {
    let apart = |place: &str, letters: &str, number: &str| {
        is_place(place) && is_letters(letters) && is_number(number)
    };
    match parts {
        [place, letters, number, ..] if apart(place, letters, number) => true,
        [place, rest, ..]
            if is_place(place) && split(rest).is_some_and(|(a, b)| is_letters(a) && is_number(b)) =>
        {
            true
        }
        _ => false,
    }
}

/// Letters and what follows them: "XY123" is "XY" and "123".
fn split(part: &str) -> Option<(&str, &str)> {
    part.find(|sign: char| sign.is_ascii_digit()).map(|at| part.split_at(at))
}

fn is_capitals(part: &str, most: usize) -> bool {
    (1..=most).contains(&part.chars().count()) && part.chars().all(char::is_uppercase)
}

fn is_place(part: &str) -> bool {
    is_capitals(part, 3)
}

fn is_letters(part: &str) -> bool {
    is_capitals(part, 2)
}

/// Up to four digits, with an E or H behind them for electric and old cars.
fn is_number(part: &str) -> bool {
    let digits = part.strip_suffix(['E', 'H']).unwrap_or(part);
    (1..=4).contains(&digits.len())
        && digits.chars().all(|sign| sign.is_ascii_digit())
        && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn plates_are_found_however_they_are_spaced() {
        for text in
            ["RE-XY 123", "Auto RE XY 1234 vor dem Tor", "GE-A 1", "BOT-XY12E", "(RE-XY 99H)", "MÜ-X 7"]
        {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn places_are_no_plates() {
        let places = [
            "Horster Straße 12",
            "an der B 224",
            "45964 Gladbeck",
            "Haus ab 12",
            "RE-XY 12345",
            "Linie SB 36",
            "Goethestr. 3 a",
            "",
        ];
        for text in places {
            assert!(!is_in(text), "{text}");
        }
    }
}
