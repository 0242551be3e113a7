//! The queue as it changes, through the gateway, over either transport.

use std::time::Duration;

use gladbeck_tests::{Transport, World};
use proto::reports::QueueChange;
use reports::testing::a_request;

#[tokio::test]
async fn a_change_passes_the_gateway_as_it_happens() {
    for transport in [Transport::InProcess, Transport::Http] {
        let world = World::over(transport).await;
        let clerk = world.clerk("office", &["intake"], &[]).await.with("accept-encoding", "gzip");
        let mut stream = clerk.follow("/v1/queue/changes").await;
        assert_eq!(stream.status, 200, "{transport:?}");
        assert_eq!(stream.headers["content-type"], "text/event-stream");
        assert!(
            !stream.headers.contains_key("content-encoding"),
            "compressed, events would wait: {transport:?}"
        );
        let filed = a_request(&world.city).file().await;
        let came = stream.next().await.unwrap();
        let change: QueueChange = serde_json::from_str(&came.data).unwrap();
        assert_eq!((change.service_request_id, came.event.as_str()), (filed.service_request_id, "changed"));

        drop(stream);
        let missed = a_request(&world.city).file().await;
        let mut stream = clerk.with("last-event-id", &came.id).follow("/v1/queue/changes").await;
        let came = stream.next().await.unwrap();
        let change: QueueChange = serde_json::from_str(&came.data).unwrap();
        assert_eq!(change.service_request_id, missed.service_request_id, "{transport:?}");
        assert_eq!(stream.within(Duration::from_millis(200)).await, None);
    }
}
