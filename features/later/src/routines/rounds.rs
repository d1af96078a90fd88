//! One time of a question: everybody in the channel is asked at their own time, and the answers gather in a topic.
//!
//! Invariants: whoever does not work on that day is not asked; whoever writes in the topic has answered; how many have
//! answered is told, and never who has not.

use super::store::RoutineRow;
use crate::{
    events::{self, CheckInChanged, CheckInTurned},
    model::{Error, field},
};
use accounts::Person;
use base::{MessageId, PersonId, Timestamp, TopicId};
use jiff::civil::Date;
use messages::CardPost;
use platform::db::{self, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use spaces::ChannelAccess;
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};
use timing::{
    hours::Hours,
    rhythm::Rhythm,
    week::{Zone, wall_time},
};
use ts_rs::TS;

pub(crate) mod store;
use store::{Round, TurnRow};

/// More people talk in smaller circles.
const ASKED_MAX: usize = 200;
/// Turns that have their time in one transaction.
const AT_ONCE: i64 = 200;
/// Whoever was not asked for so long is not asked any more.
const GRACE: Duration = Duration::from_secs(24 * 3_600);
/// Characters of a question that its topic is called by.
const TITLE_MAX_CHARS: usize = 80;

/// How somebody stands to one time of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    /// Their time is still to come.
    Waiting,
    /// They were asked.
    Asked,
    /// They have answered.
    Answered,
    /// They said that they do not answer this time.
    Skipped,
    /// They do not work on that day.
    Away,
}

impl TurnState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Skipped => "skipped",
            Self::Away => "away",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        let all = [
            Self::Waiting,
            Self::Asked,
            Self::Answered,
            Self::Skipped,
            Self::Away,
        ];
        all.into_iter().find(|state| state.as_str() == word)
    }
}

/// One time of a question, for whoever looks.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CheckIn {
    /// The message that asks.
    pub message_id: MessageId,
    /// Where the answers gather.
    pub topic_id: TopicId,
    /// Of which day it is, as 2026-11-30.
    pub day: String,
    /// How many are asked; without those who are away or said that they do not answer.
    #[ts(type = "number")]
    pub n_asked: i64,
    /// How many have answered.
    #[ts(type = "number")]
    pub n_answered: i64,
    /// How I stand to it; null: I am not asked.
    pub mine: Option<TurnState>,
    /// When I am asked.
    pub my_time: Option<Timestamp>,
}

/// A question is asked where everybody can answer, of people who can be counted.
pub(crate) fn check_place(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    topic: Option<TopicId>,
) -> Result<(), Error> {
    if topic.is_some() {
        return Err(field(
            "/topic_id",
            "each time of a question has a topic of its own",
        ));
    }
    if !super::is_answered(access.kind()) {
        return Err(Error::Forbidden("nobody answers in an announcement channel"));
    }
    if store::list_asked(tx, access.id(), ASKED_MAX)?.len() > ASKED_MAX {
        return Err(Error::Forbidden("a question goes to at most 200 people"));
    }
    Ok(())
}

/// Asks it in the channel, with a topic for the answers; everybody has their turn at their own time. Where nobody works on
/// that day nothing is asked.
pub(crate) fn begin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    row: &RoutineRow,
    rhythm: Rhythm,
    now: Timestamp,
) -> Result<(), Error> {
    let ids = store::list_asked(tx, row.channel, ASKED_MAX)?;
    let people = accounts::people(tx, &ids)?;
    let hours = hours::list_hours(tx, &people)?;
    let mut turns = Vec::with_capacity(people.len());
    for person in &people {
        let Some((hours, _)) = hours.get(&person.id) else {
            continue;
        };
        let state = match hours.work_on(row.next_day).is_empty() {
            true => TurnState::Away,
            false => TurnState::Waiting,
        };
        turns.push((person.id, rhythm.moment(row.next_day, hours.zone()), state));
    }
    if turns.iter().all(|(_, _, state)| *state == TurnState::Away) {
        return Ok(());
    }
    let message = MessageId::random();
    let card = CardPost::read(message, None, &row.text, ("check_in", message.0), row.words_ok)?;
    messages::post_card(tx, access, &card, now)?;
    let topic = TopicId::random();
    let title = format!(
        "{} · {}",
        markup::excerpt(&row.text, TITLE_MAX_CHARS).replace(['\n', '\r'], " "),
        row.next_day
    );
    messages::begin_topic(tx, access, (topic, &title), message, now)?;
    let round = Round {
        message,
        channel: row.channel,
        topic,
        day: row.next_day,
        at_min: row.at_min,
    };
    Ok(store::insert(tx, &round, row.id, &turns)?)
}

