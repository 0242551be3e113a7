//! Staff sessions: begun by a sign-in, held by the gateway, exchanged for tokens of five minutes.
//!
//! No browser ever holds a session's secret, and the routes exist only for the gateway's own token.

mod limit;
pub mod store;

use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{StatusCode, header};
use kit::extract::{Json, Peer};
use kit::keys::sha256;
use kit::{App, Result, event};
use proto::accounts::{SessionSecret, SessionToken, StaffMember, Token};
use proto::auth::{Bearer, StaffClaims};
use proto::event::{NewEvent, Visibility};
use proto::{Problem, SessionId, StaffId, Timestamp};
use serde_json::json;

use crate::exchange::Exchange;
use crate::staff;

pub use limit::{ABSOLUTE, IDLE};

/// A session that just began; its secret is shown this once.
pub struct NewSession {
    /// The secret that is exchanged for tokens.
    pub secret: String,
    /// When the session ends whatever happens.
    pub ends_at: Timestamp,
}

/// Begins a session for a member of staff whom a sign-in has recognised.
///
/// Who does not exist or no longer works here is told the same.
pub async fn start(app: &App, staff_id: StaffId) -> Result<NewSession> {
    let session_id = SessionId(app.ids.uuid());
    let secret = BASE64_URL_SAFE_NO_PAD.encode(app.ids.bytes::<32>());
    let now = app.clock.now();
    let ends_at = now + ABSOLUTE;

    let mut tx = app.db.begin(&acting(app, staff_id)).await?;
    if staff::store::find(&mut tx, staff_id).await?.is_none() {
        return Err(Problem::new(401, "signed-out").into());
    }
    store::add(&mut tx, session_id, &sha256(secret.as_bytes()), staff_id, now, ends_at).await?;
    event::record(app, &mut tx, happened("session.started", session_id)).await?;
    tx.commit().await?;
    app.wake.wake();
    Ok(NewSession { secret, ends_at })
}

/// Exchanges a session's secret for an access token of its member of staff.
#[utoipa::path(post, path = "/v1/session/token", tag = "session", operation_id = "exchangeSessionSecret",
    request_body = SessionSecret,
    responses((status = 200, body = SessionToken), (status = "default", body = Problem)))]
pub async fn exchange(
    State(app): State<App>,
    peer: Peer,
    Json(request): Json<SessionSecret>,
) -> Result<impl IntoResponse> {
    only_gateway(&peer)?;
    let now = app.clock.now();
    let mut tx = app.db.begin(&Exchange::default()).await?;
    let session = store::lock(&mut tx, &sha256(request.session_secret.as_bytes())).await?;
    let session = session.ok_or_else(|| Problem::new(401, "signed-out"))?;
    let seconds = session.token_seconds(now).ok_or_else(|| Problem::new(401, "signed-out"))?;
    store::touch(&mut tx, session.session_id, now).await?;
    tx.commit().await?;

    let claims = session.claims();
    let access_token = app.keys.sign(&session.staff_id.to_string(), Bearer::Staff(claims), now, seconds)?;
    let answer = SessionToken {
        token: Token { access_token, token_type: "Bearer".to_owned(), expires_in: seconds },
        ends_at: session.ends_at,
        staff: session.member(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(answer)))
}

/// Ends a session; sent again it changes nothing.
#[utoipa::path(delete, path = "/v1/session", tag = "session", operation_id = "endSession",
    request_body = SessionSecret,
    responses((status = 204), (status = "default", body = Problem)))]
pub async fn end(
    State(app): State<App>,
    peer: Peer,
    Json(request): Json<SessionSecret>,
) -> Result<StatusCode> {
    only_gateway(&peer)?;
    let mut tx = app.db.begin(&Exchange::default()).await?;
    let session = store::lock(&mut tx, &sha256(request.session_secret.as_bytes())).await?;
    drop(tx);
    if let Some(session) = session.filter(|session| session.ended_at.is_none()) {
        let staff_id = StaffId(session.staff_id);
        let mut tx = app.db.begin(&acting(&app, staff_id)).await?;
        if store::end(&mut tx, session.session_id, app.clock.now()).await? {
            event::record(&app, &mut tx, happened("session.ended", SessionId(session.session_id))).await?;
        }
        tx.commit().await?;
        app.wake.wake();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// For everyone but the gateway these routes do not exist.
fn only_gateway(peer: &Peer) -> Result<()> {
    if peer.service == "gateway" { Ok(()) } else { Err(Problem::not_found().into()) }
}

fn acting(app: &App, staff_id: StaffId) -> Exchange {
    Exchange { subject: Some(app.keys.pseudonym(&staff_id.to_string())), department: None }
}

fn happened(kind: &'static str, session_id: SessionId) -> NewEvent {
    NewEvent {
        kind,
        subject_kind: "session",
        subject_id: session_id.0,
        thread_id: session_id.0,
        visibility: Visibility::Staff,
        payload: json!({}),
    }
}

impl store::Session {
    fn claims(&self) -> StaffClaims {
        StaffClaims {
            name: self.name.clone(),
            department: self.department.clone(),
            roles: self.roles.clone(),
            confidential: self.confidential.clone(),
            sid: self.session_id,
        }
    }

    fn member(self) -> StaffMember {
        StaffMember {
            staff_id: StaffId(self.staff_id),
            name: self.name,
            department: self.department,
            roles: self.roles,
        }
    }
}

#[cfg(test)]
mod tests;
