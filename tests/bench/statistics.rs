//! What a number of latencies says.

use std::time::Duration;

/// Latencies of the answers that came within a span.
#[derive(Clone, Debug, Default)]
pub struct Latencies {
    sorted: Vec<Duration>,
}

impl Latencies {
    /// Of unsorted latencies; all of them are kept, so that every figure is exact.
    pub fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        Self { sorted: all }
    }

    /// How many there are.
    pub fn number(&self) -> usize {
        self.sorted.len()
    }

    /// The latency that `share` of all answers do not exceed (nearest rank).
    pub fn quantile(&self, share: f64) -> Duration {
        let rank = (share * self.sorted.len() as f64).ceil() as usize;
        self.sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// The median.
    pub fn median(&self) -> Duration {
        self.quantile(0.5)
    }

    /// What one answer of a hundred takes longer than.
    pub fn p99(&self) -> Duration {
        self.quantile(0.99)
    }

    /// The mean.
    pub fn mean(&self) -> Duration {
        let number = u32::try_from(self.sorted.len()).unwrap_or(u32::MAX).max(1);
        self.sorted.iter().sum::<Duration>() / number
    }
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_latencies_that_were_seen() {
        let latencies = Latencies::of((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(latencies.number(), 200);
        assert_eq!(latencies.median(), Duration::from_millis(100));
        assert_eq!(latencies.p99(), Duration::from_millis(198));
        assert_eq!(latencies.quantile(1.0), Duration::from_millis(200));
        assert_eq!(latencies.mean(), Duration::from_micros(100_500));
    }

    #[test]
    fn nothing_measured_is_zero_and_not_a_fault() {
        assert_eq!(Latencies::default().p99(), Duration::ZERO);
        assert_eq!(Latencies::default().mean(), Duration::ZERO);
    }
}
