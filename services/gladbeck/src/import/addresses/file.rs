//! Reads a file line by line, so that the register of a whole state needs no more memory than one city of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::format::{Columns, Format};

/// How the letters of a file were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, as everything should be.
    #[default]
    Utf8,
    /// ISO 8859-1, as older registers are.
    Latin1,
}

/// A row as bytes.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its line in the file, from 1.
    pub number: u64,
    /// Its fields.
    pub fields: Vec<Vec<u8>>,
}

/// The rows of a file that concern a city.
#[derive(Clone, Debug)]
pub struct Content {
    /// What stands where.
    pub columns: Columns,
    /// The rows.
    pub lines: Vec<Line>,
    /// How their letters are read.
    pub encoding: Encoding,
    /// Rows of other municipalities.
    pub elsewhere: u64,
    /// Rows that are deleted or no house on the ground.
    pub passed_over: u64,
    /// Some of the other municipalities, with their rows.
    others: BTreeMap<String, u64>,
}

/// Reads the rows of the municipality with this key; a table without keys is wholly the city's.
pub fn read(path: &Path, format: Option<Format>, ags: &str) -> Result<Content> {
    let mut file = BufReader::new(File::open(path)?);
    let begin = file.fill_buf()?;
    if begin.starts_with(&[0xFF, 0xFE]) || begin.starts_with(&[0xFE, 0xFF]) {
        bail!("the file is UTF-16; save it as UTF-8");
    }
    if begin.starts_with(&[0xEF, 0xBB, 0xBF]) {
        file.consume(3);
    }
    let mut content: Option<Content> = None;
    let (mut line, mut number) = (Vec::new(), 0);
    while file.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        let text = line.trim_ascii();
        if !text.is_empty() && !text.starts_with(b"#") {
            match &mut content {
                Some(content) => content.add(number, text, ags),
                None => content = Some(Content::begin(number, text, format, ags)?),
            }
        }
        line.clear();
    }
    let mut content = content.context("the file has no rows")?;
    content.encoding = encoding(&content.lines);
    Ok(content)
}

/// Latin-1 when some letters cannot be UTF-8 and none need it; a file that mixes both stays UTF-8, and its broken
/// rows are faults.
fn encoding(lines: &[Line]) -> Encoding {
    let letters = || lines.iter().flat_map(|line| &line.fields).filter(|field| !field.is_ascii());
    let is_utf8 = |field: &&Vec<u8>| std::str::from_utf8(field).is_ok();
    if letters().any(|field| !is_utf8(&field)) && !letters().any(|field| is_utf8(&field)) {
        Encoding::Latin1
    } else {
        Encoding::Utf8
    }
}

impl Content {
    /// The first row tells the columns; it is itself a row unless it is a header.
    fn begin(number: u64, text: &[u8], format: Option<Format>, ags: &str) -> Result<Self> {
        let header = String::from_utf8_lossy(text);
        let format = match format {
            Some(format) => format,
            None => Format::of_first_row(&header)?,
        };
        let mut content = Self {
            columns: Columns::of(format, &header)?,
            lines: Vec::new(),
            encoding: Encoding::Utf8,
            elsewhere: 0,
            passed_over: 0,
            others: BTreeMap::new(),
        };
        let is_header = format == Format::Csv || header.to_lowercase().starts_with("nba;");
        if !is_header {
            content.add(number, text, ags);
        }
        Ok(content)
    }

    fn add(&mut self, number: u64, text: &[u8], ags: &str) {
        let fields = self.fields(text);
        let field = |column: usize| fields.get(column).map(Vec::as_slice).unwrap_or_default();
        if let Some(columns) = self.columns.municipality.filter(|_| fields.len() == self.columns.count) {
            let key = municipality(columns.map(field));
            if key != ags {
                self.elsewhere += 1;
                // Enough to say whose file it is.
                if self.others.len() < 500 || self.others.contains_key(&key) {
                    *self.others.entry(key).or_default() += 1;
                }
                return;
            }
        }
        let is = |column: Option<usize>, sign: &[u8]| column.is_some_and(|column| field(column) == sign);
        if is(self.columns.state, b"L") || is(self.columns.quality, b"C") {
            self.passed_over += 1;
            return;
        }
        self.lines.push(Line { number, fields });
    }

    /// The fields of a row; a table may quote them, a register does not.
    fn fields(&self, text: &[u8]) -> Vec<Vec<u8>> {
        let trimmed = |field: &[u8]| field.trim_ascii().to_vec();
        if self.columns.municipality.is_some() {
            return text.split(|sign| *sign == self.columns.separator).map(trimmed).collect();
        }
        let mut record = csv::ByteRecord::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.columns.separator)
            .buffer_capacity(512)
            .from_reader(text);
        // A row that cannot be read has the wrong number of columns, and is listed for it.
        if reader.read_byte_record(&mut record).is_err() {
            return Vec::new();
        }
        record.iter().map(trimmed).collect()
    }

    /// Why nothing can be imported.
    pub fn nothing(&self, ags: &str, city: &str) -> String {
        if self.elsewhere == 0 {
            return "the file has no addresses; nothing was imported".to_owned();
        }
        let mut others: Vec<(&String, &u64)> = self.others.iter().collect();
        others.sort_by_key(|(_, rows)| std::cmp::Reverse(**rows));
        let others: Vec<&str> = others.iter().take(5).map(|(key, _)| key.as_str()).collect();
        format!(
            "none of {} rows is of {city} (municipality key {ags}); the file is of {}; nothing was imported",
            self.elsewhere,
            others.join(", ")
        )
    }
}

/// The municipality's key from its parts, each with its leading zeros.
fn municipality(parts: [&[u8]; 4]) -> String {
    let [land, government, county, municipality] = parts.map(String::from_utf8_lossy);
    format!("{land:0>2}{government:0>1}{county:0>2}{municipality:0>3}")
}
