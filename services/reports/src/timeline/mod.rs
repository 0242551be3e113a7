//! What became of a request, read from its events.

pub mod store;

use proto::ServiceRequestId;
use proto::locale::Language;
use proto::reports::Step;
use proto::status::Status;
use serde_json::Value;
use sqlx::postgres::PgConnection;

use self::store::EventRow;

/// Whose timeline is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The resident who filed the request.
    Reporter,
    /// Staff.
    Staff,
}

/// The steps of a request that `reader` may know of, oldest first.
pub async fn read(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    reader: Reader,
    language: Language,
) -> sqlx::Result<Vec<Step>> {
    let rows = store::of_request(connection, id, reader == Reader::Staff).await?;
    Ok(steps(rows, language))
}

/// Events as steps, in their order.
pub fn steps(rows: Vec<EventRow>, language: Language) -> Vec<Step> {
    // Only the step that names the body says who it is; answers after it are about the same one.
    let mut agency = None;
    rows.into_iter().map(|row| step(row, &mut agency, language)).collect()
}

/// An event as a step; one whose payload was redacted still tells that and when.
fn step(row: EventRow, agency: &mut Option<String>, language: Language) -> Step {
    let payload: Value = row.payload.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let word = |name: &str| payload[name].as_str().map(str::to_owned);
    let status = word("to").or_else(|| word("status")).and_then(|word| word.parse::<Status>().ok());
    *agency = word("agency_responsible").or_else(|| agency.take());
    Step {
        at: row.recorded_at,
        kind: row.kind,
        status,
        status_name: status.map(|status| status.words(language, agency.as_deref())),
        status_note: word("status_note"),
    }
}
