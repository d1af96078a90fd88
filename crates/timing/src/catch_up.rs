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

    fn whats(now: Timestamp) -> impl Strategy<Value = What> {
        let due = prop::option::of(-50_i64..50);
        let due = due.prop_map(move |due| due.map(|n| Timestamp(now.0 + n * 3_600_000_000)));
        let ask = (any::<bool>(), any::<bool>(), due);
        prop_oneof![
            ask.prop_map(|(urgent, acknowledged, due)| What::Ask {
                urgent,
                acknowledged,
                due
            }),
            any::<bool>().prop_map(|provisional| What::Decision { provisional }),
            Just(What::Mention),
            (0_u32..4, 0_u32..4).prop_map(|(n_replies, n_mine)| What::Topic { n_replies, n_mine }),
            Just(What::Rest),
        ]
    }

    fn lengths() -> impl Strategy<Value = Length> {
        let clip = (0_u64..20, 0_u32..400).prop_map(|(n, speed_percent)| Length::Clip {
            duration: minutes(n),
            speed_percent,
        });
        prop_oneof![(0_u32..2_000).prop_map(Length::Words), clip]
    }

    /// The steps of the specification, from the first.
    fn step(what: &What, zone: &Zone, now: Timestamp) -> u8 {
        match *what {
            What::Ask {
                urgent: true,
                acknowledged: false,
                ..
            } => 0,
            What::Ask { due: Some(due), .. } if due < now => 1,
            What::Ask { due: Some(due), .. } if zone.date(due) == zone.date(now) => 2,
            What::Ask { .. } => 3,
            What::Decision { provisional: true } => 4,
            What::Decision { provisional: false } => 5,
            What::Mention => 6,
            What::Topic { .. } => 7,
            What::Rest => 8,
        }
    }

    proptest! {
        /// In any zone, whatever comes at one moment: the same input in any order is the same plan, in the order of the
        /// specification, with every ask; what is not shown is counted, and nothing is shown beyond the time but asks.
        #[test]
        fn it_is_the_same_for_the_same_input_and_leaves_no_ask_out(
            (zone_name, now, items, shuffled) in (crate::testing::any::zone_name(), crate::testing::any::moment()).prop_flat_map(|(name, now)| {
                let item = (whats(now), lengths(), 0_i64..5);
                let items = prop::collection::vec(item, 0..40).prop_map(|items| {
                    let item = |((what, length, at), key)| Item { key, what, length, at: Timestamp(at) };
                    items.into_iter().zip(0_u32..).map(item).collect::<Vec<_>>()
                });
                items.prop_flat_map(move |items| (Just(name.clone()), Just(now), Just(items.clone()), Just(items).prop_shuffle()))
            }),
            budget in 0_u64..40,
        ) {
            let zone = zone(&zone_name);
            let budget = minutes(budget);
            let plan = catch_up(&items, budget, &zone, now);
            prop_assert_eq!(&plan, &catch_up(&shuffled, budget, &zone, now));
            let of = |key: &u32| &items[usize::try_from(*key).unwrap()];
            for item in &items {
                let is_ask = matches!(item.what, What::Ask { .. });
                prop_assert!(!is_ask || plan.shown.contains(&item.key));
                prop_assert!(item.what != What::Rest || plan.counted.contains(&item.key));
                prop_assert!(plan.shown.contains(&item.key) != plan.counted.contains(&item.key));
            }
            for list in [&plan.shown, &plan.counted] {
                let steps: Vec<u8> = list.iter().map(|key| step(&of(key).what, &zone, now)).collect();
                prop_assert!(steps.is_sorted(), "{steps:?}");
                for pair in list.windows(2).map(|pair| [of(&pair[0]), of(&pair[1])]) {
                    match [pair[0].what, pair[1].what] {
                        [What::Topic { n_replies, n_mine }, What::Topic { n_replies: fewer, n_mine: less }] => {
                            prop_assert!((n_replies, n_mine) >= (fewer, less));
                        }
                        [What::Ask { due: Some(one), .. }, What::Ask { due: Some(next), .. }] if step(&pair[0].what, &zone, now) > 0
                            && step(&pair[0].what, &zone, now) == step(&pair[1].what, &zone, now) => prop_assert!(one <= next),
                        [one, next] if one == next => prop_assert!((pair[0].at, pair[0].key) < (pair[1].at, pair[1].key)),
                        _ => {}
                    }
                }
            }
            let takes: Duration = plan.shown.iter().map(|key| time_of(of(key).length)).sum();
            let asks: Duration = items.iter().filter(|item| matches!(item.what, What::Ask { .. })).map(|item| time_of(item.length)).sum();
            prop_assert_eq!(plan.takes, takes);
            prop_assert!(plan.takes <= budget.max(asks));
            // What was left out for want of time would not have fitted, so far as it was filled before it.
            let first = plan.counted.iter().find(|key| of(key).what != What::Rest);
            prop_assert!(first.is_none_or(|key| plan.takes + time_of(of(key).length) > budget));
        }
    }
}
