//! Who works on a request.

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Path, Staff};
use kit::pack::Action;
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{StaffRequest, StatusChange};
use proto::{Problem, ServiceRequestId};

use super::{lock, save, view};
use crate::event;
use crate::request::Claim;

/// Takes a request; one that nobody had looked at is then in review.
#[utoipa::path(put, path = "/v1/requests/{service_request_id}/claim", tag = "triage",
    operation_id = "claimRequest",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn claim(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    let request = lock(&mut tx, id).await?;
    staff.may(Action::Claim, &request)?;
    let by = Claim { subject: staff.subject.clone(), name: staff.name.clone() };
    if request.claim.as_ref() == Some(&by) {
        return view::answer(&app, tx, &request, language).await;
    }

    let from = request.status;
    let request = request.claim(by, app.clock.now()).map_err(|refusal| refusal.problem(language))?;

    save(&app, &mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::claimed(&request)).await?;
    if request.status != from {
        let moved = event::status_changed(&request, from, &StatusChange::default());
        kit::event::record(&app, &mut tx, moved).await?;
    }
    let response = view::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}

/// Gives a request back.
#[utoipa::path(delete, path = "/v1/requests/{service_request_id}/claim", tag = "triage",
    operation_id = "unclaimRequest",
    params(("service_request_id" = ServiceRequestId, Path)),
    responses((status = 200, body = StaffRequest), (status = "default", body = Problem)))]
pub async fn unclaim(
    State(app): State<App>,
    staff: Staff,
    Extension(language): Extension<Language>,
    Path(id): Path<ServiceRequestId>,
) -> Result<Response> {
    let mut tx = app.db.begin(&staff).await?;
    let request = lock(&mut tx, id).await?;
    staff.may(Action::Claim, &request)?;
    if request.claim.is_none() {
        return view::answer(&app, tx, &request, language).await;
    }

    let request = request.unclaim(&staff.subject).map_err(|refusal| refusal.problem(language))?;

    save(&app, &mut tx, &request).await?;
    kit::event::record(&app, &mut tx, event::unclaimed(&request)).await?;
    let response = view::answer(&app, tx, &request, language).await?;
    app.wake.wake();
    Ok(response)
}
