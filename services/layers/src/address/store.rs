//! Streets, houses and places in front of the wall.

use proto::geo::Position;
use sqlx::postgres::PgConnection;

use super::reading::House;

kit::row! {
    /// A street that may be meant.
    pub struct StreetRow {
        /// Its id within one import.
        pub street_id: i32,
        /// Its name.
        pub name: String,
        /// Its name as it is compared.
        pub search_key: String,
        /// Degrees east.
        pub longitude: f64,
        /// Degrees north.
        pub latitude: f64,
        /// Whether it has a house with the postal code that was given; so it is when none was.
        pub in_postal_code: bool,
    }
}

kit::row! {
    /// A named place.
    pub struct PlaceRow {
        /// Its name.
        pub name: String,
        /// Degrees east.
        pub longitude: f64,
        /// Degrees north.
        pub latitude: f64,
    }
}

kit::row! {
    /// A house.
    pub struct HouseRow {
        /// The street.
        pub street_id: i32,
        /// The number.
        pub house_number: i32,
        /// What follows it.
        pub suffix: String,
        /// The postal code.
        pub postal_code: Option<String>,
        /// Degrees east.
        pub longitude: f64,
        /// Degrees north.
        pub latitude: f64,
    }
}

kit::row! {
    /// The house or place closest to a position.
    pub struct CloseRow {
        /// The street, or the name of the place.
        pub name: String,
        /// The number with what follows it; none of a place.
        pub house_number: Option<String>,
        /// The postal code.
        pub postal_code: Option<String>,
        /// Degrees east.
        pub longitude: f64,
        /// Degrees north.
        pub latitude: f64,
        /// Metres to it.
        pub distance: f64,
    }
}

kit::row! {
    /// A district's key.
    pub struct DistrictRow {
        district: Option<String>,
    }
}

kit::statements! {
    /// Streets like one of the keys: alike as a whole, alike in a part, and with the same beginning.
    STREETS: StreetRow = "
        SELECT DISTINCT street_id, name, search_key, longitude, latitude,
               $2::text IS NULL OR EXISTS (SELECT FROM published.address
                                            WHERE address.street_id = candidate.street_id
                                              AND postal_code = $2) AS in_postal_code
          FROM unnest($1::text[]) AS typed (key)
         CROSS JOIN LATERAL (
               (SELECT street_id, name, search_key, longitude, latitude
                  FROM published.street
                 ORDER BY search_key <-> typed.key
                 LIMIT 20)
               UNION ALL
               (SELECT street_id, name, search_key, longitude, latitude
                  FROM published.street
                 ORDER BY search_key <->> typed.key
                 LIMIT 20)
               UNION ALL
               (SELECT street_id, name, search_key, longitude, latitude
                  FROM published.street
                 WHERE search_key ~>=~ typed.key
                   AND search_key ~<~ (typed.key || chr(1114111))
                 ORDER BY length(search_key), search_key
                 LIMIT 50)) AS candidate";

    /// All places: there are few.
    PLACES: PlaceRow = "
        SELECT name, longitude, latitude
          FROM published.place";

    /// Houses of streets whose numbers are, or begin with, the number that is wanted in each of them.
    HOUSES: HouseRow = "
        SELECT street_id, house_number, suffix, postal_code, longitude, latitude
          FROM unnest($1::integer[], $2::integer[]) AS wanted (street_id, number)
          JOIN published.address USING (street_id)
         WHERE (house_number = number OR starts_with(house_number::text, number::text))
           AND ($3::text IS NULL OR postal_code = $3 OR postal_code IS NULL)
         ORDER BY street_id, house_number <> number, house_number, suffix
         LIMIT 500";

    /// The house closest to a position, within so many metres.
    NEAREST_HOUSE: CloseRow = "
        SELECT street.name, address.house_number || address.suffix AS house_number, address.postal_code,
               address.longitude, address.latitude, ST_Distance(address.location, spot) AS distance
          FROM ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) AS spot
          JOIN published.address ON ST_DWithin(address.location, spot, $3)
          JOIN published.street USING (street_id)
         ORDER BY address.location <-> spot
         LIMIT 1";

    /// The place closest to a position, within so many metres.
    NEAREST_PLACE: CloseRow = "
        SELECT name, NULL::text AS house_number, NULL::text AS postal_code, longitude, latitude,
               ST_Distance(location, spot) AS distance
          FROM ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) AS spot
          JOIN published.place ON ST_DWithin(location, spot, $3)
         ORDER BY location <-> spot
         LIMIT 1";

    /// The district of each position.
    DISTRICTS: DistrictRow = "
        SELECT (SELECT key
                  FROM published.area
                 WHERE kind = 'district'
                   AND ST_Covers(shape, ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832))
                 ORDER BY key
                 LIMIT 1) AS district
          FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS spot (longitude, latitude, position)
         ORDER BY position";
}

/// Streets that may be meant by `keys`.
pub async fn streets(
    connection: &mut PgConnection,
    keys: &[&str],
    postal_code: Option<&str>,
) -> sqlx::Result<Vec<StreetRow>> {
    sqlx::query_as(STREETS).bind(keys).bind(postal_code).fetch_all(connection).await
}

/// All places.
pub async fn places(connection: &mut PgConnection) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as(PLACES).fetch_all(connection).await
}

/// Houses that may be meant by a street and a house in it.
pub async fn houses(
    connection: &mut PgConnection,
    wanted: &[(i32, &House)],
    postal_code: Option<&str>,
) -> sqlx::Result<Vec<HouseRow>> {
    sqlx::query_as(HOUSES)
        .bind(wanted.iter().map(|(street, _)| *street).collect::<Vec<_>>())
        .bind(wanted.iter().map(|(_, house)| house.number).collect::<Vec<_>>())
        .bind(postal_code)
        .fetch_all(connection)
        .await
}

/// The house within 150 m of a position that is closest, else the place within 400 m.
pub async fn nearest(connection: &mut PgConnection, at: Position) -> sqlx::Result<Option<CloseRow>> {
    for (statement, metres) in [(NEAREST_HOUSE, 150.0), (NEAREST_PLACE, 400.0)] {
        let found: Option<CloseRow> = sqlx::query_as(statement)
            .bind(at.longitude)
            .bind(at.latitude)
            .bind(metres)
            .fetch_optional(&mut *connection)
            .await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The districts of positions, in their order.
pub async fn districts(
    connection: &mut PgConnection,
    positions: &[Position],
) -> sqlx::Result<Vec<Option<String>>> {
    let rows: Vec<DistrictRow> = sqlx::query_as(DISTRICTS)
        .bind(positions.iter().map(|at| at.longitude).collect::<Vec<_>>())
        .bind(positions.iter().map(|at| at.latitude).collect::<Vec<_>>())
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.district).collect())
}
