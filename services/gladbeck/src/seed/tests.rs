//! The demonstration repeats itself, keeps its shares, and gives nobody away.

use std::path::PathBuf;

use kit::event::{seal, verify};
use kit::testing::{City, workspace};
use sqlx::{AssertSqlSafe, Row};

use super::{REQUESTS, Sown, sow};
use crate::seed::{photo, texts, weights};

/// Enough for shares, and quick.
const SOME: usize = 1_200;

async fn gladbeck() -> City {
    City::of_pack(&workspace().join("deploy/city/gladbeck"), &[]).await
}

/// The first column of a query's only row, as the superuser sees it.
async fn one<T>(city: &City, sql: &str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let row =
        sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut city.superuser().await).await.unwrap();
    row.get(0)
}

async fn count(city: &City, rows: &str) -> i64 {
    one(city, &format!("SELECT count(*) FROM {rows}")).await
}

/// Everything that was written, but for the numbers that the database gives.
async fn digest(city: &City) -> String {
    let of = |table: &str| {
        format!(
            "(SELECT string_agg((to_jsonb(r) - '{{seq,xid}}'::text[])::text, E'\\n' ORDER BY (to_jsonb(r) - '{{seq,xid}}'::text[])::text) FROM {table} r)"
        )
    };
    let tables = ["reports.request", "reports.photo", "reports.note", "published.request", "event.event"];
    let parts: Vec<String> = tables.into_iter().map(of).collect();
    one(city, &format!("SELECT md5(concat({}))", parts.join(", "))).await
}

#[tokio::test]
async fn two_fresh_cities_are_the_same_to_the_letter_also_after_a_stop() {
    let (one, other) = (gladbeck().await, gladbeck().await);
    sow(one.app("reports"), 700).await.unwrap();
    // Stopped in the middle of the second batch's numbers.
    sow(other.app("reports"), 540).await.unwrap();
    let sown = sow(other.app("reports"), 700).await.unwrap();
    assert_eq!(sown, Sown { before: 540, now: 700 });
    assert_eq!(digest(&one).await, digest(&other).await);
}

#[tokio::test]
async fn a_city_that_is_full_stays_as_it_is() {
    let city = gladbeck().await;
    sow(city.app("reports"), 150).await.unwrap();
    let before = digest(&city).await;
    city.clock.advance(std::time::Duration::from_secs(3 * 86_400));
    for number in [150, 20, 0] {
        assert_eq!(sow(city.app("reports"), number).await.unwrap(), Sown { before: 150, now: 150 });
    }
    assert_eq!(digest(&city).await, before);
}

#[tokio::test]
async fn a_real_city_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    copy(&workspace().join("tests/city/musterhausen"), folder.path().join("real"));
    let file = folder.path().join("real/city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let real = text.replace("demonstration = true", "demonstration = false").replace("practice = true\n", "");
    assert_ne!(text, real);
    std::fs::write(&file, real).unwrap();
    let city = City::of_pack(&folder.path().join("real"), &[]).await;

    let refused = sow(city.app("reports"), 10).await.unwrap_err().to_string();

    assert!(refused.contains("is no demonstration"), "{refused}");
    assert_eq!(count(&city, "reports.request").await, 0);
    assert_eq!(count(&city, "event.event").await, 0);
}

fn copy(from: &std::path::Path, to: PathBuf) {
    std::fs::create_dir_all(&to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test]
async fn the_shares_are_those_of_the_source() {
    let city = gladbeck().await;
    sow(city.app("reports"), SOME).await.unwrap();
    let weights = weights::Weights::read().unwrap();
    for kind in &weights.source.kind {
        let codes: Vec<String> = kind.services.iter().map(|code| format!("'{code}'")).collect();
        let number =
            count(&city, &format!("reports.request WHERE service_code IN ({})", codes.join(","))).await;
        near(&kind.name, number, f64::from(kind.reports) / f64::from(weights.source.reports));
    }
    let received: u32 = weights.source.channel.iter().map(|figure| figure.reports).sum();
    for figure in &weights.source.channel {
        let channel = figure.channel.as_str();
        let number = count(&city, &format!("reports.request WHERE channel = '{channel}'")).await;
        near(&figure.name, number, f64::from(figure.reports) / f64::from(received));
    }
    assert_eq!(count(&city, "reports.request r JOIN published.request p USING (service_request_id) WHERE r.channel <> p.channel").await, 0);
}

/// Half a percent of all is near.
fn near(name: &str, number: i64, share: f64) {
    let here = number as f64 / SOME as f64;
    assert!((here - share).abs() < 0.005, "{name}: {here:.4} instead of {share:.4}");
}

#[tokio::test]
async fn what_is_confidential_says_nothing_and_points_to_no_house() {
    let city = gladbeck().await;
    sow(city.app("reports"), SOME).await.unwrap();
    let confidential = "published.request WHERE visibility = 'confidential'";
    assert!(count(&city, confidential).await > 50);
    let shown = "(description IS NOT NULL OR location IS NOT NULL OR longitude IS NOT NULL OR district IS NOT NULL
        OR nearest_address IS NOT NULL OR status_notes IS NOT NULL OR photos <> '{}' OR photos_after <> '{}')";
    assert_eq!(count(&city, &format!("{confidential} AND {shown}")).await, 0);
    let behind = "reports.request WHERE confidential AND";
    assert_eq!(count(&city, &format!("{behind} address_string NOT LIKE '%(erfunden)'")).await, 0);
    assert_eq!(count(&city, &format!("{behind} description_released")).await, 0);
    let public_events = "event.event JOIN reports.request ON service_request_id = subject_id
        WHERE confidential AND visibility = 'public'";
    assert_eq!(count(&city, public_events).await, 0);
}

