//! What stands around the gateway's routes: limits, and the gateway's own deadline.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use kit::http::{Dialect, Frame, framed, problem_response};

use crate::limits;
use crate::pages::failure;
use crate::state::Gateway;

/// How long an answer may take, counted from the complete body: above the services' own deadline (5 s).
pub const DEADLINE: Duration = Duration::from_secs(8);

/// Routes for programs: failures are `application/problem+json`.
pub fn json(gateway: &Gateway, routes: Router) -> Router {
    frame(gateway, routes, Arc::new(problem_response))
}

/// Routes for people: failures are pages.
pub fn html(gateway: &Gateway, routes: Router) -> Router {
    let app = gateway.app.clone();
    frame(gateway, routes, Arc::new(move |problem, language| failure::page_at_edge(&app, problem, language)))
}

fn frame(gateway: &Gateway, routes: Router, dialect: Dialect) -> Router {
    let limited = routes.layer(middleware::from_fn_with_state(gateway.clone(), limits::keep));
    framed(&gateway.app, limited, Frame { deadline: DEADLINE, dialect })
}
