//! The accept loop against clients that dawdle, over real sockets.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{get, post};
use kit::App;
use kit::extract::Raw;
use kit::testing::City;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;

async fn length(raw: Raw) -> String {
    raw.bytes.len().to_string()
}

fn router(app: &App) -> Router {
    let slow = get(async || {
        tokio::time::sleep(Duration::from_millis(600)).await;
        "at last"
    });
    let routes = OpenApiRouter::new()
        .route("/length", post(length))
        .route("/slow", slow)
        .route("/stream", get(async || ([("content-type", "text/event-stream")], endless())))
        .route("/", get(async || "here"));
    kit::http::service(app, routes).0
}

/// A body that says something once and then goes on without a word.
fn endless() -> axum::body::Body {
    let once = futures_util::stream::iter([Ok::<_, std::io::Error>("data: here\n\n")]);
    axum::body::Body::from_stream(futures_util::StreamExt::chain(once, futures_util::stream::pending()))
}

async fn serving(city: &City) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let served = tokio::spawn(kit::serve::serve(listener, city.router(), stop.clone()));
    (address, stop, served)
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn read(mut stream: TcpStream) -> String {
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text).await;
    text
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off_and_others_are_served() {
    let city = City::of(&[("reports", router)]).await;
    let (address, _stop, _) = serving(&city).await;
    let started = Instant::now();
    let mut slow = Vec::new();
    for _ in 0..200 {
        slow.push(send(address, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await);
    }
    let honest = read(send(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await).await;
    assert!(honest.ends_with("here"), "{honest}");
    assert!(started.elapsed() < Duration::from_secs(3));
    for stream in slow {
        read(stream).await;
    }
    let taken = started.elapsed();
    assert!((4..9).contains(&taken.as_secs()), "{taken:?}");
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_408() {
    let city = City::of(&[("reports", router)]).await;
    let (address, _stop, _) = serving(&city).await;
    let head = "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut stream = send(address, head).await;
    let answer = tokio::spawn(async move {
        let mut answer = vec![0; 4096];
        for _ in 0..100 {
            let _ = stream.write_all(b"1\r\na\r\n").await;
            if let Ok(Ok(n @ 1..)) =
                tokio::time::timeout(Duration::from_millis(200), stream.read(&mut answer)).await
            {
                return String::from_utf8_lossy(&answer[..n]).into_owned();
            }
        }
        String::new()
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("body-too-slow"), "{answer}");
}

#[tokio::test]
async fn an_endless_fast_body_is_answered_413() {
    let city = City::of(&[("reports", router)]).await;
    let (address, _stop, _) = serving(&city).await;
    let head = "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    let stream = send(address, head).await;
    let (mut reading, mut writing) = stream.into_split();
    let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
    let flood = tokio::spawn(async move {
        for _ in 0..2000 {
            if writing.write_all(chunk.as_bytes()).await.is_err() {
                return;
            }
        }
    });
    let mut answer = vec![0; 4096];
    let n =
        tokio::time::timeout(Duration::from_secs(20), reading.read(&mut answer)).await.unwrap().unwrap_or(0);
    flood.abort();
    let answer = String::from_utf8_lossy(&answer[..n]);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_request_in_flight_is_answered_during_the_drain() {
    let city = City::of(&[("reports", router)]).await;
    let (address, stop, served) = serving(&city).await;
    let waiting = send(address, "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    stop.cancel();
    assert!(read(waiting).await.ends_with("at last"));
    tokio::time::timeout(Duration::from_secs(5), served).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "it still listens");
}

#[tokio::test]
async fn an_event_stream_ends_whole_at_a_signal_to_stop_and_holds_nothing_up() {
    let city = City::of(&[("reports", router)]).await;
    let (address, stop, served) = serving(&city).await;
    let mut stream = send(address, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let mut beginning = [0; 1024];
    let mut text = String::new();
    while !text.contains("data: here") {
        let read = stream.read(&mut beginning).await.unwrap();
        text += &String::from_utf8_lossy(&beginning[..read]);
    }
    let stopped = Instant::now();
    stop.cancel();
    let rest = tokio::time::timeout(Duration::from_secs(5), read(stream)).await.expect("the stream ends");
    assert!(rest.ends_with("0\r\n\r\n"), "the last chunk: {rest:?}");
    served.await.unwrap();
    assert!(stopped.elapsed() < Duration::from_secs(2), "{:?}", stopped.elapsed());
}
