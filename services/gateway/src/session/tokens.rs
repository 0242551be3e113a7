//! Tokens of staff sessions, fetched from accounts and kept in memory while they hold.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use kit::Result;
use kit::keys::sha256;
use proto::Timestamp;
use proto::accounts::{SessionSecret, SessionToken, StaffMember};
use proto::auth::{Bearer, service_subject};
use proto::client::Call;

use super::{Exchange, forget, store, unseal};
use crate::reader::Reader;
use crate::state::Gateway;

/// How long before its end a token is no longer used, so that none expires on its way.
const RESERVE: TimeDelta = TimeDelta::seconds(30);
/// Most tokens that are kept; beyond that they are fetched each time.
const MOST: usize = 10_000;
/// How long the gateway's own token holds, in seconds.
const OWN_LIFETIME: u32 = 60;

/// A token of a session, with whom it speaks for.
#[derive(Clone, Debug)]
pub struct Held {
    /// The token.
    pub access_token: String,
    /// The member of staff.
    pub staff: StaffMember,
    /// Recognises the code of writes.
    pub csrf_hash: Vec<u8>,
    until: Timestamp,
}

/// Tokens that still hold, by the hash of the browser's cookie.
#[derive(Default)]
pub struct Tokens(Mutex<HashMap<[u8; 32], Held>>);

impl Tokens {
    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Held>> {
        // A panic of another request cannot leave the map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, cookie_hash: &[u8; 32], now: Timestamp) -> Option<Held> {
        self.lock().get(cookie_hash).filter(|held| now < held.until).cloned()
    }

    fn keep(&self, cookie_hash: [u8; 32], held: &Held, now: Timestamp) {
        let mut tokens = self.lock();
        if tokens.len() >= MOST {
            tokens.retain(|_, held| now < held.until);
        }
        if tokens.len() < MOST {
            tokens.insert(cookie_hash, held.clone());
        }
    }

    /// Forgets the token of a cookie.
    pub fn forget(&self, cookie_hash: &[u8; 32]) {
        self.lock().remove(cookie_hash);
    }
}

/// The token of a browser's session: from memory, or fetched; none when the session is over.
pub async fn held(gateway: &Gateway, cookie: &str, reader: &Reader) -> Result<Option<Held>> {
    let (cookie_hash, now) = (sha256(cookie.as_bytes()), gateway.app.clock.now());
    let held = gateway.tokens.find(&cookie_hash, now);
    // A token whose key was revoked meanwhile passes nowhere: the session gets another one at once.
    if let Some(held) = held.filter(|held| !gateway.app.keys.have_revoked(&held.access_token, now)) {
        return Ok(Some(held));
    }
    let mut tx = gateway.app.db.begin(&Exchange).await?;
    let kept = store::find(&mut tx, &cookie_hash, now).await?;
    tx.commit().await?;
    let Some(kept) = kept else { return Ok(None) };
    let session_secret = unseal(&gateway.app, &cookie_hash, &kept.sealed)?;
    let Some(answer) = fetch(gateway, session_secret, reader).await? else {
        forget(gateway, &cookie_hash).await?;
        return Ok(None);
    };
    let held = Held {
        access_token: answer.token.access_token,
        staff: answer.staff,
        csrf_hash: kept.csrf_hash,
        until: now + TimeDelta::seconds(answer.token.expires_in.into()) - RESERVE,
    };
    gateway.tokens.keep(cookie_hash, &held, now);
    Ok(Some(held))
}

/// A fresh token from accounts; none when accounts knows the session no more.
async fn fetch(gateway: &Gateway, session_secret: String, reader: &Reader) -> Result<Option<SessionToken>> {
    let (call, body) = (service_call(gateway, reader)?, SessionSecret { session_secret });
    match gateway.upstreams.accounts.post("/v1/session/token", &call, &body).await {
        Ok(answer) => Ok(Some(answer)),
        Err(problem) if problem.status == 401 => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

/// A call with the gateway's own token: for everyone else the routes of sessions do not exist.
pub fn service_call(gateway: &Gateway, reader: &Reader) -> Result<Call> {
    let (app, subject) = (&gateway.app, service_subject(crate::SERVICE));
    let token = app.keys.sign(&subject, Bearer::Service, app.clock.now(), OWN_LIFETIME)?;
    Ok(reader.call().bearer(&token))
}
