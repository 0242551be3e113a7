//! What a service's secret keys are used for: tokens, pseudonyms, capabilities and sealed data.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use proto::auth::{Bearer, Claims, PublicKey, Signer, Verifier};

use crate::config::ServiceSecrets;
use crate::ids::Ids;

/// The keys of one service of one city.
pub struct Keys {
    mac: hmac::Key,
    tokens: RwLock<Arc<TokenKeys>>,
    sealing: Vec<(String, LessSafeKey)>,
    issuer: String,
    audience: String,
}

/// The keys of tokens, which change while the program runs.
struct TokenKeys {
    signer: Signer,
    published: Vec<PublicKey>,
    verifier: Verifier,
}

impl TokenKeys {
    fn of(secrets: &ServiceSecrets, verifier: Verifier) -> Self {
        Self {
            signer: Signer::new(&secrets.signing.kid, &secrets.signing.pkcs8),
            published: secrets.published.clone(),
            verifier,
        }
    }
}

/// The sealed text does not open: another key, or it was changed.
#[derive(Debug, thiserror::Error)]
#[error("the sealed data does not open with any key that is configured")]
pub struct DoesNotOpen;

impl Keys {
    /// The keys of a service, from its secrets.
    pub fn new(secrets: &ServiceSecrets, verifier: Verifier, issuer: &str, audience: &str) -> Self {
        let sealing = secrets
            .sealing
            .iter()
            .filter_map(|key| Some((key.id.clone(), UnboundKey::new(&AES_256_GCM, &key.key).ok()?)))
            .map(|(id, key)| (id, LessSafeKey::new(key)))
            .collect();
        Self {
            mac: hmac::Key::new(hmac::HMAC_SHA256, &secrets.mac),
            tokens: RwLock::new(Arc::new(TokenKeys::of(secrets, verifier))),
            sealing,
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
        }
    }

    /// Signs and checks with other keys from now on; requests that are under way notice nothing.
    ///
    /// Codes, pseudonyms and sealed data stay as they are: those keys cannot change under what is stored.
    pub fn renew(&self, secrets: &ServiceSecrets, verifier: Verifier) {
        let renewed = Arc::new(TokenKeys::of(secrets, verifier));
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = renewed;
    }

    fn tokens(&self) -> Arc<TokenKeys> {
        // A panic elsewhere cannot leave a half-changed value behind the lock.
        self.tokens.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Checks a bearer token at `now`.
    pub fn verify(&self, token: &str, now: proto::Timestamp) -> Result<Claims, proto::auth::Refused> {
        self.tokens().verifier.verify_access(token, now.timestamp())
    }

    /// Whether `token` names a key whose tokens pass no more; says nothing else about the token.
    pub fn have_revoked(&self, token: &str, now: proto::Timestamp) -> bool {
        proto::auth::kid(token).is_some_and(|kid| !self.tokens().verifier.knows(&kid, now.timestamp()))
    }

    /// The Ed25519 keys of this service whose tokens pass at `now`: in use, next and retired.
    pub fn public_keys(&self, now: proto::Timestamp) -> Vec<PublicKey> {
        let passes = |key: &&PublicKey| key.until.is_none_or(|until| now.timestamp() <= until);
        self.tokens().published.iter().filter(passes).cloned().collect()
    }

    /// Signs claims of this issuer and audience that hold for `seconds` from `now`.
    pub fn sign(
        &self,
        sub: &str,
        bearer: Bearer,
        now: proto::Timestamp,
        seconds: u32,
    ) -> crate::Result<String> {
        let now = now.timestamp();
        let (kind, staff, resident) = bearer.into_parts();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: sub.to_owned(),
            exp: now + i64::from(seconds),
            nbf: now,
            iat: now,
            kind,
            staff,
            resident,
        };
        self.tokens().signer.sign(&claims).map_err(crate::Error::internal)
    }

    /// A code that only this service can make, bound to a purpose and to its parts.
    ///
    /// HMAC-SHA-256 over the length-prefixed parts, so that no two lists of parts look alike.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut code = [0; 32];
        code.copy_from_slice(context.sign().as_ref());
        code
    }

    /// As [`Keys::mac`], as text for a link or a header.
    pub fn mac_text(&self, purpose: &str, parts: &[&[u8]]) -> String {
        B64.encode(self.mac(purpose, parts))
    }

    /// What this service calls a person: two services' pseudonyms of one person do not match.
    pub fn pseudonym(&self, sub: &str) -> String {
        hex::encode(&self.mac("pseudonym", &[sub.as_bytes()])[..16])
    }

    /// Seals `plain` for `place` (AES-256-GCM); the key's id stands in front.
    ///
    /// Sealed data opens only for the same place, so that it cannot be moved to another row.
    pub fn seal(&self, ids: &Ids, place: &str, plain: &[u8]) -> crate::Result<String> {
        let (id, key) = self.sealing.first().ok_or_else(|| crate::Error::internal("no sealing key"))?;
        let nonce: [u8; 12] = ids.bytes();
        let mut bytes = plain.to_vec();
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place.as_bytes()),
            &mut bytes,
        )
        .map_err(crate::Error::internal)?;
        Ok(format!("{id}.{}.{}", B64.encode(nonce), B64.encode(bytes)))
    }

    /// Opens what [`Keys::seal`] sealed for `place`.
    pub fn open(&self, place: &str, sealed: &str) -> Result<Vec<u8>, DoesNotOpen> {
        let mut parts = sealed.splitn(3, '.');
        let (Some(id), Some(nonce), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(DoesNotOpen);
        };
        let (_, key) = self.sealing.iter().find(|(known, _)| known == id).ok_or(DoesNotOpen)?;
        let nonce: [u8; 12] =
            B64.decode(nonce).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(DoesNotOpen)?;
        let mut bytes = B64.decode(bytes).map_err(|_| DoesNotOpen)?;
        let nonce = Nonce::assume_unique_for_key(nonce);
        let plain =
            key.open_in_place(nonce, Aad::from(place.as_bytes()), &mut bytes).map_err(|_| DoesNotOpen)?;
        Ok(plain.to_vec())
    }
}

/// SHA-256, for what is stored hashed.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}
