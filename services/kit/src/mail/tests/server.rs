//! A mail server for tests: it keeps what it gets and answers what it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a client sent for one letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Received {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) message: String,
}

/// What the server does in place of its usual answer to lines that start like this.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) line: &'static str,
    pub(super) answer: Answer,
}

#[derive(Clone, Copy)]
pub(super) enum Answer {
    Say(&'static str),
    HangUp,
    Wait(Duration),
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    lines: Vec<String>,
    letters: Vec<Received>,
    connections: usize,
}

pub(super) struct Server {
    pub(super) port: u16,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { port, state }
    }

    /// Answers lines that start with `line` in this way from now on; the greeting is the line "".
    pub(super) fn on(&self, line: &'static str, answer: Answer) {
        self.state.lock().unwrap().rules.push(Rule { line, answer });
    }

    pub(super) fn behave(&self) {
        self.state.lock().unwrap().rules.clear();
    }

    pub(super) fn letters(&self) -> Vec<Received> {
        self.state.lock().unwrap().letters.clone()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.state.lock().unwrap().lines.clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }
}

/// The rule for a line; the greeting and the end of a letter are asked for by "" and ".".
fn rule(state: &Mutex<State>, line: &str) -> Option<Answer> {
    let state = state.lock().unwrap();
    let fits =
        |rule: &&Rule| if rule.line.is_empty() { line.is_empty() } else { line.starts_with(rule.line) };
    state.rules.iter().find(fits).map(|rule| rule.answer)
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut letter = Received::default();
    let mut line = String::new();
    loop {
        let usual = match line.split([' ', ':']).next().unwrap_or_default() {
            "" => "220 post.example bereit",
            "EHLO" => "250-post.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
            "DATA" => "354 weiter",
            "QUIT" => "221 bis bald",
            "AUTH" => "235 2.7.0 willkommen",
            _ => "250 2.0.0 gut",
        };
        let said = match rule(&state, &line) {
            None => usual,
            Some(Answer::Say(text)) => text,
            Some(Answer::HangUp) => return Ok(()),
            Some(Answer::Wait(time)) => {
                tokio::time::sleep(time).await;
                usual
            }
        };
        if line == "." && said.starts_with('2') {
            state.lock().unwrap().letters.push(std::mem::take(&mut letter));
        }
        writer.write_all(format!("{said}\r\n").as_bytes()).await?;
        if line == "DATA" && said.starts_with("354") {
            letter.message = message(&mut lines).await?;
            line = ".".into();
            continue;
        }
        let Some(next) = lines.next_line().await? else { return Ok(()) };
        line = next;
        state.lock().unwrap().lines.push(line.clone());
        match line.split_once(':') {
            Some(("MAIL FROM", from)) => {
                letter = Received { from: from.trim().to_owned(), ..Received::default() }
            }
            Some(("RCPT TO", to)) => letter.to.push(to.trim().to_owned()),
            _ => {}
        }
    }
}

/// Reads a message up to the lone dot, and takes away the dots that protect lines.
async fn message<R: tokio::io::AsyncBufRead + Unpin>(
    lines: &mut tokio::io::Lines<R>,
) -> std::io::Result<String> {
    let mut message = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == "." {
            break;
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
        message.push_str("\r\n");
    }
    Ok(message)
}
