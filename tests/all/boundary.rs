//! Whether a place lies in the city: the program's answer against PostGIS, at ten thousand random positions.

use geo::{Intersects, Point, Polygon};
use gladbeck_tests::World;
use kit::pack::{Location, Pack};
use kit::testing::workspace;

/// Positions that are compared.
const POSITIONS: usize = 10_000;
/// Metres beyond the border up to which a position counts as inside.
const TOLERANCE: f64 = 50.0;
/// Metres that the program's plane may err at that distance, 5 km from the middle of the city.
const ERROR: f64 = 0.06;

/// Random numbers that are the same on every run (SplitMix64).
struct Random(u64);

impl Random {
    /// From 0 to below 1.
    fn draw(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Half of them anywhere in the box around the city, half of them within some 150 m of a corner of the border.
fn positions(pack: &Pack, ring: &[[f64; 2]]) -> (Vec<f64>, Vec<f64>) {
    let [west, south, east, north] = pack.boundary.bounds();
    let mut random = Random(2026);
    (0..POSITIONS)
        .map(|number| {
            let (a, b) = (random.draw(), random.draw());
            if number % 2 == 0 {
                return (west - 0.01 + a * (east - west + 0.02), south - 0.01 + b * (north - south + 0.02));
            }
            let corner = ring[number / 2 % ring.len()];
            (corner[0] + (a - 0.5) * 0.004, corner[1] + (b - 0.5) * 0.0025)
        })
        .unzip()
}

#[tokio::test]
async fn the_program_and_postgis_agree_on_ten_thousand_positions() {
    let folder = workspace().join("deploy/city/gladbeck");
    let pack = Pack::open(&folder).unwrap();
    let feature: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("boundary.geojson")).unwrap()).unwrap();
    let ring: Vec<[f64; 2]> = serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
    let (longitudes, latitudes) = positions(&pack, &ring);

    // On the spheroid, not in the plane that the program reckons in.
    let rows: Vec<(bool, f64)> = sqlx::query_as(
        "SELECT ST_Covers(border, spot), ST_Distance(border::geography, spot::geography)
           FROM ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS border,
                unnest($2::float8[], $3::float8[]) WITH ORDINALITY AS drawn (longitude, latitude, number)
          CROSS JOIN LATERAL ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS spot
          ORDER BY number",
    )
    .bind(feature["geometry"].to_string())
    .bind(&longitudes)
    .bind(&latitudes)
    .fetch_all(&mut World::new().await.city.superuser().await)
    .await
    .unwrap();
    assert_eq!(rows.len(), POSITIONS);

    let polygon = Polygon::new(ring.clone().into(), Vec::new());
    let (mut inside, mut within, mut undecided) = (0, 0, 0);
    for ((longitude, latitude), (is_covered, metres)) in longitudes.iter().zip(&latitudes).zip(rows) {
        assert_eq!(
            polygon.intersects(&Point::new(*longitude, *latitude)),
            is_covered,
            "{longitude} {latitude}"
        );
        if !is_covered && (metres - TOLERANCE).abs() < ERROR {
            undecided += 1;
            continue;
        }
        let counts = is_covered || metres <= TOLERANCE;
        let said = pack.boundary.locate(*longitude, *latitude) == Location::Inside;
        assert_eq!(said, counts, "{longitude} {latitude}: {metres} m");
        inside += usize::from(is_covered);
        within += usize::from(!is_covered && counts);
    }
    println!(
        "{POSITIONS} positions: PostGIS and geo say inside of the same {inside}; {within} more lie up to {TOLERANCE} m \
         beyond and count as inside; {undecided} lie within {ERROR} m of that line and are not compared"
    );
    assert!(inside > 3_000 && within > 500 && undecided < 10, "{inside}, {within}, {undecided}");
}
