//! One text file of a pack: its lines are counted, and what is wrong in it is noted with the line.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::fault::Findings;

pub(super) struct Sheet<'f> {
    path: PathBuf,
    pub(super) text: String,
    findings: &'f Findings,
}

impl<'f> Sheet<'f> {
    /// Reads a file that every pack has.
    pub(super) fn read(folder: &Path, name: &str, findings: &'f Findings) -> Option<Self> {
        let path = folder.join(name);
        if !path.exists() {
            findings.add(path, None, "this file is missing; every pack has it");
            return None;
        }
        Self::read_if_present(folder, name, findings)
    }

    /// Reads a file that a pack may do without.
    pub(super) fn read_if_present(folder: &Path, name: &str, findings: &'f Findings) -> Option<Self> {
        let path = folder.join(name);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => {
                findings.add(path, None, format!("this file cannot be read: {error}"));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            // Editors on Windows put a mark in front that no parser wants.
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                Some(Self { path, text, findings })
            }
            Err(error) => {
                let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + whole.iter().filter(|byte| **byte == b'\n').count();
                findings.add(path, Some(line), "this is not UTF-8; save the file with the encoding UTF-8");
                None
            }
        }
    }

    /// The line, from 1, of a byte of the text.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let end = offset.min(self.text.len());
        1 + self.text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn fault_on(&self, line: usize, reason: impl Into<String>) {
        self.findings.add(self.path.clone(), Some(line), reason);
    }

    pub(super) fn fault_at(&self, offset: usize, reason: impl Into<String>) {
        self.fault_on(self.line_at(offset), reason);
    }
}
