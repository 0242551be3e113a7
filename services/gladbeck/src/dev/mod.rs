//! `gladbeck dev`: a whole invented city on this machine.
//!
//! It keeps a private database server, loads a city pack and invented requests, starts a mailbox, and serves.
//! Its state lies in one folder; a kill at any moment leaves nothing that the next start cannot use.

pub mod installation;
pub(crate) mod people;

use std::path::PathBuf;

use anyhow::{Context, Result};
use axum::Router;
use clap::Args;
use kit::clock::Clock;
use kit::cluster::{self, Cluster};
use kit::config::{City as CitySettings, LogFormat};
use kit::db::{Db, PoolSettings};
use kit::http::health;
use kit::reference;
use kit::telemetry;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use crate::assemble::City;
use crate::demo;
use crate::import::addresses;
use crate::keys;
use crate::mailbox::{self, Mailbox};
use crate::seed;
use crate::serve::{stop_on_signal, work_on};
use installation::Installation;

/// How the invented city is run.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The folder of the city pack.
    #[arg(long, default_value = "deploy/city/gladbeck")]
    pub pack: PathBuf,
    /// The port on this machine.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The folder for the database, photos and mails; `.gladbeck` beside Cargo.lock when not given.
    #[arg(long)]
    pub state: Option<PathBuf>,
    /// How many invented requests there are at least; 0 for a city that is no demonstration.
    #[arg(long, default_value_t = seed::REQUESTS)]
    pub requests: usize,
    /// Leaves the database server running at the end, for the next start.
    #[arg(long)]
    pub keep_cluster: bool,
}

/// Runs until Ctrl-C.
pub async fn run(options: Options) -> Result<()> {
    telemetry::log(LogFormat::Text, "warn");
    // Before anything else: two cities on one port would each do half of the work.
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.with_context(|| {
        format!("port {} is taken; stop what uses it, or choose another one with --port", options.port)
    })?;
    let stop = stop_on_signal()?;
    let running = TaskTracker::new();
    let state = match &options.state {
        Some(state) => std::path::absolute(state)?,
        None => cluster::state_folder()?,
    };
    let cluster = join(&state).await?;

    let mailbox = Mailbox::open(state.join("mail"))?;
    let smtp = TcpListener::bind("127.0.0.1:0").await?;
    let smtp_port = smtp.local_addr()?.port();
    let sink = mailbox.clone();
    let stopped = stop.clone();
    running.spawn(async move { sink.serve(smtp, stopped).await });

    let installation = Installation::prepare(&cluster, &state, &options, smtp_port).await?;
    let settings = &installation.settings;
    let city = City::open(settings, 8, Clock::system())?;
    if let Some(import) = &settings.database.import {
        reference::load(import, &city.apps.layers.city).await?;
    }
    people::hire(&city.apps.accounts).await?;
    invent(&city, settings, options.requests).await?;
    work_on(&city, &Db::open(&settings.database.direct, PoolSettings::default())?, &stop, &running);

    running.spawn(keys::follow(settings.secrets.clone(), city.apps.clone(), stop.clone()));

    say_where(&city, &installation, options.port);
    let router = router(&city, mailbox, settings)?;
    kit::serve::serve(listener, router, stop.clone()).await;
    stop.cancel();
    running.close();
    running.wait().await;
    if !options.keep_cluster {
        tokio::task::spawn_blocking(move || cluster.stop()).await??;
    }
    println!("stopped; what was filed is kept in {}", state.display());
    Ok(())
}

async fn join(state: &std::path::Path) -> Result<Cluster> {
    let settings = cluster::Settings::dev(state);
    Ok(tokio::task::spawn_blocking(move || Cluster::join(&settings)).await??)
}

/// Fills the city with invented addresses and requests; those that are there stay.
async fn invent(city: &City, settings: &CitySettings, number: usize) -> Result<()> {
    if number == 0 {
        return Ok(());
    }
    if let Some(import) = &settings.database.import {
        addresses::demonstrate(import, &settings.pack, &city.apps.layers.city).await?;
    }
    let begun = city.apps.reports.clock.now();
    let sown = seed::sow(&city.apps.reports, number).await?;
    if sown.now > sown.before {
        seed::analyze(settings).await?;
        let seconds = (city.apps.reports.clock.now() - begun).as_seconds_f64();
        println!("invented {} requests (Übungsdaten) in {seconds:.1} s", sown.now - sown.before);
    }
    Ok(())
}

/// The gateway, the pages that only development has, and health.
fn router(city: &City, mailbox: Mailbox, settings: &CitySettings) -> Result<Router> {
    let gateway =
        city.router(gateway::Settings { sign_in: Some("/dev/staff".to_owned()), framed_by_self: true });
    let hosts = city.apps.gateway.city.city.hosts.iter().cloned();
    let development =
        mailbox::router(mailbox).merge(people::router(&city.apps)).merge(demo::router(&city.apps));
    let whole = development.fallback_service(gateway);
    let by_host = hosts.map(|host| (host, whole.clone())).collect();
    let health = health::router(vec![city.apps.reports.db.clone()]);
    debug_assert!(settings.services.is_empty(), "everything runs in this process");
    Ok(health.fallback_service(gateway::cities(by_host)))
}

fn say_where(city: &City, installation: &Installation, port: u16) {
    let name = city.apps.gateway.city.name();
    println!("{name} (Übungsdaten) is ready:");
    println!("  side by side http://localhost:{port}/demo");
    println!("  residents   http://localhost:{port}/");
    println!("  order office http://localhost:{port}/dev/staff");
    println!("  mailbox     http://localhost:{port}/dev/mail");
    println!("  the API     http://localhost:{port}/docs");
    println!("  other commands: gladbeck --config {} verify audit", installation.config.display());
}
