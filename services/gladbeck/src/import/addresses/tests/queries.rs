//! A table of misspelt queries over 30,000 invented addresses: how often the first answer is the right one, and
//! how long the database takes.

use kit::testing::City;
use proto::address::Addresses;
use sqlx::AssertSqlSafe;

use super::super::synthetic;
use super::{city, imported};

/// What was typed, and what was meant.
const QUERIES: [(&str, &str); 66] = [
    ("Ahornstr 12", "Ahornstraße 12"),
    ("ahorn strasse 12", "Ahornstraße 12"),
    ("Ahrnstr 12", "Ahornstraße 12"),
    ("Ahornstrase 12", "Ahornstraße 12"),
    ("Almannstr. 5", "Allmannstraße 5"),
    ("Allmanstrasse 5", "Allmannstraße 5"),
    ("Beethofenstr 7", "Beethovenstraße 7"),
    ("Bethovenstr. 7", "Beethovenstraße 7"),
    ("Berlinerstr 20", "Berliner Straße 20"),
    ("berliner str.20", "Berliner Straße 20"),
    ("20 Berliner Straße", "Berliner Straße 20"),
    ("Belriner Str 20", "Berliner Straße 20"),
    ("August Schmidt Str 3", "August-Schmidt-Straße 3"),
    ("August-Schmitt-Straße 3", "August-Schmidt-Straße 3"),
    ("Schmidt-August-Str 3", "August-Schmidt-Straße 3"),
    ("august schmid str 3", "August-Schmidt-Straße 3"),
    ("Görlitzer Strasse 8", "Görlitzer Straße 8"),
    ("Goerlitzer Str 8", "Görlitzer Straße 8"),
    ("Gorlitzer Str 8", "Görlitzer Straße 8"),
    ("Görlizer Str. 8", "Görlitzer Straße 8"),
    ("Haendelstr 4", "Händelstraße 4"),
    ("Handelstr 4", "Händelstraße 4"),
    ("Hoelderlinstr 6", "Hölderlinstraße 6"),
    ("Höldelinstr 6", "Hölderlinstraße 6"),
    ("Muensterlaender Str 9", "Münsterländer Straße 9"),
    ("Münsterlander Straße 9", "Münsterländer Straße 9"),
    ("Vossstr 2", "Voßstraße 2"),
    ("Voßstrase 4", "Voßstraße 4"),
    ("Vosbrinkstr 2", "Voßbrinkstraße 2"),
    ("Phoenixstr 10", "Phönixstraße 10"),
    ("Phönixtsr 10", "Phönixstraße 10"),
    ("Paul Loebe Str 1", "Paul-Löbe-Straße 1"),
    ("Paul-Löwe-Str 1", "Paul-Löbe-Straße 1"),
    ("Theodor Heuß Str 15", "Theodor-Heuss-Straße 15"),
    ("Teodor-Heuss-Str. 15", "Theodor-Heuss-Straße 15"),
    ("Willi-Brandt-Platz 2", "Willy-Brandt-Platz 2"),
    ("Willy Brand Pl. 2", "Willy-Brandt-Platz 2"),
    ("Konrad Adenauer Alee 30", "Konrad-Adenauer-Allee 30"),
    ("Konrad-Adenauer Allee 30, 45964 Gladbeck", "Konrad-Adenauer-Allee 30"),
    ("Richard Wagnerstr 13", "Richard-Wagner-Straße 13"),
    ("Kurt-Schuhmacher-Str 22", "Kurt-Schumacher-Straße 22"),
    ("Kurt Schumacher Strasse 22 Gladbeck", "Kurt-Schumacher-Straße 22"),
    ("Maria Theresienstr 17", "Maria-Theresien-Straße 17"),
    ("Maria-Teresien-Str 17", "Maria-Theresien-Straße 17"),
    ("Gustav Stresemanstr 5", "Gustav-Stresemann-Straße 5"),
    ("Wilhelm Olejnikstr 6", "Wilhelm-Olejnik-Straße 6"),
    ("Wilhelm-Olejnick-Str 6", "Wilhelm-Olejnik-Straße 6"),
    ("Ellinghorsterstr 40", "Ellinghorster Straße 40"),
    ("Elinghorster Str 40", "Ellinghorster Straße 40"),
    ("Feldhauser Sraße 33", "Feldhauser Straße 33"),
    ("Butendorferstr. Nr. 18", "Butendorfer Straße 18"),
    ("45964 Tilsiter Str 14", "Tilsiter Straße 14"),
    ("Tilsitter Str 14", "Tilsiter Straße 14"),
    ("Eichendorfstr 19", "Eichendorffstraße 19"),
    ("Wielandstr. 21, Gladbeck", "Wielandstraße 21-23"),
    ("Hagelkreutzstr 16", "Hagelkreuzstraße 16"),
    ("Diepenbrokstr 10", "Diepenbrockstraße 10"),
    ("Bohnekampst", "Bohnekampstraße"),
    ("Ringeldorf", "Ringeldorfer Straße"),
    ("Steigerwg 7", "Steigerweg 7"),
    ("Jovypl", "Jovyplatz"),
    ("Büskenwg 3", "Büskenweg 3"),
    ("Lindenaleee 8", "Lindenallee 8"),
    ("Kastanenring 25", "Kastanienring 25"),
    ("Zweckel Banhof", "Zweckel Bahnhof"),
    ("Wittringer Schuhle", "Wittringer Schule"),
];
/// So many of a hundred first answers are right at least.
const RIGHT: usize = 95;

