//! What a mail says, in the reader's language and in the city's form of address.

use kit::pack::Pack;
use proto::Timestamp;
use proto::locale::{self, Language};
use proto::notify::Contact;
use url::Url;

use super::news::{News, What};
use super::place;
use super::store::Request;

/// Everything a mail is written from.
pub struct Matter<'m> {
    /// The city.
    pub city: &'m Pack,
    /// What happened.
    pub news: &'m News,
    /// When.
    pub at: Timestamp,
    /// To what.
    pub request: &'m Request,
    /// For whom.
    pub contact: &'m Contact,
    /// Where mail is ended.
    pub unsubscribe: &'m Url,
}

/// A mail in words, before it takes the form of text or HTML.
#[derive(Clone, Debug)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// One line, without control characters.
    pub subject: String,
    /// That all of it is practice, where it is.
    pub demonstration: Option<String>,
    /// The greeting.
    pub greeting: String,
    /// What happened, in a sentence or two.
    pub lead: String,
    /// The city's own words and the line above them.
    pub note: Option<(String, String)>,
    /// Names and values: reference, kind, place, dates and status.
    pub facts: Vec<(String, String)>,
    /// What happens next, in one sentence.
    pub next: String,
    /// The reporter's page: what the link says and where it leads.
    pub link: (String, Url),
    /// Why the link deserves care.
    pub care: String,
    /// The closing words.
    pub closing: String,
    /// Who writes.
    pub sender: String,
    /// Why the reader gets the mail.
    pub why: String,
    /// How to end mail: what the link says and where it leads.
    pub unsubscribe: (String, Url),
}

impl Words {
    /// Writes a mail.
    pub fn of(matter: &Matter<'_>) -> Self {
        let language = language(matter.city, &matter.contact.language);
        let say = Say { matter, language };
        let note = matter.news.note.as_deref().map(tidy).filter(|note| !note.is_empty());
        let contact = matter.contact;
        let unsubscribe = matter.unsubscribe.clone();
        Self {
            language,
            subject: say.subject(),
            demonstration: matter.city.city.demonstration.then(|| say.line("mail-demonstration")),
            greeting: say.line("mail-greeting"),
            lead: say.line(&format!("mail-lead-{}", matter.news.key())),
            note: note.map(|note| (say.line("mail-note"), note)),
            facts: say.facts(),
            next: say.next(),
            link: (
                say.line("mail-link"),
                under(&matter.city.city.base_url, &["m", contact.reference.as_str(), &contact.secret]),
            ),
            care: say.line("mail-link-secret"),
            closing: say.line("mail-closing"),
            sender: say.city().to_owned(),
            why: say.line("mail-why"),
            unsubscribe: (say.line("mail-unsubscribe"), unsubscribe),
        }
    }
}

/// The address of a page of the city; the parts are escaped.
pub fn under(base: &Url, parts: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(parts);
    }
    url
}

/// The resident's language if the product speaks it, or else the city's first one that it does.
fn language(city: &Pack, wanted: &str) -> Language {
    let spoken = |tag: &str| {
        Language::from_tag(tag).or_else(|| Language::from_tag(tag.split('-').next().unwrap_or_default()))
    };
    spoken(wanted).or_else(|| city.languages().iter().find_map(|tag| spoken(tag))).unwrap_or(Language::FIRST)
}

/// Line breaks of one kind, and none at the ends.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// Text on one line: a subject with a line break would be a forged header.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Says sentences about one matter in one language.
struct Say<'s> {
    matter: &'s Matter<'s>,
    language: Language,
}

impl Say<'_> {
    fn city(&self) -> &str {
        self.matter.city.city.full_name.in_language(self.language.tag())
    }

    fn agency(&self) -> Option<String> {
        let Matter { news, request, .. } = self.matter;
        news.agency.as_ref().or(request.agency_responsible.as_ref()).map(|agency| one_line(agency))
    }

    /// A sentence with the facts that most sentences need.
    fn line(&self, key: &str) -> String {
        self.line_with(key, &[])
    }

    fn line_with(&self, key: &str, more: &[(&str, String)]) -> String {
        let contact = &self.matter.city.city.contact;
        let mut facts = vec![
            ("form", self.matter.city.city.form_of_address.as_str().to_owned()),
            ("city", self.city().to_owned()),
            ("reference", self.matter.contact.reference.to_string()),
            ("agency", self.agency().unwrap_or_default()),
            ("office", contact.name.in_language(self.language.tag()).to_owned()),
            ("contact", contact.phone.clone().unwrap_or_else(|| contact.email.clone())),
        ];
        facts.extend_from_slice(more);
        locale::text_with(self.language, key, &facts)
    }

    fn time(&self, at: Timestamp) -> String {
        let local = at.with_timezone(&self.matter.city.time_zone());
        let part = |format: &str| local.format(format).to_string();
        let facts =
            [("day", part("%-d")), ("month", part("%-m")), ("year", part("%Y")), ("clock", part("%H:%M"))];
        locale::text_with(self.language, "mail-time", &facts)
    }

    fn status(&self) -> String {
        self.matter.news.status().words(self.language, self.agency().as_deref())
    }

    fn subject(&self) -> String {
        let news = match self.matter.news.what {
            What::Answered(_) => self.line("mail-subject-answered"),
            What::Received | What::Changed(_) => self.status(),
        };
        one_line(&self.line_with("mail-subject", &[("news", news)]))
    }

    fn facts(&self) -> Vec<(String, String)> {
        let Matter { city, request, contact, news, at, .. } = self.matter;
        let service = city.service(&request.service_code);
        let facts = [
            ("reference", Some(contact.reference.to_string())),
            ("service", service.map(|service| service.name.in_language(self.language.tag()).to_owned())),
            ("place", self.place()),
            ("requested", Some(self.time(request.requested_datetime))),
            ("status", Some(self.status())),
            ("since", matches!(news.what, What::Changed(_)).then(|| self.time(*at))),
        ];
        let label = |name: &str| self.line(&format!("mail-label-{name}"));
        facts.into_iter().filter_map(|(name, value)| Some((label(name), value?))).collect()
    }

    /// The place in words; none for a confidential request: mail passes through many hands.
    fn place(&self) -> Option<String> {
        let Matter { city, request, .. } = self.matter;
        if request.confidential {
            return None;
        }
        let (longitude, latitude) = (request.longitude?, request.latitude?);
        let near = place::near(&city.places, longitude, latitude)
            .map(|name| self.line_with("mail-place-near", &[("place", name.to_owned())]));
        let position = [("latitude", format!("{latitude:.5}")), ("longitude", format!("{longitude:.5}"))];
        let parts = [
            city.district_of(longitude, latitude).map(ToOwned::to_owned),
            near,
            Some(self.line_with("mail-place-position", &position)),
        ];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    fn next(&self) -> String {
        let Matter { city, request, news, .. } = self.matter;
        let days = city.service(&request.service_code).and_then(|service| service.expected_days);
        match (news.what, days) {
            (What::Received, Some(days)) => {
                self.line_with("mail-next-received-days", &[("days", days.to_string())])
            }
            (What::Answered(status), _) if status.is_closed() => self.line("mail-next-answered-closed"),
            _ => self.line(&format!("mail-next-{}", news.key())),
        }
    }
}
