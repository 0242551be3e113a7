//! SQL from the description of a collection: fixed words from our own source, every value bound.
//!
//! Statements differ by filter, so that each is planned for its very box and dates. A test runs all of them as
//! the service's own role.

use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::collection::{Collection, Key, Shape};
use super::crs::Crs;
use super::query::{Area, Bounds, Filter};
use proto::Timestamp;

/// A statement with its values.
pub type Sql = QueryBuilder<Postgres>;

/// Names a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureId {
    /// By a UUID.
    Uuid(Uuid),
    /// By a text.
    Text(String),
}

impl FeatureId {
    /// The id that a text means in a collection, if it can mean any.
    pub fn read(collection: &Collection, text: &str) -> Option<Self> {
        match collection.key {
            Key::Uuid(_) => text.parse().ok().map(Self::Uuid),
            Key::Text(_) => (!text.contains('\0')).then(|| Self::Text(text.to_owned())),
        }
    }

    fn bind(&self, sql: &mut Sql) {
        match self {
            Self::Uuid(id) => sql.push_bind(*id),
            Self::Text(id) => sql.push_bind(id.clone()),
        };
    }
}

/// The last feature of a page: its time, if it has one, and its id.
pub type After = (Option<Timestamp>, FeatureId);

/// Degrees are written to the seventh, metres to the third decimal: a centimetre and a millimetre.
pub fn decimals(crs: Crs) -> u8 {
    if crs.is_degrees() { 7 } else { 3 }
}

/// A page of features after another one.
pub fn page(collection: &Collection, filter: &Filter, crs: Crs, after: Option<&After>, rows: u32) -> Sql {
    let mut sql = select(collection, crs);
    matching(&mut sql, collection, filter);
    if let Some((time, id)) = after {
        sql.push(" AND ");
        match collection.time {
            Some(column) => {
                sql.push("(").push(column).push(", ").push(collection.key.column()).push(") < (");
                sql.push_bind(*time).push(", ");
                id.bind(&mut sql);
                sql.push(")");
            }
            None => {
                sql.push(collection.key.column()).push(" > ");
                id.bind(&mut sql);
            }
        }
    }
    sql.push(" ORDER BY ");
    if let Some(column) = collection.time {
        sql.push(column).push(" DESC, ").push(collection.key.column()).push(" DESC");
    } else {
        sql.push(collection.key.column());
    }
    sql.push(" LIMIT ").push_bind(i64::from(rows));
    sql
}

/// One feature.
pub fn one(collection: &Collection, id: &FeatureId, crs: Crs) -> Sql {
    let mut sql = select(collection, crs);
    sql.push(" WHERE ").push(collection.only).push(" AND ").push(collection.key.column()).push(" = ");
    id.bind(&mut sql);
    sql
}

/// How many features match, counted up to `most`.
pub fn count(collection: &Collection, filter: &Filter, most: u32) -> Sql {
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT FROM ");
    sql.push(collection.table);
    matching(&mut sql, collection, filter);
    sql.push(" LIMIT ").push_bind(i64::from(most)).push(") AS matching");
    sql
}

/// The outermost coordinates in degrees, and the first instant.
///
/// The index finds the point that lies nearest to a far edge of the map; nothing is read through.
pub fn extent(collection: &Collection) -> Sql {
    let mut sql = Sql::new("SELECT ");
    match collection.shape {
        Shape::Point { location_3857, .. } => {
            for (column, edge) in
                [("longitude", WEST), ("latitude", SOUTH), ("longitude", EAST), ("latitude", NORTH)]
            {
                sql.push("(SELECT ").push(column).push(" FROM ").push(collection.table).push(" WHERE ");
                sql.push(collection.only).push(" ORDER BY ").push(location_3857).push(" <-> ").push(edge);
                sql.push(" LIMIT 1), ");
            }
        }
        Shape::Area { shape, .. } => {
            for bound in ["min(ST_XMin", "min(ST_YMin", "max(ST_XMax", "max(ST_YMax"] {
                sql.push("(SELECT ").push(bound).push("(ST_Transform(").push(shape).push(", 4326))) FROM ");
                sql.push(collection.table).push(" WHERE ").push(collection.only).push("), ");
            }
        }
    }
    match collection.time {
        Some(time) => {
            sql.push("(SELECT min(").push(time).push(") FROM ").push(collection.table);
            sql.push(" WHERE ").push(collection.only).push(")");
        }
        None => {
            sql.push("NULL::timestamptz");
        }
    }
    sql
}

const WEST: &str = "ST_SetSRID('LINESTRING(-3e7 -3e7, -3e7 3e7)'::geometry, 3857)";
const SOUTH: &str = "ST_SetSRID('LINESTRING(-3e7 -3e7, 3e7 -3e7)'::geometry, 3857)";
const EAST: &str = "ST_SetSRID('LINESTRING(3e7 -3e7, 3e7 3e7)'::geometry, 3857)";
const NORTH: &str = "ST_SetSRID('LINESTRING(-3e7 3e7, 3e7 3e7)'::geometry, 3857)";

