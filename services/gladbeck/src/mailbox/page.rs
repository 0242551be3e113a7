//! The pages of the mailbox: a list, one mail, and the same as JSON for the tests.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use maud::{DOCTYPE, Markup, html};

use super::{Mail, Mailbox};

/// Nothing in a mail may load, run or reach out; its own look is all it keeps.
const POLICY_OF_A_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The routes under `/dev/mail`.
pub fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail.json", get(json))
        .route("/dev/mail.css", get(style))
        .route("/dev/mail/{number}", get(one))
        .route("/dev/mail/{number}/html", get(body))
        .with_state(mailbox)
}

async fn list(State(mailbox): State<Mailbox>) -> Result<Html<String>, Fault> {
    let mails = off_the_runtime(move || mailbox.mails()).await?;
    Ok(page(
        "Postfach der Entwicklung",
        html! {
            p { "Alles, was dieses System als E-Mail verschickt, landet hier. Nichts verlässt diesen Rechner." }
            @if mails.is_empty() {
                p { "Noch keine E-Mail." }
            }
            ol reversed {
                @for mail in &mails {
                    li {
                        a href={ "/dev/mail/" (mail.number) } { (subject(mail)) }
                        p { "An " (mail.to.join(", ")) " · " (time(mail)) }
                    }
                }
            }
        },
    ))
}

async fn one(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Result<Html<String>, Fault> {
    let mail = off_the_runtime(move || mailbox.mail(number)).await?.ok_or(Fault::NoSuchMail)?;
    Ok(page(
        subject(&mail),
        html! {
            p { a href="/dev/mail" { "Alle E-Mails" } }
            dl {
                dt { "Von" } dd { (mail.from) }
                dt { "An" } dd { (mail.to.join(", ")) }
                dt { "Eingang" } dd { (time(&mail)) }
            }
            @if let Some(text) = &mail.text {
                h2 { "Text" }
                pre { (linked(text)) }
            }
            @if mail.html.is_some() {
                h2 { "HTML" }
                // The sandbox takes scripts, forms and the mailbox's origin away from the mail.
                iframe sandbox title="HTML-Teil der E-Mail" src={ "/dev/mail/" (mail.number) "/html" } {}
            }
            details {
                summary { "Kopfzeilen" }
                pre { @for (name, value) in &mail.headers { (name) ": " (value) "\n" } }
            }
        },
    ))
}

async fn body(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Result<Response, Fault> {
    let mail = off_the_runtime(move || mailbox.mail(number)).await?.ok_or(Fault::NoSuchMail)?;
    let html = mail.html.ok_or(Fault::NoSuchMail)?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY_OF_A_MAIL),
    ];
    Ok((headers, html).into_response())
}

async fn json(State(mailbox): State<Mailbox>) -> Result<Json<Vec<Mail>>, Fault> {
    Ok(Json(off_the_runtime(move || mailbox.mails()).await?))
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("page.css"))
}

fn page(title: &str, content: Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="de" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/dev/mail.css";
            }
            body {
                main {
                    h1 { (title) }
                    (content)
                }
            }
        }
    };
    Html(page.into_string())
}

fn subject(mail: &Mail) -> &str {
    if mail.subject.is_empty() { "(ohne Betreff)" } else { &mail.subject }
}

fn time(mail: &Mail) -> String {
    mail.received_at.format("%d.%m.%Y %H:%M:%S UTC").to_string()
}

/// The text with its addresses of pages as links.
fn linked(text: &str) -> Markup {
    html! {
        @for word in text.split_inclusive(char::is_whitespace) {
            @let (word, space) = word.split_at(word.trim_end().len());
            @if word.starts_with("https://") || word.starts_with("http://") {
                a href=(word) { (word) }
            } @else {
                (word)
            }
            (space)
        }
    }
}

async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other);
    done.and_then(|result| result).map_err(Fault::Unreadable)
}

/// Why a page of the mailbox cannot be shown.
enum Fault {
    NoSuchMail,
    Unreadable(std::io::Error),
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::NoSuchMail => {
                let content = html! { p { a href="/dev/mail" { "Alle E-Mails" } } };
                (StatusCode::NOT_FOUND, page("Diese E-Mail gibt es nicht", content)).into_response()
            }
            Self::Unreadable(error) => {
                tracing::error!(%error, "the mailbox cannot be read");
                let content = html! { p { "Der Grund steht im Protokoll des Servers." } };
                (StatusCode::INTERNAL_SERVER_ERROR, page("Das Postfach ist nicht lesbar", content))
                    .into_response()
            }
        }
    }
}
