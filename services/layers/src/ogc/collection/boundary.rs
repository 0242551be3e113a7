//! The border of the city.

use super::districts::PROPERTIES;
use super::{Collection, Key, Shape, Tile};

/// One feature: the city itself.
pub const COLLECTION: Collection = Collection {
    id: "boundary",
    table: "published.area",
    only: "kind = 'boundary'",
    key: Key::Text("key"),
    shape: Shape::Area { shape: "shape", shape_3857: "shape_3857" },
    time: None,
    properties: PROPERTIES,
    tile: Tile { clusters: None, properties: &["name"] },
};
