use std::time::Duration;

use http::Method;
use proto::StaffId;
use proto::accounts::SessionToken;
use serde_json::json;

use super::start;
use crate::staff::{self, NewStaff};
use crate::tests::{city, hired, member, session_token};

const MINUTE: u64 = 60;

#[tokio::test]
async fn a_session_is_exchanged_for_a_staff_token_of_five_minutes() {
    let city = city().await;
    let staff_id = hired(&city).await;
    let session = start(city.app(crate::SERVICE), staff_id).await.unwrap();
    assert_eq!((session.ends_at - city.clock.now()).num_hours(), 10);

    let answer = session_token(&city, &session.secret).await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let answer: SessionToken = answer.json();
    assert_eq!((answer.token.expires_in, answer.ends_at), (300, session.ends_at));
    assert_eq!((answer.staff.staff_id, answer.staff.name.as_str()), (staff_id, "Kim Muster"));

    let claims = city.app("reports").keys.verify(&answer.token.access_token, city.clock.now()).unwrap();
    let said = claims.staff.unwrap();
    assert_eq!((claims.sub, said.department.as_str()), (staff_id.to_string(), "yard"));
    assert_eq!((said.roles, said.confidential), (vec!["officer".to_owned()], vec!["nature".to_owned()]));
}

#[tokio::test]
async fn a_session_ends_when_it_rests_for_half_an_hour() {
    let city = city().await;
    let session = start(city.app(crate::SERVICE), hired(&city).await).await.unwrap();
    for _ in 0..3 {
        city.clock.advance(Duration::from_secs(29 * MINUTE));
        session_token(&city, &session.secret).await.assert_status(200);
    }
    city.clock.advance(Duration::from_secs(30 * MINUTE));
    session_token(&city, &session.secret).await.assert_problem(401, "signed-out");
}

#[tokio::test]
async fn a_session_ends_after_ten_hours_however_busy() {
    let city = city().await;
    let session = start(city.app(crate::SERVICE), hired(&city).await).await.unwrap();
    for _ in 0..29 {
        city.clock.advance(Duration::from_secs(20 * MINUTE));
        session_token(&city, &session.secret).await.assert_status(200);
    }
    city.clock.advance(Duration::from_secs(18 * MINUTE));
    let last: SessionToken = session_token(&city, &session.secret).await.assert_status(200).json();
    assert_eq!(last.token.expires_in, 120, "no token outlives its session");
    city.clock.advance(Duration::from_secs(2 * MINUTE));
    session_token(&city, &session.secret).await.assert_problem(401, "signed-out");
}

#[tokio::test]
async fn whoever_left_cannot_begin_or_go_on() {
    let city = city().await;
    let app = city.app(crate::SERVICE);
    let leaver = hired(&city).await;
    let session = start(app, leaver).await.unwrap();
    staff::dismiss(app, leaver).await.unwrap();
    staff::dismiss(app, leaver).await.unwrap();

    session_token(&city, &session.secret).await.assert_problem(401, "signed-out");
    for nobody in [leaver, StaffId(city.ids.uuid())] {
        let refused = start(app, nobody).await.err().expect("no session");
        assert_eq!(refused.problem().code, "signed-out");
    }
    assert!(staff::list(app).await.unwrap().is_empty());
    let dismissals = city.events().await.into_iter().filter(|(kind, _)| kind == "staff.dismissed").count();
    assert_eq!(dismissals, 1);
}

#[tokio::test]
async fn a_changed_role_shows_in_the_next_token() {
    let city = city().await;
    let app = city.app(crate::SERVICE);
    let moved = member(&city);
    staff::upsert(app, moved.clone()).await.unwrap();
    let session = start(app, moved.staff_id).await.unwrap();
    staff::upsert(app, NewStaff { roles: vec!["intake".to_owned()], ..moved }).await.unwrap();
    let answer: SessionToken = session_token(&city, &session.secret).await.assert_status(200).json();
    assert_eq!(answer.staff.roles, ["intake"]);
}

#[tokio::test]
async fn an_ended_session_stays_ended_and_can_be_ended_again() {
    let city = city().await;
    let session = start(city.app(crate::SERVICE), hired(&city).await).await.unwrap();
    let body = json!({ "session_secret": session.secret }).to_string();
    for secret in [body.clone(), body, json!({ "session_secret": "never-seen" }).to_string()] {
        let gateway = city.service("gateway");
        gateway.send(Method::DELETE, "/v1/session", "application/json", secret).await.assert_status(204);
    }
    session_token(&city, &session.secret).await.assert_problem(401, "signed-out");
    let kinds: Vec<String> = city.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["staff.changed", "session.started", "session.ended"]);
}

#[tokio::test]
async fn an_unknown_secret_is_answered_like_an_ended_session() {
    let city = city().await;
    session_token(&city, "never-seen").await.assert_problem(401, "signed-out");
    session_token(&city, "").await.assert_field("/session_secret", "empty");
}

#[tokio::test]
async fn for_everyone_but_the_gateway_the_routes_do_not_exist() {
    let city = city().await;
    let session = start(city.app(crate::SERVICE), hired(&city).await).await.unwrap();
    let body = json!({ "session_secret": session.secret });
    let guests =
        [city.anyone(), city.resident(), city.staff("yard"), city.service("reports"), city.service("notify")];
    for guest in guests {
        guest.post("/v1/session/token", body.clone()).await.assert_problem(404, "not-found");
        let ended = guest.send(Method::DELETE, "/v1/session", "application/json", body.to_string()).await;
        ended.assert_problem(404, "not-found");
    }
    session_token(&city, &session.secret).await.assert_status(200);
}
