//! What the first screen needs, in one answer, and what an app has to know of the city.

use axum::extract::State;
use axum::response::IntoResponse;
use http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use kit::extract::Query;
use kit::pack::Pack;
use kit::{Error, Result};
use proto::reports::{PublicRequest, PublicRequests, Service, Services};
use proto::{Language, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::reader::Reader;
use crate::state::Gateway;

/// How many of the latest public requests the first screen shows.
const LATEST: usize = 10;
/// Most place names that answer a search.
const MAX_PLACES: usize = 50;
/// How long a browser may keep what changes with the city pack only.
const AN_HOUR: &str = "public, max-age=3600";

/// The first screen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Home {
    /// The city.
    pub city: City,
    /// Whom to call when somebody is in danger.
    pub hazard: Hazard,
    /// What can be reported.
    pub services: Vec<Service>,
    /// The latest public requests.
    pub latest: Vec<PublicRequest>,
    /// The languages of the city's texts.
    pub languages: Vec<String>,
}

/// What an app has to know of the city.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct City {
    /// The short name.
    pub name: String,
    /// The name of the authority, in the reader's language.
    pub full_name: String,
    /// Longitude and latitude of the middle of the map.
    pub center: [f64; 2],
    /// The zoom level at which the map begins.
    pub zoom: f64,
    /// The smallest box around the city: west, south, east, north.
    pub bounds: [f64; 4],
    /// Whom to call when somebody is in danger.
    pub hazard: Hazard,
    /// The languages of the city's texts, the first one first.
    pub languages: Vec<String>,
    /// How people are spoken to: `sie` or `du`.
    pub form_of_address: String,
    /// The wall clock of the city (IANA).
    pub time_zone: String,
    /// Where the MapLibre style of the map lies; `?theme=dark` for dark surroundings.
    pub map_style: String,
    /// The city's own colour.
    pub accent: Accent,
    /// Whose data is shown.
    pub attribution: Vec<String>,
    /// Whom people ask.
    pub contact: Contact,
    /// Whether all data is for practice.
    pub demonstration: bool,
    /// Who works, in the order of the city pack.
    pub departments: Vec<Department>,
}

/// The city's own colour, in two tones that can be read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Accent {
    /// On light surfaces, as `#rrggbb`.
    pub light: String,
    /// On dark surfaces, as `#rrggbb`.
    pub dark: String,
}

/// A department, by its key and its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Department {
    /// The key that requests carry.
    pub key: String,
    /// The short name in the reader's language.
    pub name: String,
}

/// Whom to call when somebody is in danger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hazard {
    /// The sentence above the numbers.
    pub text: String,
    /// The numbers, the most urgent first.
    pub numbers: Vec<HazardNumber>,
}

/// A number to call in danger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HazardNumber {
    /// The number as people dial it.
    pub number: String,
    /// Who answers.
    pub label: String,
}

/// Whom people ask.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Contact {
    /// The office.
    pub name: String,
    /// Its mail address.
    pub email: String,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Street and house number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub town: String,
}

/// A named place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Place {
    /// The name.
    pub name: String,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

/// A search among names of places.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlaceSearch {
    /// Part of a name; all places without it.
    pub q: Option<String>,
}

/// The first screen in one answer.
#[utoipa::path(get, path = "/v1/home", tag = "city", operation_id = "home",
    responses((status = 200, body = Home), (status = "default", body = Problem)))]
pub async fn home(State(gateway): State<Gateway>, reader: Reader) -> Result<impl IntoResponse> {
    let (reports, call) = (&gateway.upstreams.reports, reader.call());
    let latest = format!("/v1/requests?limit={LATEST}");
    let (services, latest) = tokio::try_join!(
        reports.get::<Services>("/v1/services", &call),
        reports.get::<PublicRequests>(&latest, &call),
    )?;
    let city = city_of(&gateway.app.city, reader.language);
    let home = Home {
        hazard: city.hazard.clone(),
        languages: city.languages.clone(),
        services: services.services,
        latest: latest.requests,
        city,
    };
    Ok((in_language(reader.language), axum::Json(home)))
}

