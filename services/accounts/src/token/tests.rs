use std::time::Duration;

use proto::auth::Kind;
use serde_json::{Value, json};

use crate::tests::{city, device};

#[tokio::test]
async fn a_secret_is_exchanged_for_a_resident_token_of_ten_minutes() {
    let city = city().await;
    let secret = device(&city).await;
    let answer = city.anyone().post("/v1/token", json!({ "device_secret": secret })).await.assert_status(200);

    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let token: Value = answer.json();
    assert_eq!((token["token_type"].as_str(), token["expires_in"].as_u64()), (Some("Bearer"), Some(600)));
    let claims =
        city.app("reports").keys.verify(token["access_token"].as_str().unwrap(), city.clock.now()).unwrap();
    assert_eq!((claims.kind, claims.sub.as_str()), (Kind::Resident, &secret[..36]));
    assert_eq!((claims.exp - claims.iat, claims.staff), (600, None));
}

#[tokio::test]
async fn every_wrong_secret_is_answered_alike() {
    let city = city().await;
    let (mine, other) = (device(&city).await, device(&city).await);
    let unknown = format!("{}.{}", city.ids.uuid(), &mine[37..]);
    let swapped = format!("{}.{}", &mine[..36], &other[37..]);
    let short = mine[..60].to_owned();
    let mut bodies = Vec::new();
    for wrong in
        [unknown, swapped, short, "no-dot".to_owned(), "not-an-id.secret".to_owned(), mine.to_uppercase()]
    {
        let answer = city.anyone().post("/v1/token", json!({ "device_secret": wrong })).await;
        bodies.push(answer.assert_problem(401, "signed-out").body);
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
}

#[tokio::test]
async fn the_last_use_is_kept_to_the_day_of_the_city() {
    let city = city().await;
    let secret = device(&city).await;
    let last = async || -> String {
        let day = sqlx::query_as("SELECT last_used_on::text FROM accounts.device");
        let (day,): (String,) = day.fetch_one(&mut city.superuser().await).await.unwrap();
        day
    };
    assert_eq!(last().await, "2026-03-02");
    // 23:40 in Berlin is still the same day, 00:10 is the next, although it is 23:10 in UTC.
    for (minutes, day) in [(16 * 60, "2026-03-02"), (30, "2026-03-03")] {
        city.clock.advance(Duration::from_secs(minutes * 60));
        city.anyone().post("/v1/token", json!({ "device_secret": secret })).await.assert_status(200);
        assert_eq!(last().await, day);
    }
}
