//! What went wrong, said so that a person knows what to do next (RFC 9457).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::locale::{self, Language};

/// A problem, kept as a value until the edge renders it in the reader's language.
///
/// `code` is stable and meant for programs; title and detail are meant for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A relative reference that names the kind of problem: `/problems/<code>`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// A short sentence that names the problem, in the reader's language.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do next, in the reader's language.
    #[serde(default)]
    pub detail: String,
    /// The stable name of the problem, in kebab-case.
    pub code: String,
    /// The fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Further facts, such as the neighbouring city in which a place lies.
    #[serde(flatten)]
    #[schema(additional_properties, value_type = Object)]
    pub facts: BTreeMap<String, Value>,
}

/// A field of the request that is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where the field stands in the body (RFC 6901), or the name of a parameter.
    pub pointer: String,
    /// The stable name of the fault, in kebab-case.
    pub code: String,
    /// What to do about it, in the reader's language.
    #[serde(default)]
    pub detail: String,
    /// Figures that the sentence needs, such as the greatest length.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

impl FieldError {
    /// A fault of the field at `pointer`.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: String::new(), facts: BTreeMap::new() }
    }

    /// Adds a figure that the sentence needs.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

impl Problem {
    /// A problem with a status and a stable code; its sentences stand in `problem.ftl`.
    pub fn new(status: u16, code: &str) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: String::new(),
            status,
            detail: String::new(),
            code: code.to_owned(),
            errors: Vec::new(),
            facts: BTreeMap::new(),
        }
    }

    /// The fields of a request are at fault.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(422, "fields-invalid") }
    }

    /// One field of a request is at fault.
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::fields(vec![FieldError::new(pointer, code)])
    }

    /// There is nothing here, or nothing that the caller may know of.
    pub fn not_found() -> Self {
        Self::new(404, "not-found")
    }

    /// Adds a fact, for programs and for the sentences.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the field that is at fault.
    pub fn at(mut self, pointer: &str, code: &str) -> Self {
        self.errors.push(FieldError::new(pointer, code));
        self
    }

    /// Writes title, detail and the sentences of the fields in `language`, unless they stand already.
    pub fn localised(mut self, language: Language) -> Self {
        let facts: Vec<(&str, String)> =
            self.facts.iter().map(|(name, value)| (name.as_str(), plain(value))).collect();
        if self.title.is_empty() {
            let key = format!("problem-{}", self.code);
            self.title = locale::text_with(language, &key, &facts);
            self.detail = locale::text_with(language, &format!("{key}.detail"), &facts);
        }
        for error in &mut self.errors {
            if error.detail.is_empty() {
                let facts: Vec<(&str, String)> =
                    error.facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                error.detail = locale::text_with(language, &format!("field-{}", error.code), &facts);
            }
        }
        self
    }
}

/// A fact as it reads in a sentence: text without its quotation marks.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}

impl std::error::Error for Problem {}