/// Asks everybody whose time has come, at most [`AT_ONCE`]; how many turns were looked at.
pub(crate) fn ask_due(tx: &mut dyn Tx, now: Timestamp) -> db::Result<usize> {
    let due = store::list_due(tx, now, AT_ONCE)?;
    let ids: Vec<PersonId> = due.iter().map(|turn| turn.person).collect();
    let people = accounts::people(tx, &ids)?;
    let hours = hours::list_hours(tx, &people)?;
    let people: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let mut rounds = BTreeMap::new();
    let mut n_settled = 0;
    for turn in due {
        let person = people.get(&turn.person).filter(|person| !person.deactivated);
        let hours = hours.get(&turn.person).map(|(hours, _)| hours);
        let is_there = match (person, hours) {
            (Some(_), Some(hours)) => is_there(tx, &turn, hours, now)?,
            _ => false,
        };
        let state = if is_there {
            TurnState::Asked
        } else {
            TurnState::Away
        };
        if !store::settle(tx, (turn.round.message, turn.person), TurnState::Waiting, state)? {
            continue;
        }
        n_settled += 1;
        turned(tx, &turn.round, (turn.person, state), now)?;
        if !is_there {
            rounds.insert(turn.round.message, turn.round);
        }
    }
    for round in rounds.values() {
        tell(tx, round, now)?;
    }
    Ok(n_settled)
}

fn is_there(tx: &mut dyn Tx, turn: &TurnRow, hours: &Hours, now: Timestamp) -> db::Result<bool> {
    let is_late = now > turn.due_at.after(GRACE);
    Ok(!is_late
        && !hours.work_on(turn.round.day).is_empty()
        && !spaces::who_may_read(tx, turn.round.channel, &[turn.person])?.is_empty())
}

/// How somebody stands to it, to themselves alone.
fn turned(
    tx: &mut dyn Tx,
    round: &Round,
    (person, state): (PersonId, TurnState),
    now: Timestamp,
) -> db::Result<()> {
    let event = CheckInTurned {
        message_id: round.message,
        channel_id: round.channel,
        topic_id: round.topic,
        state,
    };
    events::check_in_turned(tx, person, &event, now)
}

/// How many have answered, to everybody in the channel.
fn tell(tx: &mut dyn Tx, round: &Round, now: Timestamp) -> db::Result<()> {
    let (n_asked, n_answered) = store::count(tx, round.message)?;
    let event = CheckInChanged {
        message_id: round.message,
        n_asked,
        n_answered,
    };
    events::check_in_changed(tx, round.channel, &event, now)
}

/// Whoever writes in the topic of a question has answered it.
pub(crate) fn answered(tx: &mut dyn Tx, topic: TopicId, author: PersonId, now: Timestamp) -> db::Result<()> {
    let Some(round) = store::find_by_topic(tx, topic)? else {
        return Ok(());
    };
    if store::answer(tx, round.message, author)? {
        turned(tx, &round, (author, TurnState::Answered), now)?;
        tell(tx, &round, now)?;
    }
    Ok(())
}

/// This person does not answer this time, and nobody is told who that is.
pub(crate) fn skip(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    message: MessageId,
    now: Timestamp,
) -> Result<CheckIn, Error> {
    let round = get(tx, access, message)?;
    let me = (message, access.person());
    let mut has_changed = false;
    for before in [TurnState::Waiting, TurnState::Asked] {
        has_changed |= store::settle(tx, me, before, TurnState::Skipped)?;
    }
    if has_changed {
        turned(tx, &round, (access.person(), TurnState::Skipped), now)?;
        tell(tx, &round, now)?;
    }
    view(tx, access, message)
}

fn get(tx: &mut dyn Tx, access: &ChannelAccess, message: MessageId) -> Result<Round, Error> {
    store::find(tx, message)?
        .filter(|round| round.channel == access.id())
        .ok_or(Error::NotFound)
}

pub(crate) fn view(tx: &mut dyn Tx, access: &ChannelAccess, message: MessageId) -> Result<CheckIn, Error> {
    let round = get(tx, access, message)?;
    let (n_asked, n_answered) = store::count(tx, message)?;
    let mine = store::find_turn(tx, message, access.person())?;
    Ok(CheckIn {
        message_id: message,
        topic_id: round.topic,
        day: round.day.to_string(),
        n_asked,
        n_answered,
        mine: mine.map(|(state, _)| state),
        my_time: mine.map(|(_, at)| at),
    })
}

/// Turns that are still to come follow the clock of their person; true: one has moved.
pub(crate) fn follow(tx: &mut dyn Tx, person: &Person) -> db::Result<bool> {
    let Ok(zone) = Zone::find(&person.time_zone) else {
        return Ok(false);
    };
    let mut has_moved = false;
    for turn in store::list_waiting(tx, person.id)? {
        let at_min = u16::try_from(turn.round.at_min).unwrap_or_default();
        let due_at = moment(turn.round.day, at_min, &zone);
        if due_at != turn.due_at {
            store::move_to(tx, (turn.round.message, person.id), due_at)?;
            has_moved = true;
        }
    }
    Ok(has_moved)
}

fn moment(day: Date, at_min: u16, zone: &Zone) -> Timestamp {
    zone.start(wall_time(day, at_min))
}

/// The message that asks is gone.
pub(crate) fn forget_message(tx: &mut dyn Tx, message: MessageId) -> db::Result<()> {
    store::remove(tx, message)
}
