//! Place, service, status and dates at once; the text once a person released it; each photo likewise.

use kit::pack::{Pack, Publish, Step};
use proto::status::Status;

use crate::request::Request;

/// What of a request the public may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Whether the public may learn of it at all.
    pub public: bool,
    /// The resident's words.
    pub text: bool,
    /// The photos that a person released.
    pub photos: bool,
}

impl Steps {
    /// What the pack and the releases allow.
    ///
    /// A request that was taken back shows neither words nor photos: the resident no longer wants them out.
    pub fn of(city: &Pack, request: &Request) -> Self {
        let public = !request.confidential;
        let shows = public && request.status != Status::Withdrawn;
        let publish = may(city, &request.service_code);
        Self {
            public,
            text: shows && request.description_released && publish.text == Step::AfterRelease,
            photos: shows && publish.photos == Step::AfterRelease,
        }
    }
}

/// What can be released of requests of a service; nothing when the pack has dropped it.
pub fn may(city: &Pack, service_code: &str) -> Publish {
    let nothing = Publish { text: Step::Never, photos: Step::Never };
    city.service(service_code).map_or(nothing, |service| service.publish)
}
