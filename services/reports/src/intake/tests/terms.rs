//! What a service does not accept is refused by name, and nothing of it is kept.

use kit::testing::City;
use proto::ServiceRequestId;
use serde_json::{Value, json};

use crate::testing::{Draft, a_photo, a_request, a_witness};
use crate::tests::{city, rows, traces};

fn hint(city: &City) -> Draft {
    a_request(city).of(city, "blocked")
}

fn named(city: &City) -> Draft {
    a_request(city).of(city, "witnessed")
}

fn without(contact: &str) -> Value {
    let mut witness = a_witness();
    witness.as_object_mut().unwrap().remove(contact);
    witness
}

fn with(field: &str, value: &str) -> Value {
    let mut witness = a_witness();
    witness[field] = json!(value);
    witness
}

#[tokio::test]
async fn what_the_terms_do_not_allow_is_named_and_leaves_nothing() {
    let city = city().await;
    let photo = a_photo(&city).await;
    let answer = || json!({ "email": "kim@example.org", "purpose": "answer" });
    let litter = || a_request(&city).of(&city, "litter");
    let before = traces(&city).await;
    let cases = [
        (hint(&city).saying("Das rote Auto"), "/description", "text-not-accepted"),
        (hint(&city).showing(photo), "/photos", "photos-not-accepted"),
        (hint(&city).with("contact", answer()), "/contact", "not-asked"),
        (hint(&city).with("address_string", "Weg 3, MUS-XY 12"), "/address_string", "plate-not-accepted"),
        (named(&city).without("contact"), "/contact/name", "required"),
        (named(&city).without("contact"), "/contact/postal_address", "required"),
        (named(&city).with("contact", without("name")), "/contact/name", "required"),
        (named(&city).with("contact", with("name", " ")), "/contact/name", "required"),
        (named(&city).with("contact", without("postal_address")), "/contact/postal_address", "required"),
        (named(&city).with("contact", with("purpose", "answer")), "/contact/purpose", "purpose-unfit"),
        (named(&city).with("contact", with("email", "kim")), "/contact/email", "email-invalid"),
        (named(&city).with("contact", with("language", "fr")), "/contact/language", "language-unknown"),
        (named(&city).with("contact", with("name", &"x".repeat(201))), "/contact/name", "too-long"),
        (litter().with("contact", a_witness()), "/contact/name", "not-asked"),
        (litter().with("contact", a_witness()), "/contact/purpose", "purpose-unfit"),
        (litter().with("contact", json!({ "purpose": "answer" })), "/contact/email", "required"),
        (litter().with("contact", with("email", "kim@example.org")), "/contact/postal_address", "not-asked"),
    ];
    for (draft, pointer, code) in cases {
        draft.send().await.assert_status(422).assert_field(pointer, code);
    }
    assert_eq!(traces(&city).await, before);
}

#[tokio::test]
async fn a_hint_goes_with_a_place_and_answers_alone() {
    let city = city().await;
    hint(&city).file().await;
    hint(&city).saying("  ").with("address_string", "Horster Straße 12, an der B 224").file().await;
    hint(&city).without("longitude").without("latitude").with("address_string", "Am Tor").file().await;
    assert_eq!(rows(&city, "reports.request").await, 3);
    assert_eq!(rows(&city, "reports.contact").await, 0);
}

#[tokio::test]
async fn a_photo_cannot_be_added_later_either() {
    let city = city().await;
    let filed = hint(&city).file().await;
    let photo = a_photo(&city).await;
    let path = format!("/v1/reporter/{}/photos/{photo}", filed.reference);
    let reporter = city.anyone().with("reporter-secret", &filed.secret);
    reporter.put(path, json!({})).await.assert_field("/photo_id", "photos-not-accepted");
}

#[tokio::test]
async fn a_named_report_needs_no_mail_address_and_is_never_public() {
    let city = city().await;
    let filed = named(&city).file().await;
    let ServiceRequestId(id) = filed.service_request_id;
    let stored = "SELECT purpose, answerable FROM reports.contact WHERE service_request_id = $1";
    let stored: (String, bool) =
        sqlx::query_as(stored).bind(id).fetch_one(&mut city.superuser().await).await.unwrap();
    assert_eq!(stored, ("witness".to_owned(), false));
    city.anyone().get(format!("/v1/requests/{id}")).await.assert_problem(404, "not-found");
}
