//! `/demo`: phone, order office and mailbox side by side, for whoever is shown the product.
//!
//! It owns nothing: each frame is the product itself. Only `gladbeck dev` mounts it.

mod page;

use accounts::staff;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderName;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use kit::pack::Pack;
use proto::StaffId;

use crate::assemble::Apps;
use page::Clerk;

/// The page frames the product's own pages and nothing else; nobody frames the page.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const NO_CACHE: (HeaderName, &str) = (CACHE_CONTROL, "no-cache");

/// `/demo` with its style and its script.
pub fn router(apps: &Apps) -> Router {
    let style = ([(CONTENT_TYPE, "text/css; charset=utf-8"), NO_CACHE], include_str!("demo.css"));
    let script = ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), NO_CACHE], include_str!("demo.js"));
    Router::new()
        .route("/demo", get(show))
        .route("/demo.css", get(async move || style))
        .route("/demo.js", get(async move || script))
        .with_state(apps.clone())
}

async fn show(State(apps): State<Apps>) -> kit::Result<Response> {
    let city = &apps.accounts.city;
    let people = staff::list(&apps.accounts).await?;
    let clerk = |key: &str| {
        let person = people.iter().find(|person| person.department == key)?;
        let department = city.department(key)?.short_name.in_language("de").to_owned();
        Some(Clerk { staff_id: StaffId(person.staff_id), name: person.name.clone(), department })
    };
    let clerks: Vec<Clerk> = desks(city).into_iter().filter_map(clerk).collect();
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), NO_CACHE];
    Ok((headers, page::page(city.name(), &clerks)).into_response())
}

/// Whose desks the story passes: where reports arrive, who works on the first group of the catalogue, and who
/// works on what nobody outside learns of.
fn desks(city: &Pack) -> Vec<&str> {
    let group = city.services.first().map(|service| service.group.as_str()).unwrap_or_default();
    let first = city.services.iter().filter(|service| service.group == group);
    let confidential = city.services.iter().filter(|service| service.is_confidential());
    let mut desks = vec![city.intake.as_str()];
    for service in first.chain(confidential) {
        if !desks.contains(&service.department.as_str()) {
            desks.push(&service.department);
        }
    }
    desks
}
