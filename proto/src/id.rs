//! Ids as types, so that one cannot stand for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Whether the id is a UUIDv7, as every id made by a client must be (RFC 9562).
            pub fn is_v7(&self) -> bool {
                self.0.get_version_num() == 7
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A service request; a UUIDv7 made by the client that files it.
    ServiceRequestId
    /// A photo; a UUIDv7 made by the client that uploads it.
    PhotoId
    /// A resident's device, known only by this id and a secret.
    DeviceId
    /// A member of staff.
    StaffId
    /// A staff session.
    SessionId
    /// An internal note on a service request.
    NoteId
}

/// Letters and digits that are hard to confuse when read aloud (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What people call a service request: `GLA-7K3M-Q2`.
///
/// Drawn at random (30 bits), so that neither it nor the id tells the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "GLA-7K3M-Q2")]
pub struct Reference(String);

/// The text is not a reference.
#[derive(Debug, thiserror::Error)]
#[error("a reference looks like GLA-7K3M-Q2")]
pub struct NotAReference;

impl Reference {
    /// Makes a reference from the city's prefix and 30 random bits.
    pub fn new(prefix: &str, random: u32) -> Self {
        let sign = |place: u32| char::from(ALPHABET[(random >> (5 * place)) as usize & 31]);
        let signs: Vec<char> = (0..6).map(sign).collect();
        let text = |part: &[char]| part.iter().collect::<String>();
        Self(format!("{prefix}-{}-{}", text(&signs[..4]), text(&signs[4..])))
    }

    /// The text, as printed on a slip.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = NotAReference;

    /// Reads what a person typed: case, and the look-alikes O, I and L, are forgiven.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        let (prefix, rest) = upper.split_once('-').ok_or(NotAReference)?;
        let signs: String = rest
            .chars()
            .filter(|sign| *sign != '-')
            .map(|sign| match sign {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = signs.bytes().all(|sign| ALPHABET.contains(&sign));
        let prefix_fits = (2..=4).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
        if !known || !prefix_fits || signs.len() != 6 {
            return Err(NotAReference);
        }
        Ok(Self(format!("{prefix}-{}-{}", &signs[..4], &signs[4..])))
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back_as_a_person_types_it() {
        let reference = Reference::new("GLA", 0x2AAA_5555);
        for typed in [reference.as_str().to_owned(), reference.as_str().to_lowercase().replace('0', "o")] {
            assert_eq!(typed.parse::<Reference>().unwrap(), reference);
        }
        for wrong in ["", "GLA", "GLA-7K3M", "GLA-7K3M-Q2Q", "gla-7k3m-qü", "G-7K3M-Q2", "GLA-7K3M-U2"] {
            assert!(wrong.parse::<Reference>().is_err(), "{wrong}");
        }
    }
}
