//! Handing letters to the city's mail server.

use std::sync::Arc;
use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use tokio::time::timeout;

use super::connection::Server;
use super::{Cause, Letter, SendFault, Settings, SettingsFault};

/// How long a server may take for a whole letter; some scan it before they answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends letters; a clone shares the connections.
#[derive(Clone)]
pub struct Mailer {
    server: Arc<Server>,
    from: Mailbox,
    patience: Duration,
}

impl Mailer {
    /// Gets ready to send; connects only with the first letter.
    pub fn new(settings: &Settings) -> Result<Self, SettingsFault> {
        let server = Arc::new(Server::new(settings)?);
        Ok(Self { server, from: settings.sender()?, patience: PATIENCE })
    }

    /// Gives up on a server after `patience` instead of a minute.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands `letter` to the mail server, which then has taken it over, or says why not.
    ///
    /// When an answer is lost the letter may arrive twice, both times under one message id.
    pub async fn send(&self, letter: &Letter) -> Result<(), SendFault> {
        let message =
            letter.message(&self.from).map_err(|fault| SendFault::Permanent(Cause::Letter(fault)))?;
        timeout(self.patience, self.deliver(&message))
            .await
            .unwrap_or(Err(SendFault::Passing(Cause::Timeout)))
    }

    async fn deliver(&self, message: &Message) -> Result<(), SendFault> {
        // A "no" to the greeting or to the password is no word about the letter: setting letters aside for a
        // changed password would lose them all.
        let mut connection =
            self.server.connection().await.map_err(|error| SendFault::Passing(Cause::of(&error)))?;
        match connection.send(message.envelope(), &message.formatted()).await {
            Ok(_) => {
                self.server.keep(connection);
                Ok(())
            }
            Err(error) if error.is_permanent() => Err(SendFault::Permanent(Cause::of(&error))),
            Err(error) => Err(SendFault::Passing(Cause::of(&error))),
        }
    }
}
