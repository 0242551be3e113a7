//! The search for an address while somebody types it.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use http::StatusCode;
use layers::address::ranking::cost;
use layers::address::reading::Line;
use layers::address::store::{self, STATEMENTS};
use sqlx::postgres::PgConnection;
use url::form_urlencoded::byte_serialize;

use super::{Case, Ground};
use crate::draw::Draw;
use crate::script::{Script, Value, find, text};
use crate::server::get;

/// Streets whose houses a search looks at.
const STREETS: usize = 5;
/// Answers of a search, each of which is placed in a district.
const ANSWERS: usize = 8;
/// Streets of which a search is made up.
const SEARCHES: i64 = 40;

/// A search and what its handler asks the database.
struct Search {
    typed: String,
    keys: Vec<String>,
    house: i32,
    streets: Vec<i32>,
}

/// `GET /v1/addresses?q=…` with half of a street's name and a number.
pub async fn case(ground: &Arc<Ground>, superuser: &mut PgConnection) -> Result<Case> {
    let searches = searches(ground, superuser).await?;
    let script = |(number, search)| script(ground, number, search);
    let scripts: Result<Vec<_>> = searches.iter().enumerate().map(script).collect();
    let typed: Vec<String> =
        searches.iter().map(|search| byte_serialize(search.typed.as_bytes()).collect()).collect();
    let make = move |draw: &mut Draw| get(&format!("/v1/addresses?q={}", typed[draw.below(typed.len())]));
    Ok(Case {
        name: "address search",
        service: layers::SERVICE,
        status: StatusCode::OK,
        make: Arc::new(make),
        scripts: scripts?,
        planned_anew: false,
    })
}

/// Searches that all need as many statements as most of them do.
async fn searches(ground: &Ground, superuser: &mut PgConnection) -> Result<Vec<Search>> {
    let names: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM published.street ORDER BY hashtext(name) LIMIT $1")
            .bind(SEARCHES)
            .fetch_all(&mut *superuser)
            .await?;
    let mut by_number: BTreeMap<usize, Vec<Search>> = BTreeMap::new();
    for (number, (name,)) in names.into_iter().enumerate() {
        let half: String = name.chars().take(name.chars().count().div_ceil(2) + 1).collect();
        let typed = format!("{} {}", half.trim(), 2 + number % 20);
        let line = Line::read(&typed, ground.pack.name());
        let mut keys: Vec<&str> = line.readings.iter().map(|reading| reading.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        let rows = store::streets(superuser, &keys, None).await?;
        let fit = |street: store::StreetRow| {
            let weigh = |reading: &layers::address::reading::Reading| {
                Some((cost(reading, &street.name, &street.search_key)?, reading.house.as_ref()?.number))
            };
            let (cost, house) = line.readings.iter().filter_map(weigh).min()?;
            Some((cost, street.name.clone(), street.street_id, house))
        };
        let mut fits: Vec<_> = rows.into_iter().filter_map(fit).collect();
        fits.sort();
        fits.truncate(STREETS);
        let Some((.., house)) = fits.first() else { continue };
        let search = Search {
            keys: keys.into_iter().map(str::to_owned).collect(),
            house: *house,
            streets: fits.iter().map(|(.., street, _)| *street).collect(),
            typed,
        };
        by_number.entry(search.streets.len()).or_default().push(search);
    }
    let most = by_number.into_values().max_by_key(Vec::len);
    most.context("there are no streets to search for")
}

fn script(ground: &Ground, number: usize, search: &Search) -> Result<Script> {
    let houses = vec![search.house; search.streets.len()];
    let [longitude, latitude] = ground.pack.city.map.center;
    let positions = [array(&[longitude; ANSWERS]), array(&[latitude; ANSWERS])];
    Ok(Script::begin(number, "anyone", text(""))?
        .run(find(STATEMENTS, "STREETS")?, &[array(&search.keys), Value::Null])?
        .run(find(STATEMENTS, "HOUSES")?, &[array(&search.streets), array(&houses), Value::Null])?
        .run(find(STATEMENTS, "PLACES")?, &[])?
        .run(find(STATEMENTS, "DISTRICTS")?, &positions)?
        .commit())
}

/// An array as the database writes it; keys and numbers need no quotes.
fn array(values: &[impl ToString]) -> Value {
    text(format!("{{{}}}", values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")))
}
