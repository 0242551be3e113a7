//! Search and nearest address over a few invented houses.

use kit::testing::City;
use proto::address::{Address, AddressKind, Addresses, NearestAddress};

use super::spelling::key;
use crate::tests::city;

/// Invented houses: street, number, suffix, postal code, longitude, latitude.
const HOUSES: [(&str, i32, &str, &str, f64, f64); 8] = [
    ("Görlitzer Straße", 11, "", "99901", 10.5500, 50.9500),
    ("Görlitzer Straße", 12, "", "99901", 10.5503, 50.9500),
    ("Görlitzer Straße", 12, "a", "99901", 10.5504, 50.9500),
    ("Görlitzer Straße", 14, "-16", "99901", 10.5506, 50.9500),
    ("Görlitzer Straße", 120, "", "99902", 10.5600, 50.9500),
    ("August-Schmidt-Straße", 12, "", "99902", 10.5400, 50.9400),
    ("Platz des 17. Juni", 3, "", "99902", 10.5450, 50.9450),
    ("Schmiedeweg", 1, "", "99902", 10.5460, 50.9450),
];

async fn with_houses() -> City {
    let city = city().await;
    let mut connection = city.connect("import").await;
    for (id, (street, number, suffix, postal_code, longitude, latitude)) in (0_i32..).zip(HOUSES) {
        let first = HOUSES.iter().position(|house| house.0 == street).unwrap() as i32;
        if first == id {
            sqlx::query(
                "INSERT INTO published.street (street_id, name, search_key, location, longitude, latitude)
                 VALUES ($1, $2, $3, ST_Transform(ST_SetSRID(ST_MakePoint($4, $5), 4326), 25832), $4, $5)",
            )
            .bind(id)
            .bind(street)
            .bind(key(street))
            .bind(longitude)
            .bind(latitude)
            .execute(&mut connection)
            .await
            .unwrap();
        }
        sqlx::query(
            "INSERT INTO published.address (street_id, house_number, suffix, postal_code, location, longitude, latitude)
             VALUES ($1, $2, $3, $4, ST_Transform(ST_SetSRID(ST_MakePoint($5, $6), 4326), 25832), $5, $6)",
        )
        .bind(first)
        .bind(number)
        .bind(suffix)
        .bind(postal_code)
        .bind(longitude)
        .bind(latitude)
        .execute(&mut connection)
        .await
        .unwrap();
    }
    city
}

async fn find(city: &City, query: &str) -> Vec<Address> {
    let path = format!("/v1/addresses?{query}");
    city.anyone().get(path).await.assert_status(200).json::<Addresses>().addresses
}

async fn labels(city: &City, typed: &str) -> Vec<String> {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
    find(city, &query).await.into_iter().map(|address| address.label).collect()
}

async fn nearest(city: &City, longitude: f64, latitude: f64) -> NearestAddress {
    let path = format!("/v1/addresses/nearest?longitude={longitude}&latitude={latitude}");
    city.anyone().get(path).await.assert_status(200).json()
}

#[tokio::test]
async fn the_very_house_comes_first_then_its_street_and_places_last() {
    let city = with_houses().await;
    let found = find(&city, "q=goerlitzer%20str%2012").await;
    let kinds: Vec<_> = found.iter().map(|address| (address.kind, address.label.as_str())).collect();
    assert_eq!(kinds[0], (AddressKind::Address, "Görlitzer Straße 12"));
    assert_eq!(kinds[1], (AddressKind::Address, "Görlitzer Straße 12a"));
    assert_eq!(kinds[2], (AddressKind::Street, "Görlitzer Straße"));
    assert_eq!(kinds.last().unwrap().0, AddressKind::Place, "{kinds:?}");
    assert_eq!(found[0].street.as_deref(), Some("Görlitzer Straße"));
    assert_eq!(found[1].house_number.as_deref(), Some("12a"));
    assert_eq!(found[0].postal_code.as_deref(), Some("99901"));
    assert!(found[0].district.is_some());
}

