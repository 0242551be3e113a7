//! The districts of the city.

use super::{Collection, Key, Kind, Property, Shape, Tile};

/// The properties of an area; the boundary has the same.
pub const PROPERTIES: &[Property] = &[
    Property::text("name"),
    Property::plain("official", Kind::Boolean),
    Property::plain("inhabitants", Kind::Integer),
];

/// Districts, from the city pack.
pub const COLLECTION: Collection = Collection {
    id: "districts",
    table: "published.area",
    only: "kind = 'district'",
    key: Key::Text("key"),
    shape: Shape::Area { shape: "shape", shape_3857: "shape_3857" },
    time: None,
    properties: PROPERTIES,
    tile: Tile { clusters: None, properties: &["name"] },
};
