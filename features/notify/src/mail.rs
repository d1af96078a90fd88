//! Mail: what reaches somebody who is nowhere near the app, in the way that they have chosen.
//!
//! Invariants: nobody gets mail who has not chosen it; a letter is asked for once, in the transaction that says so, and says
//! when it goes out what is told and unseen at that moment and may be read then, or does not go out at all; in quiet and in
//! time to think it waits; nobody gets more than [`PER_DAY_MAX`] in a day; whoever holds the link below a letter can end
//! them and do nothing else.

mod letter;
mod stop;

pub(crate) use stop::person_of;

use crate::{
    model::{Called, Cause, Error, MailWay},
    store::{
        mail::{self as store, Asked},
        notices::HeldRow,
        push,
    },
    unseen,
};
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    mail::{LateLetter, Written},
};
use std::time::Duration;
use timing::{
    delivery::{Decision, Profile, Why},
    hours::Hours,
};
use uuid::Uuid;

/// The kind of our letters.
const NOTICES: &str = "notices";
/// Somebody at a device has so long to look; whoever did needs no letter.
const UNSEEN_FOR: Duration = Duration::from_secs(600);
/// At the beginning of a day what was held for the night is told first.
const AFTER_BEGIN: Duration = Duration::from_secs(60);
/// After this the relay need not bother.
const USEFUL_FOR: Duration = Duration::from_secs(36 * 3_600);
/// Letters that one person gets in 24 hours.
pub(crate) const PER_DAY_MAX: i64 = 24;
/// Notices that are looked through for a letter.
const LOOK_MAX: i64 = 200;
/// Letters that are asked for at once.
const TAKE: i64 = 64;
/// What waits before it is told waits for longer than it takes to find out whom a message calls.
const WAITED: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3_600);

pub(crate) fn letters() -> Vec<LateLetter> {
    vec![LateLetter { kind: NOTICES, write }]
}

/// Thinks of a letter about what is told now, in the transaction of the telling.
pub(crate) fn ask(tx: &mut dyn Tx, person: PersonId, told: &[HeldRow], now: Timestamp) -> db::Result<()> {
    let (way, since) = store::find_choice(tx, person)?;
    let (from, until) = match way {
        MailWay::Single if told.iter().any(|row| calls(&row.called)) => (Timestamp(now.0 - 1), Some(now)),
        MailWay::Release
            if told.iter().any(|row| has_waited(row, now)) && !store::has_waiting(tx, person)? =>
        {
            let last = store::last_until(tx, person)?.unwrap_or(since);
            (last.max(since), None)
        }
        _ => return Ok(()),
    };
    let asked = Asked {
        id: Uuid::now_v7(),
        person,
        way,
        from,
        until,
    };
    store::ask(tx, &asked, now.after(UNSEEN_FOR))
}

/// What a letter of its own is for.
fn calls(called: &Called) -> bool {
    called.cause.names_them() || called.due.is_some() || called.urgent
}

fn has_waited(row: &HeldRow, now: Timestamp) -> bool {
    row.held_until.is_some() || row.notice.at.after(WAITED) < now
}

/// Chooses for oneself.
pub(crate) fn choose(tx: &mut dyn Tx, person: PersonId, way: MailWay, now: Timestamp) -> Result<(), Error> {
    if store::find_choice(tx, person)?.0 == way {
        return Ok(());
    }
    store::choose(tx, person, way, now)?;
    if way == MailWay::Day {
        ask_for_day(tx, person, now, now)?;
    }
    Ok(())
}