#[tokio::test]
async fn every_usual_way_to_write_an_address_finds_it() {
    let city = with_houses().await;
    for (typed, expected) in [
        ("12a Görlitzer Straße", "Görlitzer Straße 12a"),
        ("GORLITZER STR. 12 A, 99901 Musterhausen", "Görlitzer Straße 12a"),
        ("görlitzerstr14-16", "Görlitzer Straße 14-16"),
        ("Görlizer Str 11", "Görlitzer Straße 11"),
        ("Görltizer Strasse 11", "Görlitzer Straße 11"),
        ("schmidt august strasse 12", "August-Schmidt-Straße 12"),
        ("august schmitt str 12", "August-Schmidt-Straße 12"),
        ("augus", "August-Schmidt-Straße"),
        ("Platz des 17. Juni 3", "Platz des 17. Juni 3"),
        ("Platz des 17. Juni", "Platz des 17. Juni"),
        ("Schmideweg 1", "Schmiedeweg 1"),
        ("Görlitzer Straße 999", "Görlitzer Straße"),
        ("Markt", "Markt, Oberdorf"),
    ] {
        let found = labels(&city, typed).await;
        assert_eq!(found.first().map(String::as_str), Some(expected), "{typed}: {found:?}");
    }
    assert_eq!(labels(&city, "Xylophon 3").await, Vec::<String>::new());
}

#[tokio::test]
async fn places_answer_alone_until_addresses_are_imported() {
    let city = city().await;
    let found = find(&city, "q=musterwg").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].kind, found[0].label.as_str()), (AddressKind::Place, "Musterweg"));
}

#[tokio::test]
async fn what_is_near_comes_first_of_what_fits_as_well() {
    let city = with_houses().await;
    let labels = |found: Vec<Address>| found.into_iter().map(|address| address.label).collect::<Vec<_>>();
    let all = labels(find(&city, "q=1%20Schmi&limit=50").await);
    assert!(all.contains(&"Schmiedeweg 1".to_owned()), "{all:?}");
    let one = labels(find(&city, "q=g%C3%B6rlitzer%2012&near=10.56,50.95&limit=1").await);
    assert_eq!(one, ["Görlitzer Straße 12"], "the very house wins over a closer one");
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let city = city().await;
    for (path, parameter) in [
        ("/v1/addresses", "q"),
        ("/v1/addresses?q=%20", "q"),
        ("/v1/addresses?q=%00", "q"),
        ("/v1/addresses?q=a&limit=0", "limit"),
        ("/v1/addresses?q=a&limit=51", "limit"),
        ("/v1/addresses?q=a&near=7", "near"),
        ("/v1/addresses?q=a&near=200,50", "near"),
        ("/v1/addresses?q=a&colour=red", "colour"),
        ("/v1/addresses/nearest?longitude=7", "latitude"),
        ("/v1/addresses/nearest?latitude=7", "longitude"),
        ("/v1/addresses/nearest?longitude=NaN&latitude=7", "longitude"),
        ("/v1/addresses/nearest?longitude=7&latitude=91", "latitude"),
    ] {
        let answer = city.anyone().get(path).await;
        let answer = answer.assert_problem(400, "query-invalid");
        assert_eq!(answer.json::<serde_json::Value>()["parameter"], parameter, "{path}");
    }
}

#[tokio::test]
async fn a_position_is_called_by_the_closest_house_then_by_a_place() {
    let city = with_houses().await;
    let close = nearest(&city, 10.5501, 50.9500).await.address.unwrap();
    assert_eq!(close.address.label, "Görlitzer Straße 11");
    assert!((6.0..8.0).contains(&close.distance), "{}", close.distance);
    let place = nearest(&city, 10.5520, 50.9530).await.address.unwrap();
    assert_eq!((place.address.kind, place.address.label.as_str()), (AddressKind::Place, "bei Musterweg"));
    assert_eq!(nearest(&city, 10.5300, 50.9600).await.address, None, "nothing is near");
    assert_eq!(nearest(&city, 11.5, 50.95).await.address, None, "outside the city");
}
