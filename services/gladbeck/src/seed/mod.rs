//! `gladbeck seed`: two invented years of a city, for people who want to try it.
//!
//! Everything here is practice data (Übungsdaten): invented texts at public places, drawn pictures, invented staff.
//! Each request follows from its number alone, so that a run that was killed goes on where it stood, and a run that
//! is repeated changes nothing.

mod calendar;
mod chance;
mod clerks;
mod course;
mod figures;
mod photo;
mod place;
mod sower;
mod texts;
mod weights;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use kit::App;
use kit::clock::Clock;
use kit::config::{self, Settings};
use kit::db::migrate;
use reports::bulk::{self, Bringing, Story};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};

use crate::assemble::Apps;
use photo::Pictures;
use sower::Sower;

/// Requests of a demonstration: about two years of a city of 75,000.
pub const REQUESTS: usize = 9_800;
/// Requests of one transaction.
const BATCH: u64 = 500;
/// Tries to find a reference that nobody has.
const DRAWS: u64 = 20;

/// How much of a city is invented.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// How many invented requests there are to be.
    #[arg(long, default_value_t = REQUESTS)]
    pub requests: usize,
    /// The city's key in the configuration, when there are several.
    #[arg(long)]
    pub city: Option<String>,
}

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sown {
    /// Invented requests that were there before.
    pub before: u64,
    /// Invented requests that are there now.
    pub now: u64,
}

/// Brings invented requests into a city of the configuration and shows its shares beside the source's.
pub async fn run(settings: &Settings, options: &Options) -> Result<()> {
    let (key, city) = choose(settings, options.city.as_deref())?;
    let clock = Clock::system();
    let apps = Apps::open(city, 4, clock.clone())?;
    migrate::require_known_schema(apps.reports.db.pool()).await?;
    let begun = clock.now();
    let sown = sow(&apps.reports, options.requests).await.with_context(|| format!("city {key}"))?;
    if sown.now == sown.before {
        println!("{key}: there are {} invented requests already; nothing was changed", sown.before);
    } else {
        analyze(city).await?;
        let seconds = (clock.now() - begun).as_seconds_f64();
        println!(
            "{key}: {} invented requests (Übungsdaten) in {seconds:.1} s, {} in all",
            sown.now - sown.before,
            sown.now
        );
    }
    print!("{}", shares(&apps.reports).await?);
    Ok(())
}

fn choose<'s>(settings: &'s Settings, key: Option<&'s str>) -> Result<(&'s str, &'s config::City)> {
    let keys = || settings.city.keys().cloned().collect::<Vec<_>>().join(", ");
    match key {
        Some(key) => {
            let city = settings.city.get(key);
            Ok((key, city.with_context(|| format!("the configuration knows no city {key}, but {}", keys()))?))
        }
        None => match settings.city.iter().next() {
            Some((key, city)) if settings.city.len() == 1 => Ok((key, city)),
            _ => bail!("choose a city with --city: {}", keys()),
        },
    }
}

/// Invents requests until there are `number`; refuses a city that is not for practice.
pub async fn sow(app: &App, number: usize) -> Result<Sown> {
    ensure!(
        app.city.city.demonstration,
        "{} is no demonstration, so nothing was invented in it; its city.toml says `demonstration = false`",
        app.city.name(),
    );
    let goal = u64::try_from(number)?;
    ensure!(goal <= sower::MOST, "no more than {} requests can be invented", sower::MOST);
    let before = there(&mut Bringing::begin(app).await?).await?;
    if before >= goal {
        return Ok(Sown { before, now: before });
    }
    let sower = Sower::open(app).await?;
    let mut pictures = Pictures::default();
    loop {
        let mut bringing = Bringing::begin(app).await?;
        // Counted anew: another run may have gone on meanwhile.
        let next = there(&mut bringing).await?;
        if next >= goal {
            return Ok(Sown { before, now: next });
        }
        batch(app, &sower, &mut pictures, bringing, next..goal.min(next + BATCH)).await?;
    }
}

/// How many invented requests there are; they are brought in by their numbers, without gaps.
async fn there(bringing: &mut Bringing) -> Result<u64> {
    let (first, last) = sower::range();
    Ok(bringing.last_within(first, last).await?.map_or(0, |id| sower::number(id) + 1))
}

async fn batch(
    app: &App,
    sower: &Sower,
    pictures: &mut Pictures,
    mut bringing: Bringing,
    numbers: std::ops::Range<u64>,
) -> Result<()> {
    let references = references(sower, &mut bringing, numbers.clone()).await?;
    let mut stories: Vec<Story> = Vec::new();
    for (number, reference) in numbers.zip(references) {
        let (mut story, shown) =
            sower.story(number, reference).with_context(|| format!("request {number}"))?;
        for (photo_id, shown) in shown {
            let picture = pictures.photo(app, &shown).await?;
            if let Some(photo) = story.picture(photo_id, &picture) {
                bringing.keep(app, photo, &picture).await?;
            }
        }
        stories.push(story);
    }
    bringing.write(app, &stories).await?;
    bringing.commit().await?;
    Ok(())
}

/// References for requests, none of them taken and no two the same.
async fn references(
    sower: &Sower,
    bringing: &mut Bringing,
    numbers: std::ops::Range<u64>,
) -> Result<Vec<proto::Reference>> {
    let first: Vec<_> = numbers.clone().map(|number| sower.reference(number, 0)).collect();
    let mut taken: BTreeSet<String> = bringing.taken(&first).await?;
    let mut free = Vec::new();
    for (number, mut reference) in numbers.zip(first) {
        let mut attempt = 0;
        while taken.contains(reference.as_str()) {
            attempt += 1;
            ensure!(attempt < DRAWS, "every reference that was drawn is taken");
            reference = sower.reference(number, attempt);
            taken.extend(bringing.taken(std::slice::from_ref(&reference)).await?);
        }
        taken.insert(reference.as_str().to_owned());
        free.push(reference);
    }
    Ok(free)
}

/// The shares of the invented requests beside those of the source.
pub async fn shares(app: &App) -> Result<String> {
    let (first, last) = sower::range();
    let counts = bulk::count(app, first, last).await?;
    Ok(figures::table(&weights::Weights::read()?, &counts))
}

/// Tells the planner of the database what there is now; only the owner of the tables may.
pub async fn analyze(settings: &config::City) -> Result<()> {
    let Some(url) = &settings.database.migrate else {
        println!("the configuration names no address for `migrate`: the database will notice by itself");
        return Ok(());
    };
    let mut connection = PgConnection::connect(url).await?;
    connection
        .execute("ANALYZE reports.request, reports.photo, reports.note, published.request, event.event")
        .await?;
    connection.close().await?;
    Ok(())
}

#[cfg(test)]
mod tests;
