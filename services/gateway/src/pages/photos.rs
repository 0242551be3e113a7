//! The photos of a request: what was reported, and beside it the place afterwards.

use maud::{Markup, html};

use crate::reader::Reader;

/// A photo on a page.
pub struct Shown {
    /// Where its picture lies.
    pub picture: String,
    /// Where it can be seen larger.
    pub larger: Option<String>,
    /// What is said below it.
    pub hint: Option<String>,
}

/// The photos; side by side once the place was shown afterwards.
pub fn photos(reader: &Reader, before: &[Shown], after: &[Shown]) -> Markup {
    html! {
        @if after.is_empty() {
            (list(reader, before, "page-photo"))
        } @else {
            div.pair {
                @if !before.is_empty() { (side(reader, "before", before)) }
                (side(reader, "after", after))
            }
        }
    }
}

fn side(reader: &Reader, when: &str, shown: &[Shown]) -> Markup {
    html! {
        div.side {
            h3 { (reader.say(&format!("page-{when}"))) }
            (list(reader, shown, &format!("page-photo-{when}")))
        }
    }
}

fn list(reader: &Reader, shown: &[Shown], words: &str) -> Markup {
    html! {
        @if !shown.is_empty() {
            ul.photos {
                @for (place, photo) in shown.iter().enumerate() {
                    @let alt = reader.say_with(words, &[("number", (place + 1).to_string())]);
                    li {
                        @match &photo.larger {
                            Some(larger) => a href=(larger) { img src=(photo.picture) loading="lazy" alt=(alt); },
                            None => img src=(photo.picture) loading="lazy" alt=(alt);,
                        }
                        @if let Some(hint) = &photo.hint { p.hint { (hint) } }
                    }
                }
            }
        }
    }
}
