use proto::accounts::Me;

use super::{NewStaff, list, upsert};
use crate::tests::{city, hired, member, session_token};

#[tokio::test]
async fn the_same_member_again_changes_nothing() {
    let city = city().await;
    let app = city.app(crate::SERVICE);
    let kim = member(&city);
    upsert(app, kim.clone()).await.unwrap();
    upsert(app, kim.clone()).await.unwrap();
    let robin = NewStaff { name: "Robin Muster".to_owned(), ..kim.clone() };
    upsert(app, robin).await.unwrap();

    let names: Vec<String> = list(app).await.unwrap().into_iter().map(|member| member.name).collect();
    assert_eq!(names, ["Robin Muster"]);
    let changes = city.events().await;
    assert_eq!(changes, vec![("staff.changed".to_owned(), kim.staff_id.0); 2]);
}

#[tokio::test]
async fn a_department_or_role_that_the_city_does_not_have_is_refused() {
    let city = city().await;
    let app = city.app(crate::SERVICE);
    for wrong in [
        NewStaff { department: "castle".to_owned(), ..member(&city) },
        NewStaff { roles: vec!["officer".to_owned(), "king".to_owned()], ..member(&city) },
    ] {
        let refused = upsert(app, wrong).await.unwrap_err();
        assert_eq!(refused.problem().code, "fields-invalid");
    }
    assert!(list(app).await.unwrap().is_empty());
}

#[tokio::test]
async fn events_about_staff_name_nobody() {
    let city = city().await;
    let staff = hired(&city).await;
    crate::session::start(city.app(crate::SERVICE), staff).await.unwrap();
    let events = sqlx::query_as("SELECT string_agg(event::text, ' ') FROM event.event");
    let (events,): (String,) = events.fetch_one(&mut city.superuser().await).await.unwrap();
    assert!(events.contains("session.started") && !events.contains("Muster"), "{events}");
}

#[tokio::test]
async fn everyone_learns_who_they_are_and_what_they_may_do() {
    let city = city().await;
    let me = async |guest: kit::testing::Guest| guest.get("/v1/me").await.assert_status(200).json::<Me>();
    let nobody = me(city.anyone()).await;
    assert_eq!((nobody.kind.as_str(), nobody.may.len()), ("anyone", 0));
    let resident = me(city.resident()).await;
    assert_eq!((resident.kind.as_str(), resident.staff, resident.may.len()), ("resident", None, 0));

    let session = crate::session::start(city.app(crate::SERVICE), hired(&city).await).await.unwrap();
    let token: proto::accounts::SessionToken =
        session_token(&city, &session.secret).await.assert_status(200).json();
    let staff =
        me(city.anyone().with("authorization", &format!("Bearer {}", token.token.access_token))).await;
    assert_eq!((staff.kind.as_str(), staff.staff), ("staff", Some(token.staff)));
    assert_eq!(
        staff.may,
        ["see_queue", "claim", "change_status", "write_note", "release", "see_confidential"]
    );
}

#[tokio::test]
async fn a_bad_token_is_not_the_same_as_none() {
    let city = city().await;
    for bad in ["Bearer ", "Bearer nonsense", "Basic a2V5", "bearer"] {
        let answer = city.anyone().with("authorization", bad).get("/v1/me").await;
        answer.assert_problem(401, "signed-out");
    }
    city.service("notify").get("/v1/me").await.assert_problem(401, "signed-out");
}
