//! What is wrong with a pack, and where: all of it at once, so that a clerk corrects a file in one go.

use std::cell::RefCell;
use std::fmt;
use std::path::PathBuf;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as reached from where the pack was opened.
    pub file: PathBuf,
    /// The line, from 1; none when the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong and what is expected instead.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.reason)
    }
}

/// Everything that is wrong with a pack, by file and line; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Fault::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Faults {}

/// The faults found so far; readers of many files add to the same list.
#[derive(Default)]
pub(super) struct Findings(RefCell<Vec<Fault>>);

impl Findings {
    pub(super) fn add(&self, file: PathBuf, line: Option<usize>, reason: impl Into<String>) {
        self.0.borrow_mut().push(Fault { file, line, reason: reason.into() });
    }

    /// The list in the order in which a person reads the files.
    pub(super) fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}
