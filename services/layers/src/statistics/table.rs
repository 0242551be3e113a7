//! Rows with names, in order: the rule behind every table of figures.

use std::collections::BTreeMap;

use kit::pack::Pack;
use proto::locale::{Language, text};
use proto::statistics::{By, StatisticsRow};
use proto::status::Status;

use super::store::DistrictRow;
use super::tally::{Tally, to_one_decimal};

/// The rows of a table, most requests first; equals by name, and last what belongs to no district.
///
/// Every district that was asked for has a row, even one without requests: a map with holes would say too little.
pub fn rows(
    counted: BTreeMap<Option<String>, Tally>,
    by: By,
    districts: &[DistrictRow],
    wanted: Option<&[String]>,
    (city, language): (&Pack, Language),
) -> Vec<StatisticsRow> {
    if by == By::None {
        return Vec::new();
    }
    let mut rows: Vec<StatisticsRow> = counted
        .into_iter()
        .map(|(key, tally)| {
            let district = districts.iter().find(|one| by == By::District && Some(&one.key) == key.as_ref());
            let inhabitants = district.and_then(|district| district.inhabitants);
            StatisticsRow {
                name: match district {
                    Some(district) => district.name.clone(),
                    None => name(key.as_deref(), by, city, language),
                },
                key,
                count: tally.count,
                open: tally.open,
                per_1000: inhabitants.map(|inhabitants| per_1000(tally.count, inhabitants)),
                inhabitants,
                median_days: tally.median_days(),
            }
        })
        .collect();
    if by == By::District {
        let is_wanted = |key: &String| wanted.is_none_or(|wanted| wanted.contains(key));
        let missing = districts.iter().filter(|one| is_wanted(&one.key));
        let missing = missing.filter(|one| rows.iter().all(|row| row.key.as_ref() != Some(&one.key)));
        rows.extend(missing.map(nothing_in).collect::<Vec<_>>());
    }
    rows.sort_by(|one, other| {
        let last = |row: &StatisticsRow| row.key.is_none();
        (last(one), -one.count, &one.name, &one.key).cmp(&(
            last(other),
            -other.count,
            &other.name,
            &other.key,
        ))
    });
    rows
}

fn nothing_in(district: &DistrictRow) -> StatisticsRow {
    StatisticsRow {
        key: Some(district.key.clone()),
        name: district.name.clone(),
        count: 0,
        open: 0,
        per_1000: district.inhabitants.map(|_| 0.0),
        inhabitants: district.inhabitants,
        median_days: None,
    }
}

/// Counts stay far below what a float keeps exactly.
#[expect(clippy::cast_precision_loss, reason = "a city has fewer than 2^52 requests")]
fn per_1000(count: i64, inhabitants: i32) -> f64 {
    to_one_decimal(count as f64 * 1000.0 / f64::from(inhabitants))
}

/// The name of what a row stands for; its key when the pack has dropped it.
fn name(key: Option<&str>, by: By, city: &Pack, language: Language) -> String {
    let Some(key) = key else { return text(language, "statistics-no-district") };
    let tag = language.tag();
    let known = match by {
        By::ServiceGroup => city.group(key).map(|group| group.name.in_language(tag).to_owned()),
        By::ServiceCode => city.service(key).map(|service| service.name.in_language(tag).to_owned()),
        By::Status => key.parse::<Status>().ok().map(|status| match status {
            Status::HandedOver => text(language, "statistics-handed-over"),
            status => status.words(language, None),
        }),
        By::District | By::None => None,
    };
    known.unwrap_or_else(|| key.to_owned())
}
