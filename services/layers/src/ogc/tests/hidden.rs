use super::{city, fill, get, json, run};
use crate::ogc::query::Parameters;

/// Requests far away from all others: west, south, east and north of them.
const FAR: &str = "
    INSERT INTO published.request (service_request_id, reference, visibility, service_code, status,
                                   requested_datetime, updated_datetime, location, longitude, latitude)
    SELECT gen_random_uuid(), 'MUS-FAR' || n, 'confidential', 'house', 'received', '1999-01-01', '1999-01-01',
           ST_Transform(ST_SetSRID(ST_MakePoint(x, y), 4326), 25832), x, y
      FROM (VALUES (1, 10.0, 50.95), (2, 10.55, 50.0), (3, 11.0, 50.95), (4, 10.55, 52.0)) AS far (n, x, y)";

#[tokio::test]
async fn a_confidential_request_is_in_no_page_no_count_no_extent_and_no_tile() {
    let city = city().await;
    fill(&city, 40).await;
    let tile = |z: u32, row: u32, column: u32| {
        format!("/collections/requests/tiles/WebMercatorQuad/{z}/{row}/{column}")
    };
    let paths = [
        "/collections".to_owned(),
        "/collections/requests".to_owned(),
        "/collections/requests/items?limit=1000".to_owned(),
        "/collections/requests/items?bbox=9,49,12,53".to_owned(),
        "/collections/requests/items?limit=3&bbox=9,49,12,53".to_owned(),
        "/collections/requests/items?datetime=../2000-01-01T00:00:00Z".to_owned(),
        "/collections/requests/tiles/WebMercatorQuad".to_owned(),
        tile(0, 0, 0),
        tile(8, 85, 135),
        tile(11, 686, 1083),
    ];
    let mut before = Vec::new();
    for path in &paths {
        before.push(get(&city, path).await.body);
    }
    run(&city, FAR).await;
    run(&city, "UPDATE published.request SET visibility = 'confidential' WHERE reference = 'MUS-X'").await;
    for (path, before) in paths.iter().zip(before) {
        assert_eq!(get(&city, path).await.body, before, "{path}");
    }
    let hidden = "/ogc/collections/requests/items/00000000-0000-0000-0000-00000000000a";
    let nothing = "/ogc/collections/requests/items/00000000-0000-0000-0000-0000000000ff";
    let (found, expected) = (city.anyone().get(hidden).await, city.anyone().get(nothing).await);
    assert_eq!((found.status, &found.body), (404, &expected.body));
    for staff in [city.staff("office"), city.resident(), city.service("notify")] {
        staff.get(hidden).await.assert_problem(404, "not-found");
    }
    let page = json(&city, "/collections/requests/items?limit=1000").await.to_string();
    assert!(!page.contains("secret_house"));
}

#[test]
fn no_parameter_reaches_past_what_is_public() {
    for collection in crate::ogc::collection::ALL {
        let known = crate::ogc::query::names_of_items(collection);
        for hidden in ["visibility", "kind", "reference_version", "photos", "only"] {
            assert!(
                Parameters::read(Some(&format!("{hidden}=x")), &known).is_err(),
                "{} {hidden}",
                collection.id
            );
        }
    }
}
