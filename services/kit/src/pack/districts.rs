//! The districts of the city.

use geojson::Geometry;

use super::area::{Area, TOLERANCE};
use super::boundary::{self, Boundary, Location};
use super::gazetteer::plain;
use super::shapes::{self, Shape};
use super::sheet::Sheet;

/// A part of the city.
#[derive(Clone, Debug)]
pub struct District {
    /// The key that programs use: "alt_rentfort".
    pub key: String,
    /// The name.
    pub name: String,
    /// Whether the city drew this border; otherwise it is made up and only good for practice.
    pub official: bool,
    /// How many people live there, where the pack says it.
    pub inhabitants: Option<i32>,
    /// The border.
    pub geometry: Geometry,
    area: Area,
}

/// The district of a position: the one it lies in, or the nearest one up to 50 m away.
pub(super) fn of(districts: &[District], longitude: f64, latitude: f64) -> Option<&District> {
    districts
        .iter()
        .map(|district| (district, district.area.distance(longitude, latitude)))
        .filter(|(_, distance)| *distance <= TOLERANCE)
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(district, _)| district)
}

/// Reads districts.geojson.
pub(super) fn read(sheet: &Sheet<'_>, boundary: Option<&Boundary>) -> Vec<District> {
    let Some(boundary) = boundary else { return Vec::new() };
    let mut districts = Vec::new();
    for shape in shapes::read(sheet).unwrap_or_default() {
        let mut corners = shape.polygons.iter().flat_map(|polygon| polygon.exterior().coords());
        if !corners.all(|corner| boundary.locate(corner.x, corner.y) == Location::Inside) {
            sheet.fault_on(
                shape.line,
                format!("the district \"{}\" reaches beyond the city's border", shape.name),
            );
        }
        let Some(official) = shape.properties.get("official").and_then(serde_json::Value::as_bool) else {
            let name = &shape.name;
            sheet.fault_on(
                shape.line,
                format!("the district \"{name}\" does not say `official`: true or false"),
            );
            continue;
        };
        let inhabitants = inhabitants(sheet, &shape);
        districts.push(District {
            key: key_of(&shape.name),
            official,
            inhabitants,
            geometry: boundary::geometry(&shape.polygons),
            name: shape.name,
            area: Area::new(boundary.plane(), &shape.polygons),
        });
    }
    districts
}

/// A name as programs write it: "Alt-Rentfort" as "alt_rentfort".
pub(crate) fn key_of(name: &str) -> String {
    plain(name, true).replace(' ', "_")
}

/// How many people live in a district; a number that cannot be is a fault.
fn inhabitants(sheet: &Sheet<'_>, shape: &Shape) -> Option<i32> {
    let given = shape.properties.get("inhabitants").filter(|given| !given.is_null())?;
    let number = given.as_i64().and_then(|number| i32::try_from(number).ok()).filter(|number| *number > 0);
    if number.is_none() {
        let name = &shape.name;
        sheet.fault_on(
            shape.line,
            format!("`inhabitants` of \"{name}\" is not a whole number above 0; leave it out if unknown"),
        );
    }
    number
}
