//! The pages that the law asks for, from the city pack.

use axum::extract::State;
use axum::response::Response;
use kit::Result;
use kit::extract::Path;
use maud::{PreEscaped, html};
use proto::Problem;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

use super::layout::{Page, page};
use crate::reader::Reader;
use crate::state::Gateway;

/// `/legal/imprint`, `/legal/privacy`, `/legal/accessibility`, `/legal/contact`.
pub async fn show(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response> {
    let text = gateway.app.city.legal(&name, reader.language.tag()).ok_or_else(Problem::not_found)?;
    let title = reader.say(&format!("page-{name}"));
    let body = html! { article.legal { (PreEscaped(html_of(text))) } };
    Ok(page(&gateway.app, &reader, Page { title: &title, path: Some(&format!("/legal/{name}")), body }))
}

/// Markdown as HTML; HTML inside it is shown as text, and links lead nowhere but to pages, mail and telephone.
fn html_of(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: harmless(dest_url), title, id })
        }
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn harmless(url: CowStr<'_>) -> CowStr<'_> {
    let known =
        ["https://", "http://", "mailto:", "tel:", "/", "#"].iter().any(|start| url.starts_with(start));
    if known { url } else { CowStr::Borrowed("#") }
}

#[cfg(test)]
mod tests {
    use super::html_of;

    #[test]
    fn markup_in_markdown_is_text() {
        let html = html_of(
            "# Titel\n\n<script>alert(1)</script>\n\nText <b onclick=x>fett</b> [da](javascript:x) [dort](https://stadt.example)",
        );
        assert!(html.contains("<h1>Titel</h1>") && html.contains("href=\"https://stadt.example\""), "{html}");
        for forbidden in ["<script", "<b ", "javascript:"] {
            assert!(!html.contains(forbidden), "{html}");
        }
    }
}
