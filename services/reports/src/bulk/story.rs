//! What became of one request, step by step, at times of its own.

use kit::App;
use kit::db::{Caller, Context, System};
use kit::event::PastEvent;
use kit::media::CleanPhoto;
use proto::event::NewEvent;
use proto::reports::{Note, StatusChange};
use proto::status::Status;
use proto::{NoteId, PhotoId, Timestamp};

use super::Channel;
use crate::event;
use crate::request::{Claim, Request};
use crate::triage::status::Refusal;

/// A member of staff who worked on requests of the past.
#[derive(Clone, Debug)]
pub struct Clerk {
    /// As the database knows them.
    pub context: Context,
    /// The name that colleagues see.
    pub name: String,
}

/// A photo of the past, cleaned like every other one.
#[derive(Clone, Debug)]
pub struct PastPhoto {
    /// Names it in the store.
    pub photo_id: PhotoId,
    /// SHA-256 of the picture as it came.
    pub digest: [u8; 32],
    /// Pixels across.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
    /// Whether it shows the place afterwards.
    pub after: bool,
    /// Whether a person released it.
    pub released: bool,
    /// When it came.
    pub at: Timestamp,
}

/// A request with everything that happened to it.
#[derive(Clone, Debug)]
pub struct Story {
    pub(super) request: Request,
    pub(super) channel: Channel,
    pub(super) secret_hash: [u8; 32],
    pub(super) photos: Vec<PastPhoto>,
    pub(super) notes: Vec<(Note, String)>,
    told: Vec<(Timestamp, Context, NewEvent)>,
}

impl Story {
    /// Begins with a request that has just arrived.
    pub fn begin(request: Request, channel: Channel, secret_hash: [u8; 32]) -> Self {
        let nobody = Context { kind: "anyone", ..Context::default() };
        let told = vec![(request.requested_datetime, nobody, event::received(&request))];
        Self { request, channel, secret_hash, photos: Vec::new(), notes: Vec::new(), told }
    }

    /// The request as it stands.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// How it reached the city.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// Its photos.
    pub fn photos(&self) -> &[PastPhoto] {
        &self.photos
    }

    /// The resident sent a photo with it.
    pub fn show(&mut self, photo: PastPhoto) {
        self.photos.push(photo);
    }

    /// What a photo of it shows, cleaned as an upload is.
    pub fn picture(&mut self, photo_id: PhotoId, picture: &CleanPhoto) -> Option<&PastPhoto> {
        let photo = self.photos.iter_mut().find(|photo| photo.photo_id == photo_id)?;
        photo.digest = picture.digest;
        // At most 2048 after cleaning.
        photo.width = i32::try_from(picture.width).unwrap_or(i32::MAX);
        photo.height = i32::try_from(picture.height).unwrap_or(i32::MAX);
        Some(photo)
    }

    /// A clerk took it.
    pub fn claim(&mut self, by: &Clerk, at: Timestamp) -> Result<(), Refusal> {
        let from = self.request.status;
        let claim = Claim { subject: by.context.subject.clone().unwrap_or_default(), name: by.name.clone() };
        self.request = self.request.clone().claim(claim, at)?;
        self.tell(at, &by.context, event::claimed(&self.request));
        if self.request.status != from {
            let moved = event::status_changed(&self.request, from, &StatusChange::default());
            self.tell(at, &by.context, moved);
        }
        Ok(())
    }

    /// A clerk moved it on, or answered.
    pub fn change(&mut self, by: &Clerk, change: &StatusChange, at: Timestamp) -> Result<(), Refusal> {
        let from = self.request.status;
        self.request = self.request.clone().change(change, at)?;
        let told = if self.request.status == from {
            event::answered(&self.request, change)
        } else {
            event::status_changed(&self.request, from, change)
        };
        self.tell(at, &by.context, told);
        Ok(())
    }

    /// It ended by itself, because nobody had begun it in time.
    pub fn expire(&mut self, status_note: &str, at: Timestamp) -> Result<(), Refusal> {
        let from = self.request.status;
        let change = StatusChange {
            status: Some(Status::NotPossible),
            status_note: Some(status_note.to_owned()),
            agency_responsible: None,
        };
        self.request = self.request.clone().change(&change, at)?;
        self.tell(at, &System.context(), event::expired(&self.request, from, status_note));
        Ok(())
    }

    /// The resident took it back.
    pub fn withdraw(&mut self, at: Timestamp) -> Result<(), Refusal> {
        let from = self.request.status;
        self.request = self.request.clone().withdraw(at)?;
        let reporter = Context { kind: "reporter", ..Context::default() };
        self.tell(at, &reporter, event::withdrawn(&self.request, from));
        Ok(())
    }

    /// A clerk showed the resident's words to the public.
    pub fn release_text(&mut self, by: &Clerk, at: Timestamp) {
        self.request.description_released = true;
        self.request.touch(at);
        self.tell(at, &by.context, event::text_released(&self.request));
    }

    /// A clerk showed the resident's photos to the public.
    pub fn release_photos(&mut self, by: &Clerk, at: Timestamp) {
        for place in 0..self.photos.len() {
            self.photos[place].released = true;
            self.request.touch(at);
            let photo = self.photos[place].photo_id;
            self.tell(at, &by.context, event::photo_released(&self.request, photo, true));
        }
    }

    /// A clerk showed the place afterwards, to the public where the service shows photos.
    pub fn show_after(&mut self, by: &Clerk, photo: PastPhoto, public: bool) {
        let (photo_id, at) = (photo.photo_id, photo.at);
        self.photos.push(PastPhoto { after: true, released: public, ..photo });
        if public {
            self.request.touch(at);
        } else {
            self.request.version += 1;
        }
        self.tell(at, &by.context, event::photo_after_attached(&self.request, photo_id));
    }

    /// A clerk wrote to colleagues.
    pub fn note(&mut self, by: &Clerk, note_id: NoteId, text: &str, at: Timestamp) {
        let note = Note { note_id, at, by: by.name.clone(), text: text.to_owned() };
        self.request.version += 1;
        self.notes.push((note, by.context.subject.clone().unwrap_or_default()));
        self.tell(at, &by.context, event::note_written(&self.request, note_id));
    }

    /// What happened, to be recorded; the salts come from the service's key, so that bringing in again repeats them.
    pub(super) fn events(&self, app: &App) -> Vec<PastEvent> {
        let salt = |place: usize| {
            let parts: [&[u8]; 2] = [self.request.id.0.as_bytes(), &(place as u64).to_be_bytes()];
            let code = app.keys.mac("past-event-salt", &parts);
            let mut salt = [0; 16];
            salt.copy_from_slice(&code[..16]);
            salt
        };
        let past = |(place, (at, by, event)): (usize, &(Timestamp, Context, NewEvent))| PastEvent {
            at: *at,
            by: by.clone(),
            event: event.clone(),
            salt: salt(place),
        };
        self.told.iter().enumerate().map(past).collect()
    }

    fn tell(&mut self, at: Timestamp, by: &Context, event: NewEvent) {
        self.told.push((at, by.clone(), event));
    }
}
