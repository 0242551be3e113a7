//! Keys change while everybody works: no honest request fails, and a stolen key is worth nothing.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gladbeck_tests::World;
use kit::config::rotation;
use kit::testing::Guest;
use serde_json::{Value, json};

/// A resident who asks who they are, and gets a fresh token whenever the old one passes no more.
struct Resident<'w> {
    world: &'w World,
    device_secret: String,
    token: String,
}

impl<'w> Resident<'w> {
    async fn new(world: &'w World) -> Self {
        let device = json!({ "device_id": world.city.ids.uuid() });
        let device: Value = world.city.anyone().post("/v1/devices", device).await.assert_status(201).json();
        let device_secret = device["device_secret"].as_str().unwrap().to_owned();
        let mut resident = Self { world, device_secret, token: String::new() };
        resident.refresh().await;
        resident
    }

    /// Exchanges the device's secret; this has to succeed at any moment.
    async fn refresh(&mut self) {
        let body = json!({ "device_secret": self.device_secret });
        let token: Value = self.world.city.anyone().post("/v1/token", body).await.assert_status(200).json();
        self.token = token["access_token"].as_str().unwrap().to_owned();
    }

    fn guest(&self) -> Guest {
        self.world.city.anyone().with("authorization", &format!("Bearer {}", self.token))
    }

    /// Asks until `stop`; answers how often it asked and how often it needed a fresh token.
    async fn work(mut self, stop: &AtomicBool) -> (usize, usize) {
        let (mut asked, mut renewed) = (0, 0);
        while !stop.load(Ordering::SeqCst) {
            asked += 1;
            tokio::task::yield_now().await;
            if self.guest().get("/v1/me").await.status == 401 {
                renewed += 1;
                self.refresh().await;
                self.guest().get("/v1/me").await.assert_status(200);
            }
        }
        (asked, renewed)
    }
}

/// A clerk in a browser, who may never notice anything.
async fn clerk_works(clerk: Guest, stop: &AtomicBool) -> usize {
    let mut asked = 0;
    while !stop.load(Ordering::SeqCst) {
        clerk.get("/v1/queue").await.assert_status(200);
        asked += 1;
        tokio::task::yield_now().await;
    }
    asked
}

#[tokio::test]
async fn keys_are_rotated_and_revoked_under_load_and_no_honest_request_fails() {
    let world = World::new().await;
    let city = &world.city;
    let (stop, changes) = (AtomicBool::new(false), AtomicUsize::new(0));
    let stolen = Resident::new(&world).await.guest();
    let clerk = world.clerk("yard", &["officer"], &[]).await;
    let (one, two) = (Resident::new(&world).await, Resident::new(&world).await);

    let change = async {
        let (now, ids) = (city.clock.now(), city.ids.clone());
        for _ in 0..3 {
            stolen.get("/v1/me").await.assert_status(200);
            city.change_secrets(|text| rotation::rotate(text, "accounts", &ids, now).unwrap().0);
            city.change_secrets(|text| rotation::rotate(text, "gateway", &ids, now).unwrap().0);
            changes.fetch_add(2, Ordering::SeqCst);
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        // The key of the stolen token is retired by now, and the one in use is stolen too.
        for kid in ["accounts-1", "accounts-4"] {
            city.change_secrets(|text| rotation::revoke(text, kid, &ids).unwrap());
            changes.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        stolen.get("/v1/me").await.assert_problem(401, "signed-out");
        stop.store(true, Ordering::SeqCst);
    };
    let (asked, one, two, ()) =
        tokio::join!(clerk_works(clerk, &stop), one.work(&stop), two.work(&stop), change);

    assert!(asked > 20 && one.0 > 20 && two.0 > 20, "{asked} {one:?} {two:?}");
    assert!(one.1 <= 2 && two.1 <= 2, "more fresh tokens than keys were revoked: {one:?} {two:?}");
    println!(
        "{} changes of keys: a clerk's {asked} requests and two residents' {} succeeded; \
         residents fetched a fresh token {} times after a key was revoked",
        changes.load(Ordering::SeqCst),
        one.0 + two.0,
        one.1 + two.1
    );
}

#[tokio::test]
async fn a_retired_key_is_forgotten_when_no_honest_token_of_it_can_be_left() {
    let world = World::new().await;
    let city = &world.city;
    let kids = async || -> Vec<String> {
        let set: Value = city.anyone().get("/.well-known/jwks.json").await.assert_status(200).json();
        set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kids().await, ["accounts-1", "accounts-2"]);
    let now = city.clock.now();
    city.change_secrets(|text| rotation::rotate(text, "accounts", &city.ids, now).unwrap().0);
    assert_eq!(kids().await, ["accounts-2", "accounts-3", "accounts-1"]);
    city.clock.advance(std::time::Duration::from_secs(901));
    assert_eq!(kids().await, ["accounts-2", "accounts-3"], "without another change of the file");
}
