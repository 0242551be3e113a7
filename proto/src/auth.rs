//! Access tokens: how they are made and the one place where they are checked (RFC 9068, RFC 8725).

use std::collections::HashMap;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// Seconds by which two clocks may differ.
pub const LEEWAY: i64 = 5;
/// Longest token that is looked at, in bytes.
const MAX_LENGTH: usize = 4096;
/// The media type of access tokens (RFC 9068).
const TYPE: &str = "at+jwt";

/// Whom a token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A resident: a device, or the person who signed in on it.
    Resident,
    /// A member of staff.
    Staff,
    /// Another service of the same city.
    Service,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// Who made the token: the city's base URL.
    pub iss: String,
    /// For whom: the city.
    pub aud: String,
    /// The device, member of staff or service.
    pub sub: String,
    /// End of validity, seconds since 1970.
    pub exp: i64,
    /// Start of validity, seconds since 1970.
    pub nbf: i64,
    /// When it was made, seconds since 1970.
    pub iat: i64,
    /// Whom it speaks for.
    pub kind: Kind,
    /// What staff are and may reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffClaims>,
    /// What is known of a resident beyond the device; nothing for a device alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<ResidentClaims>,
}

/// How sure the city is who a resident is. A matter asks for no more than it needs.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A device with a secret; nobody knows whose.
    #[default]
    Device,
    /// Somebody who reads mail at an address, or who holds a passkey that was made then.
    Email,
    /// Somebody who received a letter at an address in the city.
    Letter,
    /// Somebody whose identity an authority has confirmed.
    Identity,
}

/// What is known of a resident beyond the device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ResidentClaims {
    /// How sure the city is who it is.
    #[serde(default)]
    pub acr: Level,
    /// Earlier subjects of the same person: what their devices did before they signed in stays theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

/// What staff are and may reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaffClaims {
    /// The name that colleagues see.
    pub name: String,
    /// The department's key in the city pack.
    pub department: String,
    /// The roles, as keys in the city pack.
    pub roles: Vec<String>,
    /// Groups of confidential services that were granted by name.
    #[serde(default)]
    pub confidential: Vec<String>,
    /// The session.
    pub sid: uuid::Uuid,
}

/// Whom a token is made for, with what it says of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Bearer {
    /// A resident: a device alone, or the person who signed in on it.
    Resident(ResidentClaims),
    /// A member of staff.
    Staff(StaffClaims),
    /// A service of the same city.
    Service,
}

impl Bearer {
    /// The kind of caller, and what is said of one.
    pub fn into_parts(self) -> (Kind, Option<StaffClaims>, Option<ResidentClaims>) {
        match self {
            Self::Resident(resident) if resident == ResidentClaims::default() => (Kind::Resident, None, None),
            Self::Resident(resident) => (Kind::Resident, None, Some(resident)),
            Self::Staff(staff) => (Kind::Staff, Some(staff), None),
            Self::Service => (Kind::Service, None, None),
        }
    }
}

/// A public key and for whom it may speak.
#[derive(Clone, Debug)]
pub struct PublicKey {
    /// The name that a token's header carries.
    pub kid: String,
    /// The 32 bytes of an Ed25519 key.
    pub key: Vec<u8>,
    /// For whom its tokens may speak.
    pub speaks_for: SpeaksFor,
    /// Until when its tokens pass (seconds since 1970); without an end for keys that are in use or come next.
    pub until: Option<i64>,
}

/// For whom a key's tokens may speak: a service's key cannot make staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeaksFor {
    /// Residents and staff: the key of accounts.
    People,
    /// One service, by name.
    Service(String),
}

impl SpeaksFor {
    fn allows(&self, claims: &Claims) -> bool {
        let (staff, resident) = (claims.staff.is_some(), claims.resident.is_some());
        match self {
            Self::People => match claims.kind {
                Kind::Resident => !staff,
                Kind::Staff => staff && !resident,
                Kind::Service => false,
            },
            Self::Service(name) => {
                claims.kind == Kind::Service && !staff && !resident && claims.sub == service_subject(name)
            }
        }
    }
}

