//! Filing over HTTP.

mod bad_input;
mod repeat;
mod terms;

use kit::ids::Ids;
use proto::Reference;
use proto::reports::{PublicRequest, ReporterRequest};
use proto::status::Status;
use serde_json::Value;

use crate::testing::{a_photo, a_request};
use crate::tests::{city, rows};

#[tokio::test]
async fn a_report_becomes_a_request_that_everyone_sees_without_its_words() {
    let city = city().await;
    let filed =
        a_request(&city).of(&city, "litter").at(10.123_456_789, 50.95).with("longitude", 10.551_234_567_89);
    let filed = filed.saying("Sperrmüll\r\nvor Nr. 3").file().await;
    assert_eq!(filed.status, Status::Received);
    assert!(filed.reference.as_str().starts_with("MUS-"), "{}", filed.reference);
    let page = format!("http://musterhausen.localhost:8080/m/{}/{}", filed.reference, filed.secret);
    assert_eq!(filed.page, page);

    let public = city.anyone().get(format!("/v1/requests/{}", filed.service_request_id)).await;
    let public: PublicRequest = public.assert_status(200).json();
    assert_eq!((public.longitude, public.latitude), (Some(10.551_234_6), Some(50.95)));
    assert_eq!((public.description, public.photos), (None, vec![]));
    assert_eq!((public.service_name.as_str(), public.status_name.as_str()), ("Müll", "Eingegangen"));
    assert_eq!(city.events().await, [("request.received".to_owned(), filed.service_request_id.0)]);

    let own = city.anyone().with("reporter-secret", &filed.secret);
    let own: ReporterRequest = own.get(format!("/v1/reporter/{}", filed.reference)).await.json();
    assert_eq!(own.request.description.as_deref(), Some("Sperrmüll\r\nvor Nr. 3"));
}

#[tokio::test]
async fn an_address_without_a_position_is_enough() {
    let city = city().await;
    let draft = a_request(&city).without("longitude").without("latitude");
    let filed = draft.with("address_string", "Musterweg 3, hinter dem Kiosk").file().await;
    let public = city.anyone().get(format!("/v1/requests/{}", filed.service_request_id)).await;
    let public: PublicRequest = public.assert_status(200).json();
    assert_eq!((public.longitude, public.latitude), (None, None));
}

#[tokio::test]
async fn a_photo_belongs_to_its_request_and_forgets_where_the_camera_was() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let place = "UPDATE reports.photo SET place_longitude = 10.5, place_latitude = 50.9";
    sqlx::query(place).execute(&mut city.superuser().await).await.unwrap();
    let filed = a_request(&city).showing(photo).file().await;
    let (request, longitude): (uuid::Uuid, Option<f64>) =
        sqlx::query_as("SELECT service_request_id, place_longitude FROM reports.photo")
            .fetch_one(&mut city.superuser().await)
            .await
            .unwrap();
    assert_eq!((request, longitude), (filed.service_request_id.0, None));
    a_request(&city).showing(photo).send().await.assert_field("/photos/0", "photo-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_requests_that_name_one_photo_at_once_one_is_filed() {
    let city = city().await;
    for _ in 0..5 {
        let photo = a_photo(&city).await;
        let (one, other) =
            tokio::join!(a_request(&city).showing(photo).send(), a_request(&city).showing(photo).send());
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422]);
    }
    assert_eq!(rows(&city, "reports.request").await, 5);
}

#[tokio::test]
async fn the_address_is_sealed_and_no_secret_is_stored() {
    let city = city().await;
    let filed = a_request(&city).answering("kim.muster@example.org").file().await;
    let (dump,): (String,) = sqlx::query_as(
        "SELECT (SELECT string_agg(c::text, '|') FROM reports.contact c)
             || (SELECT string_agg(r::text, '|') FROM reports.request r)
             || (SELECT string_agg(i::text, '|') FROM kit.idempotency i)
             || (SELECT string_agg(e::text, '|') FROM event.event e)
             || (SELECT string_agg(p::text, '|') FROM published.request p)",
    )
    .fetch_one(&mut city.superuser().await)
    .await
    .unwrap();
    assert!(dump.contains(filed.reference.as_str()));
    assert!(!dump.contains("kim.muster"));
    assert!(!dump.contains(&filed.secret));
}

#[tokio::test]
async fn a_reference_that_is_taken_is_drawn_again() {
    let city = city().await;
    let drawn = city.ids.u32();
    let foreseen = |number: u64| Ids::counted(city.clock.clone(), number).u32();
    let at = (1..10_000).find(|number| foreseen(*number) == drawn).unwrap();
    // Whichever number the filing draws first, it and the ones after it are taken.
    for number in at + 1..at + 8 {
        let taken = Reference::new("MUS", foreseen(number));
        sqlx::query(
            "INSERT INTO reports.request (service_request_id, reference, secret_hash, service_code, service_group,
                                          department, confidential, status, address_string, requested_datetime,
                                          updated_datetime)
                  VALUES (gen_random_uuid(), $1, '', 'dont_know', 'street', 'office', false, 'received', 'x', now(), now())",
        )
        .bind(taken.as_str())
        .execute(&mut city.superuser().await)
        .await
        .unwrap();
    }
    let filed = a_request(&city).file().await;
    let number = (at..at + 20).find(|number| Reference::new("MUS", foreseen(*number)) == filed.reference);
    assert!(number.unwrap() >= at + 8, "{number:?}");
}

#[tokio::test]
async fn hostile_text_is_kept_as_text() {
    let city = city().await;
    for text in [
        "'; DROP TABLE reports.request; --",
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://example.org\")",
        "$1 $2 %s {{7*7}} \\u0000 \\",
        "\u{202E}rückwärts 🦔 e\u{301}",
    ] {
        let filed = a_request(&city).saying(text).file().await;
        let staff = city.staff("office").get(format!("/v1/queue/{}", filed.service_request_id)).await;
        assert_eq!(staff.assert_status(200).json::<Value>()["description"], text);
    }
}
