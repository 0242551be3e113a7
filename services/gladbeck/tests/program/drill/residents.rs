//! Residents who file requests and repeat each until it is acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kit::clock::Clock;
use kit::ids::Ids;
use proto::Client;
use proto::client::Call;
use proto::reports::{FiledRequest, NewRequest};
use serde_json::json;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Residents at work.
pub struct Residents {
    enough: Arc<AtomicBool>,
    at_work: Mutex<Vec<JoinHandle<Vec<FiledRequest>>>>,
}

impl Residents {
    /// `number` residents file one request after another.
    pub fn begin(address: String, number: usize) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let at_work = (0..number).map(|_| tokio::spawn(resident(address.clone(), enough.clone()))).collect();
        Self { enough, at_work: Mutex::new(at_work) }
    }

    /// Lets each end the request that is under way; answers with all that was acknowledged.
    pub async fn end(&self) -> Vec<FiledRequest> {
        self.enough.store(true, Ordering::SeqCst);
        let mut acknowledged = Vec::new();
        for resident in self.at_work.lock().await.drain(..) {
            acknowledged.extend(resident.await.unwrap());
        }
        acknowledged
    }
}

async fn resident(address: String, enough: Arc<AtomicBool>) -> Vec<FiledRequest> {
    let client = kit::transport::http(address.parse().unwrap(), "localhost");
    let ids = Ids::random(Clock::system());
    let mut acknowledged = Vec::new();
    while !enough.load(Ordering::SeqCst) {
        let request = request(&ids);
        let call =
            Call::default().header(http::HeaderName::from_static("idempotency-key"), &ids.uuid().to_string());
        acknowledged.push(until_acknowledged(&client, &call, &request).await);
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    acknowledged
}

/// Sends until the answer is 201; whatever else comes, the very same request is sent again.
async fn until_acknowledged(client: &Client, call: &Call, request: &NewRequest) -> FiledRequest {
    loop {
        let sending = client.post("/v1/requests", call, request);
        match tokio::time::timeout(Duration::from_secs(10), sending).await {
            Ok(Ok(filed)) => return filed,
            Ok(Err(problem)) if problem.status < 500 && problem.status != 409 => {
                panic!("refused: {problem:?}")
            }
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

fn request(ids: &Ids) -> NewRequest {
    let request = json!({
        "service_request_id": ids.uuid(),
        "service_code": SERVICE,
        "address_string": "Marktplatz (Übungsdaten)",
        "description": "Übung: Etwas liegt am Weg.",
        "contact": { "email": "resident@example.org", "purpose": "answer" },
    });
    serde_json::from_value(request).unwrap()
}

/// A service of the invented city that asks no questions.
const SERVICE: &str = "dont_know";
