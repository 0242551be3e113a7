//! What happens when the mail server says no, says nothing, or is not there.

use std::time::Duration;

use super::server::{Answer, Server};
use super::{letter, settings};
use crate::mail::{Cause, Mailer, SendFault, Settings, SettingsFault, Tls};

const BRIEF: Duration = Duration::from_millis(300);

fn answer(code: u16, status: Option<(u8, u16, u16)>) -> Cause {
    Cause::Answer { code, status }
}

#[tokio::test]
async fn a_refused_letter_is_refused_for_good_and_the_next_one_goes() {
    for (line, said, cause) in [
        ("RCPT", "550 5.1.1 <erika.muster@post.example> unbekannt", answer(550, Some((5, 1, 1)))),
        ("MAIL", "553 nicht von dort", answer(553, None)),
        (
            ".",
            "554-5.7.1 Werbung von erika.muster@post.example\r\n554 5.7.1 nein",
            answer(554, Some((5, 7, 1))),
        ),
    ] {
        let server = Server::start().await;
        server.on(line, Answer::Say(said));
        let mailer = Mailer::new(&settings(server.port)).unwrap();

        let fault = mailer.send(&letter()).await.unwrap_err();

        assert_eq!(fault, SendFault::Permanent(cause), "{line}");
        let shown = format!("{fault} {fault:?}");
        assert!(!shown.contains("erika") && !shown.contains('@'), "{shown}");
        server.behave();
        mailer.send(&letter()).await.unwrap();
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn a_letter_that_is_put_off_may_be_sent_again() {
    for (line, said, cause) in [
        ("RCPT", "451 4.7.1 später", answer(451, Some((4, 7, 1)))),
        ("MAIL", "421 4.3.2 wir schließen", answer(421, Some((4, 3, 2)))),
        (".", "452 4.3.1 voll", answer(452, Some((4, 3, 1)))),
        // No word about the letter: the door itself is closed.
        ("", "554 kein Dienst", answer(554, None)),
        ("EHLO", "550 5.7.1 wer da", answer(550, Some((5, 7, 1)))),
        ("MAIL", "das ist kein SMTP", Cause::Protocol),
    ] {
        let server = Server::start().await;
        server.on(line, Answer::Say(said));
        let mailer = Mailer::new(&settings(server.port)).unwrap();

        assert_eq!(mailer.send(&letter()).await, Err(SendFault::Passing(cause)), "{line:?}");

        server.behave();
        mailer.send(&letter()).await.unwrap();
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn a_changed_password_costs_no_letter() {
    let server = Server::start().await;
    server.on("AUTH", Answer::Say("535 5.7.8 falsch"));
    let account = |password: &str| Settings {
        user: Some("stadt".into()),
        password: Some(password.into()),
        ..settings(server.port)
    };

    let fault = Mailer::new(&account("geheim")).unwrap().send(&letter()).await.unwrap_err();

    assert_eq!(fault, SendFault::Passing(answer(535, Some((5, 7, 8)))));
    assert!(!format!("{:?}", account("geheim")).contains("geheim"));
    server.behave();
    Mailer::new(&account("neu")).unwrap().send(&letter()).await.unwrap();
    assert!(server.lines().iter().any(|line| line == "AUTH PLAIN AHN0YWR0AG5ldQ=="));
}

#[tokio::test]
async fn a_server_that_hangs_up_or_is_away_is_passing() {
    for line in ["", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let server = Server::start().await;
        server.on(line, Answer::HangUp);
        let fault = Mailer::new(&settings(server.port)).unwrap().send(&letter()).await.unwrap_err();
        assert!(
            matches!(fault, SendFault::Passing(Cause::Protocol | Cause::Connection)),
            "{line:?}: {fault:?}"
        );
    }
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = Mailer::new(&settings(free)).unwrap().send(&letter()).await;
    assert_eq!(away, Err(SendFault::Passing(Cause::Connection)));
}

/// A letter given up in mid-dialogue must not lend its connection, with an answer under way, to the next one.
#[tokio::test]
async fn a_late_answer_is_not_taken_for_the_next_letters() {
    for line in ["MAIL", "RCPT", "DATA", "."] {
        let server = Server::start().await;
        server.on(line, Answer::Wait(2 * BRIEF));
        let mailer = Mailer::new(&settings(server.port)).unwrap().with_patience(BRIEF);

        assert_eq!(mailer.send(&letter()).await, Err(SendFault::Passing(Cause::Timeout)), "{line}");

        server.behave();
        server.on("RCPT", Answer::Say("550 5.1.1 unbekannt"));
        tokio::time::sleep(2 * BRIEF).await;
        let refused = SendFault::Permanent(answer(550, Some((5, 1, 1))));
        assert_eq!(mailer.send(&letter()).await, Err(refused), "{line}");
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn letters_share_a_connection_and_a_dead_one_is_replaced() {
    let server = Server::start().await;
    let mailer = Mailer::new(&settings(server.port)).unwrap();
    for _ in 0..5 {
        mailer.send(&letter()).await.unwrap();
    }
    assert_eq!(server.connections(), 1);

    server.on("NOOP", Answer::HangUp);
    mailer.send(&letter()).await.unwrap();

    assert_eq!((server.connections(), server.letters().len()), (2, 6));
}

#[tokio::test]
async fn many_letters_at_once_arrive_once_each() {
    let server = Server::start().await;
    let mailer = Mailer::new(&settings(server.port)).unwrap();
    let letter = letter();
    let sent = futures_util::future::join_all((0..20).map(|_| mailer.send(&letter))).await;
    assert!(sent.iter().all(Result::is_ok));
    assert_eq!(server.letters().len(), 20);
}

#[tokio::test]
async fn without_tls_nothing_leaves_the_machine() {
    for host in
        ["mail.stadt.example", "10.0.0.1", "0.0.0.0", "localhost.stadt.example", "127.0.0.1.example", ""]
    {
        let refused = Mailer::new(&Settings { host: host.into(), ..settings(25) });
        assert!(matches!(refused, Err(SettingsFault::ClearText)), "{host}");
    }
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"] {
        assert!(Mailer::new(&Settings { host: host.into(), ..settings(25) }).is_ok(), "{host}");
    }
}

#[tokio::test]
async fn a_server_without_tls_gets_no_letter_and_no_password() {
    for (tls, cause) in [(Tls::Starttls, Cause::Protocol), (Tls::Implicit, Cause::Tls)] {
        let server = Server::start().await;
        let account = Some("stadt".to_owned());
        let settings = Settings { tls, user: account.clone(), password: account, ..settings(server.port) };
        let mailer = Mailer::new(&settings).unwrap().with_patience(BRIEF);

        let fault = mailer.send(&letter()).await.unwrap_err();

        assert_eq!(fault, SendFault::Passing(cause));
        let said = server.lines();
        assert!(said.iter().all(|line| !line.starts_with("MAIL") && !line.starts_with("AUTH")), "{said:?}");
    }
}

#[tokio::test]
async fn an_open_door_that_proves_nothing_gets_no_letter() {
    let server = Server::start().await;
    server.on("EHLO", Answer::Say("250-post.example\r\n250 STARTTLS"));
    server.on("STARTTLS", Answer::Say("220 los"));
    let settings = Settings { tls: Tls::Starttls, ..settings(server.port) };
    let fault = Mailer::new(&settings).unwrap().with_patience(BRIEF).send(&letter()).await.unwrap_err();
    assert!(matches!(fault, SendFault::Passing(_)), "{fault:?}");
    assert!(server.letters().is_empty());
}

#[test]
fn wrong_settings_are_told() {
    let with = |change: fn(&mut Settings)| {
        let mut settings = settings(25);
        change(&mut settings);
        Mailer::new(&settings).map(drop).unwrap_err()
    };
    assert!(matches!(with(|s| s.from = "nobody".into()), SettingsFault::Sender));
    assert!(matches!(with(|s| s.from = "A <a@b.example>\r\nBcc: x@y.example".into()), SettingsFault::Sender));
    assert!(matches!(with(|s| s.helo = "a\r\nMAIL FROM:<x>".into()), SettingsFault::Helo));
    assert!(matches!(with(|s| s.helo = String::new()), SettingsFault::Helo));
    assert!(matches!(with(|s| s.user = Some("stadt".into())), SettingsFault::Credentials));
    let read = |text: &str| toml::from_str::<Settings>(text);
    let least = "host = 'mail.example'\nport = 587\nfrom = 'a@b.example'\nhelo = 'app.example'\n";
    assert_eq!(read(least).unwrap().tls, Tls::Starttls);
    assert_eq!(read(&format!("{least}tls = 'none'")).unwrap().tls, Tls::None);
    assert!(read(&format!("{least}tsl = 'none'")).is_err());
}
