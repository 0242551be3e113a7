//! The contract is locked: a change of the API shows in the diff of `proto/openapi.json`.

use kit::testing::workspace;

#[test]
fn the_contract_is_the_one_that_was_agreed() {
    let file = workspace().join("proto/openapi.json");
    let now = gladbeck::contract::json().unwrap();
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let agreed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        agreed == now,
        "the API has changed; look at the difference after `UPDATE_CONTRACT=1 cargo test -p gladbeck-tests contract` and commit it"
    );
}

#[test]
fn every_operation_has_an_id_a_summary_and_a_problem() {
    let contract: serde_json::Value = serde_json::from_str(&gladbeck::contract::json().unwrap()).unwrap();
    assert_eq!(contract["openapi"], "3.1.0");
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = format!("{method} {path}");
            assert!(operation["operationId"].is_string(), "{name} has no id");
            let words = operation["summary"].as_str().or(operation["description"].as_str());
            assert!(words.is_some_and(|words| words.len() > 10), "{name} says nothing about itself");
            assert!(operation["responses"].get("default").is_some(), "{name} names no problem");
        }
    }
}
