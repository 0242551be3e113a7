//! The shares of the city beside those of the source.

use std::fmt::Write;

use super::weights::Weights;

/// A line of the table: what, how many here, which share here, which share in the source.
struct Line<'w> {
    name: &'w str,
    number: i64,
    share: f64,
    source: f64,
}

/// The table of kinds and channels.
pub fn table(weights: &Weights, counts: &[(String, String, i64)]) -> String {
    let all: i64 = counts.iter().map(|(_, _, number)| number).sum();
    let share = |number: i64| if all == 0 { 0.0 } else { number as f64 / all as f64 };
    let kinds = weights.source.kind.iter().map(|kind| {
        let of_kind = |(code, _, _): &&(String, String, i64)| kind.services.contains(code);
        let number = counts.iter().filter(of_kind).map(|(_, _, number)| number).sum();
        let source = f64::from(kind.reports) / f64::from(weights.source.reports);
        Line { name: &kind.name, number, share: share(number), source }
    });
    let received: u32 = weights.source.channel.iter().map(|figure| figure.reports).sum();
    let channels = weights.source.channel.iter().map(|figure| {
        let over = |(_, channel, _): &&(String, String, i64)| channel == figure.channel.as_str();
        let number = counts.iter().filter(over).map(|(_, _, number)| number).sum();
        let source = f64::from(figure.reports) / f64::from(received);
        Line { name: &figure.name, number, share: share(number), source }
    });
    let mut text = String::new();
    section(&mut text, "by kind (source: 2023)", kinds);
    section(&mut text, "by channel (source: 2024)", channels);
    text
}

fn section<'w>(text: &mut String, title: &str, lines: impl Iterator<Item = Line<'w>>) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "{title:<28}{:>8}{:>9}{:>9}", "here", "share", "source");
    for Line { name, number, share, source } in lines {
        let (share, source) = (share * 100.0, source * 100.0);
        let _ = writeln!(text, "  {name:<26}{number:>8}{share:>8.1}%{source:>8.1}%");
    }
}
