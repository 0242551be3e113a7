//! `/m/{reference}`: a request as everyone sees it.

use axum::extract::State;
use axum::response::Response;
use kit::Result;
use kit::extract::Path;
use maud::{Markup, html};
use proto::reports::PublicRequest;
use proto::{PhotoId, Problem, Reference};

use super::layout::{Page, page};
use super::photos::{Shown, photos};
use super::words;
use crate::reader::Reader;
use crate::state::Gateway;

/// The public page.
pub async fn show(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(reference): Path<String>,
) -> Result<Response> {
    let reference: Reference = reference.parse().map_err(|_| Problem::not_found())?;
    let path = format!("/v1/requests/by-reference/{reference}");
    let request: PublicRequest = gateway.upstreams.reports.get(&path, &reader.call()).await?;
    let title = format!("{} {reference}", request.service_name);
    let body = body(&gateway, &reader, &request);
    Ok(page(&gateway.app, &reader, Page { title: &title, path: Some(&format!("/m/{reference}")), body }))
}

fn body(gateway: &Gateway, reader: &Reader, request: &PublicRequest) -> Markup {
    let city = &gateway.app.city;
    html! {
        h1 { (request.service_name) }
        p.reference { (reader.say("page-reference")) " " strong { (request.reference) } }
        (words::standing(reader, request))
        section aria-labelledby="facts" {
            h2 id="facts" { (reader.say("page-facts")) }
            dl {
                dt { (reader.say("page-place")) }
                dd { (words::place(city, reader, request).unwrap_or_else(|| html! { (reader.say("page-no-position")) })) }
                dt { (reader.say("page-received")) }
                dd { (words::when(city, reader, request.requested_datetime)) }
                dt { (reader.say("page-updated")) }
                dd { (words::when(city, reader, request.updated_datetime)) }
                @if let Some(text) = &request.description {
                    dt { (reader.say("page-text")) }
                    dd.text { (text) }
                }
            }
            @if request.description.is_none() { p.hint { (reader.say("page-not-released")) } }
            (photos(reader, &shown(&request.photos), &shown(&request.photos_after)))
        }
    }
}

/// Released photos, small, each leading to the large one.
fn shown(photos: &[PhotoId]) -> Vec<Shown> {
    let shown = |photo: &PhotoId| Shown {
        picture: format!("/v1/photos/{photo}?size=small"),
        larger: Some(format!("/v1/photos/{photo}")),
        hint: None,
    };
    photos.iter().map(shown).collect()
}
