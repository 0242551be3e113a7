//! The mails that were sent while everything was killed.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use gladbeck::mailbox::Mailbox;

use crate::victim::Victim;

/// What arrived in the mailbox.
pub struct Mails {
    /// By reference, the number of different mails.
    pub about: HashMap<String, usize>,
    /// Mails that are in the mailbox more than once under one id.
    pub twice: usize,
    /// Mails that came again under their id, because the sender was killed before it heard "taken".
    pub repeats: usize,
}

/// Longest that no further mail may arrive: a killed worker's job is leased for a minute.
const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until as many different mails as requests are there, or none arrives any more; reads them all.
pub async fn all_sent(victim: &Victim, number: usize) -> Mails {
    let mailbox = Mailbox::open(victim.state_folder().join("mail")).unwrap();
    let (mut latest, mut found) = (Instant::now(), 0);
    loop {
        let mails = read(&mailbox);
        if mails.about.len() > found {
            (latest, found) = (Instant::now(), mails.about.len());
        }
        if found >= number || latest.elapsed() > PATIENCE {
            return mails;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

fn read(mailbox: &Mailbox) -> Mails {
    let (mut about, mut ids, mut twice) = (HashMap::new(), HashSet::new(), 0);
    for mail in mailbox.mails().unwrap() {
        if !ids.insert(mail.message_id.clone()) {
            twice += 1;
            continue;
        }
        let subject = mail.subject.clone();
        if let Some(reference) = subject.split([' ', ':']).find(|word| word.matches('-').count() == 2) {
            *about.entry(reference.to_owned()).or_insert(0) += 1;
        }
    }
    Mails { about, twice, repeats: mailbox.repeats().unwrap() }
}
