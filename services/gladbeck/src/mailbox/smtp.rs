//! The receiving side of SMTP (RFC 5321), as far as a sink needs it: any sender, any recipient, no relaying.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::Mailbox;

/// The largest mail taken, as announced by SIZE.
const LARGEST_MAIL: usize = 25 * 1024 * 1024;
/// The longest command line; RFC 5321 asks for 512 bytes, extensions for a little more.
const LONGEST_COMMAND: usize = 4096;
/// How long a sender may be silent (RFC 5321, 4.5.3.2.7).
const PATIENCE: Duration = Duration::from_secs(300);

/// One connection of a sender.
pub(super) struct Session {
    mailbox: Mailbox,
    stream: BufReader<TcpStream>,
    shutdown: CancellationToken,
    envelope: Envelope,
}

/// Who sends the next mail and to whom.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// What a line from the sender asks for.
enum Command {
    Hello { extended: bool },
    From(String),
    To(String),
    Data,
    Reset,
    Nothing,
    Quit,
    Malformed,
    Unknown,
}

/// Whether the conversation goes on.
#[derive(PartialEq)]
enum Next {
    Command,
    End,
}

impl Session {
    pub(super) fn new(mailbox: Mailbox, stream: TcpStream, shutdown: CancellationToken) -> Self {
        Self { mailbox, stream: BufReader::new(stream), shutdown, envelope: Envelope::default() }
    }

    /// Talks with the sender until he leaves.
    pub(super) async fn run(mut self) {
        // A sender that breaks off has heard no 250 for what he lost, so there is nothing to do.
        if let Err(error) = self.converse().await {
            tracing::debug!(%error, "a sender of mail broke off");
        }
    }

    async fn converse(&mut self) -> io::Result<()> {
        self.say("220 localhost ESMTP gladbeck dev").await?;
        loop {
            let shutdown = self.shutdown.clone();
            let Some(line) = shutdown.run_until_cancelled(self.line(LONGEST_COMMAND)).await else {
                return self.say("421 4.3.2 The mailbox closes").await;
            };
            let Some(line) = line? else { return Ok(()) };
            if self.obey(Command::parse(&line)).await? == Next::End {
                return Ok(());
            }
        }
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        let answer = match command {
            Command::Hello { extended } => {
                self.envelope = Envelope::default();
                return self.greet(extended).await.map(|()| Next::Command);
            }
            Command::From(_) if self.envelope.from.is_some() => "503 5.5.1 One sender per mail",
            Command::From(address) => {
                self.envelope.from = Some(address);
                "250 2.1.0 Ok"
            }
            Command::To(_) if self.envelope.from.is_none() => "503 5.5.1 MAIL first",
            Command::To(address) => {
                self.envelope.to.push(address);
                "250 2.1.5 Ok"
            }
            Command::Data if self.envelope.to.is_empty() => "503 5.5.1 RCPT first",
            Command::Data => return self.take().await.map(|()| Next::Command),
            Command::Reset => {
                self.envelope = Envelope::default();
                "250 2.0.0 Ok"
            }
            Command::Nothing => "250 2.0.0 Ok",
            Command::Quit => {
                self.say("221 2.0.0 Bye").await?;
                return Ok(Next::End);
            }
            Command::Malformed => "501 5.5.4 Say MAIL FROM:<address> or RCPT TO:<address>",
            Command::Unknown => "500 5.5.2 Unknown command",
        };
        self.say(answer).await.map(|()| Next::Command)
    }

    async fn greet(&mut self, extended: bool) -> io::Result<()> {
        if !extended {
            return self.say("250 localhost").await;
        }
        let size = format!("250-SIZE {LARGEST_MAIL}");
        let lines = [
            "250-localhost",
            &size,
            "250-8BITMIME",
            "250-PIPELINING",
            "250-SMTPUTF8",
            "250 ENHANCEDSTATUSCODES",
        ];
        self.say(&lines.join("\r\n")).await
    }

    /// Takes the text of a mail and answers once it is stored.
    async fn take(&mut self) -> io::Result<()> {
        self.say("354 Go ahead, end with a lone dot").await?;
        let envelope = std::mem::take(&mut self.envelope);
        let mut mail = envelope.headers().into_bytes();
        let mut too_large = false;
        loop {
            let line = self.line(LARGEST_MAIL).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if line == b"." {
                break;
            }
            // RFC 5321, 4.5.2: a leading dot was doubled by the sender.
            let line = line.strip_prefix(b".").unwrap_or(&line);
            too_large |= mail.len() + line.len() > LARGEST_MAIL;
            if !too_large {
                mail.extend_from_slice(line);
                mail.extend_from_slice(b"\r\n");
            }
        }
        if too_large {
            return self.say("552 5.3.4 The mail is too large").await;
        }
        let mailbox = self.mailbox.clone();
        let stored =
            tokio::task::spawn_blocking(move || mailbox.store(&mail)).await.map_err(io::Error::other)?;
        match stored {
            Ok(number) => self.say(&format!("250 2.0.0 Stored as {number}")).await,
            Err(error) => {
                tracing::error!(%error, "the mailbox could not store a mail");
                self.say("451 4.3.0 The mail could not be stored, try again").await
            }
        }
    }

    /// The next line without its end; None when the sender has left.
    async fn line(&mut self, longest: usize) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(longest as u64);
        timeout(PATIENCE, limited.read_until(b'\n', &mut line)).await.map_err(io::Error::other)??;
        if line.is_empty() {
            return Ok(None);
        }
        if line.pop() != Some(b'\n') {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "an endless or unfinished line"));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await
    }
}

impl Command {
    fn parse(line: &[u8]) -> Self {
        let line = String::from_utf8_lossy(line);
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => Self::Hello { extended: true },
            "HELO" => Self::Hello { extended: false },
            "MAIL" => path(rest, "FROM:").map_or(Self::Malformed, Self::From),
            "RCPT" => path(rest, "TO:").map_or(Self::Malformed, Self::To),
            "DATA" => Self::Data,
            "RSET" => Self::Reset,
            "NOOP" => Self::Nothing,
            "QUIT" => Self::Quit,
            _ => Self::Unknown,
        }
    }
}

/// The address in `FROM:<address> …`; empty for the sender of a bounce.
fn path(rest: &str, keyword: &str) -> Option<String> {
    let named = rest.get(..keyword.len()).is_some_and(|start| start.eq_ignore_ascii_case(keyword));
    let path = named.then(|| rest[keyword.len()..].trim_start())?.strip_prefix('<')?;
    let (address, _) = path.split_once('>')?;
    Some(address.to_owned())
}

impl Envelope {
    /// The envelope as headers, where a mail server notes it too.
    fn headers(&self) -> String {
        let from = self.from.as_deref().unwrap_or_default();
        let to = self.to.iter().map(|address| format!("Delivered-To: {address}\r\n")).collect::<String>();
        format!("Return-Path: <{from}>\r\n{to}")
    }
}
