//! Stops and squares that everyone knows.

use super::{Collection, Key, Property, Shape, Tile};

/// Named places, from the city pack.
pub const COLLECTION: Collection = Collection {
    id: "stops",
    table: "published.place",
    only: "true",
    key: Key::Text("key"),
    shape: Shape::Point { location: "location", location_3857: "location_3857" },
    time: None,
    properties: &[Property::text("name")],
    tile: Tile { clusters: None, properties: &["name"] },
};