/// The subject of a service's own tokens.
pub fn service_subject(service: &str) -> String {
    format!("service:{service}")
}

/// Why a token was refused; callers learn only that it was.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Longer than any of ours.
    #[error("the token is too long")]
    TooLong,
    /// Not `at+jwt`: a refresh or an identity token.
    #[error("the token is of another type")]
    Type,
    /// No key of this name.
    #[error("the token's key is not known")]
    Key,
    /// Not valid yet, or no longer.
    #[error("the token is out of its time")]
    Time,
    /// The key may not speak for this kind of caller.
    #[error("the token's key may not speak for this kind of caller")]
    Kind,
    /// Signature, issuer, audience, algorithm or a missing claim.
    #[error("the token does not hold: {0}")]
    Token(#[from] jsonwebtoken::errors::Error),
}

/// A key as the verifier holds it.
#[derive(Clone)]
struct Known {
    key: DecodingKey,
    speaks_for: SpeaksFor,
    until: Option<i64>,
}

impl Known {
    fn of(public: PublicKey) -> (String, Self) {
        let key = DecodingKey::from_ed_der(&public.key);
        (public.kid, Self { key, speaks_for: public.speaks_for, until: public.until })
    }
}

/// Checks tokens of one city.
#[derive(Clone)]
pub struct Verifier {
    keys: HashMap<String, Known>,
    validation: Validation,
}

impl Verifier {
    /// A verifier for tokens that `issuer` made for `audience` with one of `keys`.
    pub fn new(issuer: &str, audience: &str, keys: impl IntoIterator<Item = PublicKey>) -> Self {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        // Without this list a token that leaves a claim out passes.
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Times are compared below with the injected clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self { keys: keys.into_iter().map(Known::of).collect(), validation }
    }

    /// Whether tokens of the key with this name may still pass at `now` (seconds since 1970).
    pub fn knows(&self, kid: &str, now: i64) -> bool {
        self.keys.get(kid).is_some_and(|known| known.until.is_none_or(|until| now <= until))
    }

    /// What the token says, if it holds at `now` (seconds since 1970).
    pub fn verify_access(&self, token: &str, now: i64) -> Result<Claims, Refused> {
        if token.len() > MAX_LENGTH {
            return Err(Refused::TooLong);
        }
        let header = jsonwebtoken::decode_header(token)?;
        if header.typ.as_deref() != Some(TYPE) {
            return Err(Refused::Type);
        }
        // `jku`, `x5u` and `jwk` of the header are never looked at: keys come from configuration only.
        let kid = header.kid.filter(|kid| self.knows(kid, now)).ok_or(Refused::Key)?;
        let known = self.keys.get(&kid).ok_or(Refused::Key)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &known.key, &self.validation)?.claims;
        if now > claims.exp + LEEWAY || now < claims.nbf - LEEWAY {
            return Err(Refused::Time);
        }
        if !known.speaks_for.allows(&claims) {
            return Err(Refused::Kind);
        }
        Ok(claims)
    }
}

/// The name of the key that `token` says it was signed with.
pub fn kid(token: &str) -> Option<String> {
    jsonwebtoken::decode_header(token).ok()?.kid
}

/// Makes tokens with one key.
#[derive(Clone)]
pub struct Signer {
    kid: String,
    key: EncodingKey,
}

impl Signer {
    /// A signer from an Ed25519 private key in PKCS#8 DER.
    pub fn new(kid: &str, pkcs8: &[u8]) -> Self {
        Self { kid: kid.to_owned(), key: EncodingKey::from_ed_der(pkcs8) }
    }

    /// The token that says `claims`.
    pub fn sign(&self, claims: &Claims) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.key)
    }
}

#[cfg(test)]
#[path = "auth_tests.rs"]
mod tests;
