//! Which way a language is written.

/// Languages written from right to left, the same that the web clients know.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ur", "ckb", "ps"];

/// The direction of text for `<html dir>`, by the language of a BCP 47 tag.
pub fn direction(tag: &str) -> &'static str {
    let language = tag.split('-').next().unwrap_or(tag);
    let is_right_to_left = RIGHT_TO_LEFT.iter().any(|known| known.eq_ignore_ascii_case(language));
    if is_right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENTS: &str = include_str!("../../../web/src/shared/sentences.svelte.ts");

    #[test]
    fn arabic_persian_hebrew_and_urdu_run_from_right_to_left_in_every_region() {
        for tag in ["ar", "ar-EG", "fa", "fa-AF", "he", "HE-il", "ur", "ur-PK", "ckb", "ps"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
    }

    #[test]
    fn all_other_languages_run_from_left_to_right() {
        for tag in ["de", "en", "en-GB", "tr", "uk", "pl", "arn", "fan", "hr", ""] {
            assert_eq!(direction(tag), "ltr", "{tag:?}");
        }
    }

    #[test]
    fn pages_and_web_clients_agree() {
        let line = CLIENTS.lines().find(|line| line.starts_with("const RIGHT_TO_LEFT")).unwrap();
        let theirs: Vec<&str> = line.split('\'').skip(1).step_by(2).collect();
        assert_eq!(theirs, RIGHT_TO_LEFT);
    }
}