/// Id, geometry (two numbers for a point, GeoJSON for an area) and properties, in this order.
fn select(collection: &Collection, crs: Crs) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(collection.key.column()).push(", ");
    match collection.shape {
        Shape::Point { location, location_3857 } => {
            match crs {
                Crs::Crs84 => sql.push("longitude, latitude"),
                Crs::Epsg4326 | Crs::Epsg4258 => sql.push("latitude, longitude"),
                Crs::Epsg25832 => coordinates(&mut sql, location),
                Crs::Epsg3857 => coordinates(&mut sql, location_3857),
            };
        }
        Shape::Area { shape, shape_3857 } => {
            let (open, column, close) = match crs {
                Crs::Crs84 => ("ST_Transform(", shape, ", 4326)"),
                Crs::Epsg4326 | Crs::Epsg4258 => ("ST_FlipCoordinates(ST_Transform(", shape, ", 4326))"),
                Crs::Epsg25832 => ("", shape, ""),
                Crs::Epsg3857 => ("", shape_3857, ""),
            };
            // Rings turn as RFC 7946 asks before the axes change places.
            let column = format!("ST_ForcePolygonCCW({column})");
            sql.push("ST_AsGeoJSON(")
                .push(open)
                .push(column)
                .push(close)
                .push(", ")
                .push(decimals(crs))
                .push(", 0)");
        }
    }
    for property in collection.properties {
        sql.push(", ").push(property.name);
    }
    sql.push(" FROM ").push(collection.table);
    sql
}

fn coordinates<'s>(sql: &'s mut Sql, column: &str) -> &'s mut Sql {
    sql.push("ST_X(").push(column).push("), ST_Y(").push(column).push(")")
}

fn matching(sql: &mut Sql, collection: &Collection, filter: &Filter) {
    sql.push(" WHERE ").push(collection.only);
    narrow(sql, collection, filter);
    if let Some(area) = &filter.area {
        sql.push(" AND (");
        for (number, bounds) in area.boxes.iter().enumerate() {
            if number > 0 {
                sql.push(" OR ");
            }
            touches(sql, collection, area, *bounds);
        }
        sql.push(")");
    }
}

/// Time and properties, for pages and tiles alike.
pub fn narrow(sql: &mut Sql, collection: &Collection, filter: &Filter) {
    // Features without a time belong to every time.
    if let (Some(column), Some(time)) = (collection.time, filter.time) {
        for (compare, instant) in [(" >= ", time.from), (" <= ", time.to)] {
            if let Some(instant) = instant {
                sql.push(" AND ").push(column).push(compare).push_bind(instant);
            }
        }
    }
    for (property, texts) in &filter.equal {
        sql.push(" AND ").push(property.name);
        match texts.as_slice() {
            [text] => sql.push(" = ").push_bind(text.clone()),
            _ => sql.push(" = ANY (").push_bind(texts.clone()).push(")"),
        };
    }
}

/// Whether a feature touches a box.
///
/// `&&` uses the index, but rounds boxes to single precision; the second condition is exact. Boxes in degrees are
/// boxes in EPSG:3857 too, unlike in EPSG:25832, whose axes lean.
fn touches(sql: &mut Sql, collection: &Collection, area: &Area, bounds: Bounds) {
    let degrees = area.crs.is_degrees();
    let searched = if degrees { bounds.mercator().wider(0.01) } else { bounds };
    let in_25832 = area.crs == Crs::Epsg25832;
    let srid = if in_25832 { ", 25832)" } else { ", 3857)" };
    let (Shape::Point { location: metres, location_3857: mercator }
    | Shape::Area { shape: metres, shape_3857: mercator }) = collection.shape;
    let column = if in_25832 { metres } else { mercator };
    sql.push("(").push(column).push(" && ");
    envelope(sql, searched, srid);
    match collection.shape {
        Shape::Point { .. } => {
            let (x, y) = if degrees {
                ("longitude".to_owned(), "latitude".to_owned())
            } else {
                (format!("ST_X({column})"), format!("ST_Y({column})"))
            };
            for (value, least, most) in [(x, bounds.min_x, bounds.max_x), (y, bounds.min_y, bounds.max_y)] {
                sql.push(" AND ")
                    .push(value)
                    .push(" BETWEEN ")
                    .push_bind(least)
                    .push(" AND ")
                    .push_bind(most);
            }
        }
        Shape::Area { .. } => {
            sql.push(" AND ST_Intersects(").push(column).push(", ");
            envelope(sql, searched, srid);
            sql.push(")");
        }
    }
    sql.push(")");
}

/// A box as a geometry.
pub fn envelope(sql: &mut Sql, bounds: Bounds, srid: &'static str) {
    sql.push("ST_MakeEnvelope(").push_bind(bounds.min_x).push(", ").push_bind(bounds.min_y).push(", ");
    sql.push_bind(bounds.max_x).push(", ").push_bind(bounds.max_y).push(srid);
}
