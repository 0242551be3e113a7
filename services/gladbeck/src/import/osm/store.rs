//! The base map as the role `import` writes it: everything anew, in one transaction.

use sqlx::postgres::PgConnection;

use super::read::Feature;

/// How many features one statement adds.
const AT_ONCE: usize = 2000;

kit::statements! {
    /// An import takes longer than a request may.
    TAKE_TIME = "
        SELECT set_config('statement_timeout', '120s', true)";

    /// Removes the base map that is there.
    CLEAR = "
        DELETE FROM published.basemap";

    /// Adds features: rings become areas with holes, and what reaches out of the surroundings is cut off.
    ///
    /// An area is drawn from the zoom level on which it is four pixels wide.
    ADD = "
        WITH given AS (
            SELECT osm_type, osm_id, kind, class, name, min_zoom, is_area,
                   ST_Transform(ST_GeomFromWKB(shape, 4326), 3857) AS shape
              FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::smallint[],
                          $7::boolean[], $8::bytea[])
                   AS given (osm_type, osm_id, kind, class, name, min_zoom, is_area, shape)
        ), built AS (
            SELECT osm_type, osm_id, kind, class, name, min_zoom, is_area,
                   ST_CollectionExtract(
                       ST_Intersection(
                           CASE WHEN is_area THEN ST_MakeValid(ST_BuildArea(shape)) ELSE shape END,
                           ST_Transform(ST_MakeEnvelope($9, $10, $11, $12, 4326), 3857)),
                       CASE WHEN is_area THEN 3 ELSE 2 END) AS shape
              FROM given
        )
        INSERT INTO published.basemap (osm_type, osm_id, kind, class, name, min_zoom, shape_3857)
        SELECT osm_type, osm_id, kind, class, name,
               CASE WHEN is_area AND min_zoom < 14
                    THEN greatest(min_zoom, least(14, ceil(log(2, (626172 / sqrt(greatest(ST_Area(shape), 1)))::numeric))))
                    ELSE min_zoom END,
               shape
          FROM built
         WHERE NOT ST_IsEmpty(shape)";
}

/// Replaces the base map by these features inside a box of degrees; tells how many were stored.
pub async fn replace(conn: &mut PgConnection, features: &[Feature], bounds: [f64; 4]) -> sqlx::Result<u64> {
    sqlx::query(TAKE_TIME).execute(&mut *conn).await?;
    sqlx::query(CLEAR).execute(&mut *conn).await?;
    let mut stored = 0;
    for features in features.chunks(AT_ONCE) {
        stored += add(conn, features, bounds).await?;
    }
    Ok(stored)
}

async fn add(conn: &mut PgConnection, features: &[Feature], bounds: [f64; 4]) -> sqlx::Result<u64> {
    fn column<T>(features: &[Feature], of: impl Fn(&Feature) -> T) -> Vec<T> {
        features.iter().map(of).collect()
    }
    let [west, south, east, north] = bounds;
    let added = sqlx::query(ADD)
        .bind(column(features, |feature| feature.osm_type))
        .bind(column(features, |feature| feature.osm_id))
        .bind(column(features, |feature| feature.class.kind.as_str()))
        .bind(column(features, |feature| feature.class.class))
        .bind(column(features, |feature| feature.name.clone()))
        .bind(column(features, |feature| feature.class.min_zoom))
        .bind(column(features, |feature| feature.class.area))
        .bind(column(features, |feature| feature.shape.bytes()))
        .bind(west)
        .bind(south)
        .bind(east)
        .bind(north)
        .execute(conn)
        .await?;
    Ok(added.rows_affected())
}
