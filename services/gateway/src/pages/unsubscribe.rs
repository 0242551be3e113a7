//! `/m/unsubscribe/{token}`: no more mail about one request.

use axum::extract::State;
use axum::response::Response;
use http::Method;
use kit::Result;
use kit::extract::Path;
use maud::{Markup, html};
use proto::notify::Unsubscribe;

use super::layout::{Page, page};
use crate::reader::Reader;
use crate::state::Gateway;

/// Asks: programs that look at links in mails must not unsubscribe anybody.
pub async fn ask(State(gateway): State<Gateway>, reader: Reader, Path(token): Path<String>) -> Response {
    let title = reader.say("page-unsubscribe");
    let body = html! {
        h1 { (title) }
        p { (reader.say("page-unsubscribe-detail")) }
        form method="post" action=(reader.link(&address(&token))) {
            button type="submit" { (reader.say("page-unsubscribe-do")) }
        }
    };
    shown(&gateway, &reader, &title, &token, body)
}

/// Does it, for the button and for mail programs (RFC 8058).
///
/// It answers at once instead of redirecting: mail programs do not follow, and doing it twice changes nothing.
pub async fn unsubscribe(
    State(gateway): State<Gateway>,
    reader: Reader,
    Path(token): Path<String>,
) -> Result<Response> {
    let key = gateway.app.keys.mac_text("unsubscribe", &[token.as_bytes()]);
    let call = reader.call().header(http::HeaderName::from_static("idempotency-key"), &key);
    let body = Unsubscribe { token: token.clone() };
    let notify = &gateway.upstreams.notify;
    notify.call::<_, ()>(Method::POST, "/v1/unsubscribe", &call, Some(&body)).await?;
    let title = reader.say("page-unsubscribed");
    let body = html! {
        h1 { (title) }
        p { (reader.say("page-unsubscribed-detail")) }
    };
    Ok(shown(&gateway, &reader, &title, &token, body))
}

fn shown(gateway: &Gateway, reader: &Reader, title: &str, token: &str, body: Markup) -> Response {
    page(&gateway.app, reader, Page { title, path: Some(&address(token)), body })
}

/// The page's address; the token may hold any sign, so it is written as part of a path again.
fn address(token: &str) -> String {
    let mut url = url::Url::parse("http://city/m/unsubscribe").expect("a constant address");
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.push(token);
    }
    url.path().to_owned()
}
