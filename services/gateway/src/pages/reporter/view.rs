//! What the reporter's page shows.

use kit::pack::Pack;
use maud::{Markup, html};
use proto::reports::{MAX_PHOTOS, ReporterRequest, Step};
use proto::status::Status;
use proto::{PhotoId, Problem};

use crate::pages::photos::{Shown, photos};
use crate::pages::words;
use crate::reader::Reader;

/// What the reporter reads first: that something was done, or why not.
pub enum Notice {
    /// It was done; the key of its sentence.
    Done(&'static str),
    /// It was not.
    Problem(Problem),
}

impl Notice {
    /// The notice for what the address says was done; anyone can write an address, so only these are known.
    pub fn done(what: &str) -> Option<Self> {
        let key = match what {
            "photo" => "page-done-photo",
            "solved" => "page-done-solved",
            "unsolved" => "page-done-unsolved",
            "withdrawn" => "page-done-withdrawn",
            "contact" => "page-done-contact",
            _ => return None,
        };
        Some(Self::Done(key))
    }
}

/// The page of one request.
pub struct View<'v> {
    /// The city.
    pub city: &'v Pack,
    /// The reader.
    pub reader: &'v Reader,
    /// The request.
    pub request: &'v ReporterRequest,
    /// The page's address.
    pub path: &'v str,
    /// The id of the next photo.
    pub new_photo: PhotoId,
}

