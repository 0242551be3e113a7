//! Why the private cluster cannot be had, and what to do about it.

use std::{io, path::Path, path::PathBuf};

use thiserror::Error;

/// A reason why the private cluster cannot be joined, stopped or killed.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// No server of a supported version has PostGIS.
    #[error("PostgreSQL 15 or newer with PostGIS is missing. Install it: apt-get install {package}")]
    Missing {
        /// The package that would help.
        package: String,
    },
    /// The data were made by a server that is not installed any more.
    #[error(
        "the data in {data} were made by PostgreSQL {version}, which is not installed with PostGIS. \
         Install postgresql-{version}-postgis-3, or remove the folder to start empty"
    )]
    OtherVersion {
        /// The folder of the data.
        data: PathBuf,
        /// The version that made them.
        version: String,
    },
    /// Root has no unprivileged account to run the server as.
    #[error("PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody")]
    NoAccount,
    /// A folder for the socket is open to others.
    #[error("{folder} must be a folder of this account that nobody else can enter. Remove it and try again")]
    OpenToOthers {
        /// The folder in question.
        folder: PathBuf,
    },
    /// One of PostgreSQL's programs failed.
    #[error("could not {step}: {output}")]
    Program {
        /// What was attempted.
        step: &'static str,
        /// What the program said.
        output: String,
    },
    /// The server started but does not take connections.
    #[error("the private cluster did not answer within {seconds} s; its log is {log}")]
    Silent {
        /// How long was waited.
        seconds: u64,
        /// The log to read.
        log: PathBuf,
    },
    /// A process of the server cannot be ended.
    #[error("the private cluster still has running processes: {pids:?}")]
    Lingering {
        /// Those processes.
        pids: Vec<i32>,
    },
    /// A file or folder cannot be used.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was attempted.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl ClusterError {
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    /// Adds the end of the server's log, where the real cause stands.
    pub(super) fn with_log(self, log: &Path) -> Self {
        let Self::Program { step, output } = self else { return self };
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(10)..].join("\n");
        Self::Program { step, output: format!("{output}\n{end}") }
    }
}
