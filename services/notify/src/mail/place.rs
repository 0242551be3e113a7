//! Where something is, in the names that people use.

use kit::pack::Place;

/// Within this distance a named place helps to find something, in metres.
const NEAR: f64 = 250.0;
/// Length of a degree of latitude, in metres; exact enough for a few streets.
const DEGREE: f64 = 111_195.0;

/// The name of the nearest place that is near enough to be named.
pub fn near(places: &[Place], longitude: f64, latitude: f64) -> Option<&str> {
    let metres = |place: &Place| {
        let east = (place.longitude - longitude) * latitude.to_radians().cos();
        DEGREE * east.hypot(place.latitude - latitude)
    };
    places
        .iter()
        .map(|place| (metres(place), place.name.as_str()))
        .filter(|(distance, _)| *distance <= NEAR)
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_is_named_only_from_nearby() {
        let pack = kit::pack::Pack::open(&kit::testing::musterhausen()).unwrap();
        let near = |longitude, latitude| near(&pack.places, longitude, latitude);
        assert_eq!(near(10.551, 50.951), Some("Musterweg"));
        // 249 and 251 metres to the north; at this latitude a degree east is a third shorter.
        assert_eq!(near(10.551, 50.951 + 249.0 / DEGREE), Some("Musterweg"));
        assert_eq!(near(10.551, 50.951 + 251.0 / DEGREE), None);
        assert_eq!(near(10.551 + 300.0 / DEGREE, 50.951), Some("Musterweg"));
        assert_eq!(near(10.551 + 400.0 / DEGREE, 50.951), None);
    }
}