/// The hours of somebody have changed, and with them the beginning of their day.
pub(crate) fn look_again(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> db::Result<()> {
    if store::find_choice(tx, person)?.0 != MailWay::Day {
        return Ok(());
    }
    let begin = next_begin(tx, person, now)?;
    store::move_day(tx, person, begin)
}

fn ask_for_day(tx: &mut dyn Tx, person: PersonId, from: Timestamp, now: Timestamp) -> db::Result<()> {
    let asked = Asked {
        id: Uuid::now_v7(),
        person,
        way: MailWay::Day,
        from,
        until: None,
    };
    let begin = next_begin(tx, person, now)?;
    store::ask(tx, &asked, begin)
}

fn next_begin(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> db::Result<Timestamp> {
    let people = accounts::people(tx, &[person])?;
    let hours = hours::list_hours(tx, &people)?;
    let begin = hours.get(&person).and_then(|(hours, _)| begin_of_day(hours, now));
    // Whoever never works has days as well.
    Ok(begin.unwrap_or_else(|| now.after(DAY)).after(AFTER_BEGIN))
}

/// When the next day of somebody's work begins: the next moment for what comes in the morning.
fn begin_of_day(hours: &Hours, now: Timestamp) -> Option<Timestamp> {
    let any = Called {
        cause: Cause::Reply,
        sender: None,
        due: None,
        urgent: false,
        consented: false,
        muted: false,
    };
    let mut at = now;
    loop {
        match any.decide(Profile::Morning, hours, at) {
            Decision::Batch(begin) | Decision::Hold(begin, Why::Quiet) if begin > now => return Some(begin),
            // Time to think ends in the middle of a day.
            Decision::Hold(end, Why::Focus) if end > at => at = end,
            _ => return None,
        }
    }
}

/// Asks the outbox for every letter whose time has come, and says how many there were; tests call it in place of waiting.
pub(crate) async fn give_due(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    if app.db.read(move |tx| store::n_due(tx, now)).await? == 0 {
        return Ok(0);
    }
    let due = app.db.read(move |tx| store::list_due(tx, now, TAKE)).await?;
    let n_due = due.len();
    let is_configured = platform::mail::is_configured(app);
    for asked in due {
        let give = move |tx: &mut dyn Tx| give(tx, asked, is_configured, now);
        app.db.write(asked.person, give).await?;
    }
    Ok(n_due)
}

fn give(tx: &mut dyn Tx, asked: Asked, is_configured: bool, now: Timestamp) -> Result<(), Error> {
    let is_wanted = is_configured && store::find_choice(tx, asked.person)?.0 == asked.way;
    if !is_wanted {
        store::drop_one(tx, asked.id)?;
        return Ok(());
    }
    let n_given = store::count_given(tx, asked.person, now.before(DAY))?;
    let unseen = store::list_unseen(tx, &asked, now, 1)?;
    let me = accounts::get_me(tx, asked.person)?;
    let is_given = !unseen.is_empty() && !me.person.deactivated && n_given < PER_DAY_MAX;
    let is_ours = if is_given {
        store::give(tx, asked.id, now, asked.until.unwrap_or(now))?
    } else {
        store::drop_one(tx, asked.id)?
    };
    if !is_ours {
        return Ok(());
    }
    if asked.way == MailWay::Day {
        // What found no room today is in the letter of tomorrow.
        let from = if is_given || unseen.is_empty() {
            now
        } else {
            asked.from
        };
        ask_for_day(tx, asked.person, from, now)?;
    }
    if is_given {
        let key = key_of(asked.id);
        platform::mail::send_late(tx, (NOTICES, &key), &me.email, now, now.after(USEFUL_FOR))?;
    }
    Ok(())
}

fn key_of(id: Uuid) -> String {
    format!("{NOTICES}:{id}")
}

/// Writes a letter at the moment of its going out.
fn write(app: &App, tx: &mut dyn Tx, key: &str, now: Timestamp) -> db::Result<Written> {
    let id = key.rsplit(':').next().and_then(|id| id.parse().ok());
    let Some(asked) = id.map(|id| store::find_given(tx, id)).transpose()?.flatten() else {
        return Ok(Written::Nothing);
    };
    let is_wanted = store::find_choice(tx, asked.person)?.0 == asked.way;
    let me = accounts::get_me(tx, asked.person)?;
    if !is_wanted || me.person.deactivated {
        return Ok(Written::Nothing);
    }
    let mut some = store::list_unseen(tx, &asked, now, LOOK_MAX)?;
    if asked.way == MailWay::Single {
        some.retain(|one| calls(&one.called()));
    }
    unseen::keep_readable(tx, asked.person, &mut some)?;
    let hours = hours::list_hours(tx, std::slice::from_ref(&me.person))?;
    let Some((hours, _)) = hours.get(&asked.person) else {
        return Ok(Written::Nothing);
    };
    let soonest = unseen::keep_tellable(&mut some, hours, now);
    if some.is_empty() {
        return Ok(soonest.map_or(Written::Nothing, Written::NotBefore));
    }
    let names = unseen::names_of(tx, &some)?;
    let Ok(token) = stop::token_of(app, asked.person) else {
        tracing::error!(account.id = %asked.person, "no link to end letters could be made, so none goes out");
        return Ok(Written::Nothing);
    };
    let workspace = accounts::find_workspace(tx)?.map_or_else(|| "Antiphon".to_owned(), |found| found.name);
    let place = letter::Place {
        workspace: &workspace,
        url: &app.config.public_url,
        token: &token,
    };
    let hides_texts = push::hides_texts(tx, asked.person)?;
    Ok(Written::Letter(Box::new(letter::letter_of(
        &me,
        &some,
        hides_texts,
        &place,
        &names,
    ))))
}
