//! Counting, and the middle of how long it took.

use std::collections::BTreeMap;

use super::store::{OPEN, TAKEN_BACK, TallyRow};

/// Counted requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: i64,
    /// How many have not ended.
    pub open: i64,
    /// How many the city ended after so many tenths of days.
    ended: BTreeMap<i32, i64>,
}

impl Tally {
    /// The requests of each key, and of all keys together.
    pub fn of(rows: Vec<TallyRow>) -> (BTreeMap<Option<String>, Self>, Self) {
        let mut all = Self::default();
        let mut by_key: BTreeMap<_, Self> = BTreeMap::new();
        for TallyRow { key, tenths, count } in rows {
            all.add(tenths, count);
            by_key.entry(key).or_default().add(tenths, count);
        }
        (by_key, all)
    }

    fn add(&mut self, tenths: i32, count: i64) {
        self.count += count;
        match tenths {
            OPEN => self.open += count,
            TAKEN_BACK => {}
            tenths => *self.ended.entry(tenths).or_default() += count,
        }
    }

    /// Days until the city ended half of those that it ended, to one decimal; none when it ended none.
    pub fn median_days(&self) -> Option<f64> {
        let ended: i64 = self.ended.values().sum();
        let (lower, upper) = (self.nth((ended - 1) / 2)?, self.nth(ended / 2)?);
        Some(to_one_decimal(f64::from(lower + upper) / 20.0))
    }

    /// How long the one in this place took, counted from 0.
    fn nth(&self, place: i64) -> Option<i32> {
        let mut before = 0;
        let reached = self.ended.iter().find(|(_, count)| {
            before += **count;
            before > place
        });
        reached.map(|(tenths, _)| *tenths)
    }
}

/// To one decimal, as people read it.
pub fn to_one_decimal(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(key: Option<&str>, tenths: i32, count: i64) -> TallyRow {
        TallyRow { key: key.map(str::to_owned), tenths, count }
    }

    #[test]
    fn open_and_withdrawn_requests_count_but_have_no_duration() {
        let (by_key, all) = Tally::of(vec![
            row(Some("a"), OPEN, 3),
            row(Some("a"), 20, 1),
            row(Some("a"), 45, 1),
            row(None, TAKEN_BACK, 2),
        ]);
        assert_eq!((all.count, all.open, all.median_days()), (7, 3, Some(3.3)));
        assert_eq!((by_key[&None].count, by_key[&None].open, by_key[&None].median_days()), (2, 0, None));
        assert_eq!(Tally::default().median_days(), None);
    }

    proptest! {
        #[test]
        fn the_median_is_that_of_the_sorted_durations(mut tenths in prop::collection::vec(0_i32..5_000, 1..80)) {
            let (_, all) = Tally::of(tenths.iter().map(|tenths| row(None, *tenths, 1)).collect());
            tenths.sort_unstable();
            let middle = f64::from(tenths[(tenths.len() - 1) / 2] + tenths[tenths.len() / 2]) / 20.0;
            prop_assert_eq!(all.median_days(), Some(to_one_decimal(middle)));
        }
    }
}
