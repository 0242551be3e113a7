//! The pages that the law asks for, per language, in Markdown.

use std::collections::BTreeMap;
use std::path::Path;

use super::fault::Findings;
use super::sheet::Sheet;

/// The pages that every city has.
pub const PAGES: [&str; 4] = ["imprint", "privacy", "accessibility", "contact"];

/// What marks a statement that the operator has to check before the city goes live, per language.
const MARKS: [&str; 2] = ["[Bitte prüfen", "[Please check"];

/// The legal pages of a city.
#[derive(Clone, Debug, Default)]
pub(super) struct Legal(BTreeMap<(String, String), String>);

impl Legal {
    /// The Markdown of a page.
    pub(super) fn page(&self, page: &str, language: &str) -> Option<&str> {
        self.0.get(&(page.to_owned(), language.to_owned())).map(String::as_str)
    }
}

/// Reads every page in every language; a city that is no demonstration has no statement left to check.
pub(super) fn read(folder: &Path, languages: &[String], demonstration: bool, findings: &Findings) -> Legal {
    let mut pages = BTreeMap::new();
    for (page, language) in
        PAGES.iter().flat_map(|page| languages.iter().map(move |language| (page, language)))
    {
        let name = format!("legal/{page}.{language}.md");
        let Some(sheet) = Sheet::read(folder, &name, findings) else { continue };
        check(&sheet, demonstration);
        pages.insert(((*page).to_owned(), language.clone()), sheet.text);
    }
    Legal(pages)
}

fn check(sheet: &Sheet<'_>, demonstration: bool) {
    if !sheet.text.trim_start().starts_with("# ") {
        sheet.fault_on(1, "a page begins with its title: `# Title`");
    }
    if sheet.text.lines().filter(|line| !line.trim().is_empty()).count() < 2 {
        sheet.fault_on(1, "this page has no text under its title");
    }
    if demonstration {
        return;
    }
    for (index, _) in
        sheet.text.lines().enumerate().filter(|(_, line)| MARKS.iter().any(|mark| line.contains(mark)))
    {
        sheet.fault_on(
            index + 1,
            "a statement is still marked to be checked, but the city is no demonstration",
        );
    }
}
