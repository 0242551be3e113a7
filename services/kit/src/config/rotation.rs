//! Changing the keys that sign tokens: in use, next, retired (NIST SP 800-57 part 1, 5.3).
//!
//! The next key's public half is known to every process before the first token is signed with it, so that a change
//! is noticed by nobody. A retired key's tokens pass until their own end; a revoked key's tokens pass nowhere from
//! the moment on which a process has read the file anew.

use base64::Engine;
use base64::prelude::BASE64_STANDARD as B64;
use proto::Timestamp;

use super::secrets::{
    File, FilePublicKey, FileRetired, FileService, FileSigning, SecretsFault, fresh_signing, signing,
};
use crate::ids::Ids;

/// For how many seconds a retired key's tokens pass: longer than any token holds.
const RETIRED: i64 = 900;

/// Puts the next key of `service` into use and makes the one after; answers with the new file and the key's name.
pub fn rotate(
    text: &str,
    service: &str,
    ids: &Ids,
    now: Timestamp,
) -> Result<(String, String), SecretsFault> {
    let mut file = File::parse(text)?;
    let secrets = file.service.get_mut(service).ok_or_else(|| SecretsFault::Missing(service.to_owned()))?;
    let key = B64.encode(signing(service, secrets.kid.clone(), &secrets.signing)?.public);
    let until = now.timestamp() + RETIRED;
    secrets.retired.retain(|retired| retired.until > now.timestamp());
    secrets.retired.push(FileRetired { kid: secrets.kid.clone(), key, until });
    advance(service, secrets, ids)?;
    let kid = secrets.kid.clone();
    Ok((written(&file)?, kid))
}

/// Makes the tokens of a key worthless: whoever stole it can make none that pass, and the old ones pass no more.
///
/// A key in use is replaced by the next one at once.
pub fn revoke(text: &str, kid: &str, ids: &Ids) -> Result<String, SecretsFault> {
    let mut file = File::parse(text)?;
    let known = file.public_key.len();
    file.public_key.retain(|key| key.kid != kid);
    let mut found = file.public_key.len() < known;
    for (name, secrets) in &mut file.service {
        let retired = secrets.retired.len();
        secrets.retired.retain(|key| key.kid != kid);
        found |= secrets.retired.len() < retired;
        if secrets.kid == kid {
            advance(name, secrets, ids)?;
            found = true;
        } else if secrets.next.as_ref().is_some_and(|next| next.kid == kid) {
            // Numbered after the one that is thrown away: a name never comes back.
            secrets.next = Some(fresh(name, secrets, ids));
            found = true;
        }
    }
    if found { written(&file) } else { Err(SecretsFault::NoSuchKey(kid.to_owned())) }
}

/// The `[[public_key]]` entries by which processes with other files know the keys of `service`.
pub fn public_keys(text: &str, service: &str) -> Result<String, SecretsFault> {
    let file = File::parse(text)?;
    let secrets = file.service.get(service).ok_or_else(|| SecretsFault::Missing(service.to_owned()))?;
    let mut public_key = Vec::new();
    let in_use = (&secrets.kid, &secrets.signing);
    for (kid, text) in
        std::iter::once(in_use).chain(secrets.next.iter().map(|next| (&next.kid, &next.signing)))
    {
        let key = B64.encode(signing(service, kid.clone(), text)?.public);
        public_key.push(FilePublicKey { service: service.to_owned(), kid: kid.clone(), key });
    }
    written(&File { service: Default::default(), public_key })
}

/// The next key comes into use, and there is a next one again.
fn advance(name: &str, secrets: &mut FileService, ids: &Ids) -> Result<(), SecretsFault> {
    let next = secrets.next.take().unwrap_or_else(|| fresh(name, secrets, ids));
    (secrets.kid, secrets.signing) = (next.kid, next.signing);
    secrets.next = Some(fresh(name, secrets, ids));
    Ok(())
}

/// A fresh key, numbered after every key that the service has.
pub(super) fn fresh(name: &str, secrets: &FileService, ids: &Ids) -> FileSigning {
    let kids = secrets.retired.iter().map(|key| &key.kid).chain(secrets.next.iter().map(|key| &key.kid));
    let number = |kid: &String| kid.rsplit_once('-').and_then(|(_, number)| number.parse::<u32>().ok());
    let last = kids.chain([&secrets.kid]).filter_map(number).max().unwrap_or(0);
    FileSigning { kid: format!("{name}-{}", last + 1), signing: fresh_signing(ids) }
}

fn written(file: &File) -> Result<String, SecretsFault> {
    toml::to_string(file).map_err(|_| SecretsFault::Form("the file cannot be written".to_owned()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::clock::Clock;
    use crate::config::Secrets;

    fn start() -> (String, Ids, Timestamp) {
        let clock = Clock::system();
        let ids = Ids::random(clock.clone());
        (Secrets::generate(&ids), ids, clock.now())
    }

    /// The names of the keys of accounts, the one in use first.
    fn kids(text: &str) -> Vec<String> {
        let secrets = Secrets::parse(text).unwrap();
        let published = &secrets.service("accounts").unwrap().published;
        published.iter().map(|key| key.kid.clone()).collect()
    }

    #[test]
    fn the_next_key_comes_into_use_and_the_old_one_is_known_for_a_while() {
        let (text, ids, now) = start();
        assert_eq!(kids(&text), ["accounts-1", "accounts-2"]);
        let (text, kid) = rotate(&text, "accounts", &ids, now).unwrap();
        assert_eq!(kid, "accounts-2");
        assert_eq!(kids(&text), ["accounts-2", "accounts-3", "accounts-1"]);
        let (text, _) = rotate(&text, "accounts", &ids, now + TimeDelta::minutes(16)).unwrap();
        assert_eq!(kids(&text), ["accounts-3", "accounts-4", "accounts-2"], "the first one is forgotten");
    }

    #[test]
    fn a_revoked_key_is_gone_whatever_it_was_and_its_name_never_comes_back() {
        let (text, ids, now) = start();
        let in_use = revoke(&text, "accounts-1", &ids).unwrap();
        assert_eq!(kids(&in_use), ["accounts-2", "accounts-3"]);
        let next = revoke(&text, "accounts-2", &ids).unwrap();
        assert_eq!(kids(&next), ["accounts-1", "accounts-3"]);
        let (rotated, _) = rotate(&text, "accounts", &ids, now).unwrap();
        assert_eq!(kids(&revoke(&rotated, "accounts-1", &ids).unwrap()), ["accounts-2", "accounts-3"]);
        assert!(matches!(revoke(&text, "accounts-9", &ids), Err(SecretsFault::NoSuchKey(_))));
    }

    #[test]
    fn another_file_learns_public_halves_only() {
        let (text, ids, _) = start();
        let public = public_keys(&text, "accounts").unwrap();
        assert_eq!(Secrets::parse(&public).unwrap().public_keys().len(), 2);
        assert!(!public.contains("signing") && !public.contains("mac"), "{public}");
        assert!(
            Secrets::parse(&revoke(&public, "accounts-2", &ids).unwrap()).unwrap().public_keys().len() == 1
        );
    }

    #[test]
    fn a_file_of_an_older_program_gets_a_next_key() {
        let (text, ids, now) = start();
        let mut old = File::parse(&text).unwrap();
        old.service.values_mut().for_each(|service| service.next = None);
        let old = toml::to_string(&old).unwrap();
        assert_eq!(kids(&Secrets::complete(&old, &ids).unwrap()), ["accounts-1", "accounts-2"]);
        assert_eq!(rotate(&old, "accounts", &ids, now).unwrap().1, "accounts-2");
    }
}
