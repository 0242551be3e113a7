//! Chance that repeats: the same number gives the same city.

/// Begins every sequence; another value invents another city.
const SEED: u64 = 0x4744_4C42_4B32_3031;

/// A sequence of numbers that looks random and depends on nothing but its beginning (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of the thing with this number.
    pub fn of(number: u64) -> Self {
        Self(mix(SEED ^ mix(number)))
    }

    /// The sequence of the thing with this name.
    pub fn named(name: &str) -> Self {
        Self(name.bytes().fold(SEED, |state, byte| mix(state ^ u64::from(byte))))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from `low` up to, but not including, `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something happens that happens with probability `share`.
    pub fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of the things, if there is one.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get((self.unit() * things.len() as f64) as usize)
    }

    /// A factor around 1, now and then several times as much: the logarithm is normal with this deviation.
    pub fn factor(&mut self, deviation: f64) -> f64 {
        // Twelve uniform numbers are normal enough for waiting times.
        let normal = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        (normal * deviation).exp()
    }

    /// Ten bytes, for an id.
    pub fn ten_bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.bits().to_be_bytes());
        bytes[8..].copy_from_slice(&self.bits().to_be_bytes()[..2]);
        bytes
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// The share of the way from 0 to 1 at which the thing with this number lies, evenly spread for any count.
///
/// Plain chance would miss the shares of the source by half a percent; this sequence (Kronecker's) keeps them.
pub fn spread(number: u64, along: Along) -> f64 {
    let step = match along {
        Along::Service => 0.754_877_666_246_692_8,
        Along::Channel => 0.569_840_290_998_053_3,
    };
    (0.5 + number as f64 * step).fract()
}

/// What is spread evenly; the two are independent of each other.
#[derive(Clone, Copy, Debug)]
pub enum Along {
    /// Over the services.
    Service,
    /// Over the channels.
    Channel,
}

/// Weights added up, so that one of them can be found by its share of the way.
#[derive(Clone, Debug)]
pub struct Shares(Vec<f64>);

impl Shares {
    /// Adds up weights.
    pub fn of(weights: impl IntoIterator<Item = f64>) -> Self {
        let add = |sum: &mut f64, weight: f64| {
            *sum += weight.max(0.0);
            Some(*sum)
        };
        Self(weights.into_iter().scan(0.0, add).collect())
    }

    /// The place of the weight that lies `way` of the way along; 0 when there is none.
    pub fn at(&self, way: f64) -> usize {
        let goal = way * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|sum| *sum <= goal).min(self.0.len().saturating_sub(1))
    }
}
