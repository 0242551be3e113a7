//! The catalogue over HTTP.

use crate::tests::city;
use proto::reports::{Service, Services};

#[tokio::test]
async fn the_catalogue_speaks_the_readers_language() {
    let city = city().await;
    let german: Services = city.anyone().get("/v1/services").await.assert_status(200).json();
    let english = city.anyone().with("accept-language", "en").get("/v1/services").await;
    let english: Services = english.assert_status(200).json();
    let names =
        |services: &Services| services.services.iter().map(|s| s.service_name.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(&german),
        ["Müll", "Verwahrlostes Haus", "Weiß ich nicht", "Etwas steht im Weg", "Beobachtung"]
    );
    assert_eq!(
        names(&english),
        ["Litter", "Neglected house", "I don't know", "Something is in the way", "Observation"]
    );
    assert_eq!(german.services[0].group_name, "Straße");
    assert_eq!(german.services[1].visibility, "confidential");
}

#[tokio::test]
async fn a_service_lists_its_questions_in_the_order_of_the_form() {
    let city = city().await;
    let litter: Service = city.anyone().get("/v1/services/litter").await.assert_status(200).json();
    let codes: Vec<_> = litter.attributes.iter().map(|question| question.code.as_str()).collect();
    assert_eq!(codes, ["size", "remark"]);
    assert_eq!(litter.attributes[0].values[1].name, "Viel");
    assert_eq!(litter.expected_days, Some(4));
    city.anyone().get("/v1/services/nothing").await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn an_answer_that_the_reader_has_is_not_sent_again() {
    let city = city().await;
    let first = city.anyone().get("/v1/services").await.assert_status(200);
    let tag = first.header("etag").unwrap().to_owned();
    let again = city.anyone().with("if-none-match", &tag).get("/v1/services").await.assert_status(304);
    assert!(again.body.is_empty());
    let english = city.anyone().with("accept-language", "en").with("if-none-match", &tag);
    english.get("/v1/services").await.assert_status(200);
}

#[tokio::test]
async fn a_search_finds_services_in_the_readers_language_the_best_first() {
    let city = city().await;
    let search = async |language: &str, query: &str| -> Vec<String> {
        let guest = city.anyone().with("accept-language", language);
        let answer = guest.get(format!("/v1/services/search?q={query}")).await.assert_status(200);
        let services: Services = answer.json();
        services.services.into_iter().map(|service| service.service_name).collect()
    };
    assert_eq!(search("en", "rubbish").await, ["Litter"]);
    assert_eq!(search("en", "Abfall").await, ["Litter"]);
    assert_eq!(search("de", "Muell%20im%20Weg").await.first().map(String::as_str), Some("Müll"));
    assert_eq!(search("de", "").await, Vec::<String>::new());
    city.anyone().get("/v1/services/search").await.assert_status(200);
    let long = format!("/v1/services/search?q={}", "x".repeat(201));
    city.anyone().get(long).await.assert_problem(400, "query-invalid");
}
