//! The base map in front of the wall.

use sqlx::postgres::PgConnection;

kit::row! {
    /// A tile.
    struct TileRow {
        tile: Option<Vec<u8>>,
    }
}

kit::row! {
    /// Whether there is anything.
    struct ThereRow {
        is_there: Option<bool>,
    }
}

kit::statements! {
    /// Whether the city imported a base map.
    IS_THERE: ThereRow = "
        SELECT EXISTS (SELECT FROM published.basemap) AS is_there";

    /// One tile with its five layers, each in the order of its ids, so that the same data makes the same bytes.
    ///
    /// Shapes lose what is smaller than half a pixel; the last zoom level is enlarged and keeps everything.
    TILE: TileRow = "
        WITH seen AS (
            SELECT kind, class, name, osm_type, osm_id,
                   ST_AsMVTGeom(
                       CASE WHEN $1 >= 15 THEN shape_3857
                            ELSE ST_Simplify(shape_3857, 40075016.7 / 2 ^ $1 / 1024, true) END,
                       ST_TileEnvelope($1, $2, $3), 4096, 64, true) AS shape
              FROM published.basemap
             WHERE shape_3857 && ST_TileEnvelope($1, $2, $3, margin => 0.015625)
               AND min_zoom <= $1
        )
        SELECT (SELECT ST_AsMVT(land, 'land', 4096, 'shape')
                  FROM (SELECT class, shape FROM seen WHERE kind = 'land' AND shape IS NOT NULL
                         ORDER BY ST_Area(shape) DESC, osm_type, osm_id) AS land)
            || (SELECT ST_AsMVT(water, 'water', 4096, 'shape')
                  FROM (SELECT class, shape FROM seen WHERE kind = 'water' AND shape IS NOT NULL
                         ORDER BY osm_type, osm_id) AS water)
            || (SELECT ST_AsMVT(green, 'green', 4096, 'shape')
                  FROM (SELECT class, shape FROM seen WHERE kind = 'green' AND shape IS NOT NULL
                         ORDER BY ST_Area(shape) DESC, osm_type, osm_id) AS green)
            || (SELECT ST_AsMVT(building, 'building', 4096, 'shape')
                  FROM (SELECT class, shape FROM seen WHERE kind = 'building' AND shape IS NOT NULL
                         ORDER BY osm_type, osm_id) AS building)
            || (SELECT ST_AsMVT(street, 'street', 4096, 'shape')
                  FROM (SELECT class, name, shape FROM seen WHERE kind = 'street' AND shape IS NOT NULL
                         ORDER BY osm_type, osm_id) AS street) AS tile";
}

/// Says whether the city imported a base map.
pub async fn is_there(conn: &mut PgConnection) -> sqlx::Result<bool> {
    let row: ThereRow = sqlx::query_as(IS_THERE).fetch_one(conn).await?;
    Ok(row.is_there == Some(true))
}

/// Draws the tile at zoom level, column and row; no bytes where there is nothing.
pub async fn tile(conn: &mut PgConnection, (z, x, y): (u8, u32, u32)) -> sqlx::Result<Vec<u8>> {
    let row: TileRow = sqlx::query_as(TILE)
        .bind(i32::from(z))
        .bind(i32::try_from(x).unwrap_or(i32::MAX))
        .bind(i32::try_from(y).unwrap_or(i32::MAX))
        .fetch_one(conn)
        .await?;
    Ok(row.tile.unwrap_or_default())
}
