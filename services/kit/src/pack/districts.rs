//! The districts of the city.

use super::area::{Area, TOLERANCE};
use super::boundary::{Boundary, Location};
use super::shapes;
use super::sheet::Sheet;

/// A part of the city.
#[derive(Clone, Debug)]
pub struct District {
    /// The name.
    pub name: String,
    /// Whether the city drew this border; otherwise it is made up and only good for practice.
    pub official: bool,
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
        districts.push(District {
            name: shape.name,
            official,
            area: Area::new(boundary.plane(), &shape.polygons),
        });
    }
    districts
}
