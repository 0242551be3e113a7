//! Connections to the mail server, kept for the next letter.
//!
//! A connection belongs to the letter that uses it and dies with it when the letter is given up. lettre's own pool
//! would take such a connection back in the middle of a dialogue, and the next letter would read its answers.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use super::{Settings, SettingsFault, Tls};

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// Connections kept open for the next letters; servers dislike more from one client.
const KEPT: usize = 4;

/// The mail server and the open connections to it.
pub(super) struct Server {
    host: String,
    port: u16,
    tls: Tls,
    parameters: Option<TlsParameters>,
    hello: ClientId,
    credentials: Option<Credentials>,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl Server {
    pub(super) fn new(settings: &Settings) -> Result<Self, SettingsFault> {
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port,
            tls: settings.tls,
            parameters: settings.parameters()?,
            hello: ClientId::Domain(settings.greeting()?),
            credentials: settings.credentials()?,
            idle: Mutex::default(),
        })
    }

    /// A connection that is ready for a letter: one that is kept and still answers, or a new one.
    pub(super) async fn connection(&self) -> Result<AsyncSmtpConnection, Error> {
        loop {
            let kept = self.idle().pop();
            let Some(mut connection) = kept else { return self.open().await };
            if connection.test_connected().await {
                return Ok(connection);
            }
        }
    }

    /// Takes back a connection whose letter was answered.
    pub(super) fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle();
        if idle.len() < KEPT && !connection.has_broken() {
            idle.push(connection);
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let server = (self.host.as_str(), self.port);
        let implicit = self.parameters.clone().filter(|_| self.tls == Tls::Implicit);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &self.hello, implicit, None).await?;
        // A server that offers no STARTTLS is an error, not an invitation to speak in the clear.
        if let Some(parameters) = self.parameters.clone().filter(|_| self.tls == Tls::Starttls) {
            connection.starttls(parameters, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
