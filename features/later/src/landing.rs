//! How a message in a direct conversation lands: at once, when work begins for the others, or silently.
//!
//! The rules are those of [`timing::landing`]; here the people's hours are looked up. What was written to land when work
//! begins follows the hours: when they or the zone of somebody change, its time is reckoned anew in the same transaction.

use crate::{
    events::{self, ScheduledState},
    firing,
    model::{Error, field},
    store::{self, ScheduledRow},
    wire::{LandingChoice, LandingView},
};
use accounts::Person;
use base::{MessageId, PersonId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
};
use spaces::{ChannelAccess, ChannelKind};
use timing::landing::{Choice, Landing, OutsideHours, land, may_ask};

const POLICY: &str = "later.policy";
/// What gets its time anew in one transaction.
const FOLLOWED_AT_ONCE: i64 = 100;

/// The others of a direct conversation who can read at all.
fn list_others(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<Vec<Person>, Error> {
    if access.kind() != ChannelKind::Direct {
        return Ok(Vec::new());
    }
    let mut people = spaces::channel_view(tx, access)?.channel.people;
    people.retain(|person| *person != access.person());
    let mut others = accounts::people(tx, &people)?;
    others.retain(|person| !person.bot && !person.deactivated && !person.link_guest);
    Ok(others)
}

fn reckon(tx: &mut dyn Tx, sender: PersonId, others: &[Person], now: Timestamp) -> db::Result<Landing> {
    let hours = hours::list_hours(tx, others)?;
    Ok(land(
        sender,
        hours.iter().map(|(person, (hours, _))| (*person, hours)),
        now,
    ))
}

/// When work begins for the first of the others; this moment when somebody is there.
pub(crate) fn next(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<Timestamp, Error> {
    let others = list_others(tx, access)?;
    let landing = reckon(tx, access.person(), &others, now)?;
    at(&landing, now).ok_or_else(|| {
        let detail = "only in a direct conversation with somebody who has hours; say a time";
        field("/due_at", detail)
    })
}

fn at(landing: &Landing, now: Timestamp) -> Option<Timestamp> {
    match landing.now.is_empty() {
        false => Some(now),
        true => landing.later.first().map(|(_, at)| *at),
    }
}

/// What Send does here at this moment, and what can be chosen instead.
pub(crate) fn view(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<LandingView, Error> {
    let others = list_others(tx, access)?;
    let landing = reckon(tx, access.person(), &others, now)?;
    let outside = match hours::is_silent_first(tx)? {
        true => OutsideHours::Silent,
        false => OutsideHours::Deliver,
    };
    let first = landing.later.first().copied();
    let mut choices = Vec::new();
    if !others.is_empty() && landing.now.is_empty() {
        let offered = landing.choices(outside);
        choices.extend(offered.into_iter().filter_map(|choice| match choice {
            Choice::DeliverAt(_) => Some(LandingChoice::Deliver),
            Choice::DeliverSilently => Some(LandingChoice::Silent),
            Choice::Urgent => Some(LandingChoice::Urgent),
            Choice::Send => None,
        }));
    }
    if let Some(chosen) = find_chosen_today(tx, access, now)? {
        // The sort is stable: the rest stays as it was.
        choices.sort_by_key(|choice| *choice != chosen);
    }
    let person = first.and_then(|(id, _)| others.iter().find(|person| person.id == id));
    Ok(LandingView {
        choices,
        at: first.map(|(_, at)| at),
        person_id: person.map(|person| person.id),
        time_zone: person.map(|person| person.time_zone.clone()),
    })
}

/// What this person chose here earlier on this day of theirs; nothing when they may be asked again.
fn find_chosen_today(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    now: Timestamp,
) -> Result<Option<LandingChoice>, Error> {
    let Some((choice, asked_at)) = store::find_choice(tx, access.person(), access.id())? else {
        return Ok(None);
    };
    let me = accounts::people(tx, &[access.person()])?;
    let hours = hours::list_hours(tx, &me)?;
    let asks_again = hours
        .get(&access.person())
        .is_none_or(|(hours, _)| may_ask(Some(asked_at), hours.zone(), now));
    Ok((!asks_again).then_some(choice))
}

/// Remembers for the rest of the day what somebody chose.
pub(crate) fn choose(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    choice: LandingChoice,
    now: Timestamp,
) -> Result<(), Error> {
    if choice == LandingChoice::Urgent {
        return Err(field("/choice", "is asked anew each time"));
    }
    if access.kind() != ChannelKind::Direct {
        return Err(Error::Forbidden(
            "only in direct conversations something can be chosen",
        ));
    }
    access.require_post()?;
    Ok(store::choose(tx, (access.person(), access.id()), choice, now)?)
}

/// Gives what waits for this person's work its time anew. Whoever may not write there any more is told at its time.
pub(crate) fn follow(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> db::Result<bool> {
    let mut has_moved = false;
    for row in store::list_landing_with(tx, person)? {
        has_moved |= reckon_anew(tx, &row, now)?;
    }
    Ok(has_moved)
}

fn reckon_anew(tx: &mut dyn Tx, row: &ScheduledRow, now: Timestamp) -> db::Result<bool> {
    let Ok(access) = spaces::access::channel_of(tx, row.person, row.channel) else {
        return Ok(false);
    };
    let others = match list_others(tx, &access) {
        Ok(others) => others,
        Err(Error::Db(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    let landing = reckon(tx, row.person, &others, now)?;
    let Some(due_at) = at(&landing, now).filter(|due_at| *due_at != row.due_at) else {
        return Ok(false);
    };
    store::move_to(tx, row.id, due_at)?;
    events::scheduled_changed(tx, (row.person, row.id), ScheduledState::Waiting, now)?;
    Ok(true)
}

/// The job that follows what holds for everybody: the week of who has declared none, the holidays.
pub(crate) fn job() -> JobKind {
    JobKind {
        kind: POLICY,
        run: follow_policy,
        schedule: false,
    }
}

/// Asks for all that waits for somebody's work to get its time anew; who that concerns may be many. What was chosen stays: that
/// silence is offered first from now on makes nothing silent that waits.
pub(crate) fn ask_follow_policy(tx: &mut dyn Tx, now: Timestamp) -> db::Result<()> {
    let key = uuid::Uuid::now_v7().to_string();
    jobs::ask(tx, POLICY, &key, &uuid::Uuid::nil().to_string(), now)
}

/// A page of it; the body of the job is where the last page ended.
fn follow_policy(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let Ok(after) = job.body.parse().map(MessageId) else {
        return Ok(Next::Done);
    };
    let rows = store::list_landing(tx, after, FOLLOWED_AT_ONCE)?;
    let mut has_moved = false;
    for row in &rows {
        has_moved |= reckon_anew(tx, row, now)?;
    }
    if has_moved {
        firing::wake();
    }
    let Some(last) = rows.last() else {
        return Ok(Next::Done);
    };
    jobs::set_body(tx, job, &last.id.0.to_string())?;
    Ok(Next::At(now))
}
