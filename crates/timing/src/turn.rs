//! Whose turn it is: an ask, the people who hold it, and what each move does to it.
//!
//! A seat is one person's share of an ask. The ball is where somebody can act now: with those whose seat is open, or with
//! the asker while a question back waits. The clock of a seat stands still while its ball lies with the asker. A closed ask
//! never opens again; nobody moves but who holds a seat, and the asker.

use crate::{
    charter::Pace,
    due::{due, spent},
    hours::Hours,
};
use base::{PersonId, Timestamp};
use std::time::Duration;

/// A promise for later than so many times what was expected needs the asker's word.
const PROMISE_FACTOR: u32 = 3;
/// Deputies of deputies: further than this nobody is asked any more.
const MAX_DEPUTIES: usize = 8;

/// How many answers are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Any,
    All,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub asker: PersonId,
    pub needs: Needs,
    /// As the charter was when the ask was born.
    pub pace: Pace,
    pub seats: Vec<Seat>,
    pub withdrawn: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub person: PersonId,
    pub state: SeatState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatState {
    Open {
        /// Since when the clock runs, and how much time there was at that moment.
        since: Timestamp,
        left: Duration,
        /// None where the person's hours hold no such moment.
        due: Option<Timestamp>,
        /// A promise that is longer than usual and waits for the asker's word.
        wished: Option<Timestamp>,
    },
    Promised {
        until: Timestamp,
    },
    /// The holder asked back; the ball lies with the asker.
    AskedBack {
        left: Duration,
    },
    Passed {
        to: PersonId,
    },
    Declined,
    Answered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// A reply that settles it for this seat.
    Answer,
    /// A reply that needs the asker first.
    AskBack,
    /// "I will answer by then."
    Promise(Timestamp),
    Pass(PersonId),
    Decline,
    /// The asker replied to those who asked back.
    Resume,
    /// The asker's word on a longer promise.
    Grant(PersonId),
    Refuse(PersonId),
    /// The message was deleted, or the asker no longer needs it.
    Withdraw,
    /// An emoji; an answer only where the ask is a poll.
    React {
        in_poll: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("this ask is closed")]
    Closed,
    #[error("it is not this person's turn")]
    NotTheirTurn,
    #[error("a promise lies in the future")]
    PromiseInThePast,
    #[error("it cannot be passed to the person who asked, or to oneself")]
    PassedBack,
}

/// What a move led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Moved,
    /// The promise is for later than is usual: the asker is asked.
    AskerIsAsked,
    /// A reaction alone is no answer.
    Nothing,
}

impl Ask {
    pub fn new<'h>(
        asker: PersonId,
        needs: Needs,
        pace: Pace,
        people: impl IntoIterator<Item = (PersonId, &'h Hours)>,
        now: Timestamp,
    ) -> Self {
        let seats = people.into_iter().map(|(person, hours)| Seat {
            person,
            state: opened(pace, pace.length(), hours, now),
        });
        Self {
            asker,
            needs,
            pace,
            seats: seats.collect(),
            withdrawn: false,
        }
    }

    pub fn is_open(&self) -> bool {
        let is_answered = |seat: &Seat| seat.state == SeatState::Answered;
        let is_settled =
            |seat: &Seat| !seat.state.is_held() && !matches!(seat.state, SeatState::AskedBack { .. });
        let is_closed = match self.needs {
            Needs::Any => self.seats.iter().any(is_answered) || self.seats.iter().all(is_settled),
            Needs::All => self.seats.iter().all(is_settled),
        };
        !self.withdrawn && !is_closed
    }

    /// When the ask as a whole is due: the first of those who can answer it, or the last of those who all must.
    pub fn due(&self) -> Option<Timestamp> {
        let dues = self.seats.iter().filter_map(|seat| seat.state.due());
        match self.needs {
            _ if !self.is_open() => None,
            Needs::Any => dues.min(),
            Needs::All => dues.max(),
        }
    }

