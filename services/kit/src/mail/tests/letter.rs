//! What a letter becomes on the wire.

use mail_parser::MessageParser;
use proptest::prelude::*;
use uuid::Uuid;

use super::letter;
use super::server::Server;
use crate::mail::{Cause, Letter, LetterFault, Mailer, MessageId, SendFault};

async fn sent(letter: &Letter) -> String {
    let server = Server::start().await;
    Mailer::new(&super::settings(server.port)).unwrap().send(letter).await.unwrap();
    let [received] = server.letters().try_into().unwrap();
    assert_eq!(received.from, "<meldung@stadt.example>");
    assert_eq!(received.to, ["<erika.muster@post.example>"]);
    received.message
}

fn header<'a>(message: &'a mail_parser::Message<'_>, name: &'a str) -> &'a str {
    message.header_raw(name).unwrap_or_else(|| panic!("no {name}")).trim()
}

#[tokio::test]
async fn a_letter_arrives_as_text_and_html_with_its_headers() {
    let letter = letter();
    let wire = sent(&letter).await;
    let message = MessageParser::default().parse(&wire).unwrap();

    assert!(wire.is_ascii());
    assert_eq!(message.subject(), Some("Ihre Meldung GLA-7K3M-Q2: Straße gereinigt"));
    assert_eq!(message.from().unwrap().first().unwrap().name(), Some("Stadt Übung"));
    assert_eq!(message.message_id(), Some("00000000-0000-0000-0000-000000000007@stadt.example"));
    assert_eq!(message.date().unwrap().to_timestamp(), 1_772_000_000);
    assert_eq!(header(&message, "Content-Language"), "de");
    assert_eq!(header(&message, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&message, "List-Unsubscribe"), "<https://stadt.example/abmelden?token=abc%0d%0aX>");
    assert_eq!(header(&message, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let thread = "<00000000-0000-0000-0000-000000000001@stadt.example>";
    assert_eq!((header(&message, "In-Reply-To"), header(&message, "References")), (thread, thread));
    assert!(header(&message, "Content-Type").starts_with("multipart/alternative;"));
    assert_eq!(message.parts.len(), 3);
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), letter.text);
    assert_eq!(message.body_html(0).unwrap(), letter.html);
}

#[tokio::test]
async fn what_a_letter_lacks_leaves_no_header() {
    let wire = sent(&Letter { list_unsubscribe: None, thread: None, ..letter() }).await;
    for name in ["List-Unsubscribe", "In-Reply-To", "References"] {
        assert!(!wire.contains(name), "{name}");
    }
}

#[tokio::test]
async fn a_letter_sent_again_is_the_same_to_the_byte() {
    assert_eq!(sent(&letter()).await, sent(&letter()).await);
    let other = Letter { text: "anders".into(), ..letter() };
    assert_ne!(sent(&letter()).await, sent(&other).await);
}

#[tokio::test]
async fn text_cannot_end_a_letter_or_start_another() {
    let dots = "Anfang\n.\nMAIL FROM:<x@y.example>\n..\r\n.\r\nEnde\r.\rX\n";
    let wire = sent(&Letter { text: dots.into(), html: dots.into(), ..letter() }).await;
    let message = MessageParser::default().parse(&wire).unwrap();
    assert_eq!(message.parts.len(), 3);
    let text = message.body_text(0).unwrap();
    for line in ["Anfang", "MAIL FROM:<x@y.example>", "..", "Ende"] {
        assert!(text.lines().any(|found| found == line), "{line}: {text:?}");
    }
}

#[tokio::test]
async fn lines_are_never_longer_than_mail_carries() {
    let long = "Wort ".repeat(2_000) + &"x".repeat(5_000) + &"ß".repeat(2_000);
    let subject = "Straße ".repeat(100);
    let wire = sent(&Letter { subject, text: long.clone(), html: long.clone(), ..letter() }).await;
    assert!(wire.lines().all(|line| line.len() <= 998));
    let message = MessageParser::default().parse(&wire).unwrap();
    assert_eq!(message.body_text(0).unwrap().trim_end(), long);
}

#[tokio::test]
async fn headers_cannot_be_injected() {
    let server = Server::start().await;
    let mailer = Mailer::new(&super::settings(server.port)).unwrap();
    let with = |change: fn(&mut Letter)| {
        let mut letter = letter();
        change(&mut letter);
        letter
    };
    for (letter, fault) in [
        (with(|l| l.subject = "Hallo\r\nBcc: x@y.example".into()), LetterFault::Subject),
        (with(|l| l.subject = "Hallo\nX: y".into()), LetterFault::Subject),
        (with(|l| l.subject = "Hallo\r X".into()), LetterFault::Subject),
        (with(|l| l.subject = "Hallo\0".into()), LetterFault::Subject),
        (with(|l| l.language = "de\r\nBcc: x@y.example".into()), LetterFault::Language),
        (with(|l| l.language = String::new()), LetterFault::Language),
        (with(|l| l.list_unsubscribe = "mailto:x@y.example".parse().ok()), LetterFault::Unsubscribe),
        (
            with(|l| l.list_unsubscribe = format!("https://a.example/{}", "x".repeat(900)).parse().ok()),
            LetterFault::Unsubscribe,
        ),
    ] {
        let refused = mailer.send(&letter).await;
        assert_eq!(refused, Err(SendFault::Permanent(Cause::Letter(fault))));
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn message_ids_are_names_and_nothing_else() {
    let id = Uuid::from_u128(7);
    for host in ["stadt.example\r\nBcc: x@y.example", "stadt example", "", "a>b.example", "a..example"] {
        assert_eq!(MessageId::new(id, host), Err(LetterFault::MessageId), "{host:?}");
    }
    for text in ["a@b.example", "<a@b.example", "<@b>", "<a b@c>", "<a@b>\r\n", "<a\r\n@b>", "<a@b@c>", "<>"]
    {
        assert_eq!(MessageId::parse(text), Err(LetterFault::MessageId), "{text:?}");
    }
    let id = MessageId::new(id, "stadt.example").unwrap();
    assert_eq!(MessageId::parse(id.as_str()).unwrap(), id);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_adds_a_header(subject in any::<String>(), text in any::<String>(), html in "(?s).{0,200}") {
        let letter = Letter { subject: subject.clone(), text, html, ..letter() };
        let from = "Stadt <meldung@stadt.example>".parse().unwrap();
        match letter.message(&from) {
            Err(fault) => {
                prop_assert_eq!(fault, LetterFault::Subject);
                prop_assert!(subject.contains(char::is_control));
            }
            Ok(message) => {
                let wire = message.formatted();
                let ends = wire.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
                prop_assert_eq!(ends, 2 * wire.windows(2).filter(|pair| pair == b"\r\n").count());
                let message = MessageParser::default().parse(&wire).unwrap();
                let names: Vec<_> = message.root_part().headers.iter().map(|header| header.name()).collect();
                prop_assert_eq!(names, [
                    "Message-ID", "Date", "From", "To", "Subject", "Content-Language", "Auto-Submitted",
                    "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version",
                    "Content-Type",
                ]);
                prop_assert_eq!(message.parts.len(), 3);
            }
        }
    }
}
