//! Rules of asks: how what is kept becomes what [`timing::turn`] decides about, and what each reader sees of it. Pure.

use crate::wire::{Ask, AskKind, AskMove, AskMoveKind, AskNeeds, AskSeat, AskSeatState, AskState, NewAsk};
use base::{ChannelId, MessageId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, time::Duration};
use timing::{
    charter::{CEILING, FLOOR, Kind, Pace},
    turn::{self, Needs, Seat, SeatState},
};

/// People of one ask, as many as a message names.
pub(crate) const PEOPLE_MAX: usize = 50;
/// Open asks of one person.
pub(crate) const OPEN_MAX: i64 = 2_000;
/// Open announcements of one channel, which everybody in it has to read.
pub(crate) const ANNOUNCEMENTS_MAX: i64 = 20;
/// In a larger channel only those who look after it ask everybody; elsewhere whoever may write.
pub(crate) const SMALL_CHANNEL: i64 = 50;
/// Characters of the reason for which somebody declines.
const REASON_MAX_CHARS: usize = 280;
/// How long a move can be taken back.
pub(crate) const UNDO_FOR: Duration = Duration::from_secs(3_600);
/// Asks of one page.
pub(crate) const PAGE_MAX: i64 = 100;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such ask for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Nobody has to answer any more.
    #[error("the ask is closed")]
    Closed,
    /// The message has an ask already.
    #[error("the message asks something already")]
    Exists,
    /// What hours refused.
    #[error(transparent)]
    Hours(#[from] hours::Error),
    /// What charters refused.
    #[error(transparent)]
    Charters(#[from] charters::Error),
    /// What the word list refused.
    #[error(transparent)]
    Words(#[from] words::Error),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

pub(crate) fn field(pointer: impl Into<String>, detail: &str) -> Error {
    Error::Field {
        pointer: pointer.into(),
        detail: detail.to_owned(),
    }
}

impl From<turn::Error> for Error {
    fn from(error: turn::Error) -> Self {
        match error {
            turn::Error::Closed => Self::Closed,
            turn::Error::NotTheirTurn => Self::Forbidden("it is not your turn"),
            turn::Error::PromiseInThePast => field("/until", "a promise lies in the future"),
            turn::Error::PassedBack => field("/person_id", "pass it to somebody else"),
        }
    }
}

/// How an ask stands, but for its shares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub closed_at: Option<Timestamp>,
    pub ending: Option<Ending>,
    pub due: Option<Timestamp>,
    pub asker_since: Option<Timestamp>,
    pub n_answered: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ending {
    Answered,
    Unanswered,
    Withdrawn,
}

/// An ask as it is kept. Of one that was asked of everybody only the shares are here that somebody has asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AskRow {
    pub message: MessageId,
    pub channel: ChannelId,
    pub asker: PersonId,
    pub kind: AskKind,
    pub needs: AskNeeds,
    pub everyone: bool,
    pub pace: Pace,
    pub created_at: Timestamp,
    pub head: Head,
    pub reminded_at: Option<Timestamp>,
    pub undo: Option<String>,
    pub seats: Vec<SeatRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SeatRow {
    pub person: PersonId,
    pub state: AskSeatState,
    pub since: Option<Timestamp>,
    pub left_us: Option<i64>,
    pub due: Option<Timestamp>,
    pub wished: Option<Timestamp>,
    pub passed_to: Option<PersonId>,
    pub reason: Option<String>,
    pub moved_at: Timestamp,
}

/// What was before a move.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Before {
    pub by: PersonId,
    pub at: Timestamp,
    pub head: Head,
    /// The shares that the move changed, as they were.
    pub seats: Vec<SeatRow>,
    /// Whose share the move made.
    pub made: Vec<PersonId>,
}

impl SeatRow {
    pub fn of(seat: &Seat, now: Timestamp) -> Self {
        let mut row = Self {
            person: seat.person,
            state: AskSeatState::Open,
            since: None,
            left_us: None,
            due: None,
            wished: None,
            passed_to: None,
            reason: None,
            moved_at: now,
        };
        row.state = match seat.state {
            SeatState::Open {
                since,
                left,
                due,
                wished,
            } => {
                (row.since, row.left_us, row.due, row.wished) =
                    (Some(since), Some(micros(left)), due, wished);
                AskSeatState::Open
            }
            SeatState::Promised { until } => {
                row.due = Some(until);
                AskSeatState::Promised
            }
            SeatState::AskedBack { left } => {
                row.left_us = Some(micros(left));
                AskSeatState::AskedBack
            }
            SeatState::Passed { to } => {
                row.passed_to = Some(to);
                AskSeatState::Passed
            }
            SeatState::Declined => AskSeatState::Declined,
            SeatState::Answered => AskSeatState::Answered,
        };
        row
    }

    pub fn seat(&self) -> Seat {
        let left = Duration::from_micros(u64::try_from(self.left_us.unwrap_or(0)).unwrap_or(0));
        let state = match self.state {
            AskSeatState::Open => SeatState::Open {
                since: self.since.unwrap_or(self.moved_at),
                left,
                due: self.due,
                wished: self.wished,
            },
            AskSeatState::Promised => SeatState::Promised {
                until: self.due.unwrap_or(self.moved_at),
            },
            AskSeatState::AskedBack => SeatState::AskedBack { left },
            AskSeatState::Passed => SeatState::Passed {
                to: self.passed_to.unwrap_or(self.person),
            },
            AskSeatState::Declined | AskSeatState::Left => SeatState::Declined,
            AskSeatState::Answered => SeatState::Answered,
        };
        Seat {
            person: self.person,
            state,
        }
    }

    pub fn is_held(&self) -> bool {
        matches!(self.state, AskSeatState::Open | AskSeatState::Promised)
    }

    /// Whether whoever asked has to say something about this share.
    pub fn waits_for_asker(&self) -> bool {
        self.state == AskSeatState::AskedBack || self.wished.is_some()
    }
}

fn micros(length: Duration) -> i64 {
    i64::try_from(length.as_micros()).unwrap_or(i64::MAX)
}

impl AskRow {
    pub fn is_open(&self) -> bool {
        self.head.closed_at.is_none()
    }

    /// The same ask for the rules.
    pub fn turn(&self) -> turn::Ask {
        turn::Ask {
            asker: self.asker,
            needs: match self.needs {
                AskNeeds::Any => Needs::Any,
                AskNeeds::All => Needs::All,
            },
            pace: self.pace,
            seats: self.seats.iter().map(SeatRow::seat).collect(),
            withdrawn: self.head.ending == Some(Ending::Withdrawn),
        }
    }

    pub fn seat_of(&self, person: PersonId) -> Option<&SeatRow> {
        self.seats.iter().find(|seat| seat.person == person)
    }

    /// By when, for this person: of the whole for whoever asked, else of their own share.
    pub fn due_for(&self, person: PersonId) -> Option<Timestamp> {
        if self.asker == person {
            return self.head.due;
        }
        let held = self.seat_of(person).filter(|seat| seat.is_held());
        held.filter(|_| self.is_open()).and_then(|seat| seat.due)
    }

    pub fn is_on(&self, person: PersonId) -> bool {
        let holds = self.seat_of(person).is_some_and(SeatRow::is_held);
        self.is_open() && (holds || (self.asker == person && self.head.asker_since.is_some()))
    }

    /// What this person sees of it. None: what everybody in the channel sees.
    pub fn seen_by(&self, reader: Option<PersonId>) -> Ask {
        let is_asker = reader == Some(self.asker);
        let seats = self
            .seats
            .iter()
            .filter(|seat| !self.everyone || reader == Some(seat.person));
        let seats = seats.map(|seat| {
            let is_told = is_asker || reader == Some(seat.person);
            AskSeat {
                person_id: seat.person,
                state: seat.state,
                due: seat.due.filter(|_| is_told && self.is_open() && seat.is_held()),
                wished: seat.wished.filter(|_| is_told && self.is_open()),
                passed_to: seat.passed_to,
                reason: seat.reason.clone().filter(|_| is_told),
            }
        });
        Ask {
            message_id: self.message,
            channel_id: self.channel,
            asker_id: self.asker,
            kind: self.kind,
            needs: self.needs,
            everyone: self.everyone,
            state: match self.head.ending {
                None => AskState::Open,
                Some(Ending::Answered) => AskState::Answered,
                Some(Ending::Unanswered) => AskState::Unanswered,
                Some(Ending::Withdrawn) => AskState::Withdrawn,
            },
            created_at: self.created_at,
            closed_at: self.head.closed_at,
            due: reader.and_then(|reader| self.due_for(reader)),
            on_me: reader.is_some_and(|reader| self.is_on(reader)),
            n_answered: self.head.n_answered,
            reminded_at: self.reminded_at,
            seats: seats.collect(),
        }
    }

    /// The same without any text, for events.
    pub fn told_to(&self, reader: Option<PersonId>) -> Ask {
        let mut ask = self.seen_by(reader);
        for seat in &mut ask.seats {
            seat.reason = None;
        }
        ask
    }
}

impl AskKind {
    /// Which of the paces of a charter holds for it. What is read and understood is given to be read.
    pub(crate) fn pace(self) -> Kind {
        match self {
            Self::Question | Self::Action => Kind::Normal,
            Self::Feedback | Self::Read => Kind::Feedback,
        }
    }
}

impl NewAsk {
    /// Checks what can be checked without looking anything up; whoever is named twice is asked once.
    pub(crate) fn clean(mut self, base: &str, asker: PersonId, now: Timestamp) -> Result<Self, Error> {
        let mut known = HashSet::new();
        self.people.retain(|person| known.insert(*person));
        if self.people.len() > PEOPLE_MAX {
            return Err(field(
                format!("{base}/people"),
                "at most 50 people are asked at once",
            ));
        }
        if let Some(idx) = self.people.iter().position(|person| *person == asker) {
            return Err(field(format!("{base}/people/{idx}"), "ask somebody else"));
        }
        if self.everyone && self.kind != AskKind::Read {
            return Err(field(
                format!("{base}/everyone"),
                "everybody is asked only to read and understand; for an answer, name people",
            ));
        }
        if self.everyone != self.people.is_empty() {
            return Err(field(
                format!("{base}/people"),
                "name those who are asked, or ask everybody",
            ));
        }
        if self.kind == AskKind::Read {
            self.needs = AskNeeds::All;
        }
        self.check_by(base, now)?;
        Ok(self)
    }

    fn check_by(&self, base: &str, now: Timestamp) -> Result<(), Error> {
        let pointer = || format!("{base}/by");
        match self.by {
            Some(by) if by < now.after(FLOOR) => Err(field(
                pointer(),
                "choose a time at least an hour ahead; what cannot wait is urgent",
            )),
            Some(by) if by > now.after(CEILING) => Err(field(pointer(), "choose a time within 90 days")),
            _ => Ok(()),
        }
    }
}

/// The pace of somebody who says by when.
pub(crate) fn pace_until(by: Timestamp, now: Timestamp) -> Pace {
    let length = by.0.saturating_sub(now.0);
    Pace::Elapsed(Duration::from_micros(u64::try_from(length).unwrap_or(0)))
}

impl AskMove {
    /// Checks that it says what its kind needs, and nothing else.
    pub(crate) fn clean(mut self) -> Result<Self, Error> {
        use AskMoveKind as K;
        let needs_time = self.kind == K::Promise;
        let needs_person = matches!(self.kind, K::Pass | K::Grant | K::Refuse);
        if self.until.is_some() != needs_time {
            return Err(field(
                "/until",
                "a promise says until when, and nothing else does",
            ));
        }
        if self.person_id.is_some() != needs_person {
            return Err(field(
                "/person_id",
                "it says about whom when it is about somebody",
            ));
        }
        self.reason = match self.reason.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(_) if self.kind != K::Decline => {
                return Err(field("/reason", "only declining has a reason"));
            }
            Some(reason) => Some(clean_reason(reason)?),
        };
        Ok(self)
    }
}

fn clean_reason(reason: &str) -> Result<String, Error> {
    if reason.chars().count() > REASON_MAX_CHARS {
        return Err(field("/reason", "at most 280 characters"));
    }
    if reason.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field("/reason", "control characters cannot be used"));
    }
    Ok(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    fn new(kind: AskKind, people: Vec<PersonId>, everyone: bool) -> NewAsk {
        NewAsk {
            kind,
            people,
            everyone,
            needs: AskNeeds::Any,
            by: None,
        }
    }

    #[track_caller]
    fn refused(ask: NewAsk, asker: PersonId, pointer: &str) {
        let refused = ask.clean("/ask", asker, NOW);
        assert!(
            matches!(&refused, Err(Error::Field { pointer: at, .. }) if at == pointer),
            "{pointer}: {refused:?}"
        );
    }

    #[test]
    fn an_ask_names_others_each_once_or_everybody() {
        let (me, ana) = (PersonId::random(), PersonId::random());
        let twice = new(AskKind::Question, vec![ana, ana], false).clean("/ask", me, NOW);
        assert_eq!(twice.expect("once is fine").people, [ana]);
        refused(new(AskKind::Question, vec![ana, me], false), me, "/ask/people/1");
        refused(new(AskKind::Question, Vec::new(), false), me, "/ask/people");
        refused(new(AskKind::Question, Vec::new(), true), me, "/ask/everyone");
        refused(new(AskKind::Read, vec![ana], true), me, "/ask/people");
        let many = (0..51).map(|_| PersonId::random()).collect();
        refused(new(AskKind::Question, many, false), me, "/ask/people");
        let read = new(AskKind::Read, Vec::new(), true).clean("/ask", me, NOW);
        assert_eq!(read.expect("everybody reads").needs, AskNeeds::All);
    }

    #[test]
    fn by_when_lies_an_hour_to_ninety_days_ahead() {
        let (me, ana) = (PersonId::random(), PersonId::random());
        let by = |by| NewAsk {
            by: Some(by),
            ..new(AskKind::Question, vec![ana], false)
        };
        for at in [
            Timestamp(i64::MIN),
            Timestamp(0),
            NOW,
            NOW.after(FLOOR - Duration::from_micros(1)),
            NOW.after(CEILING + Duration::from_micros(1)),
            Timestamp(i64::MAX),
        ] {
            refused(by(at), me, "/ask/by");
        }
        for at in [NOW.after(FLOOR), NOW.after(CEILING)] {
            assert!(by(at).clean("/ask", me, NOW).is_ok());
            assert_eq!(timing::due::due(pace_until(at, NOW), &hours(), NOW), Some(at));
        }
    }

    fn hours() -> timing::hours::Hours {
        timing::hours::Hours::new(timing::week::Zone::utc(), timing::week::Week::default())
    }

    #[test]
    fn a_move_says_what_it_needs_and_no_more() {
        let of = |kind, until, person_id, reason: Option<&str>| AskMove {
            kind,
            until,
            person_id,
            reason: reason.map(str::to_owned),
        };
        use AskMoveKind as K;
        let ana = Some(PersonId::random());
        for (given, accepted) in [
            (of(K::Promise, Some(NOW), None, None), true),
            (of(K::Promise, None, None, None), false),
            (of(K::Answer, Some(NOW), None, None), false),
            (of(K::Pass, None, ana, None), true),
            (of(K::Pass, None, None, None), false),
            (of(K::Decline, None, None, Some(" no time ")), true),
            (of(K::Decline, None, None, Some(&"x".repeat(281))), false),
            (of(K::Decline, None, None, Some("a\0b")), false),
            (of(K::Answer, None, None, Some("why")), false),
        ] {
            let shown = format!("{given:?}");
            assert_eq!(given.clean().is_ok(), accepted, "{shown}");
        }
    }

    #[test]
    fn a_share_is_kept_as_the_rules_know_it() {
        let person = PersonId::random();
        let left = Duration::from_secs(600);
        for state in [
            SeatState::Open {
                since: NOW,
                left,
                due: Some(NOW.after(left)),
                wished: Some(NOW.after(left * 9)),
            },
            SeatState::Open {
                since: NOW,
                left,
                due: None,
                wished: None,
            },
            SeatState::Promised { until: NOW },
            SeatState::AskedBack { left },
            SeatState::Passed { to: person },
            SeatState::Declined,
            SeatState::Answered,
        ] {
            let seat = Seat { person, state };
            assert_eq!(SeatRow::of(&seat, NOW).seat(), seat);
        }
    }
}
