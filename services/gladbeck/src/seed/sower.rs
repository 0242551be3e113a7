//! Invents one request after the other, each from its number alone.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kit::App;
use kit::keys::sha256;
use kit::pack::{Attribute, Datatype, Service, Step};
use proto::status::Status;
use proto::{PhotoId, Reference, ServiceRequestId, Timestamp};
use reports::bulk::{self, Draft, PastPhoto, Story};
use serde_json::{Value, json};
use uuid::Uuid;

use super::calendar::Calendar;
use super::chance::{Along, Chance, Shares, spread};
use super::clerks::Clerks;
use super::course::Course;
use super::photo::{Pictures, Shown};
use super::place::Places;
use super::texts::Texts;
use super::weights::Weights;

/// Where the ids of invented requests begin, in milliseconds of their UUIDv7: no real request is as old.
const EPOCH: u64 = 1_700_000_000_000;
/// The most requests that can be invented.
pub const MOST: u64 = 1_000_000;
/// So many requests are recent, however few there are.
const RECENT: u64 = 120;
/// Only so many may have photos, so that a large demonstration needs no large disk.
const WITH_PHOTOS: u64 = 9_800;
/// How long a photo is recent.
const PHOTO_DAYS: i64 = 56;

/// Everything that inventing needs.
pub struct Sower {
    app: App,
    weights: Weights,
    texts: Texts,
    calendar: Calendar,
    places: Places,
    clerks: Clerks,
    services: Shares,
    channels: Shares,
}

/// A request's id from its number; `rest` fills what the number leaves open.
fn id(number: u64, rest: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(EPOCH + number, &rest).into_uuid()
}

/// The range of the ids of invented requests.
pub fn range() -> (Uuid, Uuid) {
    (id(0, [0; 10]), id(MOST, [0xff; 10]))
}

/// The number of an invented request.
pub fn number(id: Uuid) -> u64 {
    // A UUIDv7 begins with 48 bits of milliseconds.
    u64::try_from(id.as_u128() >> 80).unwrap_or_default().saturating_sub(EPOCH)
}

impl Sower {
    /// Reads the data of the demonstration, for the city as it is now.
    pub async fn open(app: &App) -> Result<Self> {
        let (weights, texts) = (Weights::read()?, Texts::read()?);
        let city = &app.city;
        let services =
            Shares::of(city.services.iter().map(|service| weights.profile(&service.service_code).weight));
        let channels = Shares::of(weights.source.channel.iter().map(|figure| f64::from(figure.reports)));
        Ok(Self {
            calendar: Calendar::new(&weights, app.clock.now(), city.time_zone())?,
            places: Places::new(bulk::spots(app).await?, city)?,
            clerks: Clerks::new(app),
            app: app.clone(),
            weights,
            texts,
            services,
            channels,
        })
    }

    /// A reference for the request with this number; another one at each try.
    pub fn reference(&self, number: u64, attempt: u64) -> Reference {
        let code = self.app.keys.mac("seed-reference", &[&number.to_be_bytes(), &attempt.to_be_bytes()]);
        let random = u32::from_be_bytes([code[0], code[1], code[2], code[3]]);
        Reference::new(&self.app.city.city.reference_prefix, random)
    }

