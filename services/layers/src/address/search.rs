//! A search, step by step: readings of the line, streets like them, houses of the best, and places.

use proto::address::{Address, AddressKind};
use proto::geo::Position;
use sqlx::postgres::PgConnection;

use super::ranking::cost;
use super::reading::{House, Line};
use super::spelling::key;
use super::store::{self, HouseRow, PlaceRow, StreetRow};

/// Streets whose houses are looked at.
const STREETS_WITH_HOUSES: usize = 5;
/// Added when the street has no house with the postal code.
const OTHER_POSTAL_CODE: u32 = 15;
/// Added for a place where a house was wanted.
const NO_HOUSE_IN_A_PLACE: u32 = 20;
/// Added when the street lacks the house.
const HOUSE_MISSING: u32 = 9;

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Search {
    /// The line, read.
    pub line: Line,
    /// Where the person is, which decides between what fits as well.
    pub near: Option<Position>,
    /// How many answers.
    pub limit: usize,
}

/// An answer and how badly it fits.
#[derive(Clone, Debug)]
struct Hit {
    cost: u32,
    address: Address,
}

/// A street that fits, with the house that its reading names.
#[derive(Clone, Debug)]
struct Fit {
    cost: u32,
    street: StreetRow,
    house: Option<House>,
}

/// Finds what the line may mean, the best first.
pub async fn search(connection: &mut PgConnection, search: &Search) -> sqlx::Result<Vec<Address>> {
    let line = &search.line;
    if line.readings.is_empty() {
        return Ok(Vec::new());
    }
    let postal_code = line.postal_code.as_deref();
    let mut keys: Vec<&str> = line.readings.iter().map(|reading| reading.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let streets = store::streets(connection, &keys, postal_code).await?;
    let fits = fitting(line, streets);
    let mut hits = Vec::new();
    let looked_at = &fits[..fits.len().min(STREETS_WITH_HOUSES)];
    let wanted: Vec<(i32, &House)> =
        looked_at.iter().filter_map(|fit| Some((fit.street.street_id, fit.house.as_ref()?))).collect();
    if !wanted.is_empty() {
        let houses = store::houses(connection, &wanted, postal_code).await?;
        hits.extend(houses.into_iter().filter_map(|row| of_house(looked_at, row)));
    }
    hits.extend(fits.into_iter().map(of_street));
    hits.extend(store::places(connection).await?.into_iter().filter_map(|place| of_place(line, place)));
    let mut addresses: Vec<Address> = best(hits, search).into_iter().map(|hit| hit.address).collect();
    let at = |address: &Address| Position { longitude: address.longitude, latitude: address.latitude };
    let positions: Vec<Position> = addresses.iter().map(at).collect();
    for (address, district) in addresses.iter_mut().zip(store::districts(connection, &positions).await?) {
        address.district = district;
    }
    Ok(addresses)
}

/// The streets that fit a reading, the best first, each once.
fn fitting(line: &Line, streets: Vec<StreetRow>) -> Vec<Fit> {
    let fit = |street: StreetRow| {
        let weigh = |reading: &super::reading::Reading| {
            Some((cost(reading, &street.name, &street.search_key)?, reading.house.clone()))
        };
        let (cost, house) = line.readings.iter().filter_map(weigh).min_by_key(|(cost, _)| *cost)?;
        let elsewhere = if street.in_postal_code { 0 } else { OTHER_POSTAL_CODE };
        Some(Fit { cost: cost + elsewhere, street, house })
    };
    let mut fits: Vec<Fit> = streets.into_iter().filter_map(fit).collect();
    fits.sort_by(|one, other| (one.cost, &one.street.name).cmp(&(other.cost, &other.street.name)));
    fits
}

fn of_street(fit: Fit) -> Hit {
    let missing = if fit.house.is_some() { HOUSE_MISSING } else { 0 };
    let street = fit.street;
    Hit {
        cost: fit.cost + missing,
        address: Address {
            kind: AddressKind::Street,
            label: street.name.clone(),
            street: Some(street.name),
            house_number: None,
            postal_code: None,
            district: None,
            longitude: street.longitude,
            latitude: street.latitude,
        },
    }
}

/// The very house, then its neighbours of the same number, then numbers that begin with what was typed.
fn of_house(fits: &[Fit], row: HouseRow) -> Option<Hit> {
    let fit = fits.iter().find(|fit| fit.street.street_id == row.street_id)?;
    let house = fit.house.as_ref()?;
    let further = match (row.house_number == house.number, row.suffix == house.suffix) {
        (true, true) => 0,
        (true, false) => 4,
        (false, _) if house.suffix.is_empty() => 11,
        (false, _) => 14,
    };
    let house_number = format!("{}{}", row.house_number, row.suffix);
    Some(Hit {
        cost: fit.cost + further,
        address: Address {
            kind: AddressKind::Address,
            label: format!("{} {house_number}", fit.street.name),
            street: Some(fit.street.name.clone()),
            house_number: Some(house_number),
            postal_code: row.postal_code,
            district: None,
            longitude: row.longitude,
            latitude: row.latitude,
        },
    })
}

fn of_place(line: &Line, place: PlaceRow) -> Option<Hit> {
    let own = key(&place.name);
    let weigh = |reading: &super::reading::Reading| {
        let without_house = if reading.house.is_some() { NO_HOUSE_IN_A_PLACE } else { 0 };
        Some(cost(reading, &place.name, &own)? + without_house)
    };
    let cost = line.readings.iter().filter_map(weigh).min()?;
    Some(Hit {
        cost: cost + 2,
        address: Address {
            kind: AddressKind::Place,
            label: place.name,
            street: None,
            house_number: None,
            postal_code: None,
            district: None,
            longitude: place.longitude,
            latitude: place.latitude,
        },
    })
}

/// The best answers; of those that fit as well the closest, and of those the order of numbers.
fn best(mut hits: Vec<Hit>, search: &Search) -> Vec<Hit> {
    let away = |address: &Address| search.near.map_or(0.0, |near| distance(near, address));
    let number = |address: &Address| {
        address.house_number.as_deref().and_then(House::parse).map(|house| (house.number, house.suffix))
    };
    hits.sort_by(|one, other| {
        let by_cost = one.cost.cmp(&other.cost).then(one.address.kind.cmp(&other.address.kind));
        by_cost
            .then_with(|| away(&one.address).total_cmp(&away(&other.address)))
            .then_with(|| one.address.street.cmp(&other.address.street))
            .then_with(|| number(&one.address).cmp(&number(&other.address)))
            .then_with(|| one.address.label.cmp(&other.address.label))
    });
    hits.truncate(search.limit);
    hits
}

/// Good enough to compare within a city: degrees east shortened by the latitude.
fn distance(near: Position, address: &Address) -> f64 {
    let east = (address.longitude - near.longitude) * near.latitude.to_radians().cos();
    east.hypot(address.latitude - near.latitude)
}
