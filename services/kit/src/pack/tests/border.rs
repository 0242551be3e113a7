//! Where a position lies.

use super::super::Location::{self, Inside, Neighbour, Outside};
use super::{gladbeck, musterhausen};

const NOWHERE: Location<'static> = Outside { swapped: false };

#[test]
fn positions_are_told_apart() {
    let pack = gladbeck();
    let locate = |longitude, latitude| pack.boundary.locate(longitude, latitude);
    assert_eq!(locate(6.9895, 51.5738), Inside, "Willy-Brandt-Platz");
    assert_eq!(locate(6.9844, 51.5903), Inside, "Zweckel");
    assert_eq!(locate(6.9285, 51.5232), Neighbour("Bottrop"));
    assert_eq!(locate(7.0116, 51.4556), Neighbour("Essen"));
    assert_eq!(locate(7.0960, 51.5110), Neighbour("Gelsenkirchen"));
    assert_eq!(locate(6.9650, 51.6600), Neighbour("Dorsten"));
    assert_eq!(locate(51.5738, 6.9895), Outside { swapped: true });
    assert_eq!(locate(51.5232, 6.9285), NOWHERE, "Bottrop, swapped");
    assert_eq!(locate(0.0, 0.0), NOWHERE);
    assert_eq!(locate(13.4, 52.5), NOWHERE, "Berlin");
    assert_eq!(locate(3.0, 56.0), NOWHERE, "the North Sea");
    assert_eq!(locate(360_000.0, 5_715_000.0), NOWHERE, "metres of EPSG:25832");
}

#[test]
fn numbers_that_are_no_position_lie_outside() {
    let pack = gladbeck();
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE];
    for (one, other) in odd.iter().flat_map(|one| odd.map(|other| (*one, other))) {
        assert_eq!(pack.boundary.locate(one, other), NOWHERE, "{one} {other}");
        assert_eq!(pack.district_of(one, other), None);
    }
    assert_eq!(pack.boundary.locate(f64::NAN, 51.5738), NOWHERE);
}

#[test]
fn up_to_fifty_metres_beyond_the_border_count_as_inside() {
    let pack = musterhausen();
    let locate = |longitude, latitude| pack.boundary.locate(longitude, latitude);
    let north = 1.0 / 111_195.0;
    let east = north / 50.95_f64.to_radians().cos();
    assert_eq!(locate(10.5, 50.95), Inside, "on the border");
    assert_eq!(locate(10.5, 50.9), Inside, "on the corner");
    assert_eq!(locate(10.5 - 49.5 * east, 50.95), Inside);
    assert_eq!(locate(10.5 - 50.5 * east, 50.95), NOWHERE);
    assert_eq!(locate(10.55, 51.0 + 49.5 * north), Inside);
    assert_eq!(locate(10.55, 51.0 + 50.5 * north), NOWHERE);
    // 40 m in each direction from the corner are 57 m.
    assert_eq!(locate(10.5 - 40.0 * east, 50.9 - 40.0 * north), NOWHERE);
    assert_eq!(locate(10.5 - 30.0 * east, 50.9 - 30.0 * north), Inside);
    assert_eq!(locate(10.6 + 49.5 * east, 50.95), Inside, "in the neighbour, but close");
    assert_eq!(locate(10.6 + 50.5 * east, 50.95), Neighbour("Beispielstadt"));
}

/// Ray casting in degrees, and distances on a plane around the position itself with the ellipsoid's radii.
struct Oracle {
    ring: Vec<[f64; 2]>,
}

impl Oracle {
    fn is_inside(&self, at: [f64; 2]) -> bool {
        let mut inside = false;
        for edge in self.ring.windows(2) {
            let ([x1, y1], [x2, y2]) = (edge[0], edge[1]);
            if (y1 > at[1]) != (y2 > at[1]) && at[0] < (x2 - x1) * (at[1] - y1) / (y2 - y1) + x1 {
                inside = !inside;
            }
        }
        inside
    }

