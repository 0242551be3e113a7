//! Sessions of staff browsers: a cookie that no script can read, and no token in the browser.
//!
//! The browser holds a random cookie. The gateway keeps its hash, and sealed beside it the session's secret at
//! accounts, which it exchanges for tokens of five minutes. Writes prove by a header that they come from our own
//! page: another site can send the cookie, but cannot read the code.

mod cookie;
pub mod store;
mod tokens;

use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::{AUTHORIZATION, CACHE_CONTROL, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use kit::db::{Caller, Context, System};
use kit::job::Task;
use kit::keys::sha256;
use kit::{App, Error, Result};
use proto::accounts::{SessionSecret, StaffMember};
use proto::{Problem, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::reader::Reader;
use crate::state::Gateway;
use tokens::service_call;

pub use tokens::Tokens;

/// How often the sweep looks for sessions that are over.
const REST: Duration = Duration::from_secs(3600);

/// A cookie is being exchanged: the one caller for whom the table of sessions opens.
struct Exchange;

impl Caller for Exchange {
    fn context(&self) -> Context {
        Context { kind: "exchange", ..Context::default() }
    }
}

/// Who is signed in, as a web client asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Session {
    /// Whether a member of staff is signed in.
    pub signed_in: bool,
    /// What a write carries in `X-CSRF-Token`.
    pub csrf: Option<String>,
    /// The member of staff.
    pub staff: Option<StaffMember>,
    /// Where to sign in, if there is a way.
    pub sign_in: Option<String>,
}

/// Opens a browser session for a session at accounts; answers with the value of `Set-Cookie`.
pub async fn open(app: &App, secret: &str, ends_at: Timestamp) -> Result<String> {
    let cookie = BASE64_URL_SAFE_NO_PAD.encode(app.ids.bytes::<32>());
    let cookie_hash = sha256(cookie.as_bytes());
    let csrf_hash = sha256(csrf(app, &cookie).as_bytes());
    let sealed = app.keys.seal(&app.ids, &place(&cookie_hash), secret.as_bytes())?;
    let mut tx = app.db.begin(&Exchange).await?;
    store::add(&mut tx, &cookie_hash, &csrf_hash, &sealed, app.clock.now(), ends_at).await?;
    tx.commit().await?;
    Ok(cookie::set(&cookie))
}

/// Who is signed in, and what a write has to carry.
#[utoipa::path(get, path = "/session", tag = "session", operation_id = "session",
    responses((status = 200, body = Session), (status = "default", body = Problem)))]
pub async fn show(
    State(gateway): State<Gateway>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let mut session =
        Session { signed_in: false, csrf: None, staff: None, sign_in: gateway.settings.sign_in.clone() };
    if let Some(cookie) = cookie::read(&headers)
        && let Some(held) = tokens::held(&gateway, cookie, &reader).await?
    {
        session.signed_in = true;
        session.csrf = Some(csrf(&gateway.app, cookie));
        session.staff = Some(held.staff);
    }
    Ok(([(CACHE_CONTROL, "no-store")], axum::Json(session)))
}

/// Signs out: the session ends at accounts too, and the cookie is cleared.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "signOut",
    params(("X-CSRF-Token" = String, Header, description = "What GET /session answered as `csrf`")),
    responses((status = 204), (status = "default", body = Problem)))]
pub async fn end(
    State(gateway): State<Gateway>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let app = &gateway.app;
    if let Some(cookie) = cookie::read(&headers) {
        let cookie_hash = sha256(cookie.as_bytes());
        let mut tx = app.db.begin(&Exchange).await?;
        let kept = store::find(&mut tx, &cookie_hash, app.clock.now()).await?;
        tx.commit().await?;
        if let Some(kept) = kept {
            require_csrf(&headers, &kept.csrf_hash)?;
            // First at accounts: when that fails, the browser can try again.
            let body = SessionSecret { session_secret: unseal(app, &cookie_hash, &kept.sealed)? };
            let call = service_call(&gateway, &reader)?;
            let accounts = &gateway.upstreams.accounts;
            accounts.call::<_, ()>(Method::DELETE, "/v1/session", &call, Some(&body)).await?;
            forget(&gateway, &cookie_hash).await?;
        }
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::clear())]))
}

/// The bearer that a session lends to a request on its way to a service, if there is one.
///
/// A request that brings a token of its own keeps it, and the cookie means nothing. A session that is over lends
/// nothing: the service then answers as it answers anyone.
pub async fn bearer(gateway: &Gateway, parts: &Parts) -> Result<Option<HeaderValue>> {
    if parts.headers.contains_key(AUTHORIZATION) {
        return Ok(None);
    }
    let Some(cookie) = cookie::read(&parts.headers) else { return Ok(None) };
    let reader = Reader::of(parts, gateway);
    let Some(held) = tokens::held(gateway, cookie, &reader).await? else { return Ok(None) };
    if !parts.method.is_safe() {
        require_csrf(&parts.headers, &held.csrf_hash)?;
    }
    HeaderValue::from_str(&format!("Bearer {}", held.access_token)).map(Some).map_err(Error::internal)
}

/// Forgets sessions that are over.
pub fn sweep() -> Task {
    Task::every("gateway-sweep", REST, |app: App| async move {
        let mut tx = app.db.begin(&System).await?;
        store::sweep(&mut tx, app.clock.now()).await?;
        tx.commit().await?;
        Ok(false)
    })
}

async fn forget(gateway: &Gateway, cookie_hash: &[u8; 32]) -> Result<()> {
    gateway.tokens.forget(cookie_hash);
    let mut tx = gateway.app.db.begin(&Exchange).await?;
    store::remove(&mut tx, cookie_hash).await?;
    tx.commit().await
}

/// The code that a write proves its origin with; it follows from the cookie, so it is stored nowhere in clear.
fn csrf(app: &App, cookie: &str) -> String {
    app.keys.mac_text("csrf", &[cookie.as_bytes()])
}

fn require_csrf(headers: &HeaderMap, csrf_hash: &[u8]) -> Result<()> {
    let sent = headers.get("x-csrf-token").map(|code| sha256(code.as_bytes()));
    // Hashes are compared, so the time that it takes tells nothing of the code.
    if sent.is_some_and(|sent| sent == csrf_hash) {
        Ok(())
    } else {
        Err(Problem::new(403, "csrf-missing").into())
    }
}

/// Where a session's secret is sealed for: this row and no other.
fn place(cookie_hash: &[u8; 32]) -> String {
    format!("gateway.session:{}", hex::encode(cookie_hash))
}

fn unseal(app: &App, cookie_hash: &[u8; 32], sealed: &str) -> Result<String> {
    let secret = app.keys.open(&place(cookie_hash), sealed).map_err(Error::internal)?;
    String::from_utf8(secret).map_err(Error::internal)
}

#[cfg(test)]
mod tests;