    /// When this person's share is due, if the ball is theirs.
    pub fn due_for(&self, person: PersonId) -> Option<Timestamp> {
        let seat = self
            .seats
            .iter()
            .find(|seat| seat.person == person && seat.state.is_held());
        seat.filter(|_| self.is_open()).and_then(|seat| seat.state.due())
    }

    pub fn is_on(&self, person: PersonId) -> bool {
        let holds = |seat: &Seat| seat.person == person && seat.state.is_held();
        let waits = |seat: &Seat| matches!(seat.state, SeatState::AskedBack { .. });
        let is_asked = self.asker == person && self.seats.iter().any(waits);
        self.is_open() && (self.seats.iter().any(holds) || is_asked)
    }

    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.due().is_some_and(|due| due < now)
    }

    /// `hours` are those of the person whose clock the move starts: the one it is passed to, or the holder.
    pub fn make(
        &mut self,
        by: PersonId,
        what: Move,
        hours: &Hours,
        now: Timestamp,
    ) -> Result<Outcome, Error> {
        if !self.is_open() {
            return Err(Error::Closed);
        }
        match what {
            Move::Withdraw if by == self.asker => self.withdrawn = true,
            Move::Grant(person) if by == self.asker => return self.settle_wish(person, true),
            Move::Refuse(person) if by == self.asker => return self.settle_wish(person, false),
            Move::Resume if by == self.asker => self.resume(hours, now)?,
            Move::Withdraw | Move::Grant(_) | Move::Refuse(_) | Move::Resume => {
                return Err(Error::NotTheirTurn);
            }
            Move::React { in_poll: false } => return Ok(Outcome::Nothing),
            Move::Answer | Move::React { in_poll: true } => self.seat(by)?.state = SeatState::Answered,
            Move::Decline => self.seat(by)?.state = SeatState::Declined,
            Move::AskBack => {
                let pace = self.pace;
                let seat = self.seat(by)?;
                let left = seat.state.left(pace, hours, now);
                seat.state = SeatState::AskedBack { left };
            }
            Move::Promise(until) => return self.promise(by, until, hours, now),
            Move::Pass(to) => self.pass(by, to, hours, now)?,
        }
        Ok(Outcome::Moved)
    }

    fn promise(
        &mut self,
        by: PersonId,
        until: Timestamp,
        hours: &Hours,
        now: Timestamp,
    ) -> Result<Outcome, Error> {
        let latest = due(self.pace.times(PROMISE_FACTOR), hours, now);
        let seat = self.seat(by)?;
        if until <= now {
            return Err(Error::PromiseInThePast);
        }
        if latest.is_some_and(|latest| until <= latest) {
            seat.state = SeatState::Promised { until };
            return Ok(Outcome::Moved);
        }
        if let SeatState::Promised { until: before } = seat.state {
            seat.state = SeatState::Open {
                since: now,
                left: Duration::ZERO,
                due: Some(before),
                wished: None,
            };
        }
        if let SeatState::Open { wished, .. } = &mut seat.state {
            *wished = Some(until);
        }
        Ok(Outcome::AskerIsAsked)
    }

    fn settle_wish(&mut self, person: PersonId, is_granted: bool) -> Result<Outcome, Error> {
        let seat = self.seat(person)?;
        let SeatState::Open {
            wished: Some(until), ..
        } = seat.state
        else {
            return Err(Error::NotTheirTurn);
        };
        if is_granted {
            seat.state = SeatState::Promised { until };
        } else if let SeatState::Open { wished, .. } = &mut seat.state {
            *wished = None;
        }
        Ok(Outcome::Moved)
    }

    /// The clock begins anew for whoever gets it; who has a seat already keeps it as it is.
    fn pass(&mut self, by: PersonId, to: PersonId, hours: &Hours, now: Timestamp) -> Result<(), Error> {
        if to == self.asker || to == by {
            return Err(Error::PassedBack);
        }
        let state = opened(self.pace, self.pace.length(), hours, now);
        self.seat(by)?.state = SeatState::Passed { to };
        let has_seat = |seat: &Seat| seat.person == to && !matches!(seat.state, SeatState::Passed { .. });
        if !self.seats.iter().any(has_seat) {
            self.seats.retain(|seat| seat.person != to);
            self.seats.push(Seat { person: to, state });
        }
        Ok(())
    }

    fn resume(&mut self, hours: &Hours, now: Timestamp) -> Result<(), Error> {
        let pace = self.pace;
        let mut has_waited = false;
        for seat in &mut self.seats {
            if let SeatState::AskedBack { left } = seat.state {
                seat.state = opened(pace, left, hours, now);
                has_waited = true;
            }
        }
        if has_waited {
            Ok(())
        } else {
            Err(Error::NotTheirTurn)
        }
    }

    fn seat(&mut self, person: PersonId) -> Result<&mut Seat, Error> {
        let holds = |seat: &&mut Seat| seat.person == person && seat.state.is_held();
        self.seats.iter_mut().find(holds).ok_or(Error::NotTheirTurn)
    }
}

