//! What stands around every service's routes: language, problems, log line, deadline, lifetime.

mod edge;
pub mod health;
mod lifetime;
mod pace;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use axum::response::Response;
use proto::{Language, Problem};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

pub use edge::{RequestId, language, problem_response};
pub use pace::{Pace, Paced};

use crate::app::App;

/// How long a handler may work, counted from the complete body: above the database's statement time-out
/// (2 s), below the gateway's (8 s), so that each part hears from the one below it.
pub const HANDLER_DEADLINE: Duration = Duration::from_secs(5);

/// How the failures of some routes become answers.
pub type Dialect = Arc<dyn Fn(Problem, Language) -> Response + Send + Sync>;

/// What differs in what stands around routes.
#[derive(Clone)]
pub struct Frame {
    /// How long a handler may work, counted from the complete body.
    pub deadline: Duration,
    /// How its failures become answers.
    pub dialect: Dialect,
}

impl Default for Frame {
    fn default() -> Self {
        Self { deadline: HANDLER_DEADLINE, dialect: Arc::new(problem_response) }
    }
}

/// A service's routes as a router that can be mounted, with its part of the contract.
pub fn service(app: &App, routes: OpenApiRouter<App>) -> (Router, OpenApi) {
    let (routes, contract) = routes.split_for_parts();
    let routes = routes.fallback(edge::no_such_route).with_state(app.clone());
    (framed(app, routes, Frame::default()), contract)
}

/// Routes with everything that stands around them.
///
/// From the outside in: the edge (language, problems, log line), the deadline with the pace of the body,
/// the lifetime (writes outlive their caller, reads end with it), panics as problems.
pub fn framed(app: &App, routes: Router, frame: Frame) -> Router {
    routes
        .method_not_allowed_fallback(edge::no_such_method)
        .layer(CatchPanicLayer::custom(edge::panicked))
        .layer(middleware::from_fn(lifetime::lifetime))
        .layer(middleware::from_fn_with_state(frame.deadline, pace::deadline))
        .layer(middleware::from_fn_with_state((app.clone(), frame.dialect), edge::edge))
}
