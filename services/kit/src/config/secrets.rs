//! Secrets: read from a file that only the process can read, refused when weak.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as B64;
use proto::auth::{PublicKey, SpeaksFor};
use serde::{Deserialize, Serialize};

use super::rotation;
use crate::ids::Ids;

/// Fewest different bytes of a key of 32: random ones have about 30, typed ones far fewer.
const LEAST_DIFFERENT_BYTES: usize = 20;

/// The secrets of one city, per service; a split process holds its own and the others' public keys.
#[derive(Clone)]
pub struct Secrets {
    services: BTreeMap<String, ServiceSecrets>,
    public_keys: Vec<PublicKey>,
}

/// The secrets of one service.
#[derive(Clone)]
pub struct ServiceSecrets {
    /// Signs tokens.
    pub signing: SigningKey,
    /// The public keys whose tokens pass: in use, next, and retired until a time.
    pub published: Vec<PublicKey>,
    /// Makes codes and pseudonyms.
    pub mac: [u8; 32],
    /// Seals contact data: the first key seals, all of them open.
    pub sealing: Vec<SealingKey>,
}

/// An Ed25519 key for tokens.
#[derive(Clone)]
pub struct SigningKey {
    /// Its name in a token's header.
    pub kid: String,
    /// The private key (PKCS#8 DER).
    pub pkcs8: Vec<u8>,
    /// The public key, 32 bytes.
    pub public: Vec<u8>,
}

/// A key that seals data, with the id that stands in the sealed text.
#[derive(Clone)]
pub struct SealingKey {
    /// The id.
    pub id: String,
    /// 256 bits.
    pub key: [u8; 32],
}

/// Why the secrets do not do.
#[derive(Debug, thiserror::Error)]
pub enum SecretsFault {
    /// The file cannot be read.
    #[error("secrets: {file}: {cause}", file = .0.display(), cause = .1)]
    Unreadable(PathBuf, std::io::Error),
    /// The file can be read by others.
    #[error("secrets: {} can be read by others; run: chmod 600 {}", .0.display(), .0.display())]
    Open(PathBuf),
    /// The file does not parse.
    #[error("secrets: {0}")]
    Form(String),
    /// A key is too short, an example, or was typed by hand.
    #[error("secrets: {0} is weak; make fresh ones with `gladbeck secrets`")]
    Weak(String),
    /// A service has no secrets here.
    #[error("secrets: none for the service {0}")]
    Missing(String),
    /// No service has a signing key of this name.
    #[error("secrets: no service has a key {0}")]
    NoSuchKey(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) service: BTreeMap<String, FileService>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) public_key: Vec<FilePublicKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileService {
    pub(super) kid: String,
    pub(super) signing: String,
    pub(super) mac: String,
    pub(super) sealing: BTreeMap<String, String>,
    /// Signs once the key in use is retired; its public half is known everywhere before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<FileSigning>,
    /// Signs no more; its tokens pass until their end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) retired: Vec<FileRetired>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSigning {
    pub(super) kid: String,
    pub(super) signing: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRetired {
    pub(super) kid: String,
    pub(super) key: String,
    /// Seconds since 1970.
    pub(super) until: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePublicKey {
    pub(super) service: String,
    pub(super) kid: String,
    pub(super) key: String,
}

impl Secrets {
    /// Reads and checks a file of secrets.
    pub fn read(file: &Path) -> Result<Self, SecretsFault> {
        let unreadable = |error| SecretsFault::Unreadable(file.to_owned(), error);
        let about = std::fs::metadata(file).map_err(unreadable)?;
        if std::os::unix::fs::MetadataExt::mode(&about) & 0o077 != 0 {
            return Err(SecretsFault::Open(file.to_owned()));
        }
        Self::parse(&std::fs::read_to_string(file).map_err(unreadable)?)
    }

    /// Reads and checks the text of a file of secrets.
    pub fn parse(text: &str) -> Result<Self, SecretsFault> {
        let file = File::parse(text)?;
        let mut services = BTreeMap::new();
        for (name, service) in file.service {
            services.insert(name.clone(), checked(&name, service)?);
        }
        let mut public_keys: Vec<PublicKey> =
            services.values().flat_map(|secrets: &ServiceSecrets| secrets.published.clone()).collect();
        for key in file.public_key {
            public_keys.push(public(&key.service, key.kid, &key.key, None)?);
        }
        Ok(Self { services, public_keys })
    }

    /// The text of a file with fresh secrets for all services.
    pub fn generate(ids: &Ids) -> String {
        let nothing = File { service: BTreeMap::new(), public_key: Vec::new() };
        toml::to_string(&completed(nothing, ids)).unwrap_or_default()
    }

    /// The text of a file with fresh secrets for the services that it lacks; nothing when it lacks none.
    pub fn complete(text: &str, ids: &Ids) -> Option<String> {
        let file: File = toml::from_str(text).ok()?;
        let whole = |name: &str| file.service.get(name).is_some_and(|service| service.next.is_some());
        let lacks = crate::db::setup::SERVICES.iter().any(|name| !whole(name));
        lacks.then(|| toml::to_string(&completed(file, ids)).ok()).flatten()
    }

    /// The secrets of one service.
    pub fn service(&self, name: &str) -> Result<&ServiceSecrets, SecretsFault> {
        self.services.get(name).ok_or_else(|| SecretsFault::Missing(name.to_owned()))
    }

    /// The public keys of all services.
    pub fn public_keys(&self) -> &[PublicKey] {
        &self.public_keys
    }
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, SecretsFault> {
        // The parser's message quotes the line it stumbled over, and that line may be a secret.
        toml::from_str(text).map_err(|error| {
            SecretsFault::Form(error.span().map_or_else(
                || "the file does not parse".to_owned(),
                |span| format!("the file does not parse near its byte {}", span.start),
            ))
        })
    }
}

/// A file with fresh secrets for the services that it lacks.
fn completed(mut file: File, ids: &Ids) -> File {
    let key = || B64.encode(ids.bytes::<32>());
    for name in crate::db::setup::SERVICES {
        let fresh = || FileService {
            kid: format!("{name}-1"),
            signing: fresh_signing(ids),
            mac: key(),
            sealing: [("1".to_owned(), key())].into(),
            next: None,
            retired: Vec::new(),
        };
        let service = file.service.entry(name.to_owned()).or_insert_with(fresh);
        if service.next.is_none() {
            service.next = Some(rotation::fresh(name, service, ids));
        }
    }
    file
}

/// A fresh Ed25519 key, as it stands in the file.
pub(super) fn fresh_signing(ids: &Ids) -> String {
    let pair = Ed25519KeyPair::from_seed_unchecked(&ids.bytes::<32>()).ok();
    pair.and_then(|pair| pair.to_pkcs8v1().ok()).map(|der| B64.encode(der.as_ref())).unwrap_or_default()
}

fn checked(name: &str, service: FileService) -> Result<ServiceSecrets, SecretsFault> {
    let mut sealing = Vec::new();
    // The newest key seals: ids count up.
    for (id, key) in service.sealing.iter().rev() {
        sealing.push(SealingKey { id: id.clone(), key: strong(&format!("{name}: sealing key {id}"), key)? });
    }
    let signing = signing(name, service.kid, &service.signing)?;
    let in_use = B64.encode(&signing.public);
    let mut published = vec![public(name, signing.kid.clone(), &in_use, None)?];
    if let Some(next) = service.next {
        let next = self::signing(name, next.kid, &next.signing)?;
        published.push(public(name, next.kid.clone(), &B64.encode(&next.public), None)?);
    }
    for retired in service.retired {
        published.push(public(name, retired.kid, &retired.key, Some(retired.until))?);
    }
    Ok(ServiceSecrets { signing, published, mac: strong(&format!("{name}: mac"), &service.mac)?, sealing })
}

fn strong(name: &str, text: &str) -> Result<[u8; 32], SecretsFault> {
    let weak = || SecretsFault::Weak(name.to_owned());
    let key: [u8; 32] = B64.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(weak)?;
    let mut bytes = key;
    bytes.sort_unstable();
    let different = 1 + bytes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let counts_up = key.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == key[1].wrapping_sub(key[0]));
    if different < LEAST_DIFFERENT_BYTES || counts_up { Err(weak()) } else { Ok(key) }
}

pub(super) fn signing(name: &str, kid: String, text: &str) -> Result<SigningKey, SecretsFault> {
    let weak = || SecretsFault::Weak(format!("{name}: signing"));
    let pkcs8 = B64.decode(text).map_err(|_| weak())?;
    let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|_| weak())?;
    Ok(SigningKey { kid, public: pair.public_key().as_ref().to_vec(), pkcs8 })
}

