//! A letter and the message it becomes.

use std::time::SystemTime;

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, MultiPartKind, SinglePart};
use url::Url;
use uuid::Uuid;

use super::Address;
use super::address::{is_dot_atom, is_label};

/// The longest line that mail carries is 998 bytes (RFC 5322, 2.1.1), and an address cannot be folded.
const MAX_URL: usize = 900;

/// The name of a message, given by its sender; a message sent twice keeps it, so that a reader sees one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// Names the message `id` of the host `host`.
    pub fn new(id: Uuid, host: &str) -> Result<Self, LetterFault> {
        Self::parse(&format!("<{id}@{host}>"))
    }

    /// Reads a name with its angle brackets, as headers write it.
    pub fn parse(text: &str) -> Result<Self, LetterFault> {
        let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        let (left, right) = inside.and_then(|inside| inside.split_once('@')).ok_or(LetterFault::MessageId)?;
        if text.len() > 250 || !is_dot_atom(left) || !right.split('.').all(is_label) {
            return Err(LetterFault::MessageId);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name with its angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One letter to one person, in both forms that mail readers show.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The letter's name; the same letter sent again has the same one.
    pub message_id: MessageId,
    /// When the letter was written.
    pub date: DateTime<Utc>,
    /// Who gets it.
    pub to: Address,
    /// What it is about, on one line.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The letter as HTML.
    pub html: String,
    /// Where the reader's mail program unsubscribes by one POST (RFC 8058).
    pub list_unsubscribe: Option<Url>,
    /// The name under which letters on the same matter are shown together.
    pub thread: Option<MessageId>,
    /// The letter's language, such as `de`.
    pub language: String,
}

/// Why a letter cannot become a message; sending it again would not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// The name of the message, or of its thread, is not one.
    #[error("the message id is malformed")]
    MessageId,
    /// The subject has a line break or another control character.
    #[error("the subject has control characters")]
    Subject,
    /// The language is no language tag.
    #[error("the language is malformed")]
    Language,
    /// The address to unsubscribe at is not one of the web, or too long.
    #[error("the address to unsubscribe is malformed")]
    Unsubscribe,
    /// The parts do not make a message.
    #[error("the message cannot be built")]
    Message,
}

impl Letter {
    /// The message that `from` sends; the same letter always becomes the same bytes.
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, LetterFault> {
        self.check()?;
        let mut message = Message::builder()
            .message_id(Some(self.message_id.0.clone()))
            .date(SystemTime::from(self.date))
            .from(from.clone())
            .to(Mailbox::new(None, self.to.inner().clone()))
            .subject(self.subject.as_str())
            .raw_header(header("Content-Language", &self.language))
            // Keeps out-of-office robots from answering (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(thread) = &self.thread {
            message = message.in_reply_to(thread.0.clone()).references(thread.0.clone());
        }
        if let Some(url) = &self.list_unsubscribe {
            message = message
                .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        message.multipart(self.body()).map_err(|_| LetterFault::Message)
    }

    fn check(&self) -> Result<(), LetterFault> {
        if self.subject.contains(char::is_control) {
            return Err(LetterFault::Subject);
        }
        let is_subtag =
            |tag: &str| matches!(tag.len(), 1..=8) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
        if !self.language.split('-').all(is_subtag) {
            return Err(LetterFault::Language);
        }
        let is_web = |url: &Url| matches!(url.scheme(), "https" | "http") && url.as_str().len() <= MAX_URL;
        match &self.list_unsubscribe {
            Some(url) if !is_web(url) => Err(LetterFault::Unsubscribe),
            _ => Ok(()),
        }
    }

    fn body(&self) -> MultiPart {
        MultiPart::builder()
            .kind(MultiPartKind::Alternative)
            .boundary(self.boundary())
            .singlepart(SinglePart::plain(lines(&self.text)))
            .singlepart(SinglePart::html(lines(&self.html)))
    }

    /// What separates the two forms: a digest of both, which neither can contain, and no random number.
    fn boundary(&self) -> String {
        let mut sha256 = digest::Context::new(&digest::SHA256);
        for part in [self.message_id.as_str(), &self.text, &self.html] {
            sha256.update(&part.len().to_be_bytes());
            sha256.update(part.as_bytes());
        }
        hex::encode(&sha256.finish().as_ref()[..20])
    }
}

/// `text` with one kind of line end. A lone carriage return is forbidden in mail (RFC 5321, 2.3.8), and some servers
/// take one for the end of a line: that is how letters are smuggled into letters.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
