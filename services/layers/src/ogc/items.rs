//! Features, page by page.

use axum::extract::State;
use axum::response::Response;
use chrono::SecondsFormat;
use http::{HeaderName, HeaderValue};
use kit::extract::Path;
use kit::{App, Error, Result};
use proto::Timestamp;
use proto::locale::text;
use proto::paging::Cursor;
use serde_json::{Value, json};
use sqlx::postgres::PgRow;

use super::answer::{self, Sent};
use super::asked::{Asked, Read, link};
use super::collection::{Collection, Named};
use super::crs::Crs;
use super::feature::Writer;
use super::negotiate::Format;
use super::query::{invalid, names_of_items};
use super::sql::{After, FeatureId};
use super::{EVERYBODY, JSON, page, store};

/// The type of features.
pub const GEOJSON: &str = "application/geo+json";
/// Which system the coordinates of an answer are in (OGC API Features, part 2).
static CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// Lists features of a collection, the newest first where they have a time.
pub async fn list(
    State(app): State<App>,
    asked: Asked,
    Path(Named(collection)): Path<Named>,
) -> Result<Response> {
    let read = asked.read(&names_of_items(collection))?;
    let (limit, crs) = (read.parameters.limit()?, read.parameters.crs("crs", collection)?);
    let filter = read.parameters.filter(collection)?;
    let place = read.parameters.get("cursor").map(|text| Place::read(collection, text)).transpose()?;
    let after = place.as_ref().map(|place| &place.after);

    let mut tx = app.db.begin(&EVERYBODY).await?;
    let mut rows = store::page(&mut tx, collection, &filter, crs, after, limit).await?;
    let returned = rows.len().min(limit as usize);
    let is_whole = place.is_none() && rows.len() == returned;
    let matched = match &place {
        _ if is_whole => u32::try_from(returned).ok(),
        Some(Place { uncounted: true, .. }) => None,
        _ => store::count(&mut tx, collection, &filter).await?,
    };
    tx.commit().await?;

    let writer = Writer::new(collection, crs);
    let next = (rows.len() > returned).then(|| rows.get(returned.saturating_sub(1))).flatten();
    let next = next.map(|row| {
        let place = Place { after: writer.key(row)?, uncounted: matched.is_none() };
        Ok::<_, Error>(place.next(&asked, &read))
    });
    rows.truncate(returned);
    let links = links(&asked, &read, collection, next.transpose()?);
    let written = Written { links: &links, matched, returned, now: app.clock.now() };
    let (body, tag) = write(&writer, &rows, &written)?;
    let response =
        answer(&app, &asked, &read, Sent { kind: GEOJSON, tag, caching: "no-cache", body, links: &links })?;
    Ok(with_crs(response, crs))
}

/// Sends GeoJSON, or a page that shows it.
pub fn answer(app: &App, asked: &Asked, read: &Read, sent: Sent<'_>) -> Result<Response> {
    if read.format == Format::Json {
        return Ok(answer::send(asked, sent));
    }
    let document: Value = serde_json::from_slice(&sent.body).map_err(Error::internal)?;
    let body = page::document(app, asked, &document).into_bytes();
    // Another representation has another tag.
    let tag = sent.tag.replacen('"', "\"page-", 1);
    Ok(answer::send(asked, Sent { kind: "text/html; charset=utf-8", tag, body, ..sent }))
}

/// Says which system the coordinates are in.
pub fn with_crs(mut response: Response, crs: Crs) -> Response {
    if let Ok(uri) = HeaderValue::from_str(&format!("<{}>", crs.uri())) {
        response.headers_mut().insert(CONTENT_CRS.clone(), uri);
    }
    response
}

fn links(asked: &Asked, read: &Read, collection: &Collection, next: Option<String>) -> Vec<Value> {
    let mut links = asked.itself(read, GEOJSON);
    let up = asked.url(&format!("/collections/{}", collection.id));
    links.push(link("collection", &up, JSON, &collection.title(asked.language)));
    if let Some(next) = next {
        let kind = if read.format == Format::Json { GEOJSON } else { "text/html" };
        links.push(link("next", &next, kind, &text(asked.language, "layers-next")));
    }
    links
}

/// What stands beside the features.
struct Written<'l> {
    links: &'l [Value],
    matched: Option<u32>,
    returned: usize,
    now: Timestamp,
}

/// The bytes of a page and their tag, which leaves out when they were written.
fn write(writer: &Writer, rows: &[PgRow], beside: &Written<'_>) -> Result<(Vec<u8>, String)> {
    let mut out = Vec::with_capacity(512 + rows.len() * 640);
    out.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[");
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        writer.write(&mut out, row)?;
        out.push(b'}');
    }
    out.extend_from_slice(b"],\"links\":");
    serde_json::to_writer(&mut out, beside.links).map_err(Error::internal)?;
    if let Some(matched) = beside.matched {
        out.extend_from_slice(format!(",\"numberMatched\":{matched}").as_bytes());
    }
    out.extend_from_slice(format!(",\"numberReturned\":{}", beside.returned).as_bytes());
    let tag = answer::tag(&[&out]);
    let now = beside.now.to_rfc3339_opts(SecondsFormat::Secs, true);
    out.extend_from_slice(format!(",\"timeStamp\":\"{now}\"}}").as_bytes());
    Ok((out, tag))
}

/// Where a page begins.
struct Place {
    after: After,
    /// There are more features than are counted; pages after the first need not try again.
    uncounted: bool,
}

impl Place {
    fn read(collection: &Collection, text: &str) -> Result<Self> {
        let wrong = || invalid("cursor", "cursor-wrong");
        let cursor: Cursor = serde_json::from_value(text.into()).map_err(|_| wrong())?;
        let (time, id, uncounted): (Option<Timestamp>, String, bool) = cursor.key().ok_or_else(wrong)?;
        let id = FeatureId::read(collection, &id).ok_or_else(wrong)?;
        if time.is_some() == collection.time.is_some() {
            Ok(Self { after: (time, id), uncounted })
        } else {
            Err(wrong())
        }
    }

    /// The address of the page that begins here; it can be followed as it is.
    fn next(&self, asked: &Asked, read: &Read) -> String {
        let (time, id) = &self.after;
        let id = match id {
            FeatureId::Uuid(id) => id.to_string(),
            FeatureId::Text(id) => id.clone(),
        };
        let cursor = Cursor::of(&(json!(time), id, self.uncounted));
        let query = read.parameters.with("cursor", Some(cursor.as_str()));
        format!("{}{}?{query}", asked.base, asked.path)
    }
}