impl SeatState {
    /// Whether the ball is with this seat.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Open { .. } | Self::Promised { .. })
    }

    pub fn due(self) -> Option<Timestamp> {
        match self {
            Self::Open { due, .. } => due,
            Self::Promised { until } => Some(until),
            _ => None,
        }
    }

    fn left(self, pace: Pace, hours: &Hours, now: Timestamp) -> Duration {
        match self {
            Self::Open { since, left, .. } => left.saturating_sub(spent(pace, hours, since, now)),
            Self::Promised { until } => spent(pace, hours, now, until),
            _ => Duration::ZERO,
        }
    }
}

fn opened(pace: Pace, left: Duration, hours: &Hours, now: Timestamp) -> SeatState {
    let pace = match pace {
        Pace::Working(_) => Pace::Working(left),
        Pace::Elapsed(_) => Pace::Elapsed(left),
    };
    SeatState::Open {
        since: now,
        left,
        due: due(pace, hours, now),
        wished: None,
    }
}

/// Who answers for somebody who is away: their deputy, or the deputy's deputy. None when the way leads in a circle or to
/// nobody who is there.
pub fn stand_in(
    person: PersonId,
    deputy_of: impl Fn(PersonId) -> Option<PersonId>,
    is_away: impl Fn(PersonId) -> bool,
) -> Option<PersonId> {
    let mut asked = vec![person];
    let mut next = deputy_of(person);
    while let Some(deputy) = next {
        if asked.contains(&deputy) || asked.len() > MAX_DEPUTIES {
            return None;
        }
        if !is_away(deputy) {
            return Some(deputy);
        }
        asked.push(deputy);
        next = deputy_of(deputy);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        charter::{Kind, default_pace},
        testing::{any, at, hours, office, shown},
    };
    use base::PersonId;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn people<const N: usize>() -> [PersonId; N] {
        std::array::from_fn(|_| PersonId::random())
    }

    fn moment(text: &str) -> Timestamp {
        at(&format!("2026-11-{text}[Europe/London]"))
    }

    /// Asked on Friday at half past three, of people in London: due on Monday at half past eleven.
    fn asked(needs: Needs, holders: &[PersonId]) -> (Ask, Hours, PersonId) {
        let office = office("Europe/London");
        let asker = PersonId::random();
        let seats = holders.iter().map(|&person| (person, &office));
        let ask = Ask::new(
            asker,
            needs,
            default_pace(Kind::Normal),
            seats,
            moment("20T15:30"),
        );
        (ask, office, asker)
    }

    #[test]
    fn the_first_of_two_zones_is_when_any_answer_is_due() {
        let [asker, ann, lou] = people();
        let (london, angeles) = (office("Europe/London"), office("America/Los_Angeles"));
        let people = [(ann, &london), (lou, &angeles)];
        let sent = moment("20T16:30");
        let any = Ask::new(asker, Needs::Any, default_pace(Kind::Normal), people, sent);
        assert_eq!(
            any.due().map(|at| shown(at, "America/Los_Angeles")).as_deref(),
            Some("Fri 2026-11-20T13:00-08:00")
        );
        assert_eq!(
            any.due().map(|at| shown(at, "Europe/London")).as_deref(),
            Some("Fri 2026-11-20T21:00+00:00")
        );
        let all = Ask::new(asker, Needs::All, default_pace(Kind::Normal), people, sent);
        assert_eq!(all.due(), all.due_for(ann));
        assert_eq!(
            all.due().map(|at| shown(at, "Europe/London")).as_deref(),
            Some("Mon 2026-11-23T12:30+00:00")
        );
    }

    #[test]
    fn one_answer_is_enough_for_any_and_not_for_all() {
        let [ann, bob] = people();
        let now = moment("23T10:00");
        let (mut ask, office, asker) = asked(Needs::Any, &[ann, bob]);
        assert!(ask.is_on(ann) && ask.is_on(bob) && !ask.is_on(asker));
        ask.make(ann, Move::Answer, &office, now).unwrap();
        assert!(!ask.is_open() && !ask.is_on(bob));
        assert_eq!(ask.make(bob, Move::Answer, &office, now), Err(Error::Closed));

        let (mut ask, office, _) = asked(Needs::All, &[ann, bob]);
        ask.make(ann, Move::Answer, &office, now).unwrap();
        assert!(ask.is_open() && ask.is_on(bob) && !ask.is_on(ann));
        assert_eq!(
            ask.make(ann, Move::Decline, &office, now),
            Err(Error::NotTheirTurn)
        );
        ask.make(bob, Move::Decline, &office, now).unwrap();
        assert!(!ask.is_open());
        assert_eq!(ask.due(), None);
    }

    #[test]
    fn a_reaction_alone_is_no_answer_unless_it_is_a_poll() {
        let [ann] = people();
        let (mut ask, office, _) = asked(Needs::Any, &[ann]);
        let now = moment("23T10:00");
        assert_eq!(
            ask.make(ann, Move::React { in_poll: false }, &office, now),
            Ok(Outcome::Nothing)
        );
        assert!(ask.is_on(ann));
        ask.make(ann, Move::React { in_poll: true }, &office, now)
            .unwrap();
        assert!(!ask.is_open());
    }

    #[test]
    fn a_promise_within_three_times_holds_and_a_longer_one_is_asked_for() {
        let [ann] = people();
        let (mut ask, office, asker) = asked(Needs::Any, &[ann]);
        let now = moment("23T10:00");
        // 3 × 4 hours from Monday 10:00: Tuesday 14:00.
        let soon = moment("24T14:00");
        assert_eq!(
            ask.make(ann, Move::Promise(soon), &office, now),
            Ok(Outcome::Moved)
        );
        assert_eq!(ask.due(), Some(soon));
        let late = moment("26T12:00");
        assert_eq!(
            ask.make(ann, Move::Promise(late), &office, now),
            Ok(Outcome::AskerIsAsked)
        );
        assert_eq!(
            ask.due(),
            Some(soon),
            "until the asker agrees, the earlier promise holds"
        );
        assert_eq!(
            ask.make(ann, Move::Grant(ann), &office, now),
            Err(Error::NotTheirTurn)
        );
        ask.make(asker, Move::Refuse(ann), &office, now).unwrap();
        assert_eq!(ask.due(), Some(soon));
        ask.make(ann, Move::Promise(late), &office, now).unwrap();
        ask.make(asker, Move::Grant(ann), &office, now).unwrap();
        assert_eq!(ask.due(), Some(late));
        assert_eq!(
            ask.make(ann, Move::Promise(now), &office, now),
            Err(Error::PromiseInThePast)
        );
    }

    #[test]
    fn passing_on_starts_the_clock_again_and_never_goes_in_a_circle_of_one() {
        let [ann, bob] = people();
        let (mut ask, office, asker) = asked(Needs::Any, &[ann]);
        let now = moment("23T11:00");
        assert_eq!(
            ask.make(ann, Move::Pass(asker), &office, now),
            Err(Error::PassedBack)
        );
        assert_eq!(
            ask.make(ann, Move::Pass(ann), &office, now),
            Err(Error::PassedBack)
        );
        ask.make(ann, Move::Pass(bob), &office, now).unwrap();
        assert!(ask.is_on(bob) && !ask.is_on(ann));
        assert_eq!(ask.due(), Some(moment("23T15:00")));
        ask.make(bob, Move::Pass(ann), &office, moment("23T12:00"))
            .unwrap();
        assert_eq!(ask.due_for(ann), Some(moment("23T16:00")));
        assert_eq!(ask.seats.len(), 2);
    }

    #[test]
    fn the_clock_stands_still_while_the_ball_lies_with_the_asker() {
        let [ann] = people();
        let (mut ask, office, asker) = asked(Needs::Any, &[ann]);
        // An hour and a half on Friday, half an hour on Monday: two hours are left.
        ask.make(ann, Move::AskBack, &office, moment("23T09:30")).unwrap();
        assert!(ask.is_on(asker) && !ask.is_on(ann));
        assert_eq!(ask.due(), None);
        assert_eq!(
            ask.make(ann, Move::Resume, &office, moment("24T09:00")),
            Err(Error::NotTheirTurn)
        );
        ask.make(asker, Move::Resume, &office, moment("24T16:00"))
            .unwrap();
        assert_eq!(ask.due(), Some(moment("25T10:00")));
        assert_eq!(
            ask.make(asker, Move::Resume, &office, moment("24T16:00")),
            Err(Error::NotTheirTurn)
        );
    }

    #[test]
    fn what_is_withdrawn_is_on_nobody() {
        let [ann] = people();
        let (mut ask, office, asker) = asked(Needs::All, &[ann]);
        assert_eq!(
            ask.make(ann, Move::Withdraw, &office, moment("23T09:00")),
            Err(Error::NotTheirTurn)
        );
        ask.make(asker, Move::Withdraw, &office, moment("23T09:00"))
            .unwrap();
        assert!(!ask.is_on(ann));
        assert!(!ask.is_overdue(moment("30T09:00")));
    }

    #[test]
    fn deputies_of_deputies_on_leave() {
        let [ann, bob, cem, dan] = people();
        let deputies = HashMap::from([(ann, bob), (bob, cem), (cem, ann)]);
        let deputy_of = |person| deputies.get(&person).copied();
        assert_eq!(stand_in(ann, deputy_of, |_| false), Some(bob));
        assert_eq!(stand_in(ann, deputy_of, |person| person == bob), Some(cem));
        assert_eq!(stand_in(ann, deputy_of, |_| true), None, "in a circle");
        assert_eq!(stand_in(dan, deputy_of, |_| true), None);
    }

    proptest! {
        /// Whatever people do, an ask ends or lies with somebody, and a closed one stays closed.
        #[test]
        fn the_ball_is_always_somewhere(
            person in any::hours(),
            from in any::moment(),
            needs in prop_oneof![Just(Needs::Any), Just(Needs::All)],
            moves in prop::collection::vec((0_usize..4, 0_usize..10, 0_usize..4, 0_u64..3_000), 0..30),
        ) {
            let people: [PersonId; 4] = people();
            let seats = people[1..3].iter().map(|&holder| (holder, &person));
            let mut ask = Ask::new(people[0], needs, Pace::Working(hours(4)), seats, from);
            let mut now = from;
            for (by, what, to, wait) in moves {
                let was_open = ask.is_open();
                let what = [
                    Move::Answer, Move::AskBack, Move::Promise(now.after(hours(wait))), Move::Pass(people[to]), Move::Decline,
                    Move::Resume, Move::Grant(people[to]), Move::Refuse(people[to]), Move::Withdraw, Move::React { in_poll: false },
                ][what];
                let made = ask.make(people[by], what, &person, now);
                prop_assert!(was_open || made == Err(Error::Closed));
                prop_assert!(was_open || !ask.is_open());
                prop_assert_eq!(ask.is_open(), people.iter().any(|&person| ask.is_on(person)));
                now = now.after(hours(wait % 20));
            }
        }
    }
}
