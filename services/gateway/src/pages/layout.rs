//! What all pages share: head, skip link, the notice of a demonstration, footer.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use kit::App;
use kit::pack::PAGES;
use maud::{DOCTYPE, Markup, html};
use proto::Language;

use super::direction::direction;
use crate::PAGE_STYLE;
use crate::reader::Reader;

/// A page's own part.
pub struct Page<'p> {
    /// The title, without the city.
    pub title: &'p str,
    /// Where the page lies, for the choice of language; nowhere when it answers a form.
    pub path: Option<&'p str>,
    /// What stands in its middle, with its heading.
    pub body: Markup,
}

/// The whole page.
pub fn page(app: &App, reader: &Reader, page: Page<'_>) -> Response {
    let city = &app.city.city;
    let tag = reader.language.tag();
    let markup = html! {
        (DOCTYPE)
        html lang=(tag) dir=(direction(tag)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.title) " – " (city.name) }
                link rel="stylesheet" href=(PAGE_STYLE);
            }
            body {
                a.skip href="#content" { (reader.say("page-skip")) }
                header {
                    a.home href=(reader.link("/")) { (city.full_name.in_language(tag)) }
                    @if city.demonstration { (demonstration(reader)) }
                }
                main id="content" tabindex="-1" { (page.body) }
                (footer(reader, page.path))
            }
        }
    };
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_LANGUAGE, tag), (VARY, "Accept-Language")];
    (headers, markup.into_string()).into_response()
}

fn demonstration(reader: &Reader) -> Markup {
    html! {
        p.demonstration role="note" {
            strong { (reader.say("page-demonstration")) } " " (reader.say("page-demonstration-detail"))
        }
    }
}

fn footer(reader: &Reader, path: Option<&str>) -> Markup {
    html! {
        footer {
            nav aria-label=(reader.say("page-legal")) {
                ul {
                    @for page in PAGES {
                        li { a href=(reader.link(&format!("/legal/{page}"))) { (reader.say(&format!("page-{page}"))) } }
                    }
                }
            }
            @if let Some(path) = path {
                nav aria-label=(reader.say("page-language")) {
                    ul {
                        @for language in Language::all().filter(|language| *language != reader.language) {
                            li {
                                a href={ (path) "?lang=" (language.tag()) } lang=(language.tag()) hreflang=(language.tag()) {
                                    (proto::locale::text(language, "page-language-name"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
