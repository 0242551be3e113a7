//! The statement of a tile. Rows are ordered, so that the same features give the same bytes.

use super::address::Address;
use crate::ogc::collection::{Clusters, Collection, Shape};
use crate::ogc::query::Filter;
use crate::ogc::sql::{Sql, narrow};

/// Units on each side of a tile.
const EXTENT: u32 = 4096;
/// Units around a tile in which features are drawn too, so that no symbol is cut at its edge.
const BUFFER: u32 = 64;
/// The grid of clusters has 2²² cells on each side.
const GRID: u8 = 22;
/// A tile has 2³ cells of clusters on each side: 64 pixels each, room for a bubble.
const CELLS: u8 = 3;

/// The tile at an address.
pub fn tile(collection: &Collection, filter: &Filter, address: Address) -> Sql {
    let mut sql = Sql::new("SELECT ST_AsMVT(feature, '");
    sql.push(collection.id).push("', ").push(EXTENT).push(", 'geometry') FROM (");
    match &collection.tile.clusters {
        Some(clusters) if address.matrix <= clusters.last => {
            counted(&mut sql, collection, clusters, filter, address)
        }
        _ => drawn(&mut sql, collection, filter, address),
    }
    sql.push(") AS feature");
    sql
}

/// Points counted per cell, at the middle of those in the cell.
fn counted(sql: &mut Sql, collection: &Collection, clusters: &Clusters, filter: &Filter, address: Address) {
    let cells_per_tile = GRID - address.matrix;
    let per_cluster = cells_per_tile - CELLS.min(cells_per_tile);
    let unit = f64::from(EXTENT) / f64::from(1_u32 << cells_per_tile);
    let axes = [(clusters.column, address.column), (clusters.row, address.row)];
    sql.push("SELECT ST_MakePoint(");
    for (number, (cell, tile)) in axes.into_iter().enumerate() {
        let first = tile << cells_per_tile;
        sql.push(if number == 0 { "" } else { ", " })
            .push("floor((sum(")
            .push(cell)
            .push(")::double precision / count(*) + 0.5 - ");
        sql.push(first).push(") * ").push(unit).push(")");
    }
    sql.push(") AS geometry, count(*)::integer AS count, (count(*) FILTER (WHERE ").push(clusters.open);
    sql.push("))::integer AS open FROM ").push(collection.table).push(" WHERE ").push(collection.only);
    for (cell, tile) in axes {
        let first = u64::from(tile) << cells_per_tile;
        let last = first + (1 << cells_per_tile) - 1;
        sql.push(" AND ").push(cell).push(" BETWEEN ").push(first).push(" AND ").push(last);
    }
    narrow(sql, collection, filter);
    for words in [" GROUP BY ", " ORDER BY "] {
        sql.push(words).push(clusters.row).push(" >> ").push(per_cluster).push(", ");
        sql.push(clusters.column).push(" >> ").push(per_cluster);
    }
}

/// Features as they are; areas lose what is smaller than half a pixel.
fn drawn(sql: &mut Sql, collection: &Collection, filter: &Filter, address: Address) {
    let bounds = format!("ST_TileEnvelope({}, {}, {}", address.matrix, address.column, address.row);
    let (Shape::Point { location_3857: column, .. } | Shape::Area { shape_3857: column, .. }) =
        collection.shape;
    sql.push("SELECT ST_AsMVTGeom(");
    match collection.shape {
        Shape::Point { .. } => sql.push(column),
        Shape::Area { .. } => {
            let half_a_pixel = 40_075_016.685_578_49 / f64::from(1_u32 << address.matrix) / 1024.0;
            sql.push("ST_Simplify(").push(column).push(", ").push(half_a_pixel).push(", true)")
        }
    };
    sql.push(", ")
        .push(&bounds)
        .push("), ")
        .push(EXTENT)
        .push(", ")
        .push(BUFFER)
        .push(", true) AS geometry, ");
    sql.push(collection.key.column()).push("::text AS id");
    for property in collection.tile.properties {
        sql.push(", ").push(property);
    }
    let margin = f64::from(BUFFER) / f64::from(EXTENT);
    sql.push(" FROM ")
        .push(collection.table)
        .push(" WHERE ")
        .push(collection.only)
        .push(" AND ")
        .push(column);
    sql.push(" && ").push(&bounds).push(", margin => ").push(margin).push(")");
    narrow(sql, collection, filter);
    sql.push(" ORDER BY ").push(collection.key.column());
}
