//! Pages for people: whatever the JSON says, and every link as a link.

mod value;

use kit::App;
use maud::{DOCTYPE, Markup, html};
use proto::locale::text;
use serde_json::Value;

use super::asked::Asked;
use value::{label, render};

/// The look of all pages of the product; the gateway serves it.
const STYLE: &str = "/page.css";
/// What stands on a page in a place of its own.
const APART: [&str; 5] = ["title", "description", "links", "features", "collections"];

/// A document as a page.
pub fn document(app: &App, asked: &Asked, document: &Value) -> String {
    let city = &app.city.city;
    let title = document["title"].as_str().map_or_else(|| heading(asked), str::to_owned);
    html! {
        (DOCTYPE)
        html lang=(asked.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (city.name) }
                link rel="stylesheet" href=(STYLE);
            }
            body {
                a.skip href="#content" { (text(asked.language, "page-skip")) }
                header {
                    a.home href="/" { (city.full_name.in_language(asked.language.tag())) }
                    (crumbs(asked))
                    @if city.demonstration {
                        p.demonstration role="note" { strong { (text(asked.language, "page-demonstration")) } }
                    }
                }
                main id="content" tabindex="-1" { h1 { (title) } (content(asked, document)) }
                footer { p.hint { @for owner in &city.attributions { (owner.text) br; } } }
            }
        }
    }
    .into_string()
}

/// The last part of the path that means something to people.
fn heading(asked: &Asked) -> String {
    asked.path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The way back, part by part.
fn crumbs(asked: &Asked) -> Markup {
    let mut href = String::new();
    let mut steps = Vec::new();
    for part in asked.path.split('/').filter(|part| !part.is_empty()) {
        href = format!("{href}/{part}");
        steps.push((href.clone(), part.to_owned()));
    }
    html! {
        nav aria-label=(text(asked.language, "layers-way")) {
            @for (number, (href, part)) in steps.iter().enumerate() {
                @if number > 0 { " / " }
                a href=(href) { (part) }
            }
        }
    }
}

fn content(asked: &Asked, document: &Value) -> Markup {
    let rest = document.as_object().into_iter().flatten().filter(|(name, _)| !APART.contains(&name.as_str()));
    let rest: Vec<_> = rest.collect();
    html! {
        @if let Some(description) = document["description"].as_str() { p { (description) } }
        @if let Some(collections) = document["collections"].as_array() {
            @for collection in collections { (one_of_many(asked, collection)) }
        }
        @if let Some(features) = document["features"].as_array() { (table(asked, features)) }
        @if let Some(links) = document["links"].as_array() { (self::links(asked, links)) }
        @if !rest.is_empty() {
            section {
                dl { @for (name, value) in rest { dt { (label(asked.language, name)) } dd { (render(asked.language, value)) } } }
            }
        }
    }
}

fn one_of_many(asked: &Asked, collection: &Value) -> Markup {
    let own = collection["links"].as_array().into_iter().flatten().find(|link| link["rel"] == "self");
    html! {
        section {
            h2 { a href=(own.and_then(|link| link["href"].as_str()).unwrap_or_default()) { (collection["title"].as_str().unwrap_or_default()) } }
            p { (collection["description"].as_str().unwrap_or_default()) }
            @if let Some(links) = collection["links"].as_array() { (list(links)) }
            details {
                summary { (text(asked.language, "layers-details")) }
                dl {
                    @for (name, value) in collection.as_object().into_iter().flatten() {
                        @if !APART.contains(&name.as_str()) { dt { (label(asked.language, name)) } dd { (render(asked.language, value)) } }
                    }
                }
            }
        }
    }
}

fn links(asked: &Asked, links: &[Value]) -> Markup {
    html! { section { h2 { (text(asked.language, "layers-links")) } (list(links)) } }
}

/// Links by their titles, with what they are to this page.
fn list(links: &[Value]) -> Markup {
    html! {
        ul {
            @for link in links {
                @let href = link["href"].as_str().unwrap_or_default();
                li {
                    a href=(href) rel=(link["rel"].as_str().unwrap_or_default()) { (link["title"].as_str().unwrap_or(href)) }
                    span.hint { " " (link["type"].as_str().unwrap_or_default()) }
                }
            }
        }
    }
}

/// Features as rows; their ids lead to them.
fn table(asked: &Asked, features: &[Value]) -> Markup {
    let names = features.first().and_then(|feature| feature["properties"].as_object());
    let names: Vec<&String> = names.into_iter().flatten().map(|(name, _)| name).collect();
    html! {
        div.legal {
            table {
                thead {
                    tr {
                        th scope="col" { (label(asked.language, "id")) }
                        @for name in &names { th scope="col" { (label(asked.language, name)) } }
                        th scope="col" { (label(asked.language, "geometry")) }
                    }
                }
                tbody {
                    @for feature in features {
                        @let id = feature["id"].as_str().unwrap_or_default();
                        tr {
                            td { a href={ (asked.path) "/" (value::segment(id)) } { (id) } }
                            @for name in &names { td { (render(asked.language, &feature["properties"][name.as_str()])) } }
                            td { (render(asked.language, &feature["geometry"])) }
                        }
                    }
                }
            }
        }
    }
}
