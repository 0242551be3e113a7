//! What things of OpenStreetMap are on the map: layer, class, and from which zoom level.

/// What a thing is on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The layer.
    pub kind: Kind,
    /// How it is drawn inside the layer.
    pub class: &'static str,
    /// The zoom level from which it is drawn; large areas keep it, small ones appear later.
    pub min_zoom: i16,
    /// Whether it is an area.
    pub area: bool,
}

/// A layer of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What the ground is used for.
    Land,
    /// Rivers and lakes.
    Water,
    /// Woods, parks and meadows.
    Green,
    /// Buildings.
    Building,
    /// Streets, paths and railways.
    Street,
}

impl Kind {
    /// Every layer, in the order of the map.
    pub const ALL: [Self; 5] = [Self::Land, Self::Water, Self::Green, Self::Building, Self::Street];

    /// Its name in tiles and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Water => "water",
            Self::Green => "green",
            Self::Building => "building",
            Self::Street => "street",
        }
    }
}

/// The tags of a thing.
pub struct Tags<'a>(pub Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    /// The value of a tag.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// What the thing is on the map; nothing when the map does not show it.
    pub fn class(&self) -> Option<Class> {
        let by = |key: &str, of: fn(&str) -> Option<Class>| self.get(key).and_then(of);
        if self.is_below_ground() {
            return None;
        }
        self.building()
            .or_else(|| by("highway", highway).filter(|_| self.get("area") != Some("yes")))
            .or_else(|| by("railway", railway))
            .or_else(|| by("waterway", waterway))
            .or_else(|| by("natural", natural))
            .or_else(|| by("leisure", leisure))
            .or_else(|| by("landuse", landuse))
    }

    fn building(&self) -> Option<Class> {
        let building = self.get("building").filter(|value| *value != "no");
        building.map(|_| area(Kind::Building, "building", 14))
    }

    /// Underground railways and piped streams are not seen; a street in a tunnel still leads somewhere.
    fn is_below_ground(&self) -> bool {
        let is_covered = self.get("tunnel").is_some_and(|tunnel| tunnel != "no");
        is_covered && (self.get("railway").is_some() || self.get("waterway").is_some())
    }
}

const fn area(kind: Kind, class: &'static str, min_zoom: i16) -> Class {
    Class { kind, class, min_zoom, area: true }
}

const fn line(kind: Kind, class: &'static str, min_zoom: i16) -> Class {
    Class { kind, class, min_zoom, area: false }
}

fn highway(value: &str) -> Option<Class> {
    let (class, min_zoom) = match value {
        "motorway" | "motorway_link" | "trunk" | "trunk_link" => ("motorway", 8),
        "primary" | "primary_link" => ("primary", 9),
        "secondary" | "secondary_link" => ("secondary", 10),
        "tertiary" | "tertiary_link" => ("tertiary", 12),
        "residential" | "unclassified" | "living_street" | "pedestrian" | "road" => ("residential", 13),
        "service" | "track" => ("service", 14),
        "footway" | "cycleway" | "path" | "steps" | "bridleway" => ("path", 14),
        _ => return None,
    };
    Some(line(Kind::Street, class, min_zoom))
}

fn railway(value: &str) -> Option<Class> {
    matches!(value, "rail" | "light_rail" | "tram" | "narrow_gauge").then(|| line(Kind::Street, "rail", 10))
}

fn waterway(value: &str) -> Option<Class> {
    match value {
        "riverbank" | "dock" => Some(area(Kind::Water, "lake", 8)),
        "river" | "canal" => Some(line(Kind::Water, "river", 9)),
        "stream" | "ditch" | "drain" => Some(line(Kind::Water, "stream", 13)),
        _ => None,
    }
}

fn natural(value: &str) -> Option<Class> {
    match value {
        "water" => Some(area(Kind::Water, "lake", 8)),
        "wood" => Some(area(Kind::Green, "wood", 8)),
        "scrub" | "heath" | "grassland" | "wetland" => Some(area(Kind::Green, "park", 11)),
        _ => None,
    }
}

fn leisure(value: &str) -> Option<Class> {
    let shown = ["park", "garden", "pitch", "golf_course", "playground", "common", "dog_park"];
    // Not nature reserves: they cover woods, lakes and villages alike, whose own colours tell more.
    shown.contains(&value).then(|| area(Kind::Green, "park", 10))
}

fn landuse(value: &str) -> Option<Class> {
    match value {
        "forest" => Some(area(Kind::Green, "wood", 8)),
        "grass" | "meadow" | "village_green" | "recreation_ground" | "cemetery" | "allotments" => {
            Some(area(Kind::Green, "park", 10))
        }
        "reservoir" | "basin" => Some(area(Kind::Water, "lake", 8)),
        "residential" => Some(area(Kind::Land, "built", 8)),
        "commercial" | "retail" | "industrial" | "railway" | "construction" => {
            Some(area(Kind::Land, "works", 9))
        }
        "farmland" | "farmyard" | "orchard" | "vineyard" => Some(area(Kind::Land, "field", 9)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_the_layer_and_the_class() {
        let class = |tags: &[(&'static str, &'static str)]| {
            Tags(tags.to_vec()).class().map(|class| (class.kind.as_str(), class.class, class.min_zoom))
        };
        assert_eq!(class(&[("highway", "primary"), ("name", "A")]), Some(("street", "primary", 9)));
        assert_eq!(class(&[("highway", "residential")]), Some(("street", "residential", 13)));
        assert_eq!(class(&[("building", "yes"), ("landuse", "retail")]), Some(("building", "building", 14)));
        assert_eq!(class(&[("landuse", "forest")]), Some(("green", "wood", 8)));
        assert_eq!(class(&[("natural", "water")]), Some(("water", "lake", 8)));
        assert_eq!(class(&[("railway", "subway")]), None);
        assert_eq!(class(&[("railway", "rail"), ("tunnel", "yes")]), None);
        assert_eq!(class(&[("highway", "primary"), ("tunnel", "yes")]), Some(("street", "primary", 9)));
        assert_eq!(class(&[("building", "no")]), None);
        assert_eq!(class(&[("highway", "bus_stop")]), None);
        assert_eq!(class(&[("leisure", "nature_reserve")]), None);
    }
}
