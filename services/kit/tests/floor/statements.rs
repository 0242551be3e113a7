//! The floor's own statements fit the schema and the grants of those who run them.

use kit::db::check_statements_of;
use kit::testing::City;

#[tokio::test]
async fn the_floors_statements_fit_the_schema_and_every_services_grants() {
    let city = City::of(&[]).await;
    for service in ["reports", "notify"] {
        let mut connection = city.connect(service).await;
        let stores = [
            kit::event::STATEMENTS,
            &[kit::db::STATEMENTS, kit::idempotency::STATEMENTS, kit::job::STATEMENTS],
        ]
        .concat();
        let faults = check_statements_of(&mut connection, &stores).await;
        assert!(faults.is_empty(), "{service}: {faults:#?}");
    }
    let mut connection = city.connect("audit").await;
    let faults =
        check_statements_of(&mut connection, &[kit::event::seal::STATEMENTS, kit::event::verify::STATEMENTS])
            .await;
    assert!(faults.is_empty(), "audit: {faults:#?}");
    let mut connection = city.connect("import").await;
    let faults = check_statements_of(&mut connection, &[kit::reference::STATEMENTS]).await;
    assert!(faults.is_empty(), "import: {faults:#?}");
}
