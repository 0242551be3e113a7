//! The queue as it changes: an event stream per open console.
//!
//! A stream holds a place among few, and no connection while it waits. What it tells was asked of the database
//! as its caller; whoever goes away and comes back with the id of the last event misses nothing.

pub mod place;
pub mod store;
pub mod watch;

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Extension, FromRequestParts, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::HeaderName;
use http::header::CACHE_CONTROL;
use http::request::Parts;
use kit::event::Position;
use kit::extract::Staff;
use kit::pack::Action;
use kit::{App, Error, Result};
use proto::Problem;
use proto::reports::QueueChange;
use tokio::sync::mpsc;

use self::place::Places;
use self::watch::Watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often a silent stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How soon a browser comes back when a stream ends.
const RETRY: Duration = Duration::from_secs(1);
/// Events that wait for a browser that reads slowly; more wait in the database.
const AHEAD: usize = 64;
/// What the id of an event is sealed for.
const PURPOSE: &str = "queue-changes";

/// The routes of the feature; all streams of a city share its places.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(follow)).layer(Extension(Places::default()))
}

/// Tells of each change to a request that the caller may see, as server-sent events named `changed`.
///
/// It ends after ten minutes or with the caller's token; whoever returns with `Last-Event-ID` misses nothing.
#[utoipa::path(get, path = "/v1/queue/changes", tag = "triage", operation_id = "followQueue",
    params(("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was read")),
    responses((status = 200, body = QueueChange, content_type = "text/event-stream"),
        (status = "default", body = Problem)))]
pub async fn follow(
    State(app): State<App>,
    staff: Staff,
    Extension(places): Extension<Places>,
    LastRead(last): LastRead,
) -> Result<Response> {
    if !staff.rights.grant(Action::SeeQueue) {
        return Err(Problem::new(403, "not-allowed").into());
    }
    let place = places.take()?;
    let (sender, receiver) = mpsc::channel(AHEAD);
    let watch = Watch::begin(app, staff, last).await?;
    tokio::spawn(watch.run(sender, place));

    let events = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    let headers = [
        (CACHE_CONTROL, "private, no-store"),
        // Proxies that collect answers before they pass them on.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    let alive = KeepAlive::new().interval(HEARTBEAT).text("still here");
    Ok((headers, Sse::new(events).keep_alive(alive)).into_response())
}

/// A change as it crosses the wire.
fn event(app: &App, change: &QueueChange, position: Position) -> Result<Result<Event, Infallible>> {
    let id = app.keys.seal(&app.ids, PURPOSE, format!("{}.{}", position.xid, position.seq).as_bytes())?;
    let event = Event::default().event("changed").id(id).retry(RETRY);
    Ok(Ok(event.json_data(change).map_err(Error::internal)?))
}

/// Up to where the caller has read; an id that is not ours is none.
///
/// Ids are sealed: their numbers would tell how much happens that the caller may not see.
pub struct LastRead(Option<Position>);

impl FromRequestParts<App> for LastRead {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let id = parts.headers.get("last-event-id").and_then(|id| id.to_str().ok());
        let plain = id.and_then(|id| app.keys.open(PURPOSE, id).ok());
        let text = plain.and_then(|plain| String::from_utf8(plain).ok());
        Ok(Self(text.and_then(|text| {
            let (xid, seq) = text.split_once('.')?;
            Some(Position { xid: xid.parse().ok()?, seq: seq.parse().ok()? })
        })))
    }
}

#[cfg(test)]
mod tests;
