//! Why a letter was not taken, without a word about whom it was for.

use std::{fmt, io};

use lettre::transport::smtp::Error;

use super::LetterFault;

/// Why a letter was not sent, and whether sending it again may help.
///
/// It carries numbers and words of our own only: what a mail server answers often repeats the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// The letter will never be taken: it is set aside.
    #[error("the letter is refused for good: {0}")]
    Permanent(Cause),
    /// The letter may be taken later: it is sent again.
    #[error("the letter is not taken now: {0}")]
    Passing(Cause),
}

/// What stood in a letter's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with this code (RFC 5321) and, if it gave one, this status (RFC 3463).
    Answer {
        /// Such as 550.
        code: u16,
        /// Such as 5.1.1.
        status: Option<(u8, u16, u16)>,
    },
    /// The server cannot be reached, or the line broke.
    Connection,
    /// The connection cannot be protected, or the server does not prove who it is.
    Tls,
    /// The server took too long.
    Timeout,
    /// The server hung up in mid-speech, does not speak SMTP, or lacks what the settings ask for.
    Protocol,
    /// The letter itself is malformed.
    Letter(LetterFault),
}

impl SendFault {
    /// What stood in the way.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::Permanent(cause) | Self::Passing(cause) => *cause,
        }
    }
}

impl Cause {
    pub(super) fn of(error: &Error) -> Self {
        if let Some(code) = error.status() {
            let text = std::error::Error::source(error).map(ToString::to_string);
            return Self::Answer { code: code.into(), status: text.as_deref().and_then(status) };
        }
        match () {
            () if error.is_timeout() => Self::Timeout,
            () if error.is_tls() || is_handshake(error) => Self::Tls,
            () if error.is_response() || error.is_client() => Self::Protocol,
            () => Self::Connection,
        }
    }
}

/// Whether a handshake failed, on the certificate for one; the TLS layer tells it as data that make no sense.
fn is_handshake(error: &Error) -> bool {
    let mut next = std::error::Error::source(error);
    while let Some(error) = next {
        if error.downcast_ref().map(io::Error::kind) == Some(io::ErrorKind::InvalidData) {
            return true;
        }
        next = error.source();
    }
    false
}

/// The enhanced status code that starts an answer.
fn status(text: &str) -> Option<(u8, u16, u16)> {
    let mut parts = text.split_whitespace().next()?.split('.');
    let status = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(status)
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { code, status: None } => write!(f, "answer {code}"),
            Self::Answer { code, status: Some((class, subject, detail)) } => {
                write!(f, "answer {code} {class}.{subject}.{detail}")
            }
            Self::Connection => f.write_str("no connection to the mail server"),
            Self::Tls => f.write_str("no trusted connection to the mail server"),
            Self::Timeout => f.write_str("the mail server took too long"),
            Self::Protocol => f.write_str("the mail server does not answer as it should"),
            Self::Letter(fault) => fault.fmt(f),
        }
    }
}
