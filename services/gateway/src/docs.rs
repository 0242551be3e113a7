//! A page to browse the contract, from the program itself: it loads nothing from elsewhere.

use axum::Router;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::contract;

/// The viewer's scripts and styles are files, but for one style inside its logo, named here by its hash; its style
/// sheet holds pictures.
const POLICY: &str = "default-src 'none'; script-src 'self'; \
                      style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// `/docs`.
pub fn routes() -> Router {
    // Without "none" the viewer sends the contract's address to a validator on the internet.
    SwaggerUi::new("/docs").config(Config::new([contract::PATH]).validator_url("none")).into()
}

/// The viewer's own policy, wider than that of every other answer.
pub async fn policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
