//! A mail as the letter that is sent.

use kit::mail::{Letter, MessageId, parse_address};
use kit::{App, Error, Result};
use proto::Timestamp;
use proto::notify::Contact;
use uuid::Uuid;

use super::words::{self, Matter, Words};
use super::{Told, html, text};
use crate::unsubscribe::token;

/// A name for a message that only this service can make, and always makes the same for the same thing.
pub(super) fn message_id(app: &App, purpose: &str, thing: &[u8]) -> Result<MessageId> {
    let mut name = [0; 16];
    name.copy_from_slice(&app.keys.mac(purpose, &[thing])[..16]);
    // A machine's number is no name for a message.
    let host = app.city.city.base_url.domain().unwrap_or("localhost");
    MessageId::new(Uuid::from_bytes(name), host).map_err(Error::internal)
}

/// Writes the letter; nothing when the address is none. The same mail becomes the same letter each time.
pub(super) fn write(
    app: &App,
    told: &Told,
    contact: &Contact,
    message_id: MessageId,
    date: Timestamp,
) -> Result<Option<Letter>> {
    let Ok(to) = parse_address(&contact.email) else { return Ok(None) };
    let token = token::token(&app.keys, told.id);
    let unsubscribe = words::under(&app.city.city.base_url, &["m", "unsubscribe", &token]);
    let words = Words::of(&Matter {
        city: &app.city,
        news: &told.news,
        at: told.at,
        request: &told.request,
        contact,
        unsubscribe: &unsubscribe,
    });
    Ok(Some(Letter {
        message_id,
        date,
        to,
        text: text::text(&words),
        html: html::html(&words),
        list_unsubscribe: Some(unsubscribe),
        thread: Some(self::message_id(app, "thread", told.id.0.as_bytes())?),
        language: words.language.tag().to_owned(),
        subject: words.subject,
    }))
}
