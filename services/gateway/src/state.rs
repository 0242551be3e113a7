//! What the gateway's handlers stand on.

use std::ops::Deref;
use std::sync::Arc;

use kit::App;
use proto::Client;
use tokio::sync::Semaphore;

use crate::limits::MAX_REQUESTS;
use crate::map::Map;
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
    /// Whether pages for people may stand in a frame of a page from here; for development's page that shows all
    /// of them side by side.
    pub framed_by_self: bool,
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
    /// What the map is drawn from.
    pub map: Map,
    /// One permit per request at work.
    pub permits: Semaphore,
}

impl Gateway {
    /// A gateway before these services.
    pub fn new(app: &App, upstreams: Upstreams, settings: Settings) -> Self {
        let (tokens, permits) = (Tokens::default(), Semaphore::new(MAX_REQUESTS));
        let map = Map::of(&app.city);
        Self(Arc::new(Parts { app: app.clone(), upstreams, settings, tokens, map, permits }))
    }
}

impl Deref for Gateway {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
