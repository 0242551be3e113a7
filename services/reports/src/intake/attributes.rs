//! Whether the answers to a service's questions fit: asked for, of the right form, and to choose from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use kit::pack::{Attribute, Datatype, Service};
use proto::problem::FieldError;
use proto::rule::plain_text;
use serde_json::Value;

/// Most characters of an answer in one line.
const LINE: usize = 300;
/// Most characters of an answer in several lines.
const TEXT: usize = 4000;

/// Everything that is wrong with `answers` to the questions of `service`.
pub fn faults(service: &Service, answers: &BTreeMap<String, Value>) -> Vec<FieldError> {
    let missing = service
        .attributes
        .iter()
        .filter(|question| question.required && answers.get(&question.code).is_none_or(is_empty))
        .map(|question| FieldError::new(pointer(&question.code), "attribute-missing"));
    let wrong = answers.iter().filter_map(|(code, answer)| match service.attribute(code) {
        None => Some(FieldError::new(pointer(code), "attribute-unknown")),
        // Said above when it is required; nothing to say when it is not.
        Some(question) if is_empty(answer) && fits_when_empty(question, answer) => None,
        Some(question) => fault(question, answer),
    });
    missing.chain(wrong).collect()
}

/// A JSON pointer into the answers (RFC 6901).
fn pointer(code: &str) -> String {
    format!("/attributes/{}", code.replace('~', "~0").replace('/', "~1"))
}

fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

/// An empty text for a list, or an empty list for a text, is still of the wrong form.
fn fits_when_empty(question: &Attribute, answer: &Value) -> bool {
    answer.is_array() == (question.datatype == Datatype::MultiValueList)
}

fn fault(question: &Attribute, answer: &Value) -> Option<FieldError> {
    let at = |code: &str| Some(FieldError::new(pointer(&question.code), code));
    let fits = match (question.datatype, answer) {
        (Datatype::String, Value::String(line)) => return text::<LINE>(question, line),
        (Datatype::Text, Value::String(lines)) => return text::<TEXT>(question, lines),
        (Datatype::Number, Value::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
        (Datatype::Datetime, Value::String(time)) => DateTime::parse_from_rfc3339(time).is_ok(),
        (Datatype::SingleValueList, Value::String(key)) if !is_choice(question, key) => {
            return at("attribute-value-unknown");
        }
        (Datatype::SingleValueList, Value::String(_)) => true,
        (Datatype::MultiValueList, Value::Array(keys)) => {
            let keys: Option<Vec<&str>> = keys.iter().map(Value::as_str).collect();
            let Some(keys) = keys else { return at("wrong-type") };
            if keys.iter().any(|key| !is_choice(question, key)) {
                return at("attribute-value-unknown");
            }
            keys.iter().collect::<BTreeSet<_>>().len() == keys.len()
        }
        _ => false,
    };
    if fits { None } else { at("wrong-type") }
}

fn is_choice(question: &Attribute, key: &str) -> bool {
    question.values.iter().any(|value| value.key == key)
}

/// A text keeps the rules of every plain text: its length, and no invisible control characters.
fn text<const N: usize>(question: &Attribute, text: &str) -> Option<FieldError> {
    let error = plain_text::<N>(text, &()).err()?;
    let (code, limit) = error.message().split_once(':').unwrap_or((error.message(), ""));
    let fault = FieldError::new(pointer(&question.code), code);
    Some(if limit.is_empty() { fault } else { fault.with("limit", limit) })
}
