//! A city with a gateway before services that remember what they were asked.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, post};
use http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt;
use kit::testing::{City, Guest};
use kit::{App, transport};
use proto::accounts::{SessionSecret, SessionToken, StaffMember, Token};
use proto::auth::Kind;
use proto::{Client, StaffId};

use super::problem;
use crate::{Settings, Upstreams};

/// A request as it arrived at a service.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub uri: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Arrived {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// What arrived at a service.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<Arrived>>>);

impl Seen {
    /// How many requests arrived.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The latest one.
    #[track_caller]
    pub fn last(&self) -> Arrived {
        self.0.lock().unwrap().last().cloned().expect("something arrived")
    }

    /// Methods and addresses, in order.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|arrived| format!("{} {}", arrived.method, arrived.uri)).collect()
    }

    fn watch(&self, router: Router) -> Client {
        transport::in_process(router.layer(middleware::from_fn_with_state(self.clone(), remember)))
    }
}

async fn remember(State(seen): State<Seen>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    seen.0.lock().unwrap().push(Arrived {
        method: parts.method.clone(),
        uri: parts.uri.to_string(),
        headers: parts.headers.clone(),
        body: body.to_vec(),
    });
    next.run(Request::from_parts(parts, body.into())).await
}

/// A city with a gateway.
pub struct House {
    /// The city; its guests meet the gateway.
    pub city: City,
    /// What arrived at reports.
    pub reports: Seen,
    /// What arrived at accounts.
    pub accounts: Seen,
    /// What arrived at notify.
    pub notify: Seen,
    over: Over,
}

/// Session secrets that accounts knows no more.
type Over = Arc<Mutex<HashSet<String>>>;

/// A house whose services answer everything with "answered".
pub async fn house() -> House {
    house_with(Router::new()).await
}

/// A house with these routes at reports.
pub async fn house_with(reports: Router) -> House {
    let seen = Seen::default();
    House::build(seen.watch(reports.fallback(answered)), seen).await
}

async fn answered() -> Response {
    ([("x-answered-by", "service"), ("connection", "x-gone"), ("x-gone", "1")], "answered").into_response()
}

impl House {
    /// A house before this client of reports.
    pub async fn before(reports: Client) -> Self {
        Self::build(reports, Seen::default()).await
    }

    /// A house whose pages may be framed by its own pages, as in development.
    pub async fn framed() -> Self {
        let seen = Seen::default();
        let reports = seen.watch(Router::new().fallback(answered));
        Self::set(reports, seen, Settings { framed_by_self: true, ..Settings::default() }).await
    }

    async fn build(client: Client, reports: Seen) -> Self {
        let settings = Settings { sign_in: Some("/dev/staff".to_owned()), ..Settings::default() };
        Self::set(client, reports, settings).await
    }

    async fn set(client: Client, reports: Seen, settings: Settings) -> Self {
        let mut city = City::of(&[]).await;
        let (accounts, notify, over) = (Seen::default(), Seen::default(), Over::default());
        let upstreams = Upstreams {
            accounts: accounts.watch(sessions(city.app("accounts"), over.clone())),
            reports: client,
            layers: Seen::default().watch(Router::new().fallback(async || StatusCode::NO_CONTENT)),
            notify: notify.watch(Router::new().fallback(async || StatusCode::NO_CONTENT)),
        };
        city.serve(crate::router(city.app(crate::SERVICE), upstreams, Vec::new(), settings));
        Self { city, reports, accounts, notify, over }
    }

    /// Opens a session of ten hours; answers with the cookie as a browser sends it.
    pub async fn cookie(&self, secret: &str) -> String {
        let ends_at = self.city.clock.now() + chrono::TimeDelta::hours(10);
        let set = crate::session::open(self.city.app(crate::SERVICE), secret, ends_at).await.unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    /// A browser with a session.
    pub async fn browser(&self, secret: &str) -> Guest {
        self.city.anyone().with("cookie", &self.cookie(secret).await)
    }

    /// Accounts knows this session no more.
    pub fn end_at_accounts(&self, secret: &str) {
        self.over.lock().unwrap().insert(secret.to_owned());
    }
}

/// Sessions as accounts answers for them, for the gateway's own token alone.
fn sessions(app: &App, over: Over) -> Router {
    let (app, ended) = (app.clone(), over.clone());
    let is_gateway = move |headers: &HeaderMap| {
        let token =
            headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        token.and_then(|token| app.keys.verify(token, app.clock.now()).ok()).is_some_and(|claims| {
            claims.kind == Kind::Service && claims.sub == "service:gateway" && claims.exp - claims.iat <= 60
        })
    };
    let only_gateway = middleware::from_fn(move |request: Request, next: Next| {
        let allowed = is_gateway(request.headers());
        async move { if allowed { next.run(request).await } else { problem(404, "not-found") } }
    });
    let exchange = post(async move |axum::Json(body): axum::Json<SessionSecret>| {
        if over.lock().unwrap().contains(&body.session_secret) {
            return problem(401, "signed-out");
        }
        axum::Json(token_of(&body.session_secret)).into_response()
    });
    let end = delete(async move |axum::Json(body): axum::Json<SessionSecret>| {
        ended.lock().unwrap().insert(body.session_secret);
        StatusCode::NO_CONTENT
    });
    let internal =
        Router::new().route("/v1/session/token", exchange).route("/v1/session", end).layer(only_gateway);
    internal.fallback(answered)
}

fn token_of(secret: &str) -> SessionToken {
    SessionToken {
        token: Token {
            access_token: format!("token-of-{secret}"),
            token_type: "Bearer".to_owned(),
            expires_in: 300,
        },
        staff: StaffMember {
            staff_id: StaffId(uuid::Uuid::nil()),
            name: "Kim Muster".to_owned(),
            department: "yard".to_owned(),
            roles: vec!["officer".to_owned()],
        },
        ends_at: chrono::DateTime::from_timestamp(1_900_000_000, 0).unwrap(),
    }
}
