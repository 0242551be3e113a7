//! What a collection is. Schema, parameters, OpenAPI, SQL, tiles and pages are derived from this one description.
//!
//! A new collection is a file beside this one, a line in [`ALL`] and its words in `layers.ftl`.

mod boundary;
mod districts;
mod requests;
pub mod schema;
mod stops;

use proto::Language;
use proto::locale::text;
use serde::{Deserialize, Deserializer};

use super::crs::Crs;

/// Every collection, in the order in which people read them.
pub const ALL: &[&Collection] =
    &[&requests::COLLECTION, &districts::COLLECTION, &boundary::COLLECTION, &stops::COLLECTION];

/// A collection of features: rows of one table in front of the wall.
pub struct Collection {
    /// The name in paths and tiles.
    pub id: &'static str,
    /// The table.
    pub table: &'static str,
    /// Which rows of the table are features.
    pub only: &'static str,
    /// The column that names a feature.
    pub key: Key,
    /// Where its geometry lies.
    pub shape: Shape,
    /// The property by which `datetime` filters, if features have a time; the newest then come first.
    pub time: Option<&'static str>,
    /// What is said of a feature, in order.
    pub properties: &'static [Property],
    /// How tiles show it.
    pub tile: Tile,
}

/// The column that names a feature.
pub enum Key {
    /// A UUID.
    Uuid(&'static str),
    /// A text.
    Text(&'static str),
}

/// Where the geometry of a feature lies.
pub enum Shape {
    /// A point, with columns in EPSG:25832 and EPSG:3857, and with its longitude and latitude.
    Point {
        /// In EPSG:25832.
        location: &'static str,
        /// In EPSG:3857.
        location_3857: &'static str,
    },
    /// Polygons, with columns in EPSG:25832 and EPSG:3857.
    Area {
        /// In EPSG:25832.
        shape: &'static str,
        /// In EPSG:3857.
        shape_3857: &'static str,
    },
}

/// Something that is said of a feature; its name is that of its column.
pub struct Property {
    /// The name.
    pub name: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// Whether features can be chosen by it.
    pub filter: Filterable,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// An instant.
    Instant,
}

/// Whether features can be chosen by a property.
pub enum Filterable {
    /// They cannot.
    No,
    /// By any text.
    ByText,
    /// By one of these texts; another one is a mistake.
    OneOf(fn() -> Vec<&'static str>),
}

/// How tiles show a collection.
pub struct Tile {
    /// Up to this tile matrix, points are counted in the cells of a grid.
    pub clusters: Option<Clusters>,
    /// The properties that a feature keeps in tiles, beside its `id`.
    pub properties: &'static [&'static str],
}

/// How points are counted: the columns hold the cell of a grid of 2²² × 2²² cells over EPSG:3857.
pub struct Clusters {
    /// The last tile matrix with clusters.
    pub last: u8,
    /// The column of the grid, counted from the west.
    pub column: &'static str,
    /// The row of the grid, counted from the north.
    pub row: &'static str,
    /// Which points are counted as open.
    pub open: &'static str,
}

impl Collection {
    /// The collection with this name.
    pub fn named(id: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|collection| collection.id == id)
    }

    /// Its name for people.
    pub fn title(&self, language: Language) -> String {
        text(language, &format!("layers-{}", self.id))
    }

    /// What belongs to it, for people.
    pub fn description(&self, language: Language) -> String {
        text(language, &format!("layers-{}.detail", self.id))
    }

    /// The properties by which features can be chosen.
    pub fn filterable(&self) -> impl Iterator<Item = &'static Property> {
        self.properties.iter().filter(|property| !matches!(property.filter, Filterable::No))
    }

    /// The systems in which its coordinates can be had: those of this list, in this order.
    pub fn systems(&self) -> &'static [Crs] {
        &Crs::ALL
    }
}

impl Key {
    /// The column's name.
    pub fn column(&self) -> &'static str {
        match self {
            Self::Uuid(column) | Self::Text(column) => column,
        }
    }
}

impl Property {
    /// A property by which nothing is chosen.
    pub const fn plain(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, filter: Filterable::No }
    }

    /// A text by which features can be chosen.
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text, filter: Filterable::ByText }
    }

    /// A text of a list by which features can be chosen.
    pub const fn one_of(name: &'static str, values: fn() -> Vec<&'static str>) -> Self {
        Self { name, kind: Kind::Text, filter: Filterable::OneOf(values) }
    }

    /// Its name for people.
    pub fn title(&self, language: Language) -> String {
        text(language, &format!("layers-property-{}", self.name.replace('_', "-")))
    }
}

/// A collection as a part of a path.
#[derive(Clone, Copy)]
pub struct Named(pub &'static Collection);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Collection::named(&id).map(Self).ok_or_else(|| serde::de::Error::custom("no such collection"))
    }
}
