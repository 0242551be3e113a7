//! The one error of handlers: a Problem for the caller, a cause for the log.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use proto::Problem;

/// Why a source of an error fails; only logged.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
/// The result of handlers and of what they call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure: what the caller reads, and what went wrong underneath.
///
/// The edge logs the cause once and renders the problem in the dialect and language of the route.
#[derive(Debug)]
pub struct Error {
    problem: Box<Problem>,
    cause: Option<Cause>,
}

impl Error {
    /// A fault on our side: 500, and the cause in the log.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::caused(Problem::new(500, "internal"), cause)
    }

    /// A problem with its cause.
    pub fn caused(problem: Problem, cause: impl Into<Cause>) -> Self {
        Self { problem: Box::new(problem), cause: Some(cause.into()) }
    }

    /// What the caller reads.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), cause: None }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let problem = match &error {
            sqlx::Error::PoolTimedOut => Problem::new(503, "busy"),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Problem::new(503, "service-away"),
            sqlx::Error::Protocol(_) => Problem::new(503, "service-away"),
            sqlx::Error::Database(database) => by_sqlstate(database.code().as_deref().unwrap_or_default()),
            _ => Problem::new(500, "internal"),
        };
        Self::caused(problem, error)
    }
}

/// What a caller reads for an error of the database (PostgreSQL, appendix A).
fn by_sqlstate(code: &str) -> Problem {
    match code {
        // Statement cancelled: its time-out, or the caller has left.
        "57014" => Problem::new(503, "too-slow"),
        // Lock not available in time, deadlock, serialization failure.
        "55P03" | "40P01" | "40001" => Problem::new(503, "busy"),
        // Shutting down, crashed, starting up; no more connections; disk or memory full.
        "57P01" | "57P02" | "57P03" | "25P03" => Problem::new(503, "service-away"),
        code if code.starts_with("53") || code.starts_with("08") => Problem::new(503, "service-away"),
        _ => Problem::new(500, "internal"),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.problem)?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Error {}

/// A failure on its way to the edge.
#[derive(Clone)]
pub(crate) struct Failure {
    pub(crate) problem: Problem,
    pub(crate) cause: Option<String>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        let cause = self.cause.map(|cause| cause.to_string());
        response.extensions_mut().insert(Failure { problem: *self.problem, cause });
        response
    }
}
