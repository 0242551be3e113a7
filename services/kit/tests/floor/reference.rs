//! Areas and places of a city pack, in front of the wall.

use kit::reference::load;
use kit::testing::City;
use sqlx::Row;

#[tokio::test]
async fn a_pack_that_is_there_is_left_alone_and_a_changed_one_replaces_it() {
    let city = City::of(&[]).await;
    let url = city.database.url("import");
    assert!(!load(&url, &city.pack).await.unwrap(), "the test's city has loaded it");

    let mut changed = (*city.pack).clone();
    changed.districts[0].inhabitants = Some(4321);
    changed.places.pop();
    assert!(load(&url, &changed).await.unwrap());

    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM published.place), (SELECT version FROM published.reference),
                (SELECT count(*) FROM published.area WHERE inhabitants = 4321),
                (SELECT bool_and(ST_IsValid(shape)) FROM published.area)",
    )
    .fetch_one(&mut city.connect("layers").await)
    .await
    .unwrap();
    assert_eq!(row.get::<i64, _>(0), changed.places.len() as i64);
    assert_eq!(row.get::<i64, _>(1), 3, "requests have to be looked up anew");
    assert_eq!(row.get::<i64, _>(2), 1);
    assert!(row.get::<bool, _>(3));
}
