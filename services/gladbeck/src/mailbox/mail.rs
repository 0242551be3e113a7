//! A stored mail as its reader would see it.

use chrono::{DateTime, Utc};
use mail_parser::{Address, MessageParser, PartType};
use serde::Serialize;

/// A mail in the mailbox.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// Its place in the order of arrival, counted from 1.
    pub number: u64,
    /// The Message-ID without brackets; the same on every attempt to deliver one mail.
    pub message_id: Option<String>,
    /// The address of the sender.
    pub from: String,
    /// The addresses of the recipients.
    pub to: Vec<String>,
    /// The subject line.
    pub subject: String,
    /// The text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// All headers as sent, in order; Return-Path and Delivered-To note the envelope.
    pub headers: Vec<(String, String)>,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
}

impl Mail {
    /// Reads a mail; what is not there stays empty, so that a broken mail is shown too.
    pub(super) fn parse(number: u64, received_at: DateTime<Utc>, raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).unwrap_or_default();
        // mail-parser's own body_text would make up an HTML part from a text part and the reverse.
        let text = message.parts.iter().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        });
        let html = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        });
        Self {
            number,
            message_id: message.message_id().map(str::to_owned),
            from: addresses(message.from()).into_iter().next().unwrap_or_default(),
            to: addresses(message.to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text,
            html,
            headers: message
                .headers_raw()
                .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
                .collect(),
            received_at,
        }
    }
}

fn addresses(field: Option<&Address<'_>>) -> Vec<String> {
    let all = field.into_iter().flat_map(Address::iter);
    all.filter_map(|address| address.address().map(str::to_owned)).collect()
}
