//! Tiles of the map of requests; the server keeps none, so that each is made anew.

use std::collections::BTreeSet;
use std::f64::consts::PI;
use std::sync::Arc;

use anyhow::{Context, Result};
use http::StatusCode;
use layers::ogc::collection::Collection;
use layers::ogc::query::Filter;
use layers::tile::{self, Address};

use super::{Case, Ground};
use crate::draw::Draw;
use crate::script::{Script, text};
use crate::server::get;

/// Most different tiles of a case.
const TILES: usize = 20;

/// `GET /ogc/collections/requests/tiles/WebMercatorQuad/{matrix}/{row}/{column}`.
pub fn case(ground: &Arc<Ground>, name: &'static str, matrix: u8) -> Result<Case> {
    let addresses = addresses(ground, matrix);
    let scripts: Result<Vec<_>> =
        addresses.iter().enumerate().map(|(number, address)| script(number, *address)).collect();
    let make = move |draw: &mut Draw| {
        let Address { matrix, row, column } = addresses[draw.below(addresses.len())];
        get(&format!("/ogc/collections/requests/tiles/WebMercatorQuad/{matrix}/{row}/{column}"))
    };
    Ok(Case {
        name,
        service: layers::SERVICE,
        status: StatusCode::OK,
        make: Arc::new(make),
        scripts: scripts?,
        planned_anew: true,
    })
}

fn script(number: usize, address: Address) -> Result<Script> {
    let requests = Collection::named("requests").context("there is no collection of requests")?;
    let statement = tile::statement(requests, &Filter::default(), address);
    Ok(Script::begin(number, "anyone", text(""))?.run(statement.sql().as_str(), &[])?.commit())
}

/// Tiles with something in them: around the middle of the city and around places, where requests lie.
fn addresses(ground: &Ground, matrix: u8) -> Vec<Address> {
    let [longitude, latitude] = ground.pack.city.map.center;
    let places = &ground.pack.places;
    let mut draw = Draw::new(u64::from(matrix));
    let mut found = BTreeSet::from([at(matrix, longitude, latitude)]);
    // The whole city lies in one or two tiles of the twelfth matrix; the first is meant.
    for _ in 0..if matrix > 12 { 200 } else { 0 } {
        if found.len() < TILES {
            let place = &places[draw.below(places.len())];
            found.insert(at(matrix, place.longitude, place.latitude));
        }
    }
    found.into_iter().map(|(row, column)| Address { matrix, row, column }).collect()
}

/// Row and column of the tile at a position.
fn at(matrix: u8, longitude: f64, latitude: f64) -> (u32, u32) {
    let tiles = f64::from(1_u32 << matrix);
    let latitude = latitude.to_radians();
    let column = (longitude + 180.0) / 360.0 * tiles;
    let row = (1.0 - (latitude.tan() + 1.0 / latitude.cos()).ln() / PI) / 2.0 * tiles;
    (row as u32, column as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_lie_in_the_tiles_that_maps_know() {
        assert_eq!(at(0, 7.0, 51.5), (0, 0));
        assert_eq!(at(12, 6.99, 51.57), (1360, 2127));
        assert_eq!(at(1, -0.1, 0.1), (0, 0));
        assert_eq!(at(1, 0.1, -0.1), (1, 1));
    }
}