async fn with_30_000() -> City {
    let city = city().await;
    let table = synthetic::table(&city.pack, 30_000, 60);
    let outcome = imported(&city, table, 4326).await.unwrap();
    assert!(outcome.addresses > 29_000 && outcome.streets > 400, "{outcome:?}");
    sqlx::raw_sql("ANALYZE published.street; ANALYZE published.address")
        .execute(&mut city.superuser().await)
        .await
        .unwrap();
    city
}

#[tokio::test]
async fn misspelt_queries_find_what_was_meant() {
    let city = with_30_000().await;
    let mut right = 0;
    for (typed, meant) in QUERIES {
        let path = url::form_urlencoded::Serializer::new("/v1/addresses?".to_owned())
            .append_pair("q", typed)
            .append_pair("limit", "3")
            .finish();
        let found: Addresses = city.anyone().get(path.replacen("?&", "?", 1)).await.assert_status(200).json();
        let first = found.addresses.first().map_or("nothing", |address| address.label.as_str());
        println!("{} {typed:<42} {first}", if first == meant { "right" } else { "WRONG" });
        right += usize::from(first == meant);
    }
    let share = right * 100 / QUERIES.len();
    println!("{right} of {} right: {share} %", QUERIES.len());
    assert!(share >= RIGHT, "{share} %");
}

/// The database's own measure, so that a busy machine does not decide.
async fn milliseconds(city: &City, name: &str, values: &str) -> (f64, String) {
    let statement =
        layers::address::store::STATEMENTS.iter().find(|statement| statement.name == name).unwrap();
    let mut connection = city.connect("layers").await;
    let prepare = format!("PREPARE measured AS {}", statement.sql);
    sqlx::raw_sql("SET plan_cache_mode = force_generic_plan").execute(&mut connection).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut connection).await.unwrap();
    let mut times = Vec::new();
    let mut plan = String::new();
    for _ in 0..5 {
        let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE measured{values}");
        let (json,): (serde_json::Value,) = sqlx::query_as(AssertSqlSafe(explain))
            .persistent(false)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        times.push(json[0]["Execution Time"].as_f64().unwrap());
        plan = json.to_string();
    }
    times.sort_by(f64::total_cmp);
    (times[0], plan)
}

#[tokio::test]
async fn a_search_of_30_000_addresses_takes_the_database_few_milliseconds() {
    let city = with_30_000().await;
    let street = "(ARRAY['augustschmidstr', 'augustschmidstr3'], NULL)";
    let (streets, plan) = milliseconds(&city, "STREETS", street).await;
    assert!(plan.contains("street_trigrams"), "{plan}");
    let (houses, plan) =
        milliseconds(&city, "HOUSES", "(ARRAY[3, 4, 5, 6, 7], ARRAY[12, 12, 12, 12, 1], NULL)").await;
    assert!(plan.contains("address_key"), "{plan}");
    let (nearest, plan) = milliseconds(&city, "NEAREST_HOUSE", "(6.985, 51.58, 150)").await;
    assert!(plan.contains("address_location"), "{plan}");
    let (places, _) = milliseconds(&city, "PLACES", "").await;
    println!(
        "streets {streets:.2} ms, houses of five streets {houses:.2} ms, places {places:.2} ms, nearest {nearest:.2} ms"
    );
    let whole = streets + houses + places;
    assert!(whole < 10.0 && nearest < 10.0, "{whole} ms, nearest {nearest} ms");
}