    fn metres_to_border(&self, at: [f64; 2]) -> f64 {
        let sine = at[1].to_radians().sin();
        let root = (1.0 - 0.006_694_38 * sine * sine).sqrt();
        let east = 6_378_137.0 / root * at[1].to_radians().cos().to_radians();
        let north = 6_378_137.0 * (1.0 - 0.006_694_38) / root.powi(3) * 1.0_f64.to_radians();
        let flat = |p: [f64; 2]| [(p[0] - at[0]) * east, (p[1] - at[1]) * north];
        let to_edge = |edge: &[[f64; 2]]| {
            let ([x1, y1], [x2, y2]) = (flat(edge[0]), flat(edge[1]));
            let (dx, dy) = (x2 - x1, y2 - y1);
            let along = (-(x1 * dx + y1 * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
            (x1 + along * dx).hypot(y1 + along * dy)
        };
        self.ring.windows(2).map(to_edge).fold(f64::INFINITY, f64::min)
    }
}

#[test]
fn ten_thousand_positions_agree_with_an_independent_reckoning() {
    let pack = gladbeck();
    let text = std::fs::read_to_string(super::folder("deploy/city/gladbeck/boundary.geojson")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ring = serde_json::from_value(value["geometry"]["coordinates"][0].clone()).unwrap();
    let oracle = Oracle { ring };
    let [west, south, east, north] = pack.boundary.bounds();
    let (mut near, mut inside) = (0, 0);
    for step in 0..10_000 {
        // A sequence that fills the box evenly and is the same on every run.
        let (a, b) = ((f64::from(step) * 0.754_877_666).fract(), (f64::from(step) * 0.569_840_291).fract());
        let at = [west - 0.005 + a * (east - west + 0.01), south - 0.005 + b * (north - south + 0.01)];
        let metres = oracle.metres_to_border(at);
        if (49.75..50.25).contains(&metres) {
            continue; // the plane may err by a quarter of a metre here
        }
        let expected = oracle.is_inside(at) || metres <= 50.0;
        assert_eq!(pack.boundary.locate(at[0], at[1]) == Inside, expected, "{at:?}, {metres} m");
        near += usize::from(metres < 100.0);
        inside += usize::from(expected);
    }
    assert!(near > 300 && inside > 3_000 && inside < 9_000, "{near} near, {inside} inside");
}

#[test]
fn the_border_is_shown_counter_clockwise() {
    let pack = gladbeck();
    let feature = serde_json::to_value(pack.boundary.feature()).unwrap();
    assert_eq!(feature["type"], "Feature");
    assert_eq!(feature["properties"]["name"], "Gladbeck");
    let ring: Vec<[f64; 2]> = serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
    let twice: f64 = ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum();
    assert!(twice > 0.0 && ring.len() == 204);
    assert_eq!(pack.boundary.bounds(), [6.919514, 51.532729, 7.031643, 51.623569]);
    let neighbours: Vec<&str> = pack.boundary.neighbours().map(|(name, _)| name).collect();
    assert!(["Bottrop", "Dorsten", "Essen", "Gelsenkirchen"].iter().all(|name| neighbours.contains(name)));
}

#[test]
fn a_position_has_the_district_it_lies_in_or_the_nearest_at_the_border() {
    let pack = musterhausen();
    assert_eq!(pack.district_of(10.55, 50.94), Some("Unterdorf"));
    assert_eq!(pack.district_of(10.55, 50.96), Some("Oberdorf"));
    assert_eq!(pack.district_of(10.55, 51.0003), Some("Oberdorf"), "33 m beyond");
    assert_eq!(pack.district_of(10.55, 51.01), None);
    let pack = gladbeck();
    assert_eq!(pack.district_of(6.987, 51.5954), Some("Zweckel"));
    assert_eq!(pack.district_of(7.015, 51.5472), Some("Rosenhügel"));
}
