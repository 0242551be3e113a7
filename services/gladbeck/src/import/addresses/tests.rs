//! What an import promises: whole or not at all, every fault by its line, and the same file twice is one.

mod nearest;
mod queries;
mod samples;

use std::io::Write;

use kit::pack::Pack;
use kit::testing::{City, workspace};
use sqlx::postgres::PgConnection;

use super::synthetic;
use super::*;
use samples::{hk, latin1, nw};

pub(super) async fn city() -> City {
    City::of_pack(&workspace().join("deploy/city/gladbeck"), &[("layers", |app| layers::router(app).0)]).await
}

pub(super) fn written(bytes: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes.as_ref()).unwrap();
    file
}

pub(super) async fn imported(city: &City, bytes: impl AsRef<[u8]>, crs: i32) -> Result<Outcome> {
    let file = written(bytes);
    import(&mut city.connect("import").await, &city.pack, file.path(), None, crs).await
}

async fn refused(city: &City, bytes: impl AsRef<[u8]>, crs: i32) -> String {
    imported(city, bytes, crs).await.unwrap_err().to_string()
}

/// Labels of all addresses, and the version of areas and addresses.
async fn there(city: &City) -> (Vec<String>, i64) {
    let labels = sqlx::query_scalar(
        "SELECT name || ' ' || house_number || suffix FROM published.address JOIN published.street USING (street_id)
          ORDER BY 1",
    );
    let mut connection: PgConnection = city.connect("layers").await;
    let labels = labels.fetch_all(&mut connection).await.unwrap();
    let version = sqlx::query_scalar("SELECT version FROM published.reference");
    (labels, version.fetch_one(&mut connection).await.unwrap())
}