    /// The request with this number, with all that has happened to it, and the pictures that belong to it.
    pub fn story(&self, number: u64, reference: Reference) -> Result<(Story, Vec<(PhotoId, Shown)>)> {
        let mut chance = Chance::of(number);
        let request_id = ServiceRequestId(id(number, chance.ten_bytes()));
        let service = &self.app.city.services[self.services.at(spread(number, Along::Service))];
        let profile = self.weights.profile(&service.service_code);
        let figure = self.weights.source.channel.get(self.channels.at(spread(number, Along::Channel)));
        let channel = figure.context("weights.toml names no channel")?.channel;
        let at = self.calendar.arrival(profile, channel.needs_office(), number < RECENT, &mut chance);
        let (position, place) = self.places.pick(&service.group, &mut chance);
        let draft = Draft {
            id: request_id,
            reference,
            service,
            position,
            address_string: self.address(service, place, &mut chance),
            description: self.description(service, place, &mut chance),
            attributes: self.attributes(service, at, &mut chance),
            at,
        };
        let secret = bulk::secret(&self.app, request_id, &format!("seed-{number}"));
        let mut story = Story::begin(draft.request(), channel, sha256(secret.as_bytes()));
        let mut pictures = self.photos(&mut story, number, service, &mut chance);
        let course =
            Course { calendar: &self.calendar, clerks: &self.clerks, texts: &self.texts, service, profile };
        course.run(&mut story, &mut chance)?;
        let after = pictures.first().and_then(|(_, shown)| Pictures::after(shown));
        if let Some(after) = after.filter(|_| story.request().status == Status::Done && chance.happens(0.75))
        {
            let photo = photo(id(number, chance.ten_bytes()), story.request().updated_datetime);
            pictures.push((photo.photo_id, after));
            let public = !service.is_confidential() && service.publish.photos == Step::AfterRelease;
            story.show_after(self.clerks.of(&service.department)?, photo, public);
        }
        Ok((story, pictures))
    }

    /// What nobody outside may learn of names no street that exists.
    fn address(&self, service: &Service, place: &str, chance: &mut Chance) -> Option<String> {
        if service.is_confidential() {
            return chance.pick(&self.texts.address).cloned();
        }
        chance.happens(0.4).then(|| place.to_owned())
    }

    fn description(&self, service: &Service, place: &str, chance: &mut Chance) -> Option<String> {
        let text = self.texts.description(service, place, chance);
        text.filter(|_| service.accepts.text)
    }

    fn attributes(&self, service: &Service, at: Timestamp, chance: &mut Chance) -> BTreeMap<String, Value> {
        let asked = service.attributes.iter();
        let given = asked.filter(|question| question.required || chance.clone().happens(0.5));
        let given: Vec<&Attribute> = given.collect();
        given.into_iter().map(|question| (question.code.clone(), self.answer(question, at, chance))).collect()
    }

    fn answer(&self, question: &Attribute, at: Timestamp, chance: &mut Chance) -> Value {
        let some = chance.pick(&question.values).map(|value| value.key.clone()).unwrap_or_default();
        match question.datatype {
            Datatype::SingleValueList => json!(some),
            Datatype::MultiValueList => json!([some]),
            Datatype::Number => json!(1 + (chance.unit() * 5.0) as u8),
            Datatype::Datetime => json!(
                (at - chrono::TimeDelta::minutes(40 - i64::from(question.order.min(9)) * 4)).to_rfc3339()
            ),
            Datatype::String | Datatype::Text => json!(self.texts.line(&question.code, chance)),
        }
    }

    /// Some of the requests of the last weeks have a photo, and a few older ones.
    fn photos(
        &self,
        story: &mut Story,
        number: u64,
        service: &Service,
        chance: &mut Chance,
    ) -> Vec<(PhotoId, Shown)> {
        let at = story.request().requested_datetime;
        let recent = (self.calendar.now() - at).num_days() < PHOTO_DAYS;
        let scene = chance.pick(self.weights.pictures(service)).cloned();
        let photo_id = id(number, chance.ten_bytes());
        let wanted = number < WITH_PHOTOS && chance.happens(if recent { 0.3 } else { 0.004 });
        let shown = scene.filter(|_| wanted).and_then(|scene| Pictures::before(&scene));
        let Some(shown) = shown else { return Vec::new() };
        story.show(photo(photo_id, at));
        vec![(PhotoId(photo_id), shown)]
    }
}

/// A photo that nobody has released, before its picture is drawn.
fn photo(photo_id: Uuid, at: Timestamp) -> PastPhoto {
    let photo_id = PhotoId(photo_id);
    PastPhoto { photo_id, digest: [0; 32], width: 0, height: 0, after: false, released: false, at }
}
