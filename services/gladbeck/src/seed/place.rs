//! Where requests lie: at stops and public places, never at a house.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use kit::pack::Pack;
use proto::geo::Position;
use reports::bulk::Spot;

use super::chance::{Chance, Shares};

/// How far from the place a request may lie, in metres; a metre less than what the spots were chosen for.
const FAR: f64 = 24.0;
/// Metres per degree of latitude.
const DEGREE: f64 = 111_320.0;

/// Public places, with how often each group of services is reported there.
pub struct Places {
    spots: Vec<Spot>,
    shares: BTreeMap<String, Shares>,
}

impl Places {
    /// Spreads the groups of a city over its spots; some districts have more of one thing than others.
    pub fn new(spots: Vec<Spot>, city: &Pack) -> Result<Self> {
        ensure!(!spots.is_empty(), "the city pack names no public place in places.csv to put requests at");
        let share = |group: &str| {
            Shares::of(spots.iter().map(|spot| {
                let district = spot.district.as_deref().unwrap_or_default();
                let busy = Chance::named(&spot.key).between(0.25, 1.0).powi(2);
                busy * Chance::named(&format!("{district} {group}")).between(0.4, 1.8)
            }))
        };
        let shares = city.groups.iter().map(|group| (group.key.clone(), share(&group.key))).collect();
        Ok(Self { spots, shares })
    }

    /// A place for a request of this group, and its name.
    pub fn pick(&self, group: &str, chance: &mut Chance) -> (Position, &str) {
        let place = self.shares.get(group).map_or(0, |shares| shares.at(chance.unit()));
        let spot = &self.spots[place];
        let (distance, angle) = (FAR * chance.unit().sqrt(), chance.unit() * std::f64::consts::TAU);
        let north = distance * angle.sin() / DEGREE;
        let east = distance * angle.cos() / (DEGREE * spot.latitude.to_radians().cos());
        let position =
            Position { longitude: rounded(spot.longitude + east), latitude: rounded(spot.latitude + north) };
        (position, &spot.name)
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}
