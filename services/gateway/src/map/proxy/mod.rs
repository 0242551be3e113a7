//! The background from elsewhere: fetched by the gateway, kept for a day, never by the reader's browser.

mod address;
mod rewrite;
mod source;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use chrono::TimeDelta;
use http::HeaderMap;
use kit::clock::Clock;
use kit::pack::Background;
use kit::{Error, Result};
use moka::sync::Cache;
use proto::{Problem, Timestamp};
use serde_json::Value;
use url::Url;

use super::Theme;
use super::kept::Kept;
use crate::state::Gateway;
use address::Allowed;
use source::{Answered, Source};

/// How much is kept, in bytes.
const ROOM: u64 = 64 << 20;
/// What an entry weighs beside its content.
const ENTRY: usize = 512;
/// How long an answer is good.
const FRESH: TimeDelta = TimeDelta::days(1);
/// How long the old answer is given after a failure, before anybody waits for the other host again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// How long a reader may keep it.
const A_DAY: &str = "public, max-age=86400";

/// The way to the background, and what came over it.
pub struct Proxy {
    light: Url,
    dark: Url,
    allowed: Allowed,
    source: Result<Source, String>,
    kept: Cache<String, Entry>,
}

#[derive(Clone)]
struct Entry {
    content: Option<Kept>,
    until: Timestamp,
}

impl Proxy {
    /// The proxy of a background.
    pub(super) fn of(background: &Background) -> Self {
        let weigh = |address: &String, entry: &Entry| {
            let content = entry.content.as_ref().map_or(0, |content| content.bytes.len());
            u32::try_from(address.len() + content + ENTRY).unwrap_or(u32::MAX)
        };
        Self {
            light: background.light.clone(),
            dark: background.dark.clone(),
            allowed: Allowed::below(&background.allowed),
            source: Source::new().map_err(|cause| cause.to_string()),
            kept: Cache::builder().max_capacity(ROOM).weigher(weigh).build(),
        }
    }

    /// The background's style for a theme, all its addresses turned into ours.
    pub(super) async fn style(&self, clock: &Clock, origin: &str, theme: Theme) -> Result<Value> {
        let address = if theme == Theme::Dark { &self.dark } else { &self.light };
        let kept = self.get(clock, address).await?.ok_or_else(|| away("the style is not there"))?;
        let mut style: Value = serde_json::from_slice(&kept.bytes).map_err(away)?;
        if !style["sources"].is_object() || !style["layers"].is_array() {
            return Err(away("the style has no sources or no layers"));
        }
        rewrite::style(&mut style, &self.allowed, address, origin);
        Ok(style)
    }

    /// What lies at an address: kept, fetched, or old when its host does not answer.
    async fn get(&self, clock: &Clock, address: &Url) -> Result<Option<Kept>> {
        let old = self.kept.get(address.as_str());
        let now = clock.now();
        if let Some(entry) = old.as_ref().filter(|entry| now < entry.until) {
            return Ok(entry.content.clone());
        }
        let source = self.source.as_ref().map_err(|cause| away(cause.as_str()))?;
        let entry = match (source.fetch(address).await, old) {
            (Ok(Answered::Content(bytes, kind)), _) => {
                Entry { content: Some(Kept::new(bytes, kind)), until: now + FRESH }
            }
            (Ok(Answered::Nothing), _) => Entry { content: None, until: now + FRESH },
            (Err(cause), Some(old)) => {
                tracing::warn!(host = address.host_str(), %cause, "the map's background is away; an old part is shown");
                Entry { until: now + PAUSE, ..old }
            }
            (Err(cause), None) => return Err(away(cause)),
        };
        self.kept.insert(address.as_str().to_owned(), entry.clone());
        Ok(entry.content)
    }
}

/// A part of the background: a tile, a font, a picture.
pub(super) async fn fetch(
    State(gateway): State<Gateway>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    let Some(proxy) = &gateway.map.proxy else { return Err(Problem::not_found().into()) };
    let address = proxy.allowed.address(uri.path()).filter(|_| uri.query().is_none());
    let address = address.ok_or_else(Problem::not_found)?;
    let kept = proxy.get(&gateway.app.clock, &address).await?.ok_or_else(Problem::not_found)?;
    let origin = super::origin(&gateway.app.city, &headers);
    let kept = rewrite::tile_set(&kept, &proxy.allowed, &address, &origin).unwrap_or(kept);
    Ok(kept.answer(&headers, A_DAY))
}

fn away(cause: impl Into<kit::error::Cause>) -> Error {
    Error::caused(Problem::new(503, "service-away"), cause)
}
