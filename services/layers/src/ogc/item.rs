//! One feature.

use axum::extract::State;
use axum::response::Response;
use kit::extract::Path;
use kit::{App, Error, Result};
use proto::Problem;

use super::answer::{self, Sent};
use super::asked::{Asked, link};
use super::collection::Named;
use super::feature::Writer;
use super::items::{self, GEOJSON};
use super::query::ITEM;
use super::sql::FeatureId;
use super::{EVERYBODY, JSON, store};

/// Shows one feature.
pub async fn show(
    State(app): State<App>,
    asked: Asked,
    Path((Named(collection), id)): Path<(Named, String)>,
) -> Result<Response> {
    let read = asked.read(ITEM)?;
    let crs = read.parameters.crs("crs", collection)?;
    let id = FeatureId::read(collection, &id).ok_or_else(Problem::not_found)?;
    let mut tx = app.db.begin(&EVERYBODY).await?;
    let row = store::one(&mut tx, collection, &id, crs).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;

    let mut links = asked.itself(&read, GEOJSON);
    let up = asked.url(&format!("/collections/{}", collection.id));
    links.push(link("collection", &up, JSON, &collection.title(asked.language)));
    let mut body = Vec::with_capacity(2048);
    Writer::new(collection, crs).write(&mut body, &row)?;
    body.extend_from_slice(b",\"links\":");
    serde_json::to_writer(&mut body, &links).map_err(Error::internal)?;
    body.push(b'}');
    let tag = answer::tag(&[&body]);
    let sent = Sent { kind: GEOJSON, tag, caching: "no-cache", body, links: &links };
    Ok(items::with_crs(items::answer(&app, &asked, &read, sent)?, crs))
}
