//! A request as staff see it: everything but contact data.

use axum::response::{IntoResponse, Response};
use http::header;
use kit::db::Tx;
use kit::pack::Pack;
use kit::{App, Result};
use proto::locale::Language;
use proto::reports::{Feedback, QueueRow, StaffRequest};
use proto::{Problem, ServiceRequestId};

use super::{status, store};
use crate::catalogue::service_name;
use crate::request::Request;
use crate::timeline::{self, Reader};
use crate::{contact, feedback, locality, photo, request};

/// Characters of the resident's words that a list shows.
pub const EXCERPT: usize = 160;

/// Reads a request that the caller may see, and answers.
pub async fn show(app: &App, mut tx: Tx, id: ServiceRequestId, language: Language) -> Result<Response> {
    let request = request::store::find(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    answer(app, tx, &request, language).await
}

/// Reads what belongs to the view, commits, and answers with the version as tag.
pub async fn answer(app: &App, mut tx: Tx, request: &Request, language: Language) -> Result<Response> {
    let photos = photo::store::of_request(&mut tx, request.id).await?;
    let feedback = feedback::store::of_request(&mut tx, request.id).await?;
    let mut row = row(request, photos.sent.len(), feedback.as_ref(), &app.city, language);
    row.nearest_address = locality::store::nearest(&mut tx, request.position).await?;
    let view = StaffRequest {
        row,
        version: request.version,
        description: request.description.clone(),
        description_released: request.description_released,
        attributes: request.attributes.clone(),
        captured_at: request.captured_at,
        status_notes: request.status_notes.clone(),
        agency_responsible: request.agency_responsible.clone(),
        has_contact: contact::store::is_there(&mut tx, request.id).await?,
        photos: photos.sent,
        photos_after: photos.after,
        feedback_at: feedback.map(|feedback| feedback.at),
        department_reason: reason(&app.city, request, language),
        notes: store::notes(&mut tx, request.id).await?,
        timeline: timeline::read(&mut tx, request.id, Reader::Staff, language).await?,
        next: status::next(request.status).to_vec(),
    };
    tx.commit().await?;
    let headers = [
        (header::ETAG, format!("\"{}\"", view.version)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, axum::Json(view)).into_response())
}

/// Why the request is with its department: what the city pack says, or what its catalogue rules.
fn reason(city: &Pack, request: &Request, language: Language) -> String {
    let tag = language.tag();
    let because = city.service(&request.service_code).and_then(|service| service.because.as_ref());
    if let Some(because) = because.filter(|_| is_where_it_belongs(city, request)) {
        return because.in_language(tag).to_owned();
    }
    let department = city.department(&request.department);
    let department = department.map_or(request.department.as_str(), |known| known.name.in_language(tag));
    let facts = [
        ("service", service_name(city, &request.service_code, language)),
        ("department", department.to_owned()),
    ];
    proto::locale::text_with(language, "department-reason", &facts)
}

/// Whether the pack still sends such requests to this department.
fn is_where_it_belongs(city: &Pack, request: &Request) -> bool {
    city.service(&request.service_code).is_some_and(|service| service.department == request.department)
}

fn row(
    request: &Request,
    photos: usize,
    feedback: Option<&Feedback>,
    city: &Pack,
    language: Language,
) -> QueueRow {
    QueueRow {
        service_request_id: request.id,
        reference: request.reference.clone(),
        service_code: request.service_code.clone(),
        service_name: service_name(city, &request.service_code, language),
        status: request.status,
        status_name: request.status.words(language, request.agency_responsible.as_deref()),
        department: request.department.clone(),
        claimed_by: request.claim.as_ref().map(|claim| claim.name.clone()),
        requested_datetime: request.requested_datetime,
        updated_datetime: request.updated_datetime,
        longitude: request.position.map(|position| position.longitude),
        latitude: request.position.map(|position| position.latitude),
        address_string: request.address_string.clone(),
        nearest_address: None,
        excerpt: request.description.as_ref().map(|text| text.chars().take(EXCERPT).collect()),
        photo_count: i64::try_from(photos).unwrap_or(i64::MAX),
        confidential: request.confidential,
        feedback_solved: feedback.map(|feedback| feedback.solved),
    }
}
