//! A thousand features in a box, as a geographic information system asks for them.

use std::sync::Arc;

use anyhow::{Context, Result};
use http::StatusCode;
use layers::ogc::collection::Collection;
use layers::ogc::crs::Crs;
use layers::ogc::query::{Area, Filter};
use layers::ogc::sql;
use layers::ogc::store::MOST_COUNTED;

use super::{Case, Ground};
use crate::draw::Draw;
use crate::script::{Script, Value, text};
use crate::server::get;

/// Features of a page.
const LIMIT: u32 = 1000;

/// `GET /ogc/collections/requests/items?bbox=…&limit=1000`.
pub fn case(ground: &Arc<Ground>) -> Result<Case> {
    let boxes = ground.crowds.clone();
    let scripts: Result<Vec<_>> =
        boxes.iter().enumerate().map(|(number, area)| script(number, area)).collect();
    let make = move |draw: &mut Draw| {
        let area = &boxes[draw.below(boxes.len())];
        get(&format!("/ogc/collections/requests/items?bbox={area}&limit={LIMIT}"))
    };
    Ok(Case {
        name: "1000 features",
        service: layers::SERVICE,
        status: StatusCode::OK,
        make: Arc::new(make),
        scripts: scripts?,
        planned_anew: true,
    })
}

/// A page of which there are more, and how many there are.
fn script(number: usize, area: &str) -> Result<Script> {
    let requests = Collection::named("requests").context("there is no collection of requests")?;
    let area = Area::read(area, Crs::Crs84).context("the box is none")?;
    let bounds = *area.boxes.first().context("the box is empty")?;
    let searched = bounds.mercator().wider(0.01);
    let edges = [searched.min_x, searched.min_y, searched.max_x, searched.max_y];
    let sides = [bounds.min_x, bounds.max_x, bounds.min_y, bounds.max_y];
    let values =
        |rows: u32| -> Vec<Value> { edges.into_iter().chain(sides).map(text).chain([text(rows)]).collect() };
    let filter = Filter { area: Some(area), ..Filter::default() };
    let page = sql::page(requests, &filter, Crs::Crs84, None, LIMIT + 1);
    let count = sql::count(requests, &filter, MOST_COUNTED + 1);
    Ok(Script::begin(number, "anyone", text(""))?
        .run(page.sql().as_str(), &values(LIMIT + 1))?
        .run(count.sql().as_str(), &values(MOST_COUNTED + 1))?
        .commit())
}
