//! Mail addresses of people.

use std::fmt;

use url::Host;

/// An address that the city can write to: a plain name and a domain, nothing quoted, nothing exotic.
///
/// It never shows in logs: `Debug` hides it and there is no `Display`; who needs the text asks for it by name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(lettre::Address);

/// Says that a text is no address the city can write to; it does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a mail address that the city can write to")]
pub struct AddressFault;

/// Reads `text` as an address; a domain with umlauts gets the form that the network knows.
///
/// It asks no name server: whether anybody reads there shows only when a letter arrives.
pub fn parse_address(text: &str) -> Result<Address, AddressFault> {
    let (user, domain) = text.rsplit_once('@').ok_or(AddressFault)?;
    let domain = host(domain)?;
    // RFC 5321, 4.5.3.1: 64 for the name, 256 for the path with its brackets.
    if !is_dot_atom(user) || user.len() > 64 || user.len() + 1 + domain.len() > 254 {
        return Err(AddressFault);
    }
    lettre::Address::new(user, domain).map(Address).map_err(|_| AddressFault)
}

impl Address {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub(super) fn inner(&self) -> &lettre::Address {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// The domain in its ASCII form: at least two labels, no address of a machine.
fn host(domain: &str) -> Result<String, AddressFault> {
    // Stricter than a URL's host, which may also be percent-encoded.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.') || !c.is_ascii();
    if !domain.chars().all(is_plain) {
        return Err(AddressFault);
    }
    match Host::parse(domain) {
        Ok(Host::Domain(name)) if name.split('.').count() > 1 && name.split('.').all(is_label) => Ok(name),
        _ => Err(AddressFault),
    }
}

/// Whether `label` is a label of a host name (RFC 1123, 2.1).
pub(super) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether `text` is a dot-atom (RFC 5322, 3.2.3), the form of every name that mail providers hand out.
pub(super) fn is_dot_atom(text: &str) -> bool {
    let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}
