//! Callers who reach exactly one request.

use kit::db::{Caller, Context};
use kit::extract::{Anyone, Peer};
use proto::ServiceRequestId;

/// Whoever files a request or holds its secret; the database shows them this one and no other.
///
/// Holding the id alone is not enough: every statement that begins with a secret compares its hash.
#[derive(Clone, Debug)]
pub struct Reporter {
    /// The request.
    pub request: ServiceRequestId,
    /// The device, if the caller signed in with one.
    pub subject: Option<String>,
}

impl Reporter {
    /// The reporter of `request`, who signed in as `anyone` did.
    pub fn of(request: ServiceRequestId, anyone: &Anyone) -> Self {
        Self { request, subject: anyone.0.as_ref().map(|resident| resident.subject.clone()) }
    }
}

impl Caller for Reporter {
    fn context(&self) -> Context {
        Context {
            kind: "reporter",
            subject: self.subject.clone(),
            request: Some(self.request.0),
            ..Context::default()
        }
    }
}

/// Another service that works on one request.
#[derive(Clone, Debug)]
pub struct PeerFor {
    /// The service.
    pub peer: Peer,
    /// The request.
    pub request: ServiceRequestId,
}

impl Caller for PeerFor {
    fn context(&self) -> Context {
        Context { request: Some(self.request.0), ..self.peer.context() }
    }
}
