//! The contract of the API, put together without a database.

use anyhow::Result;
use utoipa::openapi::OpenApi;

/// The parts of the contract, one per service.
pub fn parts() -> Vec<OpenApi> {
    vec![
        accounts::routes().into_openapi(),
        reports::routes().into_openapi(),
        layers::routes().into_openapi(),
        notify::routes().into_openapi(),
    ]
}

/// The whole contract, as it is locked in `proto/openapi.json`.
pub fn json() -> Result<String> {
    let contract = gateway::contract(parts());
    Ok(format!("{}\n", serde_json::to_string_pretty(&contract)?))
}
