//! How much of what, when and how long: the figures of the demonstration.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kit::pack::Service;
use reports::bulk::Channel;
use serde::Deserialize;

/// Invented, but for the figures that name their source.
const FILE: &str = include_str!("../../../../deploy/demonstration/weights.toml");

/// What weights.toml says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Figures of a real city.
    pub source: Source,
    fallback: Profile,
    service: BTreeMap<String, Profile>,
    /// Twelve months per season.
    pub season: BTreeMap<String, [f64; 12]>,
    /// Seven days, Monday first.
    pub weekday: BTreeMap<String, [f64; 7]>,
    /// Twenty-four hours per kind of day.
    pub hours: BTreeMap<String, [f64; 24]>,
    /// The days of storm.
    pub storm: Vec<Storm>,
    photo: BTreeMap<String, Vec<String>>,
}

/// Figures of a real city.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// All reports of the year whose kinds are known.
    pub reports: u32,
    /// Reports by channel.
    pub channel: Vec<ChannelFigure>,
    /// Reports by kind.
    pub kind: Vec<KindFigure>,
}

/// Reports over a channel.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelFigure {
    /// The channel.
    pub channel: Channel,
    /// Its name.
    pub name: String,
    /// How many.
    pub reports: u32,
}

/// Reports of a kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindFigure {
    /// Its name.
    pub name: String,
    /// How many.
    pub reports: u32,
    /// The services that it is spread over here.
    pub services: Vec<String>,
}

/// What is usual for a service.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Its part of all requests.
    pub weight: f64,
    /// When in the year.
    pub season: String,
    /// When in the day.
    pub hours: String,
    /// The share that falls on the days of storm.
    pub storm: f64,
    /// Usual working days until the end.
    pub days: Option<f64>,
    /// Whether people also work on it in the evening and at the weekend.
    pub quick: bool,
    /// The share that the city cannot do anything about.
    pub not_possible: f64,
    /// The share that is another body's.
    pub handed_over: f64,
    /// The share that is taken back.
    pub withdrawn: f64,
}

/// A day of storm.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storm {
    /// How long before today.
    pub days_ago: u16,
    /// Its part of the requests of storms.
    pub share: f64,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            weight: 0.0,
            season: "even".to_owned(),
            hours: "even".to_owned(),
            storm: 0.0,
            days: None,
            quick: false,
            not_possible: 0.06,
            handed_over: 0.02,
            withdrawn: 0.015,
        }
    }
}

impl Weights {
    /// Reads the file that is built in.
    pub fn read() -> Result<Self> {
        toml::from_str(FILE).context("deploy/demonstration/weights.toml")
    }

    /// What is usual for a service.
    pub fn profile(&self, service_code: &str) -> &Profile {
        self.service.get(service_code).unwrap_or(&self.fallback)
    }

    /// Every scene that a service may show.
    #[cfg(test)]
    pub fn scenes(&self) -> impl Iterator<Item = &String> {
        self.photo.values().flatten()
    }

    /// The pictures that fit a service.
    pub fn pictures(&self, service: &Service) -> &[String] {
        match service.accepts.photos {
            true => self.photo.get(&service.service_code).map_or(&[], Vec::as_slice),
            false => &[],
        }
    }
}
