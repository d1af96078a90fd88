//! What to read in two, ten or thirty minutes.
//!
//! Every ask that lies with me is there, whatever the time is; the rest comes in the order of its weight as far as the time
//! reaches. The same input gives the same output: what is equal in weight goes by time, then by key.

use crate::week::Zone;
use base::Timestamp;
use std::time::Duration;

const WORDS_PER_MINUTE: u64 = 230;
/// Speeds at which a clip can be played.
const SPEED_PERCENT: std::ops::RangeInclusive<u32> = 50..=300;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An ask that lies with me.
    Ask {
        urgent: bool,
        acknowledged: bool,
        due: Option<Timestamp>,
    },
    Decision {
        provisional: bool,
    },
    Mention,
    /// A topic that I follow.
    Topic {
        n_replies: u32,
        n_mine: u32,
    },
    Rest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Words(u32),
    Clip { duration: Duration, speed_percent: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<K> {
    pub key: K,
    pub what: What,
    pub length: Length,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUp<K> {
    /// In the order in which they are shown.
    pub shown: Vec<K>,
    /// What the time did not reach, for the counts; in the same order.
    pub counted: Vec<K>,
    /// How long the shown ones take.
    pub takes: Duration,
}

/// `now` and `zone` are mine: they say what "today" is.
pub fn catch_up<K: Copy + Ord>(
    items: &[Item<K>],
    budget: Duration,
    zone: &Zone,
    now: Timestamp,
) -> CatchUp<K> {
    let mut order: Vec<(Weight, Timestamp, K, &Item<K>)> = items
        .iter()
        .map(|item| (weight(&item.what, zone, now), item.at, item.key, item))
        .collect();
    order.sort_unstable_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    let mut plan = CatchUp {
        shown: Vec::new(),
        counted: Vec::new(),
        takes: Duration::ZERO,
    };
    for (weight, _, key, item) in order {
        let takes = plan.takes.saturating_add(time_of(item.length));
        let is_rest = weight == Weight::Rest;
        if weight.is_ask() || (takes <= budget && !is_rest) {
            plan.shown.push(key);
            plan.takes = takes;
        } else {
            plan.counted.push(key);
        }
    }
    plan
}

/// How long it takes to read or to watch.
pub fn time_of(length: Length) -> Duration {
    match length {
        Length::Words(n) => Duration::from_millis(u64::from(n) * 60_000 / WORDS_PER_MINUTE),
        Length::Clip {
            duration,
            speed_percent,
        } => {
            let speed = speed_percent.clamp(*SPEED_PERCENT.start(), *SPEED_PERCENT.end());
            duration.saturating_mul(100) / speed
        }
    }
}

/// Lower comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    UrgentOnMe,
    Overdue(Timestamp),
    DueToday(Timestamp),
    OnMe(Timestamp),
    Provisional,
    Decided,
    Mention,
    /// More replies and a larger part of mine come first.
    Topic(std::cmp::Reverse<(u32, u32)>),
    Rest,
}

impl Weight {
    fn is_ask(self) -> bool {
        self < Self::Provisional
    }
}

fn weight(what: &What, zone: &Zone, now: Timestamp) -> Weight {
    match *what {
        What::Ask {
            urgent: true,
            acknowledged: false,
            ..
        } => Weight::UrgentOnMe,
        What::Ask { due: Some(due), .. } if due < now => Weight::Overdue(due),
        What::Ask { due: Some(due), .. } if zone.date(due) == zone.date(now) => Weight::DueToday(due),
        What::Ask { due, .. } => Weight::OnMe(due.unwrap_or(Timestamp(i64::MAX))),
        What::Decision { provisional: true } => Weight::Provisional,
        What::Decision { provisional: false } => Weight::Decided,
        What::Mention => Weight::Mention,
        What::Topic { n_replies, n_mine } => Weight::Topic(std::cmp::Reverse((n_replies, n_mine))),
        What::Rest => Weight::Rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, hours, minutes, zone};
    use proptest::prelude::*;

    fn item(key: u32, what: What, n_words: u32) -> Item<u32> {
        Item {
            key,
            what,
            length: Length::Words(n_words),
            at: Timestamp(i64::from(key)),
        }
    }

    fn ask(due: Option<Timestamp>) -> What {
        What::Ask {
            urgent: false,
            acknowledged: false,
            due,
        }
    }

    #[test]
    fn the_order_is_that_of_need() {
        let now = at("2026-11-24T10:00[Europe/London]");
        let urgent = What::Ask {
            urgent: true,
            acknowledged: false,
            due: Some(now.after(hours(1))),
        };
        let topic = |n_replies, n_mine| What::Topic { n_replies, n_mine };
        let items = [
            item(1, What::Rest, 10),
            item(2, topic(3, 0), 10),
            item(3, topic(9, 1), 10),
            item(4, topic(9, 4), 10),
            item(5, What::Mention, 10),
            item(6, What::Decision { provisional: false }, 10),
            item(7, What::Decision { provisional: true }, 10),
            item(8, ask(None), 10),
            item(9, ask(Some(now.after(hours(30)))), 10),
            item(10, ask(Some(now.after(hours(3)))), 10),
            item(11, ask(Some(now.before(hours(3)))), 10),
            item(12, urgent, 10),
        ];
        let plan = catch_up(&items, minutes(30), &zone("Europe/London"), now);
        assert_eq!(plan.shown, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
        assert_eq!(plan.counted, [1]);
    }

    #[test]
    fn asks_are_there_whatever_the_time_is() {
        let now = at("2026-11-24T10:00[Europe/London]");
        let items = [
            item(1, ask(None), 5_000),
            item(2, What::Mention, 230),
            item(3, What::Mention, 461),
            item(4, What::Mention, 100),
        ];
        let plan = catch_up(&items, Duration::ZERO, &zone("Europe/London"), now);
        assert_eq!((plan.shown, plan.counted), (vec![1], vec![2, 3, 4]));
        let plan = catch_up(&items[1..], minutes(2), &zone("Europe/London"), now);
        assert_eq!(
            (plan.shown, plan.counted),
            (vec![2, 4], vec![3]),
            "what fits is shown"
        );
        let clip = Length::Clip {
            duration: minutes(3),
            speed_percent: 150,
        };
        assert_eq!(time_of(clip), minutes(2));
    }

    proptest! {
        #[test]
        fn it_is_the_same_for_the_same_input_and_leaves_no_ask_out(
            kinds in prop::collection::vec((0_usize..6, 0_u32..2_000), 0..60), budget in 0_u64..40, seed in any::<u64>(),
        ) {
            let now = at("2026-11-24T10:00[Europe/London]");
            let london = zone("Europe/London");
            let whats = [ask(None), ask(Some(now.before(hours(3)))), What::Decision { provisional: true }, What::Mention,
                What::Topic { n_replies: 4, n_mine: 1 }, What::Rest];
            let items: Vec<_> = kinds.iter().zip(0..).map(|(&(kind, words), key)| item(key, whats[kind], words)).collect();
            let plan = catch_up(&items, minutes(budget), &london, now);
            let mut shuffled = items.clone();
            shuffled.sort_by_key(|item| u64::from(item.key).wrapping_mul(seed | 1).rotate_left(17));
            prop_assert_eq!(&plan, &catch_up(&shuffled, minutes(budget), &london, now));
            for item in &items {
                let is_ask = matches!(item.what, What::Ask { .. });
                prop_assert!(!is_ask || plan.shown.contains(&item.key));
                prop_assert!(plan.shown.contains(&item.key) != plan.counted.contains(&item.key));
            }
            let asks: Duration = items.iter().filter(|item| matches!(item.what, What::Ask { .. })).map(|item| time_of(item.length)).sum();
            prop_assert!(plan.takes <= minutes(budget).max(asks));
        }
    }
}
