//! Chance for requests: fast, and the same in every run.

/// A sequence of numbers that look like chance (SplitMix64).
pub struct Draw(u64);

impl Draw {
    /// The sequence with a number; each connection has its own.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    /// A number from `start` to `end`.
    pub fn between(&mut self, start: f64, end: f64) -> f64 {
        start + (end - start) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_inside_and_reach_everything() {
        let mut draw = Draw::new(7);
        let mut seen = [0; 5];
        for _ in 0..1000 {
            seen[draw.below(5)] += 1;
            assert!((2.0..3.0).contains(&draw.between(2.0, 3.0)));
        }
        assert!(seen.iter().all(|times| *times > 100), "{seen:?}");
    }
}
