//! Which prefix belongs to which service.

use proto::Client;

use crate::state::Upstreams;

/// A prefix of paths that one service owns.
pub struct Prefix {
    /// The path, without a slash at the end.
    pub path: &'static str,
    service: Service,
    /// Whether a staff session speaks here; elsewhere callers bring a secret of their own, or need none.
    pub with_session: bool,
}

enum Service {
    Accounts,
    Reports,
    Layers,
    Notify,
}

impl Prefix {
    /// The client of the service that owns the prefix.
    pub fn client<'u>(&self, upstreams: &'u Upstreams) -> &'u Client {
        match self.service {
            Service::Accounts => &upstreams.accounts,
            Service::Reports => &upstreams.reports,
            Service::Layers => &upstreams.layers,
            Service::Notify => &upstreams.notify,
        }
    }
}

const fn staff(path: &'static str, service: Service) -> Prefix {
    Prefix { path, service, with_session: true }
}

const fn plain(path: &'static str, service: Service) -> Prefix {
    Prefix { path, service, with_session: false }
}

/// Everything that is forwarded. What services say to each other (`/internal`, `/v1/session`) is not here.
pub const TABLE: &[Prefix] = &[
    staff("/v1/requests", Service::Reports),
    staff("/v1/services", Service::Reports),
    staff("/v1/photos", Service::Reports),
    staff("/v1/queue", Service::Reports),
    plain("/v1/reporter", Service::Reports),
    plain("/v1/devices", Service::Accounts),
    plain("/v1/token", Service::Accounts),
    staff("/v1/me", Service::Accounts),
    plain("/.well-known/jwks.json", Service::Accounts),
    plain("/v1/unsubscribe", Service::Notify),
    plain("/v1/addresses", Service::Layers),
    plain("/v1/statistics", Service::Layers),
    plain("/ogc", Service::Layers),
    plain("/map/tiles", Service::Layers),
];
