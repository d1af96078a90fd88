//! A rota: whose turn it is to be on call, handed over once a week.
//!
//! What is kept is who has it and since when; the turns after that follow from the order and the wall time of the hand-over,
//! so that nothing has to happen at that moment, and a server that was away has missed nothing.

use crate::week::{Zone, wall_time};
use base::{PersonId, Timestamp};
use jiff::civil::{Date, Weekday};

/// Hand-overs that are counted at most; twenty years of them.
const HAND_OVERS_MAX: usize = 1_100;

/// When it is handed over: once a week, at this wall time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub zone: Zone,
    pub weekday: Weekday,
    /// Minutes after midnight.
    pub minute: u16,
}

impl HandOver {
    /// The first after a moment.
    pub fn next(&self, after: Timestamp) -> Timestamp {
        let today = self.zone.date(after);
        let days = today.weekday().until(self.weekday);
        let at = |days: i64| {
            let date = today.saturating_add(jiff::Span::new().days(days));
            self.zone.start(wall_time(date, self.minute))
        };
        let days = i64::from(days);
        [days, days + 7]
            .into_iter()
            .map(at)
            .find(|at| *at > after)
            .unwrap_or(Timestamp(i64::MAX))
    }
}

/// One person's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub person: PersonId,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// Somebody else, on one day of the rota's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    pub day: Date,
    pub person: PersonId,
}

/// Everything that decides who is on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// In the order of their turns: only those who have agreed.
    pub people: Vec<PersonId>,
    /// Who had it, and since when. Somebody who is not in it any more had it last: the first has it.
    pub holder: Option<PersonId>,
    pub since: Timestamp,
    pub hand_over: HandOver,
    pub swaps: Vec<Swap>,
}

impl Rota {
    /// Whose week it is. With the clock set back it stays whoever has it.
    pub fn turn(&self, now: Timestamp) -> Option<Turn> {
        let first = self.people.first()?;
        let holder = self.holder.filter(|holder| self.people.contains(holder));
        let mut turn = Turn {
            person: holder.unwrap_or(*first),
            from: self.since,
            until: self.hand_over.next(self.since),
        };
        for _ in 0..HAND_OVERS_MAX {
            if turn.until > now {
                break;
            }
            turn = self.after(turn);
        }
        Some(turn)
    }

    fn after(&self, turn: Turn) -> Turn {
        Turn {
            person: self.next_person(turn.person),
            from: turn.until,
            until: self.hand_over.next(turn.until),
        }
    }

    /// Who follows somebody.
    pub fn next_person(&self, person: PersonId) -> PersonId {
        let idx = self.people.iter().position(|one| *one == person);
        let next = idx.map_or(0, |idx| idx + 1) % self.people.len().max(1);
        self.people.get(next).copied().unwrap_or(person)
    }

