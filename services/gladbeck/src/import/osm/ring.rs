//! Joins the ways of a multipolygon to rings.

/// A way as its nodes' numbers.
pub type Way = Vec<i64>;

/// Joins ways end to end to closed rings; nothing when an end is left over.
///
/// A way may be turned round: its direction means nothing in a multipolygon.
pub fn rings(mut ways: Vec<Way>) -> Option<Vec<Way>> {
    let mut rings = Vec::new();
    ways.retain(|way| way.len() > 1);
    while let Some(mut ring) = ways.pop() {
        while ring.first() != ring.last() {
            let end = *ring.last()?;
            let next = ways.iter().position(|way| way.first() == Some(&end) || way.last() == Some(&end))?;
            let mut way = ways.swap_remove(next);
            if way.first() != Some(&end) {
                way.reverse();
            }
            ring.extend(way.into_iter().skip(1));
        }
        if ring.len() < 4 {
            return None;
        }
        rings.push(ring);
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use super::rings;

    #[test]
    fn ways_join_end_to_end_whatever_their_direction() {
        let joined = rings(vec![vec![1, 2, 3], vec![5, 4, 3], vec![5, 6, 1]]).unwrap();
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].len(), 7);
        assert_eq!(joined[0].first(), joined[0].last());
    }

    #[test]
    fn two_rings_stay_two() {
        let joined = rings(vec![vec![1, 2, 3, 1], vec![4, 5], vec![5, 6, 4]]).unwrap();
        assert_eq!(joined.len(), 2);
    }

    #[test]
    fn a_ring_that_does_not_close_is_none() {
        assert_eq!(rings(vec![vec![1, 2, 3], vec![3, 4]]), None);
        assert_eq!(rings(vec![vec![1, 2, 1]]), None, "a line there and back is no area");
    }
}
