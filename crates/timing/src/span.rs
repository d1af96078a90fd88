//! Stretches of time on the one clock of the world.

use base::Timestamp;
use std::time::Duration;

pub const MICROS_PER_MINUTE: i64 = 60_000_000;

/// From `from` up to, but without, `to`. Never empty where this crate hands one out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Span {
    /// None when nothing lies between them.
    pub fn between(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    pub fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    pub fn length(self) -> Duration {
        Duration::from_micros(u64::try_from(self.to.0.saturating_sub(self.from.0)).unwrap_or(0))
    }

    /// What both have.
    pub fn overlap(self, other: Self) -> Option<Self> {
        Self::between(self.from.max(other.from), self.to.min(other.to))
    }
}

/// Sorted, and what touches or overlaps made one.
pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}

/// What is left of `spans` outside of `holes`; both sorted and apart, as [`merged`] gives them.
pub fn without(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let mut left = Vec::with_capacity(spans.len());
    let mut first = 0;
    for &span in spans {
        while holes.get(first).is_some_and(|hole| hole.to <= span.from) {
            first += 1;
        }
        let mut from = span.from;
        for hole in holes[first..].iter().take_while(|hole| hole.from < span.to) {
            left.extend(Span::between(from, hole.from.min(span.to)));
            from = from.max(hole.to);
        }
        left.extend(Span::between(from, span.to));
    }
    left
}

/// What lies in both; both sorted and apart.
pub fn common(some: &[Span], others: &[Span]) -> Vec<Span> {
    let (mut a, mut b) = (0, 0);
    let mut shared = Vec::new();
    while let (Some(&one), Some(&other)) = (some.get(a), others.get(b)) {
        shared.extend(one.overlap(other));
        if one.to <= other.to {
            a += 1;
        } else {
            b += 1;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(pairs: &[(i64, i64)]) -> Vec<Span> {
        pairs
            .iter()
            .filter_map(|&(from, to)| Span::between(Timestamp(from), Timestamp(to)))
            .collect()
    }

    fn holds(spans: &[Span], at: i64) -> bool {
        spans.iter().any(|span| span.holds(Timestamp(at)))
    }

    proptest! {
        #[test]
        fn sets_of_time_are_sets(
            a in prop::collection::vec((0_i64..40, 0_i64..40), 0..8),
            b in prop::collection::vec((0_i64..40, 0_i64..40), 0..8),
        ) {
            let (some, others) = (merged(spans(&a)), merged(spans(&b)));
            let (left, shared) = (without(&some, &others), common(&some, &others));
            for at in 0..40 {
                prop_assert_eq!(holds(&some, at), holds(&spans(&a), at));
                prop_assert_eq!(holds(&left, at), holds(&some, at) && !holds(&others, at));
                prop_assert_eq!(holds(&shared, at), holds(&some, at) && holds(&others, at));
            }
            for list in [some, left, shared] {
                prop_assert!(list.windows(2).all(|pair| pair[0].to <= pair[1].from));
                prop_assert!(list.iter().all(|span| span.from < span.to));
            }
        }
    }
}