impl View<'_> {
    /// The middle of the page.
    pub fn body(&self, notice: Option<&Notice>) -> Markup {
        let (reader, request) = (self.reader, &self.request.request);
        html! {
            h1 { (request.service_name) }
            p.reference { (reader.say("page-reference")) " " strong { (request.reference) } }
            @if let Some(notice) = notice { (self.notice(notice)) }
            (words::standing(reader, request))
            @if request.status == Status::Done { (self.feedback()) }
            @if !request.photos_after.is_empty() { (self.before_and_after()) }
            @if self.request.confidential { p.hint { (reader.say("page-confidential")) } }
            (self.timeline())
            (self.own())
            @if !request.status.is_closed() && self.request.all_photos.len() < MAX_PHOTOS { (self.photo_form()) }
            @if self.request.contact { (self.contact_form()) }
            @if self.request.may_withdraw { (self.withdrawal_form()) }
            p.hint { (reader.say("page-link-is-secret")) }
        }
    }

    fn notice(&self, notice: &Notice) -> Markup {
        html! {
            @match notice {
                Notice::Done(key) => p.notice role="status" { (self.reader.say(key)) },
                Notice::Problem(problem) => div.notice.wrong role="alert" {
                    strong { (problem.title) }
                    p { (problem.detail) }
                },
            }
        }
    }

    fn timeline(&self) -> Markup {
        let told = |step: &&Step| step.status_name.is_some() || step.status_note.is_some();
        html! {
            section aria-labelledby="timeline" {
                h2 id="timeline" { (self.reader.say("page-timeline")) }
                ol.timeline {
                    @for step in self.request.timeline.iter().filter(told) {
                        li {
                            (words::when(self.city, self.reader, step.at))
                            strong { (self.step_name(step)) }
                            @if let Some(note) = &step.status_note { p.note { (note) } }
                        }
                    }
                }
            }
        }
    }

    fn step_name(&self, step: &Step) -> String {
        step.status_name.clone().unwrap_or_else(|| self.reader.say("page-answer"))
    }

    /// What the reporter sent, as it was sent.
    fn own(&self) -> Markup {
        let (reader, request) = (self.reader, &self.request.request);
        html! {
            section aria-labelledby="own" {
                h2 id="own" { (reader.say("page-own")) }
                dl {
                    dt { (reader.say("page-received")) }
                    dd { (words::when(self.city, reader, request.requested_datetime)) }
                    @if let Some(place) = words::place(self.city, reader, request) {
                        dt { (reader.say("page-place")) }
                        dd { (place) }
                    }
                    @if let Some(address) = &self.request.address_string {
                        dt { (reader.say("page-address")) }
                        dd.text { (address) }
                    }
                    @if let Some(text) = &request.description {
                        dt { (reader.say("page-text")) }
                        dd.text { (text) }
                    }
                }
                // Else they stand beside the place afterwards.
                @if request.photos_after.is_empty() { (photos(reader, &self.sent(), &[])) }
            }
        }
    }

    /// Is it really done? Two buttons, and the other one later on.
    fn feedback(&self) -> Markup {
        let reader = self.reader;
        let choice = |solved: bool, words: &str, look: &str| {
            html! { button class=(look) type="submit" name="solved" value=(solved) { (reader.say(words)) } }
        };
        html! {
            section.feedback aria-labelledby="feedback" {
                h2 #feedback { (reader.say("page-feedback")) }
                form method="post" action=(self.action("/feedback")) {
                    @match self.request.feedback.as_ref().map(|feedback| feedback.solved) {
                        None => {
                            p { (reader.say("page-feedback-detail")) }
                            div.choices {
                                (choice(true, "page-feedback-yes", ""))
                                (choice(false, "page-feedback-no", "quiet"))
                            }
                        },
                        Some(true) => {
                            p { (reader.say("page-feedback-was-yes")) }
                            (choice(false, "page-feedback-change-no", "quiet"))
                        },
                        Some(false) => {
                            p { (reader.say("page-feedback-was-no")) }
                            (choice(true, "page-feedback-change-yes", "quiet"))
                        },
                    }
                }
            }
        }
    }

    fn before_and_after(&self) -> Markup {
        html! {
            section aria-labelledby="before-and-after" {
                h2 #before-and-after { (self.reader.say("page-before-and-after")) }
                (photos(self.reader, &self.sent(), &self.after()))
            }
        }
    }

    /// The reporter's own photos, each with who sees it.
    fn sent(&self) -> Vec<Shown> {
        let hint =
            |released| self.reader.say(if released { "page-photo-public" } else { "page-photo-private" });
        let photos = self.request.all_photos.iter();
        photos.map(|photo| self.shown(photo.photo_id, Some(hint(photo.released)))).collect()
    }

    fn after(&self) -> Vec<Shown> {
        self.request.request.photos_after.iter().map(|photo| self.shown(*photo, None)).collect()
    }

    fn shown(&self, photo: PhotoId, hint: Option<String>) -> Shown {
        Shown { picture: format!("{}/photos/{photo}", self.path), larger: None, hint }
    }

    fn photo_form(&self) -> Markup {
        let reader = self.reader;
        html! {
            section aria-labelledby="add-photo" {
                h2 id="add-photo" { (reader.say("page-add-photo")) }
                form method="post" enctype="multipart/form-data" action=(self.action("/photos")) {
                    input type="hidden" name="photo_id" value=(self.new_photo);
                    label for="photo" { (reader.say("page-add-photo-label")) }
                    input #photo type="file" name="photo" accept="image/jpeg,image/png,image/webp" required;
                    button type="submit" { (reader.say("page-add-photo-do")) }
                }
            }
        }
    }

    fn contact_form(&self) -> Markup {
        let reader = self.reader;
        html! {
            section aria-labelledby="contact" {
                h2 id="contact" { (reader.say("page-mail")) }
                p { (reader.say("page-mail-detail")) }
                form method="post" action=(self.action("/contact-deletion")) {
                    button.quiet type="submit" { (reader.say("page-mail-delete")) }
                }
            }
        }
    }

    fn withdrawal_form(&self) -> Markup {
        let reader = self.reader;
        html! {
            details {
                summary { (reader.say("page-withdraw")) }
                p { (reader.say("page-withdraw-detail")) }
                form method="post" action=(self.action("/withdrawal")) {
                    button.quiet type="submit" { (reader.say("page-withdraw-do")) }
                }
            }
        }
    }

    fn action(&self, below: &str) -> String {
        self.reader.link(&format!("{}{below}", self.path))
    }
}
