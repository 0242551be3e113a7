//! Asking reports where an answer goes.

use std::time::Duration;

use kit::App;
use proto::auth::{Kind, service_subject};
use proto::client::Call;
use proto::notify::Contact;
use proto::{Client, Problem, ServiceRequestId};

/// How long the token holds, in seconds: for this one question.
const TOKEN: u32 = 60;
/// How long reports may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The contact of a request; nothing when the resident left none or took it back.
pub async fn ask(app: &App, reports: &Client, id: ServiceRequestId) -> Result<Option<Contact>, Problem> {
    let subject = service_subject(app.service);
    let token = app
        .keys
        .sign(&subject, Kind::Service, None, app.clock.now(), TOKEN)
        .map_err(|error| error.problem().clone())?;
    let path = format!("/internal/requests/{id}/contact");
    let call = Call::default().bearer(&token);
    match tokio::time::timeout(PATIENCE, reports.get::<Contact>(&path, &call)).await {
        Ok(Ok(contact)) => Ok(Some(contact)),
        Ok(Err(problem)) if problem.status == 404 => Ok(None),
        Ok(Err(problem)) => Err(problem),
        Err(_) => Err(Problem::new(503, "too-slow")),
    }
}
