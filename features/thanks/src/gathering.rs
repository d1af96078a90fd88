//! Once a week, when the week of work begins, a space gathers what was thanked for in one message with a topic under it.
//!
//! Invariants: each week's message is posted once, as who chose the place, who may write there at that moment, in the
//! transaction that moves it to its next time and takes the job away; in a week without thanks nothing is posted; what is told
//! is what its giver lets be told again, and goes with it.

use crate::{
    model::{Error, GATHERED_MAX, GRACE, TITLE_MAX_CHARS, next_time},
    store::{self, PlaceRow},
    wire::{ChooseThanksPlace, ThanksPlace},
};
use accounts::{PERSON_ERASED, PersonErased};
use base::{MessageId, PersonId, SpaceId, Timestamp, TopicId};
use messages::{CardPost, MessageDeleted};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{Heard, Listener},
};
use spaces::{SpaceAccess, access};
use timing::week::Zone;

const GATHER: &str = "thanks.gather";
/// The word by which the app finds what draws the card.
const CARD: &str = "gathering";

/// The kinds of jobs of this slice.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: GATHER,
        run: gather,
        schedule: false,
    }]
}

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: forget_message,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

/// With a message its thanks go, wherever they are told again.
fn forget_message(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<MessageDeleted>() {
        Some(deleted) => store::forget_message(tx, deleted.message_id),
        None => Ok(()),
    }
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget_person(tx, erased.person_id),
        None => Ok(()),
    }
}

pub(crate) fn view(tx: &mut dyn Tx, access: &SpaceAccess) -> Result<ThanksPlace, Error> {
    let row = store::find_place(tx, access.id())?;
    // Where it is gathered is known to whoever may read there.
    let row = match row {
        Some(row) if !spaces::who_may_read(tx, row.channel, &[access.person()])?.is_empty() => Some(row),
        Some(row) if access.can_manage() => Some(row),
        _ => None,
    };
    Ok(ThanksPlace {
        space_id: access.id(),
        can_change: access.can_manage(),
        channel_id: row.as_ref().map(|row| row.channel),
        next_at: row.as_ref().filter(|row| !row.stopped).map(|row| row.next_at),
        stopped: row.as_ref().is_some_and(|row| row.stopped),
        title: row.map(|row| row.title),
    })
}

/// Chooses where thanks are gathered from now on, or that they are not.
pub(crate) fn choose(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    new: &ChooseThanksPlace,
    now: Timestamp,
) -> Result<ThanksPlace, Error> {
    access.require_manage()?;
    let Some(channel) = new.channel_id else {
        store::end_place(tx, access.id())?;
        return view(tx, access);
    };
    let title = markup::clean_name(&new.title, TITLE_MAX_CHARS).map_err(|problem| Error::Field {
        pointer: "/title",
        detail: problem.to_string(),
    })?;
    words::check(tx, &[&title], true)?;
    let elsewhere = || crate::model::field("/channel_id", "choose a channel of this space");
    let place = access::channel_of(tx, access.person(), channel).map_err(|error| match error {
        spaces::Error::NotFound => elsewhere(),
        error => error.into(),
    })?;
    if place.space() != Some(access.id()) {
        return Err(elsewhere());
    }
    place.require_post()?;
    let next_at = next(tx, access.person(), now)?.ok_or(Error::NotFound)?;
    let row = PlaceRow {
        space: access.id(),
        channel,
        person: access.person(),
        title,
        next_at,
        stopped: false,
    };
    store::put_place(tx, &row)?;
    ask(tx, row.space, next_at)?;
    view(tx, access)
}

/// When the week of work begins after this moment, where who gathers lives.
fn next(tx: &mut dyn Tx, person: PersonId, after: Timestamp) -> db::Result<Option<Timestamp>> {
    let policy = hours::get_policy(tx)?;
    let person = accounts::find_person(tx, person)?;
    let zone = person.and_then(|person| Zone::find(&person.time_zone).ok());
    Ok(next_time(&policy.work, &zone.unwrap_or_else(Zone::utc), after))
}

fn ask(tx: &mut dyn Tx, space: SpaceId, at: Timestamp) -> db::Result<()> {
    let body = format!("{} {}", space.0, at.0);
    jobs::ask(tx, GATHER, &body, &body, at)
}

fn gather(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let Some((space, at)) = read_body(&job.body) else {
        return Ok(Next::Done);
    };
    // Another place or another time was chosen meanwhile, and has a job of its own.
    let Some(row) = store::find_place(tx, space)?.filter(|row| row.next_at == at && !row.stopped) else {
        return Ok(Next::Done);
    };
    let Some(next_at) = next(tx, row.person, at.max(now))? else {
        return Ok(Next::Done);
    };
    if !store::move_on(tx, &row, next_at)? {
        return Ok(Next::Done);
    }
    ask(tx, space, next_at)?;
    if now > at.after(GRACE) || !store::has_waiting(tx, space, now)? {
        return Ok(Next::Done);
    }
    match may_post(tx, &row) {
        Ok(access) => post(tx, &access, &row, now).map(|()| Next::Done).map_err(as_db),
        Err(spaces::Error::Db(error)) => Err(error),
        Err(error) => {
            tracing::info!(space.id = %space, error = %error, "thanks are not gathered any more in space {space}");
            store::stop(tx, space)?;
            Ok(Next::Done)
        }
    }
}

fn read_body(body: &str) -> Option<(SpaceId, Timestamp)> {
    let (space, at) = body.split_once(' ')?;
    Some((SpaceId(space.parse().ok()?), Timestamp(at.parse().ok()?)))
}

fn may_post(tx: &mut dyn Tx, row: &PlaceRow) -> Result<spaces::ChannelAccess, spaces::Error> {
    let access = access::channel_of(tx, row.person, row.channel)?;
    access.require_post()?;
    Ok(access)
}

fn post(
    tx: &mut dyn Tx,
    access: &spaces::ChannelAccess,
    row: &PlaceRow,
    now: Timestamp,
) -> Result<(), Error> {
    let message = MessageId::random();
    let card = CardPost::read(message, None, &row.title, (CARD, message.0), true)?;
    messages::post_card(tx, access, &card, now)?;
    messages::begin_topic(tx, access, (TopicId::random(), &row.title), message, now)?;
    Ok(store::gather(tx, row.space, (message, now), GATHERED_MAX)?)
}

/// What was refused a moment after it was allowed undoes everything, and is tried again.
fn as_db(error: Error) -> db::Error {
    match error {
        Error::Db(error) => error,
        error => {
            tracing::warn!(error = %error, "could not gather thanks; it will be tried again");
            db::Error::Conflict
        }
    }
}
