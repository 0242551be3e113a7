//! Figures as a file for spreadsheets.
//!
//! The file opens by a double click in the reader's own program: UTF-8 with a byte order mark, lines that end with
//! CR LF, separators and decimals as the reader's language has them (in German `;` and `,`, as Excel there expects).
//! Text that a spreadsheet would take for a formula begins with an apostrophe.

use chrono::TimeDelta;
use chrono_tz::Tz;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use kit::{Error, Result};
use proto::Timestamp;
use proto::locale::{Language, text};
use proto::statistics::{By, Statistics};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The rows as a file; the time line where there are no rows.
pub fn file(figures: &Statistics, language: Language) -> Result<Vec<u8>> {
    let separator = text(language, "statistics-separator").bytes().next().unwrap_or(b';');
    let mut lines = WriterBuilder::new()
        .delimiter(separator)
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    for line in if figures.by == By::None { points(figures, language) } else { rows(figures, language) } {
        lines.write_record(&line).map_err(Error::internal)?;
    }
    lines.into_inner().map_err(|error| Error::internal(error.to_string()))
}

/// The name of the file, in letters that every system takes, with its first and last day by the city's clock.
pub fn file_name(figures: &Statistics, zone: Tz, language: Language) -> String {
    let what = text(language, &format!("statistics-file-{}", figures.by.as_str()));
    let day = |at: Timestamp| at.with_timezone(&zone).format("%Y-%m-%d").to_string();
    let from = figures.from.map(day).unwrap_or_default();
    // A span that ends at midnight ends with the day before.
    format!("{what}_{from}_{}.csv", day(figures.to - TimeDelta::seconds(1)))
}

fn rows(figures: &Statistics, language: Language) -> Vec<Vec<String>> {
    let column = |name: &str| text(language, &format!("statistics-column-{name}"));
    let number = |value: Option<f64>| value.map(|value| decimal(value, language)).unwrap_or_default();
    let by_district = figures.by == By::District;
    let mut head = vec![column(figures.by.as_str()), column("key"), column("count"), column("open")];
    if by_district {
        head.extend([column("inhabitants"), column("per-1000")]);
    }
    head.push(column("median-days"));
    let mut lines = vec![head];
    for row in &figures.rows {
        let mut line = vec![
            harmless(&row.name),
            harmless(row.key.as_deref().unwrap_or_default()),
            row.count.to_string(),
            row.open.to_string(),
        ];
        if by_district {
            line.push(row.inhabitants.map(|number| number.to_string()).unwrap_or_default());
            line.push(number(row.per_1000));
        }
        line.push(number(row.median_days));
        lines.push(line);
    }
    lines
}

fn points(figures: &Statistics, language: Language) -> Vec<Vec<String>> {
    let column = |name: &str| text(language, &format!("statistics-column-{name}"));
    let mut lines = vec![vec![column("from"), column("count")]];
    let point =
        |point: &proto::statistics::StatisticsPoint| vec![point.from.to_string(), point.count.to_string()];
    lines.extend(figures.timeline.iter().map(point));
    if figures.timeline.is_empty() {
        lines.push(vec![text(language, "statistics-requests"), figures.total.to_string()]);
    }
    lines
}

fn decimal(value: f64, language: Language) -> String {
    format!("{value:.1}").replace('.', &text(language, "statistics-decimal"))
}

/// Text that no spreadsheet takes for a formula (OWASP: CSV injection).
fn harmless(cell: &str) -> String {
    let starts_formula = |sign: char| matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n');
    if cell.starts_with(starts_formula) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proto::statistics::{StatisticsPoint, StatisticsRow};

    use super::*;

    fn figures(by: By, name: &str) -> Statistics {
        let row = StatisticsRow {
            key: Some("mitte".to_owned()),
            name: name.to_owned(),
            count: 12,
            open: 3,
            per_1000: Some(0.8),
            inhabitants: Some(14_200),
            median_days: Some(4.25),
        };
        let (from, to) = ("2024-03-02T23:00:00Z".parse().ok(), "2026-03-02T23:00:00Z".parse().unwrap());
        let timeline = vec![StatisticsPoint { from: "2026-03-01".parse().unwrap(), count: 12 }];
        Statistics {
            from,
            to,
            by,
            total: 12,
            open: 3,
            median_days: None,
            official: None,
            rows: vec![row],
            timeline,
        }
    }

    fn written(by: By, name: &str, language: &str) -> String {
        let language = Language::from_tag(language).unwrap();
        String::from_utf8(file(&figures(by, name), language).unwrap()).unwrap()
    }

    #[test]
    fn a_german_file_opens_in_a_german_spreadsheet() {
        assert_eq!(
            written(By::District, "Rosenhügel", "de"),
            "\u{feff}Ortsteil;Schlüssel;Meldungen;davon offen;Einwohnerzahl;Meldungen je 1.000 Personen;\
             Tage bis zum Ende (Median)\r\nRosenhügel;mitte;12;3;14200;0,8;4,2\r\n"
        );
        assert_eq!(
            file_name(&figures(By::District, ""), chrono_tz::Europe::Berlin, Language::FIRST),
            "Meldungen-nach-Ortsteil_2024-03-03_2026-03-02.csv"
        );
    }

    #[test]
    fn an_english_file_has_commas_and_points() {
        let file = written(By::ServiceGroup, "Litter, and more", "en");
        assert!(file.ends_with("\r\n\"Litter, and more\",mitte,12,3,4.2\r\n"), "{file}");
    }

    #[test]
    fn without_rows_the_file_is_the_time_line() {
        assert_eq!(written(By::None, "", "de"), "\u{feff}Ab;Meldungen\r\n2026-03-01;12\r\n");
    }

    proptest! {
        #[test]
        fn no_name_becomes_a_formula_or_breaks_a_line(name in "[=+\\-@\t\r\n;\"',a-zäöü ]{0,12}") {
            let file = written(By::District, &name, "de");
            let mut lines = csv::ReaderBuilder::new().delimiter(b';').from_reader(file.trim_start_matches('\u{feff}').as_bytes());
            let lines: Vec<_> = lines.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(lines.len(), 1);
            let cell = &lines[0][0];
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            let escaped = format!("'{name}");
            prop_assert!(cell == name || cell == escaped);
        }
    }
}
