//! How the city's mail server is reached.

use std::fmt;
use std::net::IpAddr;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use serde::Deserialize;

use super::address::is_label;

/// The mail server that takes the city's letters, and the name they are sent under.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Host name of the mail server.
    pub host: String,
    /// Its port: 587 for STARTTLS, 465 for TLS from the first byte.
    pub port: u16,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: Tls,
    /// The account, where the server asks for one.
    #[serde(default)]
    pub user: Option<String>,
    /// Its password.
    #[serde(default)]
    pub password: Option<String>,
    /// The sender, such as `Stadt Gladbeck <meldung@gladbeck.example>`.
    pub from: String,
    /// The name that this machine gives when it says hello.
    pub helo: String,
}

/// How a connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Not at all; only to a server on this machine.
    None,
    /// By STARTTLS; a server that does not offer it gets no letter.
    #[default]
    Starttls,
    /// From the first byte.
    Implicit,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// Letters would cross a network in the clear.
    #[error("mail without TLS is allowed only to a server on this machine")]
    ClearText,
    /// The sender is no mailbox.
    #[error("the sender is not a mailbox such as `Name <name@example.org>`")]
    Sender,
    /// The name for the greeting is no host name.
    #[error("the name for the greeting is not a host name")]
    Helo,
    /// There is an account without a password, or the other way round.
    #[error("a user needs a password, and a password a user")]
    Credentials,
    /// TLS cannot be set up: a bad host name, or no root certificates on this machine.
    #[error("TLS cannot be set up")]
    Tls(#[source] lettre::transport::smtp::Error),
}

impl Settings {
    /// What TLS needs to know, or nothing where the connection stays on this machine.
    pub(super) fn parameters(&self) -> Result<Option<TlsParameters>, SettingsFault> {
        match self.tls {
            Tls::None if is_loopback(&self.host) => Ok(None),
            Tls::None => Err(SettingsFault::ClearText),
            Tls::Starttls | Tls::Implicit => {
                TlsParameters::new(self.host.clone()).map(Some).map_err(SettingsFault::Tls)
            }
        }
    }

    pub(super) fn sender(&self) -> Result<Mailbox, SettingsFault> {
        if self.from.contains(char::is_control) {
            return Err(SettingsFault::Sender);
        }
        self.from.parse().map_err(|_| SettingsFault::Sender)
    }

    pub(super) fn greeting(&self) -> Result<String, SettingsFault> {
        if self.helo.split('.').all(is_label) { Ok(self.helo.clone()) } else { Err(SettingsFault::Helo) }
    }

    pub(super) fn credentials(&self) -> Result<Option<Credentials>, SettingsFault> {
        match (&self.user, &self.password) {
            (Some(user), Some(password)) => Ok(Some(Credentials::new(user.clone(), password.clone()))),
            (None, None) => Ok(None),
            _ => Err(SettingsFault::Credentials),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("from", &self.from)
            .field("helo", &self.helo)
            .finish_non_exhaustive()
    }
}

/// Whether `host` is this machine, by name or number.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
