//! The base map: streets, water, green and buildings that a city imported.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A description of the base map's tiles (TileJSON 3.0).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct TileSet {
    /// The version of TileJSON.
    pub tilejson: String,
    /// Where the tiles lie, as paths of the city's own host.
    pub tiles: Vec<String>,
    /// The lowest zoom level that has tiles.
    pub minzoom: u8,
    /// The highest one; beyond it a map enlarges.
    pub maxzoom: u8,
    /// Whose data it is, as markup that licences ask for.
    pub attribution: String,
    /// The layers of each tile.
    pub vector_layers: Vec<TileLayer>,
}

/// A layer of a tile.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct TileLayer {
    /// The name.
    pub id: String,
    /// What its features say: field and kind of value.
    pub fields: BTreeMap<String, String>,
}