/// What an app has to know of the city.
#[utoipa::path(get, path = "/v1/city", tag = "city", operation_id = "city",
    responses((status = 200, body = City), (status = "default", body = Problem)))]
pub async fn city(State(gateway): State<Gateway>, reader: Reader) -> impl IntoResponse {
    (in_language(reader.language), axum::Json(city_of(&gateway.app.city, reader.language)))
}

/// The city's border as a GeoJSON feature, with whose data it is.
#[utoipa::path(get, path = "/v1/city/boundary", tag = "city", operation_id = "cityBoundary",
    responses((status = 200, body = Object, content_type = "application/geo+json"),
        (status = "default", body = Problem)))]
pub async fn boundary(State(gateway): State<Gateway>) -> Result<impl IntoResponse> {
    let city = &gateway.app.city;
    let mut feature = serde_json::to_value(city.boundary.feature()).map_err(Error::internal)?;
    if !feature["properties"].is_object() {
        feature["properties"] = json!({});
    }
    feature["properties"]["attribution"] = Value::from(attribution(city));
    let headers = [(CONTENT_TYPE, "application/geo+json"), (CACHE_CONTROL, AN_HOUR)];
    Ok((headers, serde_json::to_vec(&feature).map_err(Error::internal)?))
}

/// Names of places, so that a person without a map can say where.
#[utoipa::path(get, path = "/v1/city/places", tag = "city", operation_id = "cityPlaces",
    responses((status = 200, body = Vec<Place>), (status = "default", body = Problem)))]
pub async fn places(
    State(gateway): State<Gateway>,
    Query(search): Query<PlaceSearch>,
) -> Result<impl IntoResponse> {
    let city = &gateway.app.city;
    let found = match search.q.as_deref().map(str::trim).filter(|query| !query.is_empty()) {
        None => city.places.iter().collect(),
        Some(query) if proto::reports::is_search_text(query) => {
            city.places_like(query).into_iter().take(MAX_PLACES).collect::<Vec<_>>()
        }
        Some(_) => return Err(Problem::new(400, "query-invalid").with("parameter", "q").into()),
    };
    let place = |place: &kit::pack::Place| Place {
        name: place.name.clone(),
        longitude: place.longitude,
        latitude: place.latitude,
    };
    let places: Vec<Place> = found.into_iter().map(place).collect();
    Ok(([(CACHE_CONTROL, AN_HOUR)], axum::Json(places)))
}

fn city_of(pack: &Pack, language: Language) -> City {
    let (city, tag) = (&pack.city, language.tag());
    let number = |number: &kit::pack::HazardNumber| HazardNumber {
        number: number.number.clone(),
        label: number.label.in_language(tag).to_owned(),
    };
    City {
        name: city.name.clone(),
        full_name: city.full_name.in_language(tag).to_owned(),
        center: city.map.center,
        zoom: city.map.zoom,
        bounds: pack.boundary.bounds(),
        hazard: Hazard {
            text: city.hazard.text.in_language(tag).to_owned(),
            numbers: city.hazard.numbers.iter().map(number).collect(),
        },
        languages: city.languages.clone(),
        form_of_address: city.form_of_address.as_str().to_owned(),
        time_zone: city.time_zone.name().to_owned(),
        map_style: crate::map::STYLE.to_owned(),
        accent: Accent { light: city.accent.light.clone(), dark: city.accent.dark.clone() },
        attribution: attribution(pack),
        contact: Contact {
            name: city.contact.name.in_language(tag).to_owned(),
            email: city.contact.email.clone(),
            phone: city.contact.phone.clone(),
            street: city.contact.street.clone(),
            postal_code: city.contact.postal_code.clone(),
            town: city.contact.town.clone(),
        },
        demonstration: city.demonstration,
        departments: pack
            .departments
            .iter()
            .map(|department| Department {
                key: department.key.clone(),
                name: department.short_name.in_language(tag).to_owned(),
            })
            .collect(),
    }
}

fn attribution(pack: &Pack) -> Vec<String> {
    pack.city.attributions.iter().map(|attribution| attribution.text.clone()).collect()
}

fn in_language(language: Language) -> [(http::HeaderName, &'static str); 2] {
    [(CONTENT_LANGUAGE, language.tag()), (VARY, "Accept-Language")]
}
