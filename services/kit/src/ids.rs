//! Ids and random bytes, injected: unforeseeable in service, foreseeable in tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use crate::clock::Clock;

/// Makes ids and random bytes; cheap to clone.
#[derive(Clone, Debug)]
pub struct Ids {
    clock: Clock,
    /// The next number when a test wants to foresee them.
    counted: Option<Arc<AtomicU64>>,
}

impl Ids {
    /// Ids from the system's randomness.
    pub fn random(clock: Clock) -> Self {
        Self { clock, counted: None }
    }

    /// Ids that count up from `seed`.
    pub fn counted(clock: Clock, seed: u64) -> Self {
        Self { clock, counted: Some(Arc::new(AtomicU64::new(seed))) }
    }

    /// A new UUIDv7 (RFC 9562).
    pub fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.counted {
            None => fill(&mut bytes),
            Some(next) => {
                let number = next.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                // Hashed, so that also short pieces differ from call to call.
                let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA512, &number);
                bytes.iter_mut().zip(digest.as_ref().iter().cycle()).for_each(|(to, from)| *to = *from);
            }
        }
        bytes
    }

    /// 32 random bits, for a reference.
    pub fn u32(&self) -> u32 {
        u32::from_be_bytes(self.bytes())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the system's randomness is read")]
fn fill(bytes: &mut [u8]) {
    // aws-lc aborts rather than return weak bytes; an error here means no randomness at all.
    aws_lc_rs::rand::fill(bytes).expect("the system has a source of randomness");
}
