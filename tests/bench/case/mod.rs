//! What is measured: requests, and beside each the transaction that its handler runs.

mod address;
mod create;
mod features;
mod list;
mod single;
mod tile;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use http::StatusCode;
use kit::pack::{Location, Pack};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::load::Make;
use crate::script::Script;

/// Something to measure.
pub struct Case {
    /// Its name on the command line and in the table.
    pub name: &'static str,
    /// The service whose role runs the statements.
    pub service: &'static str,
    /// The status of each answer.
    pub status: StatusCode,
    /// Makes requests.
    pub make: Make,
    /// The transactions that the handler runs, one of them per request.
    pub scripts: Vec<Script>,
    /// Whether the handler has its statement planned for the values each time.
    pub planned_anew: bool,
}

/// What cases are made from.
pub struct Ground {
    /// The city.
    pub pack: Pack,
    /// West, south, east and north of a part that lies wholly inside the city.
    pub inside: [f64; 4],
    /// Requests that everyone may see.
    pub public: Vec<Uuid>,
    /// Boxes with more requests than a page of a thousand holds, each as a `bbox`.
    crowds: Vec<String>,
}

/// Requests among which those that ask for one choose.
const PUBLIC: i64 = 20;

impl Ground {
    /// Looks at the city and its requests.
    pub async fn survey(pack: &Path, superuser: &mut PgConnection) -> Result<Self> {
        let pack = Pack::open(pack).map_err(|faults| anyhow::anyhow!("{faults}"))?;
        let inside = inside(&pack)?;
        let public = public(superuser).await?;
        let crowds = crowds(superuser, &public).await?;
        Ok(Self { pack, inside, public, crowds })
    }
}

/// Some requests that everyone may see and that lie somewhere; the same in every run.
async fn public(superuser: &mut PgConnection) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = sqlx::query_as(
        "SELECT service_request_id
           FROM published.request
          WHERE visibility = 'public' AND location IS NOT NULL
          ORDER BY hashtext(service_request_id::text)
          LIMIT $1",
    )
    .bind(PUBLIC)
    .fetch_all(superuser)
    .await?;
    ensure!(!rows.is_empty(), "there is no public request");
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Around each request a box that holds its 1,500 neighbours.
async fn crowds(superuser: &mut PgConnection, around: &[Uuid]) -> Result<Vec<String>> {
    let rows: Vec<(f64, f64, f64, f64)> = sqlx::query_as(
        "SELECT min(close.longitude), min(close.latitude), max(close.longitude), max(close.latitude)
           FROM published.request AS middle
          CROSS JOIN LATERAL (SELECT longitude, latitude
                                FROM published.request AS other
                               WHERE visibility = 'public'
                               ORDER BY other.location <-> middle.location
                               LIMIT 1500) AS close
          WHERE middle.service_request_id = ANY ($1)
          GROUP BY middle.service_request_id
          ORDER BY middle.service_request_id",
    )
    .bind(around)
    .fetch_all(superuser)
    .await?;
    Ok(rows.iter().map(|(west, south, east, north)| format!("{west},{south},{east},{north}")).collect())
}

/// The largest box around the centre of which every place lies in the city.
fn inside(pack: &Pack) -> Result<[f64; 4]> {
    let [longitude, latitude] = pack.city.map.center;
    let boxes = (1..=20).rev().map(|size| {
        let (wide, high) = (0.002 * f64::from(size), 0.0013 * f64::from(size));
        [longitude - wide, latitude - high, longitude + wide, latitude + high]
    });
    boxes.into_iter().find(|area| lies_inside(pack, area)).context("the city has no inside around its centre")
}

fn lies_inside(pack: &Pack, [west, south, east, north]: &[f64; 4]) -> bool {
    let at = |start: f64, end: f64, step: i32| start + (end - start) * f64::from(step) / 20.0;
    (0..=20).all(|x| {
        (0..=20).all(|y| {
            matches!(pack.boundary.locate(at(*west, *east, x), at(*south, *north, y)), Location::Inside)
        })
    })
}

/// Every case; those that write come last, so that the others read what was filled in.
pub async fn all(ground: &Arc<Ground>, superuser: &mut PgConnection) -> Result<Vec<Case>> {
    Ok(vec![
        list::case(ground)?,
        single::case(ground)?,
        address::case(ground, superuser).await?,
        features::case(ground)?,
        tile::case(ground, "tile z12", 12)?,
        tile::case(ground, "tile z14", 14)?,
        tile::case(ground, "tile z16", 16)?,
        create::case(ground)?,
    ])
}

/// A number between two for pgbench, as fine as a position is kept.
fn position(start: f64, end: f64) -> String {
    format!("random({}, {}) / 10000000.0", (start * 1e7).round(), (end * 1e7).round())
}
