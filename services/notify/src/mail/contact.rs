//! Asking reports where an answer goes, and who waits for one at all.

use std::collections::BTreeSet;
use std::time::Duration;

use kit::App;
use proto::auth::{Bearer, service_subject};
use proto::client::Call;
use proto::notify::{Answerable, Contact};
use proto::{Client, Problem, ServiceRequestId};

/// How long the token holds, in seconds: for this one question.
const TOKEN: u32 = 60;
/// How long reports may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long reports may take while a reader holds its place.
const SHORT: Duration = Duration::from_secs(2);

/// Those of the requests whose residents wait for answers by mail.
pub async fn answerable(
    app: &App,
    reports: &Client,
    among: BTreeSet<ServiceRequestId>,
) -> Result<BTreeSet<ServiceRequestId>, Problem> {
    let asked = Answerable { service_request_ids: among.into_iter().collect() };
    let token = token(app).map_err(|error| error.problem().clone())?;
    let call = Call::default().bearer(&token);
    let answer = reports.post::<_, Answerable>("/internal/requests/answerable", &call, &asked);
    match tokio::time::timeout(SHORT, answer).await {
        Ok(answer) => Ok(answer?.service_request_ids.into_iter().collect()),
        Err(_) => Err(Problem::new(503, "too-slow")),
    }
}

/// Says who asks.
fn token(app: &App) -> kit::Result<String> {
    app.keys.sign(&service_subject(app.service), Bearer::Service, app.clock.now(), TOKEN)
}

/// The contact of a request; nothing when the resident left none or took it back.
pub async fn ask(app: &App, reports: &Client, id: ServiceRequestId) -> Result<Option<Contact>, Problem> {
    let token = token(app).map_err(|error| error.problem().clone())?;
    let path = format!("/internal/requests/{id}/contact");
    let call = Call::default().bearer(&token);
    match tokio::time::timeout(PATIENCE, reports.get::<Contact>(&path, &call)).await {
        Ok(Ok(contact)) => Ok(Some(contact)),
        Ok(Err(problem)) if problem.status == 404 => Ok(None),
        Ok(Err(problem)) => Err(problem),
        Err(_) => Err(Problem::new(503, "too-slow")),
    }
}
