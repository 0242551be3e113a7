//! What residents can report, as the city pack lists it, in the reader's language.

pub mod query;
pub mod search;

use axum::extract::{Extension, State};
use axum::response::Response;
use kit::extract::{Path, Query};
use kit::pack::{self, Pack};
use kit::{App, Result};
use proto::Problem;
use proto::locale::Language;
use proto::reports::{Accepts, Attribute, AttributeValue, Service, Services, is_search_text};

use self::query::SearchQuery;
use crate::conditional::{self, IfNoneMatch};
use crate::page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the feature.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(services)).routes(routes!(found)).routes(routes!(service))
}

/// Lists the services of the city.
#[utoipa::path(get, path = "/v1/services", tag = "catalogue", operation_id = "listServices",
    responses((status = 200, body = Services), (status = 304), (status = "default", body = Problem)))]
pub async fn services(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    seen: IfNoneMatch,
) -> Result<Response> {
    let services = app.city.services.iter().map(|service| localised(&app.city, service, language)).collect();
    conditional::json(&seen, &Services { services })
}

/// Finds services by the words that people use, the best fit first.
#[utoipa::path(get, path = "/v1/services/search", tag = "catalogue", operation_id = "searchServices",
    params(SearchQuery),
    responses((status = 200, body = Services), (status = 304), (status = "default", body = Problem)))]
pub async fn found(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    Query(query): Query<SearchQuery>,
    seen: IfNoneMatch,
) -> Result<Response> {
    if !is_search_text(&query.q) {
        return Err(page::invalid("q"));
    }
    let found = search::find(&app.city, &query.q, language.tag());
    let services = found.into_iter().map(|service| localised(&app.city, service, language)).collect();
    conditional::json(&seen, &Services { services })
}

/// Describes one service.
#[utoipa::path(get, path = "/v1/services/{service_code}", tag = "catalogue", operation_id = "getService",
    params(("service_code" = String, Path, description = "The key of the service")),
    responses((status = 200, body = Service), (status = 304), (status = "default", body = Problem)))]
pub async fn service(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    Path(service_code): Path<String>,
    seen: IfNoneMatch,
) -> Result<Response> {
    let service = app.city.service(&service_code).ok_or_else(Problem::not_found)?;
    conditional::json(&seen, &localised(&app.city, service, language))
}

/// The name of a service; its code when the pack has dropped it.
pub fn service_name(city: &Pack, service_code: &str, language: Language) -> String {
    let name = city.service(service_code).map(|service| service.name.in_language(language.tag()));
    name.unwrap_or(service_code).to_owned()
}

fn localised(city: &Pack, service: &pack::Service, language: Language) -> Service {
    let tag = language.tag();
    let group_name = city.group(&service.group).map(|group| group.name.in_language(tag));
    Service {
        service_code: service.service_code.clone(),
        service_name: service.name.in_language(tag).to_owned(),
        description: service.description.in_language(tag).to_owned(),
        group: service.group.clone(),
        group_name: group_name.unwrap_or(&service.group).to_owned(),
        keywords: service.keywords.in_language(tag).to_vec(),
        attributes: service.attributes.iter().map(|attribute| question(attribute, tag)).collect(),
        visibility: service.visibility.as_str().to_owned(),
        expected_days: service.expected_days,
        hazard: service.hazard,
        accepts: Accepts { text: service.accepts.text, photos: service.accepts.photos },
        contact: service.accepts.contact.as_str().to_owned(),
        hand_over: service.hand_over.map(|way| way.as_str().to_owned()),
    }
}

fn question(attribute: &pack::Attribute, tag: &str) -> Attribute {
    let value = |value: &pack::AttributeValue| AttributeValue {
        key: value.key.clone(),
        name: value.name.in_language(tag).to_owned(),
    };
    Attribute {
        code: attribute.code.clone(),
        datatype: attribute.datatype.as_str().to_owned(),
        required: attribute.required,
        order: attribute.order,
        description: attribute.description.in_language(tag).to_owned(),
        values: attribute.values.iter().map(value).collect(),
    }
}

#[cfg(test)]
mod tests;
