//! Log output and metrics of the process.

use std::io::IsTerminal;
use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts log output; a second call changes nothing. `RUST_LOG` chooses what is written, `otherwise` without it.
pub fn log(format: LogFormat, otherwise: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(otherwise));
    let output = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => output.try_init(),
        LogFormat::Json => output.json().flatten_event(true).try_init(),
    };
    // Already started, by a test or by the other of two cities.
    drop(started);
}

/// Starts to count; answers nothing when counting was started before.
pub fn metrics() -> Option<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().ok()
}

/// Serves `/metrics` on a port of its own.
pub async fn serve_metrics(
    address: SocketAddr,
    handle: PrometheusHandle,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    let router = Router::new().route("/metrics", get(async move || handle.render()));
    crate::serve::serve(listener, router, stop).await;
    Ok(())
}
