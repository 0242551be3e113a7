//! What residents answered when their requests were said to be done.

use proto::reports::Feedback;
use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;

kit::row! {
    /// An answer, whole or missing.
    pub struct FeedbackRow {
        feedback_solved: Option<bool>,
        feedback_at: Option<Timestamp>,
    }
}

kit::statements! {
    /// The answer about a request.
    OF_REQUEST: FeedbackRow = "
        SELECT feedback_solved, feedback_at
          FROM reports.request
         WHERE service_request_id = $1";

    /// Keeps an answer.
    SAVE = "
        UPDATE reports.request
           SET feedback_solved = $2, feedback_at = $3
         WHERE service_request_id = $1";
}

/// What the resident answered about a request that the caller may see.
pub async fn of_request(
    connection: &mut PgConnection,
    id: ServiceRequestId,
) -> sqlx::Result<Option<Feedback>> {
    let row: Option<FeedbackRow> = sqlx::query_as(OF_REQUEST).bind(id.0).fetch_optional(connection).await?;
    Ok(row.and_then(|row| Some(Feedback { solved: row.feedback_solved?, at: row.feedback_at? })))
}

/// Keeps what the resident answers about a locked request.
pub async fn save(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    feedback: &Feedback,
) -> sqlx::Result<()> {
    let saved =
        sqlx::query(SAVE).bind(id.0).bind(feedback.solved).bind(feedback.at).execute(connection).await?;
    // A policy that hides the row would otherwise turn the answer into nothing without a word.
    if saved.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}
