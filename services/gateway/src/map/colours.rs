//! The colours of the map: calm, so that what people report stands out.

use kit::pack::Accent;

use super::Theme;

/// The colours of one theme.
pub(super) struct Colours<'a> {
    /// The city's own colour, for its border.
    pub(super) accent: &'a str,
    /// The country around.
    pub(super) ground: &'static str,
    /// Neighbouring towns.
    pub(super) neighbour: &'static str,
    /// Borders of neighbours and districts.
    pub(super) border: &'static str,
    /// The city's ground.
    pub(super) city: &'static str,
    /// Ground with houses.
    pub(super) built: &'static str,
    /// Ground with works, shops and railways.
    pub(super) works: &'static str,
    /// Rivers and lakes.
    pub(super) water: &'static str,
    /// Woods.
    pub(super) wood: &'static str,
    /// Parks, meadows and gardens.
    pub(super) park: &'static str,
    /// Fields.
    pub(super) field: &'static str,
    /// Buildings.
    pub(super) building: &'static str,
    /// The edge of buildings.
    pub(super) wall: &'static str,
    /// The edge of streets.
    pub(super) kerb: &'static str,
    /// Streets.
    pub(super) street: &'static str,
    /// Streets between towns.
    pub(super) road: &'static str,
    /// Motorways.
    pub(super) motorway: &'static str,
    /// Footpaths and cycle ways.
    pub(super) path: &'static str,
    /// Railways.
    pub(super) rail: &'static str,
    /// Names of the city's own parts and places.
    pub(super) name: &'static str,
    /// Names of what matters less.
    pub(super) soft_name: &'static str,
    /// The rim around names.
    pub(super) halo: &'static str,
}

impl<'a> Colours<'a> {
    /// The colours of a theme, with the city's own.
    pub(super) fn of(theme: Theme, accent: &'a Accent) -> Self {
        match theme {
            Theme::Light => Self::light(&accent.light),
            Theme::Dark => Self::dark(&accent.dark),
        }
    }

    fn light(accent: &'a str) -> Self {
        Self {
            accent,
            ground: "#e9ecec",
            neighbour: "#eef0f0",
            border: "#a9b4b6",
            city: "#fafaf8",
            built: "#f3f2ef",
            works: "#eeedf0",
            water: "#c6dae4",
            wood: "#d5e2cf",
            park: "#e2ecdb",
            field: "#f2f2e8",
            building: "#e1dfdb",
            wall: "#d0cdc8",
            kerb: "#cfd3d4",
            street: "#ffffff",
            road: "#fdf4de",
            motorway: "#f3dcae",
            path: "#c4bcae",
            rail: "#b9bdc0",
            name: "#33474a",
            soft_name: "#5f7073",
            halo: "#ffffff",
        }
    }

    fn dark(accent: &'a str) -> Self {
        Self {
            accent,
            ground: "#10171a",
            neighbour: "#141c1f",
            border: "#4a5a5e",
            city: "#1c2528",
            built: "#20292c",
            works: "#23292f",
            water: "#183543",
            wood: "#1d3127",
            park: "#20352b",
            field: "#222b26",
            building: "#2c373a",
            wall: "#374447",
            kerb: "#141b1d",
            street: "#3b494d",
            road: "#4a5653",
            motorway: "#5d5a49",
            path: "#4d5652",
            rail: "#46525a",
            name: "#dbe5e6",
            soft_name: "#9fb0b3",
            halo: "#141c1f",
        }
    }
}
