//! `/m/{reference}/{secret}`: a request as its reporter sees it, with what they can do.
//!
//! Whoever holds the secret is the reporter. A wrong secret and a wrong reference are the same: nothing is here.

mod form;
mod view;

use axum::body::Body;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Multipart, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use kit::Result;
use kit::extract::Path;
use proto::client::Call;
use proto::reports::{NewFeedback, ReporterRequest};
use proto::{PhotoId, Problem, Reference};
use serde::{Deserialize, Serialize};

use crate::pages::layout::{Page, page};
use crate::reader::Reader;
use crate::state::Gateway;
use crate::upstream;
use view::Notice;

/// The header that opens the reporter's view at reports.
static REPORTER_SECRET: HeaderName = HeaderName::from_static("reporter-secret");

/// What the reporter's address names.
#[derive(Deserialize)]
pub struct Address {
    reference: String,
    secret: String,
}

/// What was just done, as the address says after a form.
#[derive(Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: Option<String>,
}

/// The reporter's page.
pub async fn show(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(address): Path<Address>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, address)?;
    let notice = done.done.as_deref().and_then(Notice::done);
    own.page(notice).await
}

/// One of the request's photos, released or not.
pub async fn photo(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path((reference, secret, photo_id)): Path<(String, String, PhotoId)>,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, Address { reference, secret })?;
    let path = format!("/v1/reporter/{}/photos/{photo_id}", own.reference);
    let reports = &own.gateway.upstreams.reports;
    let answer = upstream::send(reports, Method::GET, &path, own.headers(), Bytes::new()).await?;
    Ok(answer.map(Body::new))
}

/// Adds a photo; the form names its id, so that a form that is sent twice adds it once.
pub async fn add_photo(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(address): Path<Address>,
    upload: Multipart,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, address)?;
    let added = async {
        let photo = form::read(upload).await?;
        let mut headers = own.headers();
        headers.insert(CONTENT_TYPE, photo.kind);
        let reports = &own.gateway.upstreams.reports;
        let path = format!("/v1/photos/{}", photo.photo_id);
        upstream::send(reports, Method::PUT, &path, headers, photo.bytes).await?;
        own.call(Method::PUT, &format!("/photos/{}", photo.photo_id)).await
    };
    own.answer("photo", added.await).await
}

/// The answer of the form: is it really done?
#[derive(Deserialize)]
pub struct Choice {
    solved: bool,
}

/// Says whether the request is settled; the last answer counts.
pub async fn give_feedback(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(address): Path<Address>,
    choice: Result<Form<Choice>, FormRejection>,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, address)?;
    let unreadable = |_| Problem::new(400, "body-type-unknown").with("expected", "solved=true, solved=false");
    let Form(Choice { solved }) = choice.map_err(unreadable)?;
    let given = own.send(Method::PUT, "/feedback", Some(&NewFeedback { solved })).await;
    own.answer(if solved { "solved" } else { "unsolved" }, given).await
}

/// Takes the request back.
pub async fn withdraw(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(address): Path<Address>,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, address)?;
    let withdrawn = own.call(Method::PUT, "/withdrawal").await;
    own.answer("withdrawn", withdrawn).await
}

/// Deletes the address for answers.
pub async fn delete_contact(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(address): Path<Address>,
) -> Result<Response> {
    let own = Own::try_new(gateway, reader, address)?;
    let deleted = own.call(Method::DELETE, "/contact").await;
    own.answer("contact", deleted).await
}

/// The reporter's own request, as named by the address.
struct Own {
    gateway: Gateway,
    reader: Reader,
    reference: Reference,
    secret: HeaderValue,
    path: String,
}

impl Own {
    /// Nothing is asked for an address that cannot be one of ours.
    fn try_new(gateway: Gateway, reader: Reader, address: Address) -> Result<Self> {
        let reference: Reference = address.reference.parse().map_err(|_| Problem::not_found())?;
        let secret = address.secret;
        let ours = (20..=100).contains(&secret.len())
            && secret.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign));
        if !ours {
            return Err(Problem::not_found().into());
        }
        let path = format!("/m/{reference}/{secret}");
        let secret = HeaderValue::from_str(&secret).map_err(|_| Problem::not_found())?;
        Ok(Self { gateway, reader, reference, secret, path })
    }

    fn headers(&self) -> http::HeaderMap {
        let mut headers = self.reader.headers();
        headers.insert(REPORTER_SECRET.clone(), self.secret.clone());
        headers
    }

    fn caller(&self) -> Call {
        self.reader.call().header(REPORTER_SECRET.clone(), self.secret.to_str().unwrap_or_default())
    }

    async fn call(&self, method: Method, below: &str) -> Result<(), Problem> {
        self.send::<()>(method, below, None).await
    }

    async fn send<B: Serialize>(&self, method: Method, below: &str, body: Option<&B>) -> Result<(), Problem> {
        let path = format!("/v1/reporter/{}{below}", self.reference);
        let reports = &self.gateway.upstreams.reports;
        reports.call::<B, serde::de::IgnoredAny>(method, &path, &self.caller(), body).await.map(drop)
    }

    async fn page(&self, notice: Option<Notice>) -> Result<Response> {
        let path = format!("/v1/reporter/{}", self.reference);
        let request: ReporterRequest = self.gateway.upstreams.reports.get(&path, &self.caller()).await?;
        let title = format!("{} {}", request.request.service_name, self.reference);
        let view = view::View {
            city: &self.gateway.app.city,
            reader: &self.reader,
            request: &request,
            path: &self.path,
            new_photo: PhotoId(self.gateway.app.ids.uuid()),
        };
        let body = view.body(notice.as_ref());
        Ok(page(&self.gateway.app, &self.reader, Page { title: &title, path: Some(&self.path), body }))
    }

    /// After a form: back to the page, or the page with what was wrong.
    async fn answer(&self, done: &str, outcome: Result<(), Problem>) -> Result<Response> {
        let problem = match outcome {
            Ok(()) => return Ok(Redirect::to(&self.after(done)).into_response()),
            Err(problem) => problem,
        };
        if problem.status == 404 || problem.status >= 500 {
            return Err(problem.into());
        }
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
        let page = self.page(Some(Notice::Problem(problem.localised(self.reader.language)))).await?;
        Ok((status, page).into_response())
    }

    fn after(&self, done: &str) -> String {
        let lang =
            if self.reader.chosen { format!("&lang={}", self.reader.language.tag()) } else { String::new() };
        format!("{}?done={done}{lang}", self.path)
    }
}
