//! The background from elsewhere: fetched by the gateway, kept for a day, never by the reader's browser.

mod address;
mod inside;
mod rewrite;
mod source;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

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
use tokio::sync::OnceCell;
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
/// How long it counts that there is nothing at an address: what was forgotten there appears here soon.
const NOTHING_FOR: TimeDelta = TimeDelta::minutes(10);
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
    under_way: Mutex<HashMap<String, Weak<Fetch>>>,
}

/// A fetch under way: whoever asks for the same meanwhile waits for the same outcome.
///
/// When the one who began it leaves, the next of them begins anew.
type Fetch = OnceCell<Result<Entry, String>>;

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
            under_way: Mutex::default(),
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
        if let Some(entry) = self.fresh(clock, address) {
            return Ok(entry.content);
        }
        let fetch = self.fetch_of(address);
        let outcome = fetch.get_or_init(|| self.fetch(clock, address)).await;
        outcome.clone().map(|entry| entry.content).map_err(away)
    }

    fn fresh(&self, clock: &Clock, address: &Url) -> Option<Entry> {
        self.kept.get(address.as_str()).filter(|entry| clock.now() < entry.until)
    }

    /// The fetch of an address that is under way, or a new one.
    fn fetch_of(&self, address: &Url) -> Arc<Fetch> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fetch) = under_way.get(address.as_str()).and_then(Weak::upgrade) {
            return fetch;
        }
        under_way.retain(|_, fetch| fetch.strong_count() > 0);
        let fetch = Arc::new(Fetch::new());
        under_way.insert(address.as_str().to_owned(), Arc::downgrade(&fetch));
        fetch
    }

    async fn fetch(&self, clock: &Clock, address: &Url) -> Result<Entry, String> {
        // Another fetch may have ended since this reader looked.
        if let Some(entry) = self.fresh(clock, address) {
            return Ok(entry);
        }
        let (old, now) = (self.kept.get(address.as_str()), clock.now());
        let entry = match (self.source.as_ref().map_err(String::clone)?.fetch(address).await, old) {
            (Ok(Answered::Content(bytes, kind)), _) => {
                Entry { content: Some(Kept::new(bytes, kind)), until: now + FRESH }
            }
            (Ok(Answered::Nothing), _) => Entry { content: None, until: now + NOTHING_FOR },
            (Err(cause), Some(old)) => {
                let cause = whole(&*cause);
                tracing::warn!(host = address.host_str(), %cause, "the map's background is away; an old part is shown");
                Entry { until: now + PAUSE, ..old }
            }
            (Err(cause), None) => return Err(whole(&*cause)),
        };
        self.kept.insert(address.as_str().to_owned(), entry.clone());
        // The cache tidies up by itself, but not at once: large answers could outgrow the room meanwhile.
        self.kept.run_pending_tasks();
        Ok(entry)
    }
}

/// A cause with everything behind it, as text that several readers' failures can share.
fn whole(cause: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(cause), |cause| cause.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
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
