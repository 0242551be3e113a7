//! The token of the link at the foot of each mail: it stops mail about one request and opens nothing.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kit::keys::Keys;
use proto::ServiceRequestId;
use uuid::Uuid;

/// What the code is made for.
const PURPOSE: &str = "unsubscribe";

/// The token of a request.
pub fn token(keys: &Keys, id: ServiceRequestId) -> String {
    let code = keys.mac(PURPOSE, &[id.0.as_bytes()]);
    B64.encode([&id.0.as_bytes()[..], &code].concat())
}

/// The request whose token this is, if it is one that this service made.
pub fn read(keys: &Keys, token: &str) -> Option<ServiceRequestId> {
    let bytes = B64.decode(token).ok()?;
    let (id, code) = bytes.split_at_checked(16)?;
    let expected = keys.mac(PURPOSE, &[id]);
    verify_slices_are_equal(code, &expected).ok()?;
    Uuid::from_slice(id).ok().map(ServiceRequestId)
}
