//! Staff: who works here, in which department, in which roles; and who the bearer of a token is.

pub mod store;

use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use kit::db::System;
use kit::extract::Viewer;
use kit::rights::{Action, Rights};
use kit::{App, Result, event};
use proto::accounts::{Me, StaffMember};
use proto::contact::RevealReason;
use proto::event::{NewEvent, Visibility};
use proto::{Problem, StaffId};
use serde_json::json;

pub use store::Member;

/// A member of staff as the city's directory describes them.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// The member of staff.
    pub staff_id: StaffId,
    /// The name that colleagues see; residents see the department.
    pub name: String,
    /// The department's key in the city pack.
    pub department: String,
    /// The roles, as keys in the city pack.
    pub roles: Vec<String>,
    /// Groups of confidential services that are granted by name.
    pub confidential: Vec<String>,
}

/// Adds a member of staff, or changes what is known of them; the same again changes nothing.
///
/// A department or a role that the city pack does not know is refused: it would grant nothing, silently.
pub async fn upsert(app: &App, member: NewStaff) -> Result<()> {
    known_to(app, &member)?;
    let mut tx = app.db.begin(&System).await?;
    if store::put(&mut tx, &member).await? {
        let rights = json!({
            "department": member.department,
            "roles": member.roles,
            "confidential": member.confidential,
        });
        event::record(app, &mut tx, changed("staff.changed", member.staff_id, rights)).await?;
    }
    tx.commit().await?;
    app.wake.wake();
    Ok(())
}

/// Lets a member of staff sign in no more; their sessions end with their present tokens, within five minutes.
pub async fn dismiss(app: &App, staff_id: StaffId) -> Result<()> {
    let mut tx = app.db.begin(&System).await?;
    if store::close(&mut tx, staff_id).await? {
        event::record(app, &mut tx, changed("staff.dismissed", staff_id, json!({}))).await?;
    }
    tx.commit().await?;
    app.wake.wake();
    Ok(())
}

/// Everybody who works here, by name.
pub async fn list(app: &App) -> Result<Vec<Member>> {
    let mut tx = app.db.begin(&System).await?;
    Ok(store::all(&mut tx).await?)
}

/// Who the bearer is, and what they may do; nobody is somebody too.
#[utoipa::path(get, path = "/v1/me", tag = "accounts", operation_id = "me",
    responses((status = 200, body = Me), (status = "default", body = Problem)))]
pub async fn me(State(app): State<App>, headers: HeaderMap, viewer: Viewer) -> impl IntoResponse {
    let me = match viewer {
        Viewer::Staff(staff) => Me {
            reveal_reasons: reveal_reasons(&app, &headers, &staff.rights),
            kind: "staff".to_owned(),
            may: staff.rights.actions().map(Action::as_str).map(str::to_owned).collect(),
            staff: Some(StaffMember {
                staff_id: staff.staff_id,
                name: staff.name,
                department: staff.department,
                roles: staff.roles,
            }),
        },
        Viewer::Anyone(anyone) => {
            let kind = if anyone.0.is_some() { "resident" } else { "anyone" };
            Me { kind: kind.to_owned(), staff: None, may: Vec::new(), reveal_reasons: Vec::new() }
        }
    };
    ([(header::CACHE_CONTROL, "no-store")], axum::Json(me))
}

/// What the bearer of these rights can choose from, in the reader's language.
fn reveal_reasons(app: &App, headers: &HeaderMap, rights: &Rights) -> Vec<RevealReason> {
    if !rights.grant(Action::RevealContact) {
        return Vec::new();
    }
    let language = kit::http::language(headers).tag();
    let reasons = app.city.rights.reveal_reasons.iter();
    reasons
        .map(|reason| RevealReason {
            key: reason.key.clone(),
            name: reason.name.in_language(language).to_owned(),
        })
        .collect()
}

fn known_to(app: &App, member: &NewStaff) -> Result<()> {
    if app.city.department(&member.department).is_none() {
        return Err(Problem::field("/department", "unknown-department").into());
    }
    if member.roles.iter().any(|role| app.city.rights.role(role).is_none()) {
        return Err(Problem::field("/roles", "unknown-role").into());
    }
    Ok(())
}

/// The event tells rights, not the name: a name can change and be deleted.
fn changed(kind: &'static str, staff_id: StaffId, payload: serde_json::Value) -> NewEvent {
    NewEvent {
        kind,
        subject_kind: "staff",
        subject_id: staff_id.0,
        thread_id: staff_id.0,
        visibility: Visibility::Staff,
        payload,
    }
}

#[cfg(test)]
mod tests;
