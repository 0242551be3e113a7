//! The mailbox of `gladbeck dev`: takes every mail the product sends and shows it in the browser.
//!
//! It owns a folder with one file per mail. A mail whose sender heard `250` is on the disk; nothing
//! ever leaves this machine.

mod mail;
mod page;
mod smtp;
#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::DateTime;
pub use mail::Mail;
pub use page::router;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The file that notes mails which came again.
const REPEATS: &str = "repeats.log";

/// A folder of mails and the right to add to it.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: Arc<Path>,
    held: Arc<Mutex<Held>>,
}

/// What the mailbox holds.
#[derive(Debug, Default)]
struct Held {
    /// The number of the latest mail.
    last: u64,
    /// Who got which mail, by Message-ID.
    delivered: HashSet<(String, Vec<String>)>,
}

impl Mailbox {
    /// Opens the mailbox in `folder`, with the mails that it holds from earlier runs.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        let last = numbers(&folder)?.into_iter().max().unwrap_or(0);
        let mailbox = Self { folder: folder.into(), held: Arc::default() };
        let delivered = mailbox.mails()?.into_iter().filter_map(delivery).collect();
        *mailbox.held.lock().unwrap_or_else(PoisonError::into_inner) = Held { last, delivered };
        Ok(mailbox)
    }

    /// How often a mail came again under its Message-ID and was recognised.
    pub fn repeats(&self) -> io::Result<usize> {
        match fs::read_to_string(self.folder.join(REPEATS)) {
            Ok(lines) => Ok(lines.lines().count()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Takes mails from `listener` until `shutdown`, then lets those under way finish.
    pub async fn serve(&self, listener: TcpListener, shutdown: CancellationToken) {
        let sessions = TaskTracker::new();
        while let Some(accepted) = shutdown.run_until_cancelled(listener.accept()).await {
            match accepted {
                Ok((stream, _)) => {
                    sessions.spawn(smtp::Session::new(self.clone(), stream, shutdown.clone()).run());
                }
                Err(error) => {
                    tracing::warn!(%error, "the mailbox could not take a connection");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        }
        sessions.close();
        sessions.wait().await;
    }

    /// All mails, newest first.
    pub fn mails(&self) -> io::Result<Vec<Mail>> {
        let mut numbers = numbers(&self.folder)?;
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        numbers.into_iter().filter_map(|number| self.mail(number).transpose()).collect()
    }

    /// The mail with this number, if there is one.
    pub fn mail(&self, number: u64) -> io::Result<Option<Mail>> {
        let path = self.path(number, "eml");
        let found = fs::read(&path).and_then(|raw| Ok((raw, fs::metadata(&path)?.modified()?)));
        match found {
            Ok((raw, received_at)) => Ok(Some(Mail::parse(number, received_at.into(), &raw))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Stores a mail for good: when this returns, a crash does not lose it.
    ///
    /// A mail that its recipients have under the same Message-ID is acknowledged, noted and not shown twice, as
    /// mail servers with duplicate suppression do: a sender that was killed before it heard "taken" sends again.
    fn store(&self, raw: &[u8]) -> io::Result<u64> {
        // Held to the end, so that mails appear in the order of their numbers.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let delivery = delivery(Mail::parse(0, DateTime::UNIX_EPOCH, raw));
        if let Some(delivery) = delivery.as_ref().filter(|delivery| held.delivered.contains(*delivery)) {
            self.note_repeat(&delivery.0)?;
            return Ok(held.last);
        }
        let number = held.last + 1;
        let unfinished = self.path(number, "part");
        let mut file = File::create(&unfinished)?;
        file.write_all(raw)?;
        file.sync_all()?;
        fs::rename(&unfinished, self.path(number, "eml"))?;
        File::open(&self.folder)?.sync_all()?;
        held.last = number;
        held.delivered.extend(delivery);
        Ok(number)
    }

    fn note_repeat(&self, message_id: &str) -> io::Result<()> {
        let mut notes = File::options().create(true).append(true).open(self.folder.join(REPEATS))?;
        writeln!(notes, "{message_id}")
    }

    fn path(&self, number: u64, extension: &str) -> PathBuf {
        self.folder.join(format!("{number:08}.{extension}"))
    }
}

/// Under which Message-ID a mail went to whom.
fn delivery(mail: Mail) -> Option<(String, Vec<String>)> {
    Some((mail.message_id?, mail.to))
}

fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            numbers.extend(path.file_stem().and_then(|stem| stem.to_str()?.parse::<u64>().ok()));
        }
    }
    Ok(numbers)
}
