//! Brings areas and places of a city pack in front of the wall, as the role that does nothing else.
//!
//! `gladbeck migrate`, `gladbeck dev` and the tests do this; a pack that is there already is left alone.

use geojson::Geometry;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::keys::sha256;
use crate::pack::Pack;

crate::statements! {
    /// Takes the one row, so that two loads go one after the other; says which pack is there.
    LOCK = "
        SELECT pack_hash
          FROM published.reference
           FOR UPDATE";

    /// Removes areas that are to be loaded anew.
    CLEAR_AREAS = "
        DELETE FROM published.area";

    /// Removes places that are to be loaded anew.
    CLEAR_PLACES = "
        DELETE FROM published.place";

    /// Adds areas; a border that crosses itself by rounding is mended.
    ADD_AREAS = "
        INSERT INTO published.area (kind, key, name, official, inhabitants, shape)
        SELECT kind, key, name, official, inhabitants,
               ST_Multi(ST_CollectionExtract(ST_MakeValid(
                   ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(shape), 4326), 25832)), 3))
          FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::integer[], $6::text[])
               AS area (kind, key, name, official, inhabitants, shape)";

    /// Adds places.
    ADD_PLACES = "
        INSERT INTO published.place (key, name, location, longitude, latitude)
        SELECT key, name, ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832),
               longitude, latitude
          FROM unnest($1::text[], $2::text[], $3::double precision[], $4::double precision[])
               AS place (key, name, longitude, latitude)";

    /// Notes the pack, and that requests have to be looked up anew.
    NOTE = "
        UPDATE published.reference
           SET version = version + 1, pack_hash = $1";
}

/// Loads areas and places of `pack`, unless they are there; `url` opens the database as the role `import`.
///
/// Answers whether anything changed.
pub async fn load(url: &str, pack: &Pack) -> sqlx::Result<bool> {
    let areas = Areas::of(pack);
    let hash = hash(pack, &areas);
    let mut connection = PgConnection::connect(url).await?;
    let mut tx = connection.begin().await?;
    let (there,): (Option<Vec<u8>>,) = sqlx::query_as(LOCK).fetch_one(&mut *tx).await?;
    if there.as_deref() == Some(&hash) {
        return Ok(false);
    }
    sqlx::query(CLEAR_AREAS).execute(&mut *tx).await?;
    sqlx::query(CLEAR_PLACES).execute(&mut *tx).await?;
    areas.add(&mut tx).await?;
    add_places(&mut tx, pack).await?;
    sqlx::query(NOTE).bind(&hash[..]).execute(&mut *tx).await?;
    tx.commit().await?;
    connection.close().await?;
    Ok(true)
}

/// Areas as columns.
#[derive(Default)]
struct Areas {
    kinds: Vec<&'static str>,
    keys: Vec<String>,
    names: Vec<String>,
    official: Vec<bool>,
    inhabitants: Vec<Option<i32>>,
    shapes: Vec<String>,
}

impl Areas {
    fn of(pack: &Pack) -> Self {
        let mut areas = Self::default();
        if let Some(shape) = &pack.boundary.feature().geometry {
            areas.push("boundary", (pack.city.ags.clone(), pack.name()), true, None, shape);
        }
        for district in &pack.districts {
            let (key, name) = (district.key.clone(), district.name.as_str());
            areas.push("district", (key, name), district.official, district.inhabitants, &district.geometry);
        }
        for (name, shape) in pack.boundary.neighbours() {
            areas.push("neighbour", (crate::pack::key_of(name), name), true, None, shape);
        }
        areas
    }

    fn push(
        &mut self,
        kind: &'static str,
        (key, name): (String, &str),
        official: bool,
        inhabitants: Option<i32>,
        shape: &Geometry,
    ) {
        self.kinds.push(kind);
        self.keys.push(key);
        self.names.push(name.to_owned());
        self.official.push(official);
        self.inhabitants.push(inhabitants);
        self.shapes.push(shape.to_string());
    }

    async fn add(&self, connection: &mut PgConnection) -> sqlx::Result<()> {
        sqlx::query(ADD_AREAS)
            .bind(&self.kinds)
            .bind(&self.keys)
            .bind(&self.names)
            .bind(&self.official)
            .bind(&self.inhabitants)
            .bind(&self.shapes)
            .execute(connection)
            .await
            .map(|_| ())
    }
}

async fn add_places(connection: &mut PgConnection, pack: &Pack) -> sqlx::Result<()> {
    let places = &pack.places;
    sqlx::query(ADD_PLACES)
        .bind(places.iter().map(|place| place.key()).collect::<Vec<_>>())
        .bind(places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>())
        .bind(places.iter().map(|place| place.longitude).collect::<Vec<_>>())
        .bind(places.iter().map(|place| place.latitude).collect::<Vec<_>>())
        .execute(connection)
        .await
        .map(|_| ())
}

/// Recognises what was loaded.
fn hash(pack: &Pack, areas: &Areas) -> [u8; 32] {
    let mut text = format!("{:?}{:?}{:?}", areas.names, areas.official, areas.inhabitants);
    areas.shapes.iter().for_each(|shape| text.push_str(shape));
    for place in &pack.places {
        text.push_str(&format!("{} {} {};", place.name, place.longitude, place.latitude));
    }
    sha256(text.as_bytes())
}
