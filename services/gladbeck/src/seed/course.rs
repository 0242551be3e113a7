//! What becomes of a request: who takes it, how long it takes, how it ends.

use anyhow::{Result, anyhow};
use chrono::TimeDelta;
use kit::pack::{Service, Step};
use proto::reports::StatusChange;
use proto::status::Status;
use proto::{NoteId, Timestamp};
use reports::bulk::{Clerk, Story};
use uuid::Uuid;

use super::calendar::Calendar;
use super::chance::Chance;
use super::clerks::Clerks;
use super::texts::Texts;
use super::weights::Profile;

/// The share that lies about: nobody gets round to ending it.
const STUCK: f64 = 0.012;
/// The share whose words a clerk shows to the public.
const SHOWN: f64 = 0.86;

/// What a request meets on its way.
pub struct Course<'c> {
    /// When people work.
    pub calendar: &'c Calendar,
    /// Who works.
    pub clerks: &'c Clerks,
    /// What they say.
    pub texts: &'c Texts,
    /// What is reported.
    pub service: &'c Service,
    /// What is usual for it.
    pub profile: &'c Profile,
}

impl Course<'_> {
    /// Lets everything happen to the request that has happened by now.
    pub fn run(&self, story: &mut Story, chance: &mut Chance) -> Result<()> {
        let (begin, now) = (story.request().requested_datetime, self.calendar.now());
        let (seen, total) = self.times(begin, chance);
        if chance.happens(self.profile.withdrawn) {
            let at = begin + (seen - begin).mul_share(chance.unit());
            return if at > now { Ok(()) } else { story.withdraw(at).map_err(refused) };
        }
        if let Some((at, note)) = self.expiry(begin, seen).filter(|(at, _)| *at <= now) {
            return story.expire(&note, at).map_err(refused);
        }
        if seen > now {
            return Ok(());
        }
        self.look(story, seen, chance)?;
        let clerk = self.clerks.of(&self.service.department)?;
        let taken = seen + TimeDelta::minutes((4.0 + 50.0 * chance.unit()) as i64);
        if taken > now {
            return Ok(());
        }
        story.claim(clerk, taken).map_err(refused)?;
        self.work(story, clerk, taken, total, chance)
    }

    /// When somebody looks at it, and how many working days it takes from there.
    fn times(&self, begin: Timestamp, chance: &mut Chance) -> (Timestamp, f64) {
        if self.profile.quick {
            return (self.calendar.shift_after(begin, 12.0 * chance.factor(0.7)), 0.0);
        }
        let goal = self.service.expected_days.map_or(5.0, f64::from);
        let days = self.profile.days.unwrap_or(goal * 0.42) * chance.factor(0.55);
        (self.calendar.work_after(begin, (0.15 * chance.factor(0.6)).min(days * 0.5)), days)
    }

    /// When it ends by itself before anybody looks, and the words for that.
    fn expiry(&self, begin: Timestamp, seen: Timestamp) -> Option<(Timestamp, String)> {
        let expiry = self.service.expires.as_ref()?;
        let at = begin + TimeDelta::hours(expiry.hours.into());
        (at <= seen).then(|| (at, expiry.status_note.in_language("de").to_owned()))
    }

    /// Until when somebody has to end what would otherwise end by itself.
    fn deadline(&self, story: &Story) -> Option<Timestamp> {
        let hours = self.service.expires.as_ref()?.hours;
        Some(story.request().requested_datetime + TimeDelta::hours(hours.into()) - TimeDelta::minutes(1))
    }

    /// A clerk decides what may be shown.
    fn look(&self, story: &mut Story, at: Timestamp, chance: &mut Chance) -> Result<()> {
        if self.service.is_confidential() || !chance.happens(SHOWN) {
            return Ok(());
        }
        let intake = self.clerks.intake()?;
        if self.service.publish.text == Step::AfterRelease && story.request().description.is_some() {
            story.release_text(intake, at);
        }
        if self.service.publish.photos == Step::AfterRelease {
            story.release_photos(intake, at);
        }
        Ok(())
    }

    fn work(
        &self,
        story: &mut Story,
        clerk: &Clerk,
        taken: Timestamp,
        total: f64,
        chance: &mut Chance,
    ) -> Result<()> {
        let now = self.calendar.now();
        let mut last = taken;
        if chance.happens(0.11) {
            let at = self.later(taken, total * 0.1, chance);
            let note = self.texts.note(self.service, chance).unwrap_or_default();
            if at <= now {
                story.note(clerk, note_id(story, chance), &note, at);
                last = at;
            }
        }
        let (end, ordered) = (self.end(chance), chance.happens(0.6) && !self.profile.quick);
        let begun = self.later(taken, total * 0.35, chance).max(last);
        if ordered && end == Status::Done {
            if begun > now {
                return Ok(());
            }
            let words =
                self.texts.answer("in_progress", self.service, chance).filter(|_| chance.happens(0.7));
            story.change(clerk, &say(Status::InProgress, words, None), begun).map_err(refused)?;
        } else if chance.happens(0.04) && begun <= now {
            let words = self.texts.answer("answered", self.service, chance);
            story
                .change(clerk, &StatusChange { status_note: words, ..StatusChange::default() }, begun)
                .map_err(refused)?;
        }
        let ended = self.later(begun, total * 0.65, chance);
        let ended = self.deadline(story).map_or(ended, |deadline| ended.min(deadline).max(begun));
        if (self.service.expires.is_none() && chance.happens(STUCK)) || ended > now {
            return Ok(());
        }
        let clerk = self.clerks.of(&self.service.department)?;
        story.change(clerk, &self.ending(end, chance), ended).map_err(refused)
    }

    fn later(&self, from: Timestamp, days: f64, chance: &mut Chance) -> Timestamp {
        if self.profile.quick {
            return self.calendar.shift_after(from, 22.0 * chance.factor(0.8));
        }
        self.calendar.work_after(from, days.max(0.02))
    }

    fn end(&self, chance: &mut Chance) -> Status {
        let way = chance.unit();
        if way < self.profile.not_possible {
            Status::NotPossible
        } else if way < self.profile.not_possible + self.profile.handed_over {
            Status::HandedOver
        } else {
            Status::Done
        }
    }

    fn ending(&self, end: Status, chance: &mut Chance) -> StatusChange {
        match end {
            Status::HandedOver => match self.texts.handed_over(self.service, chance) {
                Some((agency, note)) => say(end, Some(note), Some(agency)),
                None => say(Status::Done, None, None),
            },
            Status::NotPossible => say(end, self.texts.answer("not_possible", self.service, chance), None),
            _ => say(
                end,
                self.texts.answer("done", self.service, chance).filter(|_| chance.happens(0.9)),
                None,
            ),
        }
    }
}

fn say(status: Status, status_note: Option<String>, agency_responsible: Option<String>) -> StatusChange {
    StatusChange { status: Some(status), status_note, agency_responsible }
}

fn refused(refusal: impl std::fmt::Debug) -> anyhow::Error {
    anyhow!("an invented step is against the rules: {refusal:?}")
}

fn note_id(story: &Story, chance: &mut Chance) -> NoteId {
    let id = story.request().id.0.as_u128();
    // As far into the past as its request, and its own random end.
    let own = u128::from(chance.bits()) & 0x3FFF_FFFF_FFFF_FFFF;
    NoteId(Uuid::from_u128((id & !0x3FFF_FFFF_FFFF_FFFF) | own))
}

/// A part of a span of time.
trait Part {
    fn mul_share(self, share: f64) -> Self;
}

impl Part for TimeDelta {
    fn mul_share(self, share: f64) -> Self {
        Self::seconds((self.num_seconds() as f64 * share) as i64)
    }
}
