//! Letters over a real socket, to a small mail server that answers as told.

mod address;
mod letter;
mod sending;
mod server;

use chrono::DateTime;
use uuid::Uuid;

use super::{Letter, MessageId, Settings, Tls, parse_address};

fn settings(port: u16) -> Settings {
    Settings {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "Stadt Übung <meldung@stadt.example>".into(),
        helo: "app.stadt.example".into(),
    }
}

fn letter() -> Letter {
    Letter {
        message_id: MessageId::new(Uuid::from_u128(7), "stadt.example").unwrap(),
        date: DateTime::from_timestamp(1_772_000_000, 0).unwrap(),
        to: parse_address("erika.muster@post.example").unwrap(),
        subject: "Ihre Meldung GLA-7K3M-Q2: Straße gereinigt".into(),
        text: "Guten Tag,\n\ndie Straße ist sauber.\n".into(),
        html: "<p>Guten Tag,</p><p>die Straße ist sauber.</p>".into(),
        list_unsubscribe: Some("https://stadt.example/abmelden?token=abc%0d%0aX".parse().unwrap()),
        thread: Some(MessageId::new(Uuid::from_u128(1), "stadt.example").unwrap()),
        language: "de".into(),
    }
}
