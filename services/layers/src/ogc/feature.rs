//! Features as GeoJSON, written from the rows without anything in between.

use std::io::Write;

use chrono::{Datelike, Timelike};
use kit::{Error, Result};
use proto::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::collection::{Collection, Key, Kind, Shape};
use super::crs::Crs;
use super::sql::{After, FeatureId, decimals};

/// How the rows of a collection become features.
pub struct Writer {
    collection: &'static Collection,
    crs: Crs,
    /// `,"name":` for each property; the first one without the comma.
    labels: Vec<String>,
}

impl Writer {
    /// A writer for coordinates of a system.
    pub fn new(collection: &'static Collection, crs: Crs) -> Self {
        let names = collection.properties.iter().enumerate();
        let labels = names.map(|(number, property)| {
            let comma = if number == 0 { "" } else { "," };
            format!("{comma}\"{}\":", property.name)
        });
        Self { collection, crs, labels: labels.collect() }
    }

    /// The first column of properties: after the id and the geometry.
    fn first_property(&self) -> usize {
        match self.collection.shape {
            Shape::Point { .. } => 3,
            Shape::Area { .. } => 2,
        }
    }

    /// Writes a feature without its last brace, so that one may add links.
    pub fn write(&self, out: &mut Vec<u8>, row: &PgRow) -> Result<()> {
        out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        match self.collection.key {
            Key::Uuid(_) => uuid(out, row.try_get_unchecked(0)?),
            Key::Text(_) => text(out, row.try_get_unchecked(0)?)?,
        }
        out.extend_from_slice(b",\"geometry\":");
        match self.collection.shape {
            Shape::Point { .. } => {
                out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":[");
                self.number(out, row.try_get_unchecked(1)?)?;
                out.push(b',');
                self.number(out, row.try_get_unchecked(2)?)?;
                out.extend_from_slice(b"]}");
            }
            Shape::Area { .. } => {
                let shape: &str = row.try_get_unchecked(1)?;
                out.extend_from_slice(shape.as_bytes());
            }
        }
        out.extend_from_slice(b",\"properties\":{");
        for (number, (property, label)) in self.collection.properties.iter().zip(&self.labels).enumerate() {
            out.extend_from_slice(label.as_bytes());
            value(out, row, self.first_property() + number, property.kind)?;
        }
        out.push(b'}');
        Ok(())
    }

    fn number(&self, out: &mut Vec<u8>, number: f64) -> Result<()> {
        let scale = 10_f64.powi(decimals(self.crs).into());
        serde_json::to_writer(out, &((number * scale).round() / scale)).map_err(Error::internal)
    }

    /// Where a page ends that ends with this row.
    pub fn key(&self, row: &PgRow) -> Result<After> {
        let named = |name| self.collection.properties.iter().position(|property| property.name == name);
        let time = match self.collection.time.and_then(named) {
            Some(number) => Some(row.try_get_unchecked(self.first_property() + number)?),
            None => None,
        };
        let id = match self.collection.key {
            Key::Uuid(_) => FeatureId::Uuid(row.try_get_unchecked(0)?),
            Key::Text(_) => FeatureId::Text(row.try_get_unchecked(0)?),
        };
        Ok((time, id))
    }
}

fn value(out: &mut Vec<u8>, row: &PgRow, column: usize, kind: Kind) -> Result<()> {
    match kind {
        Kind::Text => match row.try_get_unchecked::<Option<&str>, _>(column)? {
            Some(value) => text(out, value)?,
            None => null(out),
        },
        Kind::Integer => match row.try_get_unchecked::<Option<i32>, _>(column)? {
            Some(value) => write!(out, "{value}").map_err(Error::internal)?,
            None => null(out),
        },
        Kind::Boolean => match row.try_get_unchecked::<Option<bool>, _>(column)? {
            Some(value) => out.extend_from_slice(if value { b"true" } else { b"false" }),
            None => null(out),
        },
        Kind::Instant => match row.try_get_unchecked::<Option<Timestamp>, _>(column)? {
            Some(value) => instant(out, value),
            None => null(out),
        },
    }
    Ok(())
}

fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

fn text(out: &mut Vec<u8>, text: &str) -> Result<()> {
    serde_json::to_writer(out, text).map_err(Error::internal)
}

fn uuid(out: &mut Vec<u8>, id: Uuid) {
    let mut space = Uuid::encode_buffer();
    out.push(b'"');
    out.extend_from_slice(id.hyphenated().encode_lower(&mut space).as_bytes());
    out.push(b'"');
}

/// An instant in RFC 3339, in UTC; digit by digit, because formatting would cost more than all else.
fn instant(out: &mut Vec<u8>, at: Timestamp) {
    out.push(b'"');
    digits(out, at.year().unsigned_abs(), 4);
    for (sign, number) in
        [(b'-', at.month()), (b'-', at.day()), (b'T', at.hour()), (b':', at.minute()), (b':', at.second())]
    {
        out.push(sign);
        digits(out, number, 2);
    }
    let micros = at.timestamp_subsec_micros();
    if micros != 0 {
        out.push(b'.');
        digits(out, micros, 6);
    }
    out.extend_from_slice(b"Z\"");
}

fn digits(out: &mut Vec<u8>, number: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_as_chrono_writes_them() {
        for text in ["2026-03-02T06:40:00Z", "1999-12-31T23:59:59.000001Z", "2024-02-29T00:00:00.500000Z"] {
            let mut out = Vec::new();
            instant(&mut out, text.parse().unwrap());
            assert_eq!(String::from_utf8(out).unwrap(), format!("\"{text}\""));
        }
    }
}
