//! One request by its id.

use std::sync::Arc;

use anyhow::Result;
use http::StatusCode;
use reports::listing::store::STATEMENTS;

use super::{Case, Ground};
use crate::draw::Draw;
use crate::script::{Script, find, text};
use crate::server::get;

/// `GET /v1/requests/{service_request_id}`.
pub fn case(ground: &Arc<Ground>) -> Result<Case> {
    let script = |(number, id)| {
        let begun = Script::begin(number, "anyone", text(""))?;
        Ok(begun.run(find(STATEMENTS, "BY_ID")?, &[text(id)])?.commit())
    };
    let scripts: Result<Vec<_>> = ground.public.iter().enumerate().map(script).collect();
    let ground = ground.clone();
    let make = move |draw: &mut Draw| {
        get(&format!("/v1/requests/{}", ground.public[draw.below(ground.public.len())]))
    };
    Ok(Case {
        name: "single",
        service: reports::SERVICE,
        status: StatusCode::OK,
        make: Arc::new(make),
        scripts: scripts?,
        planned_anew: false,
    })
}