    /// This turn and those after it.
    pub fn turns(&self, now: Timestamp) -> impl Iterator<Item = Turn> + '_ {
        std::iter::successors(self.turn(now), |turn| Some(self.after(*turn)))
    }

    /// Who is on call at this moment: whoever has swapped for this day, else whose week it is.
    pub fn on_call(&self, now: Timestamp) -> Option<PersonId> {
        let today = self.hand_over.zone.date(now);
        let swap = self
            .swaps
            .iter()
            .find(|swap| swap.day == today && self.people.contains(&swap.person));
        swap.map(|swap| swap.person)
            .or_else(|| self.turn(now).map(|turn| turn.person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, hours, zone};
    use proptest::prelude::*;

    fn people<const N: usize>() -> [PersonId; N] {
        std::array::from_fn(|_| PersonId::random())
    }

    fn moment(text: &str) -> Timestamp {
        at(&format!("2026-{text}[Europe/Berlin]"))
    }

    /// Handed over on Mondays at nine, in Berlin.
    fn rota(people: &[PersonId], since: Timestamp) -> Rota {
        Rota {
            people: people.to_vec(),
            holder: people.first().copied(),
            since,
            hand_over: HandOver {
                zone: zone("Europe/Berlin"),
                weekday: Weekday::Monday,
                minute: 540,
            },
            swaps: Vec::new(),
        }
    }

    #[test]
    fn it_is_handed_over_each_week_at_the_same_time_on_the_wall() {
        let [ann, bob, cem] = people();
        // Clocks go back on 25 October.
        let rota = rota(&[ann, bob, cem], moment("10-19T09:00"));
        for (when, person) in [
            ("10-19T09:00", ann),
            ("10-26T08:59", ann),
            ("10-26T09:00", bob),
            ("11-02T09:00", cem),
            ("11-09T09:00", ann),
            ("10-18T09:00", ann),
        ] {
            assert_eq!(rota.on_call(moment(when)), Some(person), "{when}");
        }
        let turns: Vec<Turn> = rota.turns(moment("10-27T10:00")).take(2).collect();
        assert_eq!(
            (turns[0].from, turns[0].until),
            (moment("10-26T09:00"), moment("11-02T09:00"))
        );
        assert_eq!((turns[1].person, turns[1].until), (cem, moment("11-09T09:00")));
    }

    #[test]
    fn handing_over_early_shortens_a_turn_and_keeps_the_day_of_the_week() {
        let [ann, bob] = people();
        let mut rota = rota(&[ann, bob], moment("11-16T09:00"));
        (rota.holder, rota.since) = (Some(bob), moment("11-18T12:00"));
        assert_eq!(rota.on_call(moment("11-18T12:00")), Some(bob));
        assert_eq!(rota.on_call(moment("11-23T09:00")), Some(ann));
    }

    #[test]
    fn a_swap_is_for_one_day_and_only_for_whoever_is_in_the_rota() {
        let [ann, bob, stranger] = people();
        let mut rota = rota(&[ann, bob], moment("11-16T09:00"));
        let day = jiff::civil::date(2026, 11, 18);
        rota.swaps = vec![
            Swap { day, person: bob },
            Swap {
                day: day.tomorrow().unwrap(),
                person: stranger,
            },
        ];
        for (when, person) in [
            ("11-17T23:59", ann),
            ("11-18T00:00", bob),
            ("11-18T23:59", bob),
            ("11-19T00:00", ann),
        ] {
            assert_eq!(rota.on_call(moment(when)), Some(person), "{when}");
        }
    }

    #[test]
    fn who_left_is_followed_by_the_first_and_nobody_is_nobody() {
        let [ann, bob, gone] = people();
        let mut rota = rota(&[ann, bob], moment("11-16T09:00"));
        rota.holder = Some(gone);
        assert_eq!(rota.on_call(moment("11-17T09:00")), Some(ann));
        rota.people.clear();
        assert_eq!(rota.on_call(moment("11-17T09:00")), None);
        assert_eq!(rota.turns(moment("11-17T09:00")).count(), 0);
    }

    proptest! {
        /// One turn ends where the next begins, and each lasts a week, but for the change of clocks.
        #[test]
        fn turns_follow_each_other(since in 1_600_000_000_i64..1_900_000_000, after in 0_u64..9_000, n in 1_usize..5) {
            let everyone: [PersonId; 5] = people();
            let rota = rota(&everyone[..n], Timestamp(since * 1_000_000));
            let now = rota.since.after(hours(after));
            let turns: Vec<Turn> = rota.turns(now).take(4).collect();
            prop_assert!(turns[0].from <= now && now < turns[0].until);
            for pair in turns.windows(2) {
                prop_assert_eq!(pair[0].until, pair[1].from);
                let length = (pair[1].until.0 - pair[1].from.0) / 3_600_000_000;
                prop_assert!((167..=169).contains(&length));
                prop_assert_eq!(rota.next_person(pair[0].person), pair[1].person);
            }
        }
    }
}