#[tokio::test]
async fn the_statements_fit_the_schema_and_the_role() {
    let faults = kit::db::check_statements(&mut city().await.connect("import").await, STATEMENTS).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn gebref_of_nrw_is_read_and_other_municipalities_are_passed_over() {
    let city = city().await;
    let rows = [
        nw("014", "Übungsstraße", "12", "", 361_200.0, 5_716_100.0),
        nw("014", "Übungsstraße", "12", "A", 361_210.5, 5_716_100.0),
        nw("014", "Übungsstraße", "0014", "- 16", 361_220.0, 5_716_100.0),
        nw("012", "Musterallee", "1", "", 361_230.0, 5_716_100.0),
        nw("014", "Übungsstraße", "12", "", 361_240.0, 5_716_100.0),
        nw("014", "Kataster", "9001", "", 361_240.0, 5_716_100.0).replacen(";A;", ";C;", 1),
    ];
    // A byte order mark and lines that end as on Windows.
    let outcome = imported(&city, format!("\u{feff}{}\r\n", rows.join("\r\n")), 25832).await.unwrap();
    assert_eq!((outcome.addresses, outcome.streets, outcome.elsewhere), (3, 1, 1));
    assert_eq!((outcome.passed_over, outcome.again, outcome.encoding), (1, 1, Encoding::Utf8));
    let (labels, _) = there(&city).await;
    assert_eq!(labels, ["Übungsstraße 12", "Übungsstraße 12a", "Übungsstraße 14-16"]);
}

#[tokio::test]
async fn the_same_addresses_again_change_nothing_and_a_new_version_replaces_all() {
    let city = city().await;
    let row = |number| nw("014", "Übungsstraße", number, "", 361_200.0, 5_716_100.0);
    let first = format!("{}\n{}\n", row("1"), row("2"));
    assert!(imported(&city, &first, 25832).await.unwrap().changed);
    let (_, version) = there(&city).await;

    let other_order = format!("{}\n{}\n", row("2"), row("1"));
    for again in [&first, &other_order] {
        let outcome = imported(&city, again, 25832).await.unwrap();
        assert!(!outcome.changed);
        assert!(outcome.to_string().starts_with("nothing changed"), "{outcome}");
        assert_eq!(there(&city).await.1, version);
    }

    assert!(imported(&city, row("3"), 25832).await.unwrap().changed);
    assert_eq!(there(&city).await, (vec!["Übungsstraße 3".to_owned()], version + 1));
}

#[tokio::test]
async fn hauskoordinaten_bring_the_postal_code() {
    let city = city().await;
    let outcome = imported(&city, hk("Übungsweg", "7", "b"), 4647).await.unwrap();
    assert_eq!(outcome.addresses, 1);
    let row: (String, String, String, f64) = sqlx::query_as(
        "SELECT postal_code, town, part, round(ST_X(location)::numeric, 1)::float8 FROM published.address",
    )
    .fetch_one(&mut city.connect("layers").await)
    .await
    .unwrap();
    assert_eq!(row, ("45966".to_owned(), "Gladbeck".to_owned(), "Übungsteil".to_owned(), 361_200.0));
}

#[tokio::test]
async fn latin_1_is_recognised_and_a_mixture_is_refused() {
    let city = city().await;
    let row = nw("014", "Übungsstraße", "1", "", 361_200.0, 5_716_100.0);
    let outcome = imported(&city, latin1(&row), 25832).await.unwrap();
    assert_eq!(outcome.encoding, Encoding::Latin1);
    assert!(outcome.to_string().contains("Latin-1"), "{outcome}");
    assert_eq!(there(&city).await.0, ["Übungsstraße 1"]);

    let mixed = [row.as_bytes(), b"\n", &latin1(&row)].concat();
    let said = refused(&city, mixed, 25832).await;
    assert!(said.contains("line 2: letters that are not UTF-8"), "{said}");
    let said = refused(&city, [0xFF, 0xFE, b'a', 0], 25832).await;
    assert!(said.contains("cannot use"), "{said}");
}

#[tokio::test]
async fn every_broken_row_is_listed_by_its_line_and_nothing_is_imported() {
    let city = city().await;
    imported(&city, nw("014", "Übungsstraße", "1", "", 361_200.0, 5_716_100.0), 25832).await.unwrap();
    let before = there(&city).await;
    let good = nw("014", "Übungsstraße", "5", "", 361_200.0, 5_716_100.0);
    let broken = [
        good.clone(),
        "only;three;columns".to_owned(),
        nw("014", "", "1", "", 361_200.0, 5_716_100.0),
        nw("014", "Übungsstraße", "vier", "", 361_200.0, 5_716_100.0),
        nw("014", "Übungsstraße", "0", "", 361_200.0, 5_716_100.0),
        good.replace("361200,000", "west"),
        good.replace("361200,000", "NaN"),
        good.replace("Übungs", "\u{7}bungs"),
        good.replace("361200,000", "461200,000"),
    ];
    let said = refused(&city, broken[..8].join("\n"), 25832).await;
    for line in [
        "7 rows cannot be used; nothing was imported",
        "line 2: 3 columns instead of 21",
        "line 3: no street",
        "line 4: \"vier\" is no house number",
        "line 5: \"0\" is no house number",
        "line 6: \"west\" is no easting",
        "line 7: \"NaN\" is no easting",
        "line 8: a sign that is no letter",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let said =
        refused(&city, [good.as_str(), &good.replace("Übungs", "Probe"), &broken[8]].join("\n"), 25832).await;
    assert!(said.contains("line 3: 461200 / 5716100 is not near Gladbeck"), "{said}");
    let many = vec![broken[2].clone(); 120].join("\n");
    let said = refused(&city, many, 25832).await;
    assert!(
        said.contains("line 50:") && !said.contains("line 51:") && said.contains("and 70 more"),
        "{said}"
    );
    assert_eq!(there(&city).await, before);
}

#[tokio::test]
async fn coordinates_in_another_system_are_recognised() {
    let city = city().await;
    let at = |east: f64, north: f64| nw("014", "Übungsstraße", "1", "", east, north);
    for (row, crs, expected) in [
        (at(32_361_200.0, 5_716_100.0), 25832, "looks like EPSG:4647; say --crs 4647"),
        (at(2_569_000.0, 5_715_800.0), 25832, "looks like EPSG:31466; say --crs 31466"),
        (at(6.985, 51.58), 25832, "looks like degrees (EPSG:4326)"),
        (at(51.58, 6.985), 25832, "looks like EPSG:4326 with its two numbers swapped"),
        (at(5_716_100.0, 361_200.0), 25832, "looks like EPSG:25832 with its two numbers swapped"),
        (at(1.0, 2.0), 25832, "are not near Gladbeck in EPSG:25832"),
        (at(361_200.0, 5_716_100.0), 4647, "looks like EPSG:25832; say --crs 25832"),
    ] {
        let said = refused(&city, row, crs).await;
        assert!(said.contains(expected) && said.contains("nothing was imported"), "{expected}: {said}");
    }
    assert_eq!(there(&city).await.0, Vec::<String>::new());
    assert!(frame::system("31466").is_ok() && frame::system("EPSG:4647").is_ok());
    assert!(frame::system("27700").is_err());
}

#[tokio::test]
async fn a_file_of_another_city_says_whose_it_is() {
    let city = city().await;
    let said = refused(&city, nw("012", "Musterallee", "1", "", 361_200.0, 5_716_100.0), 25832).await;
    assert!(said.contains("Gladbeck (municipality key 05562014); the file is of 05562012"), "{said}");
    for nothing in ["", "# only a note\n", "street,house_number,longitude,latitude\n"] {
        assert!(imported(&city, nothing, 25832).await.is_err(), "{nothing}");
    }
    let said = format!("{:#}", imported(&city, "a;b;c\n", 25832).await.unwrap_err());
    assert!(said.contains("the first row has 3 columns"), "{said}");
}

#[tokio::test]
async fn a_table_is_read_with_commas_or_semicolons_degrees_or_metres() {
    let city = city().await;
    for table in [
        "# note\nstreet,house_number,postal_code,town,longitude,latitude\n\"Am Platz, West\",12a,45964,Gladbeck,6.985,51.58\n",
        "street;house_number;suffix;postal_code;easting;northing\nAm Platz, West;12;A;45964;360412,8;5715978,1\n",
    ] {
        let outcome = imported(&city, table, 25832).await.unwrap();
        assert!(outcome.changed, "{table}");
        assert_eq!(there(&city).await.0, ["Am Platz, West 12a"]);
    }
    let said = refused(
        &city,
        "street,house_number,postal_code,longitude,latitude\nWeg,1,4596,6.985,51.58\nWeg,1,6.985,51.58\n",
        25832,
    )
    .await;
    assert!(said.contains("line 2: \"4596\" is no postal code"), "{said}");
    assert!(said.contains("line 3: 4 columns instead of 5"), "{said}");
}

#[tokio::test]
async fn a_demonstration_city_gets_its_invented_addresses_once() {
    let city = city().await;
    let folder = workspace().join("deploy/city/gladbeck");
    let url = city.database.url("import");
    let first = demonstrate(&url, &folder, &city.pack).await.unwrap().unwrap();
    assert!(first.changed && first.addresses > 300, "{first:?}");
    assert_eq!(demonstrate(&url, &folder, &city.pack).await.unwrap(), None);
}

#[test]
fn the_invented_addresses_are_what_their_maker_makes() {
    let pack = Pack::open(&workspace().join("deploy/city/gladbeck")).unwrap();
    let made = synthetic::table(&pack, 396, 5);
    let file = workspace().join("deploy/demonstration/addresses_synthetic.csv");
    if std::env::var_os("UPDATE_SYNTHETIC").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &made).unwrap();
    }
    assert!(made.lines().count() <= 400, "{}", made.lines().count());
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(kept == made, "UPDATE_SYNTHETIC=1 cargo test -p gladbeck invented writes the file anew");
}