fn public(service: &str, kid: String, key: &str, until: Option<i64>) -> Result<PublicKey, SecretsFault> {
    let key = B64.decode(key).map_err(|_| SecretsFault::Form("a public key".to_owned()))?;
    Ok(PublicKey { kid, key, speaks_for: speaks_for(service), until })
}

fn speaks_for(service: &str) -> SpeaksFor {
    if service == "accounts" { SpeaksFor::People } else { SpeaksFor::Service(service.to_owned()) }
}

/// Secrets are never printed.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn fresh() -> String {
        Secrets::generate(&Ids::random(Clock::system()))
    }

    #[test]
    fn fresh_secrets_are_accepted() {
        let secrets = Secrets::parse(&fresh()).unwrap();
        assert_eq!(secrets.public_keys().len(), 2 * crate::db::setup::SERVICES.len(), "in use and next");
    }

    #[test]
    fn weak_secrets_are_refused() {
        for weak in [
            vec![0; 32],
            vec![7; 32],
            (0..32).collect(),
            b"passwordpasswordpasswordpassword".to_vec(),
            vec![1; 16],
        ] {
            let mut file: File = toml::from_str(&fresh()).unwrap();
            file.service.get_mut("reports").unwrap().mac = B64.encode(&weak);
            let verdict = Secrets::parse(&toml::to_string(&file).unwrap());
            assert!(matches!(verdict, Err(SecretsFault::Weak(_))), "{weak:?}");
        }
    }

    #[test]
    fn a_file_of_an_older_program_gets_what_it_lacks_and_keeps_the_rest() {
        let mut file: File = toml::from_str(&fresh()).unwrap();
        file.service.remove("layers");
        let old = toml::to_string(&file).unwrap();
        let ids = Ids::random(Clock::system());
        let completed: File = toml::from_str(&Secrets::complete(&old, &ids).unwrap()).unwrap();
        assert!(completed.service.contains_key("layers"));
        assert_eq!(completed.service["reports"].mac, file.service["reports"].mac);
        assert!(Secrets::complete(&toml::to_string(&completed).unwrap(), &ids).is_none());
    }

    #[test]
    fn a_broken_file_is_refused_without_quoting_it() {
        let error = Secrets::parse("mac = hunter2hunter2").unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
