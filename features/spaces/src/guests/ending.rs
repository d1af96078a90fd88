//! How the stay of guests ends: with their link, one by one, or because they were erased.

use super::store::{self, GuestLinkRow};
use crate::{actions::membership::exit_channel, deeds, events::By, model::Error, store as places};
use accounts::{Actor, Deed, PERSON_ERASED, PersonErased, Subject, audit};
use base::{ChannelId, PersonId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{Heard, Listener},
};

const END: &str = "spaces.end_guest_link";

/// Asks for the end of a link at its time. A later time is found when that one has come.
pub(super) fn ask_end(tx: &mut dyn Tx, link: &GuestLinkRow) -> db::Result<()> {
    jobs::ask(tx, END, &link.id.to_string(), "{}", link.expires_at)
}

/// The job that ends links at their time.
pub(crate) fn job() -> JobKind {
    JobKind {
        kind: END,
        run: end_link,
        schedule: false,
    }
}

fn end_link(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let id = job.key.parse().map_err(|_| db::Error::NoRow)?;
    let link = store::find_by_id(tx, id)?.filter(|link| link.ended_at.is_none());
    let Some(link) = link else { return Ok(Next::Done) };
    if link.expires_at > now {
        return Ok(Next::At(link.expires_at));
    }
    let guests = say_goodbye(tx, &link, None, now).map_err(database)?;
    let room = places::get_channel(tx, link.channel, link.created_by)?;
    let subject = Subject::new(
        "channel",
        link.channel,
        deeds::audit_name(room.facts.kind, &room.name),
    );
    let deed = Deed::new(Actor::Server, "guest_link.ended", subject).with("n_guests", guests.len());
    audit::record(tx, &deed, now)?;
    Ok(Next::Done)
}

/// What else could be refused was allowed when the link was made.
fn database(error: Error) -> db::Error {
    match error {
        Error::Db(error) => error,
        _ => db::Error::NoRow,
    }
}

/// Ends a link and sees all its guests out; `by` None is the server, at its time. Gives who is gone.
pub(super) fn say_goodbye(
    tx: &mut dyn Tx,
    link: &GuestLinkRow,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<Vec<PersonId>, Error> {
    store::end(tx, link.id, now)?;
    let guests = store::list_guests(tx, link.id)?;
    for guest in &guests {
        see_out(tx, (link.channel, *guest), by, now)?;
    }
    Ok(guests)
}

/// Takes a guest out of the channel and ends their session. False: they were gone already.
pub(super) fn see_out(
    tx: &mut dyn Tx,
    (channel, guest): (ChannelId, PersonId),
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let actor = by.unwrap_or(guest);
    match exit_channel(tx, channel, guest, By { actor, now }) {
        Ok(()) | Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    accounts::retire_link_guest(tx, by, guest, now).map_err(Error::Accounts)
}

/// Whoever is erased is in no channel as a guest any more.
pub(crate) fn listener() -> Listener {
    Listener {
        kinds: &[PERSON_ERASED],
        hear,
    }
}

fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let guest = erased.person_id;
    let Some(link) = store::find_link_of(tx, guest)? else {
        return Ok(());
    };
    let by = By {
        actor: guest,
        now: heard.happened.at,
    };
    match exit_channel(tx, link.channel, guest, by) {
        Ok(()) | Err(Error::NotFound) => Ok(()),
        Err(error) => Err(database(error)),
    }
}
