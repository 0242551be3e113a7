//! What the gateway's handlers stand on.

use std::ops::Deref;
use std::sync::Arc;

use kit::App;
use proto::Client;
use tokio::sync::Semaphore;

use crate::limits::MAX_REQUESTS;
use crate::session::Tokens;

/// The services behind the gateway.
#[derive(Clone)]
pub struct Upstreams {
    /// Sign-in, tokens, rights.
    pub accounts: Client,
    /// Service requests.
    pub reports: Client,
    /// Map layers, addresses and figures.
    pub layers: Client,
    /// Messages.
    pub notify: Client,
}

/// What an operator can set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where staff sign in, if there is a way.
    pub sign_in: Option<String>,
}

/// The state of one city's gateway; cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Parts>);

/// The parts of [`Gateway`].
pub struct Parts {
    /// The city, its database, time and keys.
    pub app: App,
    /// The services.
    pub upstreams: Upstreams,
    /// What the operator set.
    pub settings: Settings,
    /// Tokens of staff sessions that still hold.
    pub tokens: Tokens,
    /// One permit per request at work.
    pub permits: Semaphore,
}

impl Gateway {
    /// A gateway before these services.
    pub fn new(app: &App, upstreams: Upstreams, settings: Settings) -> Self {
        let (tokens, permits) = (Tokens::default(), Semaphore::new(MAX_REQUESTS));
        Self(Arc::new(Parts { app: app.clone(), upstreams, settings, tokens, permits }))
    }
}

impl Deref for Gateway {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
