//! A mail server on a real socket: it keeps what it takes and refuses what it is told to.

use std::sync::{Arc, Mutex};

use mail_parser::{HeaderName, Message, MessageParser};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a letter.
#[derive(Clone, Copy)]
pub enum Verdict {
    /// Takes it.
    Take,
    /// Answers the recipient with this line, which repeats the address as many servers do.
    Say(&'static str),
    /// Takes it and never says so.
    TakeAndHangUp,
}

/// What the server took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The recipient of the envelope.
    pub to: String,
    raw: String,
}

impl Taken {
    /// The letter as a mail program reads it.
    pub fn read(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).expect("a message")
    }

    /// A header as it stands on the wire.
    pub fn header(&self, name: &'static str) -> String {
        let value = self.read().header_raw(HeaderName::parse(name).unwrap()).unwrap_or_default().to_owned();
        value.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The names of all headers.
    pub fn header_names(&self) -> Vec<String> {
        self.read().headers().iter().map(|header| header.name().to_ascii_lowercase()).collect()
    }

    /// The letter as plain text, with plain line ends.
    pub fn text(&self) -> String {
        self.read().body_text(0).unwrap().replace("\r\n", "\n")
    }

    /// The letter as HTML.
    pub fn html(&self) -> String {
        self.read().body_html(0).unwrap().into_owned()
    }
}

/// The server.
pub struct Smtp {
    /// Its port on this machine.
    pub port: u16,
    state: Arc<Mutex<(Verdict, Vec<Taken>)>>,
}

impl Smtp {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new((Verdict::Take, Vec::new())));
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { port, state }
    }

    pub fn does(&self, verdict: Verdict) {
        self.state.lock().unwrap().0 = verdict;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().1.clone()
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<(Verdict, Vec<Taken>)>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut to = String::new();
    writer.write_all(b"220 post.example bereit\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verdict = state.lock().unwrap().0;
        let said = match (line.split([' ', ':']).next().unwrap_or_default(), verdict) {
            ("EHLO", _) => "250-post.example\r\n250 8BITMIME",
            ("RCPT", Verdict::Say(said)) => said,
            ("DATA", _) => "354 weiter",
            ("QUIT", _) => "221 bis bald",
            _ => "250 2.0.0 gut",
        };
        if let Some(recipient) = line.strip_prefix("RCPT TO:") {
            to = recipient.trim_matches(['<', '>']).to_owned();
        }
        writer.write_all(format!("{said}\r\n").as_bytes()).await?;
        if line != "DATA" {
            continue;
        }
        let mut raw = String::new();
        while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
            raw.push_str(line.strip_prefix('.').unwrap_or(&line));
            raw.push_str("\r\n");
        }
        state.lock().unwrap().1.push(Taken { to: to.clone(), raw });
        if matches!(verdict, Verdict::TakeAndHangUp) {
            return Ok(());
        }
        writer.write_all(b"250 2.0.0 genommen\r\n").await?;
    }
    Ok(())
}