#[tokio::test]
async fn every_request_lies_at_a_public_place_inside_the_city_and_in_the_past() {
    let city = gladbeck().await;
    sow(city.app("reports"), SOME).await.unwrap();
    let inside = "EXISTS (SELECT FROM published.area WHERE kind = 'boundary' AND ST_Covers(shape, location))";
    assert_eq!(count(&city, &format!("reports.request WHERE NOT {inside}")).await, 0);
    let near = "EXISTS (SELECT FROM published.place WHERE ST_DWithin(place.location, request.location, 25))";
    assert_eq!(count(&city, &format!("reports.request WHERE NOT {near}")).await, 0);
    let now = city.clock.now().to_rfc3339();
    assert_eq!(count(&city, &format!("event.event WHERE recorded_at > '{now}'")).await, 0);
    let oldest = "reports.request WHERE requested_datetime <";
    assert_eq!(count(&city, &format!("{oldest} '{now}'::timestamptz - interval '732 days'")).await, 0);
    assert!(count(&city, &format!("{oldest} '{now}'::timestamptz - interval '600 days'")).await > 50);
    // Within a request, what comes later was recorded later.
    let disorder =
        "(SELECT recorded_at - lag(recorded_at) OVER (PARTITION BY subject_id ORDER BY seq) AS step
                       FROM event.event) AS steps WHERE step < interval '0'";
    assert_eq!(count(&city, disorder).await, 0);
}

#[tokio::test]
async fn the_chain_of_the_audit_log_holds_over_it() {
    let city = gladbeck().await;
    sow(city.app("reports"), 300).await.unwrap();
    while seal::seal(&city.app("audit").db).await.unwrap() > 0 {}
    let events = count(&city, "event.event").await;
    let verdict = verify::verify(&mut city.connect("audit").await).await.unwrap();
    assert!(matches!(verdict, verify::Verdict::Holds { links, .. } if links == events), "{verdict:?}");
}

#[tokio::test]
async fn photos_are_kept_like_uploads_and_public_ones_are_released() {
    let city = gladbeck().await;
    sow(city.app("reports"), 200).await.unwrap();
    assert!(count(&city, "reports.photo").await > 10);
    assert_eq!(count(&city, "reports.photo WHERE width < 900 OR length(digest) <> 32").await, 0);
    assert!(count(&city, "published.request WHERE photos <> '{}'").await > 3);
    let id: uuid::Uuid = one(&city, "SELECT photo_id FROM reports.photo LIMIT 1").await;
    let small = city.app("reports").media.get(id, kit::media::Size::Small).await.unwrap().unwrap();
    assert_eq!(&small[..2], [0xff, 0xd8]);
}

#[tokio::test]
async fn another_city_can_be_invented_as_well() {
    let city = City::of(&[]).await;
    sow(city.app("reports"), 120).await.unwrap();
    let services: i64 = one(&city, "SELECT count(DISTINCT service_code) FROM reports.request").await;
    assert_eq!(services, i64::try_from(city.pack.services.len()).unwrap());
}

#[tokio::test]
async fn every_answer_fits_its_question() {
    let city = gladbeck().await;
    sow(city.app("reports"), SOME).await.unwrap();
    let rows: Vec<(String, sqlx::types::Json<_>)> =
        sqlx::query_as("SELECT service_code, attributes FROM reports.request")
            .fetch_all(&mut city.superuser().await)
            .await
            .unwrap();
    for (code, answers) in rows {
        let service = city.pack.service(&code).unwrap();
        let faults = reports::intake::attributes::faults(service, &answers.0);
        assert!(faults.is_empty(), "{code}: {faults:?}");
    }
}

#[test]
fn every_picture_of_the_figures_is_drawn_and_fits_its_frame() {
    let weights = weights::Weights::read().unwrap();
    let names = photo::names();
    for scene in weights.scenes() {
        assert!(names.contains(&format!("{scene}.svg")), "{scene}");
    }
    for name in names {
        photo::draw_named(&name).unwrap();
    }
}

#[test]
fn frequent_services_have_a_dozen_texts_and_others_five() {
    let (weights, texts) = (weights::Weights::read().unwrap(), texts::Texts::read().unwrap());
    let pack = kit::pack::Pack::open(&workspace().join("deploy/city/gladbeck")).unwrap();
    for service in pack.services.iter().filter(|service| service.accepts.text) {
        let weight = weights.profile(&service.service_code).weight;
        let wanted = if weight > 100.0 { 12 } else { 5 };
        let number = texts.number(service);
        assert!(number >= wanted, "{}: {number} texts", service.service_code);
    }
    assert_eq!(REQUESTS, 9_800);
}
