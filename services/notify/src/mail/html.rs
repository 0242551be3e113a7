//! A mail as HTML.

use maud::{DOCTYPE, PreEscaped, html};

use super::words::Words;

/// Sets sizes and distances and no colours, so that a reader's dark mode and large print stay as they are.
const STYLE: &str = "\
:root{color-scheme:light dark}\
main{max-width:36rem;margin:0 auto;padding:1rem;font:1rem/1.5 system-ui,sans-serif}\
dt{font-weight:bold}dd{margin:0 0 .5rem}\
blockquote{margin:0;padding-left:1rem;border-left:.25rem solid}\
.go{display:inline-block;padding:.75rem 1.25rem;border:.125rem solid;border-radius:.5rem;font-weight:bold}\
footer{margin-top:2rem;padding-top:1rem;border-top:1px solid;font-size:.875rem}";

/// Writes the words as a page without tables, pictures or anything that is loaded from elsewhere.
pub fn html(words: &Words) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(words.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (words.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body { main {
                @if let Some(demonstration) = &words.demonstration { p { strong { (demonstration) } } }
                p { (words.greeting) }
                p { (words.lead) }
                @if let Some((intro, note)) = &words.note {
                    p { (intro) }
                    blockquote { @for paragraph in note.split("\n\n") { p { (broken(paragraph)) } } }
                }
                dl { @for (name, value) in &words.facts { dt { (name) } dd { (value) } } }
                p { (words.next) }
                p { a class="go" href=(words.link.1) { (words.link.0) } }
                p { (words.care) }
                p { (words.closing) br; (words.sender) }
                footer {
                    p { (words.why) }
                    p { a href=(words.unsubscribe.1) { (words.unsubscribe.0) } }
                }
            } }
        }
    };
    page.into_string()
}

/// A paragraph with its line breaks.
fn broken(paragraph: &str) -> maud::Markup {
    html! { @for (number, line) in paragraph.trim().lines().enumerate() { @if number > 0 { br; } (line) } }
}
