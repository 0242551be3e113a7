//! Devices, tokens, staff sessions and rights.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contact::RevealReason;
use crate::{DeviceId, StaffId};

/// A device that was just made known; its secret is shown this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// The device.
    pub device_id: DeviceId,
    /// The secret that is exchanged for access tokens.
    pub device_secret: String,
}

/// A request to make a device known.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// The device; a UUIDv7 made by the client.
    #[garde(skip)]
    pub device_id: DeviceId,
}

/// A device's secret, to be exchanged for an access token.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// The secret that the device was given.
    #[garde(custom(crate::rule::some_text::<200>))]
    pub device_secret: String,
}

/// A short-lived access token (RFC 6750, RFC 9068).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// The token.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until it expires.
    pub expires_in: u32,
}

/// The secret of a staff session, to be exchanged or ended; known only to the gateway.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionSecret {
    /// The secret.
    #[garde(custom(crate::rule::some_text::<200>))]
    pub session_secret: String,
}

/// A fresh token of a staff session, with whom it speaks for.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SessionToken {
    /// The token.
    #[serde(flatten)]
    pub token: Token,
    /// The member of staff.
    pub staff: StaffMember,
    /// When the session ends whatever happens.
    pub ends_at: DateTime<Utc>,
}

/// A member of staff, as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StaffMember {
    /// The member of staff.
    pub staff_id: StaffId,
    /// The name that colleagues see; residents see the department.
    pub name: String,
    /// The department's key in the city pack.
    pub department: String,
    /// The roles, as keys in the city pack.
    pub roles: Vec<String>,
}

/// Who the bearer of a token is, and what they may do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// How the caller signed in: `anyone`, `resident` or `staff`.
    pub kind: String,
    /// The member of staff, when it is one.
    pub staff: Option<StaffMember>,
    /// The actions that the caller's roles grant.
    pub may: Vec<String>,
    /// For what the caller may see who reported a request; nothing when they may not.
    pub reveal_reasons: Vec<RevealReason>,
}
