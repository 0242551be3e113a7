//! Residents who file requests and repeat each until it is acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    work: Arc<Work>,
    at_work: Mutex<Vec<JoinHandle<Vec<FiledRequest>>>>,
}

/// What the residents share.
struct Work {
    address: String,
    /// Requests that nobody has begun yet.
    to_do: AtomicUsize,
    acknowledged: AtomicUsize,
    /// Times that an answer did not come and the request was sent again.
    repeats: AtomicUsize,
    /// How long a resident rests after each request.
    rest: Duration,
}

impl Residents {
    /// `number` residents file one request after another, together at most `requests`.
    pub fn begin(address: String, number: usize, requests: usize, rest: Duration) -> Self {
        let (to_do, acknowledged, repeats) =
            (AtomicUsize::new(requests), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = Arc::new(Work { address, to_do, acknowledged, repeats, rest });
        let at_work = (0..number).map(|_| tokio::spawn(resident(work.clone()))).collect();
        Self { work, at_work: Mutex::new(at_work) }
    }

    /// Requests that were acknowledged up to now.
    pub fn acknowledged(&self) -> usize {
        self.work.acknowledged.load(Ordering::SeqCst)
    }

    /// Times that no answer came, so that the very same request was sent again.
    pub fn repeats(&self) -> usize {
        self.work.repeats.load(Ordering::SeqCst)
    }

    /// Lets each end the request that is under way; answers with all that was acknowledged.
    pub async fn end(&self) -> Vec<FiledRequest> {
        self.work.to_do.store(0, Ordering::SeqCst);
        self.finish().await
    }

    /// Waits until nothing is left to do; answers with all that was acknowledged.
    pub async fn finish(&self) -> Vec<FiledRequest> {
        let mut acknowledged = Vec::new();
        for resident in self.at_work.lock().await.drain(..) {
            acknowledged.extend(resident.await.unwrap());
        }
        acknowledged
    }
}

async fn resident(work: Arc<Work>) -> Vec<FiledRequest> {
    let client = kit::transport::http(work.address.parse().unwrap(), "localhost");
    let ids = Ids::random(Clock::system());
    let mut acknowledged = Vec::new();
    while work.to_do.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
        let request = request(&ids);
        let call =
            Call::default().header(http::HeaderName::from_static("idempotency-key"), &ids.uuid().to_string());
        acknowledged.push(until_acknowledged(&client, &call, &request, &work.repeats).await);
        work.acknowledged.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(work.rest).await;
    }
    acknowledged
}

/// Sends until the answer is 201; whatever else comes, the very same request is sent again.
async fn until_acknowledged(
    client: &Client,
    call: &Call,
    request: &NewRequest,
    repeats: &AtomicUsize,
) -> FiledRequest {
    loop {
        let sending = client.post("/v1/requests", call, request);
        match tokio::time::timeout(Duration::from_secs(10), sending).await {
            Ok(Ok(filed)) => return filed,
            Ok(Err(problem)) if problem.status < 500 && problem.status != 409 => {
                panic!("refused: {problem:?}")
            }
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        repeats.fetch_add(1, Ordering::SeqCst);
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
