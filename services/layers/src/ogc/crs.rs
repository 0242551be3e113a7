//! Coordinate reference systems, by their URIs and with the order of axes that their authority says.

/// A system in which coordinates are taken and given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// Longitude, latitude (WGS 84), as in GeoJSON.
    Crs84,
    /// Easting, northing in metres (ETRS89 / UTM 32N): the official system, and the one of the record.
    Epsg25832,
    /// Latitude, longitude (WGS 84).
    Epsg4326,
    /// Metres of web maps.
    Epsg3857,
    /// Latitude, longitude (ETRS89), which is WGS 84 to less than a metre.
    Epsg4258,
}

impl Crs {
    /// Every system, the default one first.
    pub const ALL: [Self; 5] = [Self::Crs84, Self::Epsg25832, Self::Epsg4326, Self::Epsg3857, Self::Epsg4258];

    /// The URI.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg25832 => "http://www.opengis.net/def/crs/EPSG/0/25832",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg3857 => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Epsg4258 => "http://www.opengis.net/def/crs/EPSG/0/4258",
        }
    }

    /// The system with this URI, if it is one of ours.
    pub fn of(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|crs| crs.uri() == uri)
    }

    /// Whether the second axis of the authority is our first one.
    pub fn is_latitude_first(self) -> bool {
        matches!(self, Self::Epsg4326 | Self::Epsg4258)
    }

    /// Whether coordinates are degrees.
    pub fn is_degrees(self) -> bool {
        matches!(self, Self::Crs84 | Self::Epsg4326 | Self::Epsg4258)
    }
}
