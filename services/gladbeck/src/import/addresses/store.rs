//! Replaces streets and houses, all at once.

use anyhow::{Result, bail};
use kit::keys::sha256;
use layers::address::spelling;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::frame::{Frame, SYSTEMS};
use super::row::{self, House};

/// Rows of one statement.
const BATCH: usize = 10_000;
/// Changes whenever the same file would be stored in another way.
const RULES: &str = "addresses 1";

kit::row! {
    /// The city's surroundings in a reference system.
    pub struct FrameRow {
        crs: i32,
        west: Option<f64>,
        south: Option<f64>,
        east: Option<f64>,
        north: Option<f64>,
    }
}

kit::statements! {
    /// The city's box and 5 km around it, in each reference system.
    FRAMES: FrameRow = "
        SELECT crs, ST_XMin(frame) AS west, ST_YMin(frame) AS south, ST_XMax(frame) AS east,
               ST_YMax(frame) AS north
          FROM unnest($1::integer[]) AS crs
         CROSS JOIN LATERAL (
               SELECT ST_Transform(ST_Segmentize(ST_SetSRID(ST_Expand(ST_Extent(shape)::geometry, 5000), 25832), 1000), crs) AS frame
                 FROM (SELECT ST_SetSRID(shape, 25832) AS shape
                         FROM published.area
                        WHERE kind = 'boundary') AS boundary) AS around";

    /// This takes longer than what people wait for.
    PATIENCE = "
        SELECT set_config('statement_timeout', '300s', true), set_config('lock_timeout', '30s', true),
               set_config('idle_in_transaction_session_timeout', '60s', true)";

    /// Takes the one row, so that two imports go one after the other; says which addresses are there.
    LOCK = "
        SELECT address_hash
          FROM published.reference
           FOR UPDATE";

    /// Whether there are addresses.
    ARE_THERE = "
        SELECT address_hash IS NOT NULL OR EXISTS (SELECT FROM published.address)
          FROM published.reference";

    /// Removes the houses that are replaced.
    CLEAR_HOUSES = "
        DELETE FROM published.address";

    /// Removes the streets that are replaced.
    CLEAR_STREETS = "
        DELETE FROM published.street";

    /// Adds streets.
    ADD_STREETS = "
        INSERT INTO published.street (street_id, name, search_key, location, longitude, latitude)
        SELECT street_id, name, search_key, ST_Transform(spot, 25832),
               round(ST_X(ST_Transform(spot, 4326))::numeric, 7), round(ST_Y(ST_Transform(spot, 4326))::numeric, 7)
          FROM unnest($1::integer[], $2::text[], $3::text[], $4::float8[], $5::float8[])
               AS street (street_id, name, search_key, east, north)
         CROSS JOIN LATERAL ST_SetSRID(ST_MakePoint(east, north), $6::integer) AS spot";

    /// Adds houses.
    ADD_HOUSES = "
        INSERT INTO published.address (street_id, house_number, suffix, postal_code, town, part, location,
                                       longitude, latitude)
        SELECT street_id, house_number, suffix, postal_code, town, part, ST_Transform(spot, 25832),
               round(ST_X(ST_Transform(spot, 4326))::numeric, 7), round(ST_Y(ST_Transform(spot, 4326))::numeric, 7)
          FROM unnest($1::integer[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[],
                      $8::float8[])
               AS house (street_id, house_number, suffix, postal_code, town, part, east, north)
         CROSS JOIN LATERAL ST_SetSRID(ST_MakePoint(east, north), $9::integer) AS spot";

    /// Notes the addresses, and that requests have to be looked up anew.
    NOTE = "
        UPDATE published.reference
           SET version = version + 1, address_hash = $1, address_source = $2";
}

/// Where the city lies in each reference system.
pub async fn frames(connection: &mut PgConnection) -> Result<Vec<Frame>> {
    let rows: Vec<FrameRow> = sqlx::query_as(FRAMES).bind(&SYSTEMS[..]).fetch_all(connection).await?;
    let frame = |row: FrameRow| {
        Some(Frame { crs: row.crs, west: row.west?, south: row.south?, east: row.east?, north: row.north? })
    };
    let frames: Vec<Frame> = rows.into_iter().filter_map(frame).collect();
    if frames.is_empty() {
        bail!("the database knows no border of the city yet; run `gladbeck migrate` first");
    }
    Ok(frames)
}

/// Whether there are addresses.
pub async fn are_there(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let (there,): (bool,) = sqlx::query_as(ARE_THERE).fetch_one(connection).await?;
    Ok(there)
}

/// Replaces all addresses by `houses`, which are in order and each there once, in one transaction.
///
/// Answers whether anything changed, and how many streets there are.
pub async fn replace(
    connection: &mut PgConnection,
    houses: &[House],
    crs: i32,
    source: &str,
) -> Result<(bool, usize)> {
    let streets = row::streets(houses);
    let hash = hash(houses, crs);
    let mut tx = connection.begin().await?;
    sqlx::query(PATIENCE).execute(&mut *tx).await?;
    let (there,): (Option<Vec<u8>>,) = sqlx::query_as(LOCK).fetch_one(&mut *tx).await?;
    if there.as_deref() == Some(&hash) {
        return Ok((false, streets.len()));
    }
    sqlx::query(CLEAR_HOUSES).execute(&mut *tx).await?;
    sqlx::query(CLEAR_STREETS).execute(&mut *tx).await?;
    add_streets(&mut tx, &streets, crs).await?;
    let numbered: Vec<(i32, &House)> = (0..)
        .zip(&streets)
        .flat_map(|(id, (_, houses))| houses.iter().map(move |house| (id, house)))
        .collect();
    for batch in numbered.chunks(BATCH) {
        add_houses(&mut tx, batch, crs).await?;
    }
    sqlx::query(NOTE).bind(&hash[..]).bind(source).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok((true, streets.len()))
}

async fn add_streets(
    connection: &mut PgConnection,
    streets: &[(&str, &[House])],
    crs: i32,
) -> sqlx::Result<()> {
    let middles: Vec<&House> = streets.iter().map(|(_, houses)| middle(houses)).collect();
    sqlx::query(ADD_STREETS)
        .bind((0..).zip(streets).map(|(id, _)| id).collect::<Vec<i32>>())
        .bind(streets.iter().map(|(name, _)| *name).collect::<Vec<_>>())
        .bind(streets.iter().map(|(name, _)| spelling::key(name)).collect::<Vec<_>>())
        .bind(middles.iter().map(|house| house.east).collect::<Vec<_>>())
        .bind(middles.iter().map(|house| house.north).collect::<Vec<_>>())
        .bind(crs)
        .execute(connection)
        .await
        .map(|_| ())
}

async fn add_houses(connection: &mut PgConnection, houses: &[(i32, &House)], crs: i32) -> sqlx::Result<()> {
    let column =
        |of: fn(&House) -> Option<&str>| houses.iter().map(|(_, house)| of(house)).collect::<Vec<_>>();
    sqlx::query(ADD_HOUSES)
        .bind(houses.iter().map(|(street_id, _)| *street_id).collect::<Vec<_>>())
        .bind(houses.iter().map(|(_, house)| house.number).collect::<Vec<_>>())
        .bind(column(|house| Some(&house.suffix)))
        .bind(column(|house| house.postal_code.as_deref()))
        .bind(column(|house| house.town.as_deref()))
        .bind(column(|house| house.part.as_deref()))
        .bind(houses.iter().map(|(_, house)| house.east).collect::<Vec<_>>())
        .bind(houses.iter().map(|(_, house)| house.north).collect::<Vec<_>>())
        .bind(crs)
        .execute(connection)
        .await
        .map(|_| ())
}

/// The house closest to the middle of its street: a place that exists, even where the street bends.
fn middle(houses: &[House]) -> &House {
    let count = houses.len() as f64;
    let (east, north) =
        houses.iter().fold((0.0, 0.0), |(east, north), house| (east + house.east, north + house.north));
    let away = |house: &House| (house.east - east / count).hypot(house.north - north / count);
    houses.iter().min_by(|one, other| away(one).total_cmp(&away(other))).unwrap_or(&houses[0])
}

/// Recognises what was imported, whatever file it came in.
fn hash(houses: &[House], crs: i32) -> [u8; 32] {
    let mut text = format!("{RULES} {crs}");
    for house in houses {
        text.push_str(&format!(
            "{};{};{};{:?};{:?};{:?};{};{}\n",
            house.street,
            house.number,
            house.suffix,
            house.postal_code,
            house.town,
            house.part,
            house.east,
            house.north
        ));
    }
    sha256(text.as_bytes())
}
