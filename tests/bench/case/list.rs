//! The first page of what lies in a box, as a map asks for it.

use std::sync::Arc;

use anyhow::Result;
use http::StatusCode;
use reports::listing::store::STATEMENTS;

use super::{Case, Ground, position};
use crate::draw::Draw;
use crate::script::{Script, Value, drawn, find, text};
use crate::server::get;

/// Rows of a page.
const LIMIT: usize = 50;
/// The box in degrees: about 850 metres each way, what a telephone shows of a quarter.
const WIDE: f64 = 0.012;
const HIGH: f64 = 0.008;

/// `GET /v1/requests?bbox=…&limit=50`.
pub fn case(ground: &Arc<Ground>) -> Result<Case> {
    let [west, south, east, north] = ground.inside;
    let values = [
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        // One row more than the page tells whether there is another.
        text(LIMIT + 1),
        drawn(":west"),
        drawn(":south"),
        drawn(":east"),
        drawn(":north"),
    ];
    let script = Script::begin(0, "anyone", text(""))?
        .draw("west", &position(west, east - WIDE))
        .draw("south", &position(south, north - HIGH))
        .draw("east", &format!(":west + {WIDE}"))
        .draw("north", &format!(":south + {HIGH}"))
        .run(find(STATEMENTS, "IN_BOX")?, &values)?
        .commit();
    let make = move |draw: &mut Draw| {
        let (x, y) = (draw.between(west, east - WIDE), draw.between(south, north - HIGH));
        get(&format!("/v1/requests?bbox={x:.7},{y:.7},{:.7},{:.7}&limit={LIMIT}", x + WIDE, y + HIGH))
    };
    Ok(Case {
        name: "box list",
        service: reports::SERVICE,
        status: StatusCode::OK,
        make: Arc::new(make),
        scripts: vec![script],
        planned_anew: true,
    })
}
