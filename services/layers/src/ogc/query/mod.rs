//! What a query asks for: parameters that are known, given once, and fit; or a problem that names them.

mod bbox;
mod interval;
mod parameter;

pub use bbox::{Area, Bounds};
pub use interval::Interval;
pub use parameter::{ITEM, PLAIN, describe, names_of_items, names_of_tile};

use kit::{Error, Result};
use proto::Problem;
use proto::problem::FieldError;
use url::form_urlencoded;

use super::collection::{Collection, Filterable, Property};
use super::crs::Crs;

/// Features of a page when the caller names no number.
pub const DEFAULT_LIMIT: u32 = 100;
/// Most features of a page; a greater number means this one.
pub const MAX_LIMIT: u32 = 10_000;
/// Most texts in the list of one parameter.
const MAX_TEXTS: usize = 100;

/// The parameters of a query, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

/// Which features are wanted; what is not given asks for nothing.
#[derive(Default)]
pub struct Filter {
    /// Those that touch this area.
    pub area: Option<Area>,
    /// Those of this time.
    pub time: Option<Interval>,
    /// Those whose property is one of these texts.
    pub equal: Vec<(&'static Property, Vec<String>)>,
}

/// A parameter does not fit; `code` says in which way.
pub fn invalid(name: &str, code: &str) -> Error {
    fault(FieldError::new(name, code))
}

/// A parameter does not fit; the fault says in which way.
pub fn fault(fault: FieldError) -> Error {
    let mut problem = Problem::new(400, "query-invalid").with("parameter", fault.pointer.clone());
    problem.errors.push(fault);
    problem.into()
}

impl Parameters {
    /// The parameters of a query, unless one is not among `known` or comes twice.
    pub fn read(query: Option<&str>, known: &[&str]) -> Result<Self> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            if !known.contains(&&*name) {
                return Err(invalid(&name, "parameter-unknown"));
            }
            if pairs.iter().any(|(other, _)| *other == name) {
                return Err(invalid(&name, "parameter-twice"));
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(pairs))
    }

    /// A parameter's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The same query with another value of one parameter, written for a link.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().filter(|(other, _)| other != name));
        if let Some(value) = value {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// How many features a page has.
    pub fn limit(&self) -> Result<u32> {
        let Some(text) = self.get("limit") else { return Ok(DEFAULT_LIMIT) };
        let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        // A number that fits no integer is still more than a page holds.
        let limit = text.parse().unwrap_or(u64::MAX);
        if !is_number || limit == 0 {
            return Err(fault(FieldError::new("limit", "limit-wrong").with("limit", MAX_LIMIT)));
        }
        Ok(u32::try_from(limit).unwrap_or(MAX_LIMIT).min(MAX_LIMIT))
    }

    /// The system of the parameter `name`; CRS84 when it is not given.
    pub fn crs(&self, name: &str, collection: &Collection) -> Result<Crs> {
        let Some(uri) = self.get(name) else { return Ok(Crs::Crs84) };
        let crs = Crs::of(uri).filter(|crs| collection.systems().contains(crs));
        crs.ok_or_else(|| invalid(name, "crs-unknown"))
    }

    /// Which features are wanted.
    pub fn filter(&self, collection: &'static Collection) -> Result<Filter> {
        let crs = self.crs("bbox-crs", collection)?;
        let area =
            self.get("bbox").map(|text| Area::read(text, crs).ok_or_else(|| invalid("bbox", "bbox-wrong")));
        let time = self
            .get("datetime")
            .map(|text| Interval::read(text).ok_or_else(|| invalid("datetime", "datetime-wrong")));
        let given = collection.filterable().filter_map(|property| Some((property, self.get(property.name)?)));
        let equal: Result<Vec<_>> =
            given.map(|(property, text)| Ok((property, texts(property, text)?))).collect();
        Ok(Filter { area: area.transpose()?, time: time.transpose()?, equal: equal? })
    }
}

/// One text or several with commas; each from the property's list, if it has one.
///
/// Where there is no list, a text may hold commas itself: the whole is then one more.
fn texts(property: &Property, list: &str) -> Result<Vec<String>> {
    let mut texts: Vec<String> = list.split(',').map(str::to_owned).collect();
    // PostgreSQL stores no NUL, and would call a text with one an error.
    if texts.len() > MAX_TEXTS || list.is_empty() || list.contains('\0') {
        return Err(invalid(property.name, "value-wrong"));
    }
    if let Filterable::OneOf(known) = property.filter {
        let known = known();
        if !texts.iter().all(|text| known.contains(&text.as_str())) {
            let listed = known.join(", ");
            return Err(fault(FieldError::new(property.name, "value-not-listed").with("listed", listed)));
        }
    } else if texts.len() > 1 {
        texts.push(list.to_owned());
    }
    Ok(texts)
}
