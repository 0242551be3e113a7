//! Serving for real: the cities of a configuration, by host name.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use axum::Router;
use kit::clock::Clock;
use kit::config::Settings;
use kit::db::{Db, PoolSettings, migrate as migrations};
use kit::job::Worker;
use kit::pack::Pack;
use kit::reference;
use kit::{http::health, telemetry};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::assemble::{City, service_router};
use crate::keys;

/// Serves until a signal to stop, then drains.
pub async fn serve(settings: &Settings, only: Option<&str>, work: bool) -> Result<()> {
    telemetry::log(settings.server.log, "info,sqlx=warn");
    let stop = stop_on_signal()?;
    let running = TaskTracker::new();
    metrics(settings, &stop, &running);
    let cities = open(settings).await?;
    follow_keys(settings, &cities, &stop, &running);
    let router = match only {
        Some(service) => one_service(&cities, service)?,
        None => everything(&cities),
    };
    if work {
        spawn_work(settings, &cities, &stop, &running)?;
    }
    let listener = TcpListener::bind(settings.server.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.server.listen))?;
    tracing::info!(address = %settings.server.listen, cities = cities.len(), "ready");
    kit::serve::serve(listener, router, stop.clone()).await;
    stop.cancel();
    running.close();
    running.wait().await;
    Ok(())
}

/// Does jobs until a signal to stop.
pub async fn work(settings: &Settings) -> Result<()> {
    telemetry::log(settings.server.log, "info,sqlx=warn");
    let stop = stop_on_signal()?;
    let running = TaskTracker::new();
    metrics(settings, &stop, &running);
    let cities = open(settings).await?;
    follow_keys(settings, &cities, &stop, &running);
    spawn_work(settings, &cities, &stop, &running)?;
    running.close();
    running.wait().await;
    Ok(())
}

/// Applies what is missing in each city's database.
pub async fn migrate(settings: &Settings) -> Result<()> {
    for (key, city) in &settings.city {
        let url = city.database.migrate.as_deref();
        let url = url.with_context(|| format!("[city.{key}.database] names no address for `migrate`"))?;
        migrations::migrate(url).await.with_context(|| format!("city {key}"))?;
        let import = city.database.import.as_deref();
        let import =
            import.with_context(|| format!("[city.{key}.database] names no address for `import`"))?;
        reference::load(import, &Pack::open(&city.pack)?).await.with_context(|| format!("city {key}"))?;
        println!("{key}: the schema is up to date");
    }
    Ok(())
}

async fn open(settings: &Settings) -> Result<Vec<City>> {
    let mut cities = Vec::new();
    for (key, city) in &settings.city {
        let city = City::open(city, settings.server.connections, Clock::system())
            .with_context(|| format!("city {key}"))?;
        migrations::require_known_schema(city.apps.reports.db.pool())
            .await
            .with_context(|| format!("city {key}"))?;
        cities.push(city);
    }
    Ok(cities)
}

/// Gateways by host, with the health of every database.
pub fn everything(cities: &[City]) -> Router {
    let mut by_host = HashMap::new();
    for city in cities {
        let router = city.router(gateway::Settings::default());
        for host in &city.apps.gateway.city.city.hosts {
            by_host.insert(host.clone(), router.clone());
        }
    }
    health::router(databases(cities)).fallback_service(gateway::cities(by_host))
}

fn one_service(cities: &[City], service: &str) -> Result<Router> {
    let mut by_host = HashMap::new();
    for city in cities {
        let router = city.apps.service(service).and_then(service_router);
        let Some(router) = router else { bail!("there is no service {service} to serve alone") };
        for host in &city.apps.gateway.city.city.hosts {
            by_host.insert(host.clone(), router.clone());
        }
    }
    Ok(health::router(databases(cities)).fallback_service(gateway::cities(by_host)))
}

fn databases(cities: &[City]) -> Vec<Db> {
    cities.iter().map(|city| city.apps.reports.db.clone()).collect()
}

/// Starts the tasks of every city, and its listener for wake-ups.
fn spawn_work(
    settings: &Settings,
    cities: &[City],
    stop: &CancellationToken,
    running: &TaskTracker,
) -> Result<()> {
    for (city, configured) in cities.iter().zip(settings.city.values()) {
        let direct =
            Db::open(&configured.database.direct, PoolSettings { max: 2, ..PoolSettings::default() })?;
        work_on(city, &direct, stop, running);
    }
    Ok(())
}

/// Lets every city sign and check with the keys that its file holds now.
fn follow_keys(settings: &Settings, cities: &[City], stop: &CancellationToken, running: &TaskTracker) {
    for (city, configured) in cities.iter().zip(settings.city.values()) {
        running.spawn(keys::follow(configured.secrets.clone(), city.apps.clone(), stop.clone()));
    }
}

/// Starts the tasks of one city.
pub fn work_on(city: &City, direct: &Db, stop: &CancellationToken, running: &TaskTracker) {
    running.spawn(city.apps.notify.wake.clone().carry(direct.pool().clone(), stop.clone()));
    for (app, tasks) in &city.tasks {
        running.spawn(Worker::new(app.clone(), tasks.clone()).run(stop.clone()));
    }
}

fn metrics(settings: &Settings, stop: &CancellationToken, running: &TaskTracker) {
    if let (Some(address), Some(handle)) = (settings.server.metrics, telemetry::metrics()) {
        let stop = stop.clone();
        running.spawn(async move {
            if let Err(error) = telemetry::serve_metrics(address, handle, stop).await {
                tracing::error!(%address, %error, "metrics cannot be served");
            }
        });
    }
}

/// A token that is cancelled by SIGTERM or Ctrl-C.
pub fn stop_on_signal() -> Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let token = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        token.cancel();
    });
    Ok(stop)
}
