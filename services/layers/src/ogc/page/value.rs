//! A JSON value as markup.

use maud::{Markup, html};
use proto::Language;
use proto::locale::text;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

/// What a name means to people, or the name itself.
pub fn label(language: Language, name: &str) -> String {
    let key = format!("layers-property-{}", name.replace('_', "-"));
    let words = text(language, &key);
    if words == key { name.to_owned() } else { words }
}

/// A text as a segment of a path.
pub fn segment(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A value: addresses as links, geometries folded, everything else as it is.
pub fn render(language: Language, value: &Value) -> Markup {
    match value {
        Value::Null => html! { "–" },
        Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => {
            html! { a href=(text) { (text) } }
        }
        Value::String(text) => html! { (text) },
        Value::Bool(_) | Value::Number(_) => html! { (value.to_string()) },
        Value::Array(values) if values.iter().all(Value::is_number) => numbers(values),
        Value::Array(values) => html! { ul { @for value in values { li { (render(language, value)) } } } },
        Value::Object(_) if value["coordinates"].is_array() => geometry(language, value),
        Value::Object(_) if value["href"].is_string() => link(value),
        Value::Object(members) => html! {
            dl { @for (name, value) in members { dt { (label(language, name)) } dd { (render(language, value)) } } }
        },
    }
}

fn numbers(values: &[Value]) -> Markup {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    html! { (texts.join(", ")) }
}

fn link(value: &Value) -> Markup {
    let href = value["href"].as_str().unwrap_or_default();
    html! {
        @if value["templated"] == true { code { (href) } }
        @else { a href=(href) rel=(value["rel"].as_str().unwrap_or_default()) { (value["title"].as_str().unwrap_or(href)) } }
    }
}

/// A point in one line; an area can be unfolded.
fn geometry(language: Language, value: &Value) -> Markup {
    let coordinates = &value["coordinates"];
    let kind = value["type"].as_str().unwrap_or_default();
    match coordinates.as_array() {
        Some(numbers) if numbers.iter().all(Value::is_number) => {
            html! { (kind) " " (render(language, coordinates)) }
        }
        _ => html! { details { summary { (kind) } code { (coordinates.to_string()) } } },
    }
}
