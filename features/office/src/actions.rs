//! The verbs of office hours. After each of them the promises are looked at again.

use crate::{
    events::{self, OfficeTold, OfficeWord},
    jobs,
    model::{
        ABOUT_MAX_CHARS, AHEAD_MAX, Error, GRACE, KEPT, MINUTES_MAX, MISSED_MAX, OVERTIME_MAX, Pace,
        WAITING_MAX, moved,
    },
    store::{self, PlaceRow},
    wire::{CallOffice, LaterOffice, Office, OpenOffice, TakeOfficePlace},
};
use accounts::SignedIn;
use base::{OfficeId, PersonId, Seq, Timestamp};
use live::GoLive;
use messages::{CardPost, post_card};
use platform::db::{self, Tx};
use spaces::{ChannelAccess, ChannelKind};
use std::time::Duration;

/// Office hours of the channel that was proved; of any other channel they are absent.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: OfficeId) -> Result<Office, Error> {
    let office = store::find(tx, id)?
        .filter(|office| office.channel_id == access.id())
        .ok_or(Error::NotFound)?;
    if access.reads_after() > Seq(0) && !access.may_see(store::get_seq(tx, id)?) {
        return Err(Error::NotFound);
    }
    Ok(office)
}

fn open_one(tx: &mut dyn Tx, access: &ChannelAccess, id: OfficeId) -> Result<Office, Error> {
    let office = get(tx, access, id)?;
    access.require_member()?;
    access.require_open()?;
    match office.ended_at {
        Some(_) => Err(Error::Closed("They are over.")),
        None => Ok(office),
    }
}

fn require_host(access: &ChannelAccess, office: &Office) -> Result<(), Error> {
    if office.host_id == access.person() {
        Ok(())
    } else {
        Err(Error::Forbidden("only whoever receives does that"))
    }
}

/// Opens them, or finds what an earlier try of the same person has opened.
pub(crate) fn open(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&OpenOffice, &CardPost),
    now: Timestamp,
) -> Result<Office, Error> {
    if let Some(before) = store::find(tx, new.id)? {
        let same = before.channel_id == access.id() && before.host_id == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    if access.kind() == ChannelKind::Direct {
        return Err(Error::Forbidden("in a direct conversation go live instead"));
    }
    if !(1..=MINUTES_MAX).contains(&new.minutes) {
        return Err(Error::Field {
            pointer: "/minutes",
            detail: "1 to 120 minutes",
        });
    }
    if new.until_at <= now || new.until_at > now.after(AHEAD_MAX) {
        return Err(Error::Field {
            pointer: "/until_at",
            detail: "within the next 12 hours",
        });
    }
    if store::find_open_of(tx, access.id(), access.person())?.is_some() {
        return Err(Error::Forbidden(
            "you hold office hours here already; end them first",
        ));
    }
    post_card(tx, access, post, now)?;
    if store::find_of_message(tx, new.message_id)?.is_some() {
        return Err(Error::IdTaken);
    }
    store::insert(tx, (access.id(), access.person()), new, now)?;
    settle(tx, new.id, Some(access.person()), now)?;
    get(tx, access, new.id)
}

/// When it would be the turn of whoever takes a place now. None: nobody can.
pub(crate) fn next_at(office: &Office, places: &[PlaceRow], now: Timestamp) -> Option<Timestamp> {
    let at = pace(office, places).turn_of(usize::try_from(office.n_waiting).unwrap_or_default(), now);
    let is_open = office.ended_at.is_none() && office.n_waiting < WAITING_MAX;
    (is_open && at < office.until_at).then_some(at)
}

fn pace(office: &Office, places: &[PlaceRow]) -> Pace {
    let called = places.first().and_then(|row| row.place.called_at);
    Pace {
        minutes: office.minutes,
        later_at: office.later_at,
        busy_since: called,
    }
}

/// Takes the last place. Said again it changes what it is about.
pub(crate) fn take(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, wanted): (OfficeId, &TakeOfficePlace),
    now: Timestamp,
) -> Result<Office, Error> {
    let office = open_one(tx, access, id)?;
    let me = access.person();
    if office.host_id == me {
        return Err(Error::Forbidden("you receive here"));
    }
    let about = clean_about(&wanted.about)?;
    if !about.is_empty() {
        words::check(tx, &[&about], wanted.words_ok)?;
    }
    let places = store::list_places(tx, &office)?;
    if places.iter().any(|row| row.place.person_id == me) {
        store::change(tx, (id, me), (&about, wanted.tells))?;
        return get(tx, access, id);
    }
    let promised = next_at(&office, &places, now)
        .ok_or(Error::Closed("As many wait as can be received until the end."))?;
    store::take(tx, (id, me), (&about, wanted.tells), (promised, now))?;
    settle(tx, id, None, now)?;
    get(tx, access, id)
}

fn clean_about(about: &str) -> Result<String, Error> {
    if about.trim().is_empty() {
        return Ok(String::new());
    }
    markup::clean_name(about, ABOUT_MAX_CHARS).map_err(|_| Error::Field {
        pointer: "/about",
        detail: "one line of up to 280 characters",
    })
}

/// Gives one's own place up; whoever receives takes that of somebody away. Twice is once.
pub(crate) fn leave(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, person): (OfficeId, PersonId),
    now: Timestamp,
) -> Result<Office, Error> {
    let office = get(tx, access, id)?;
    let is_own = person == access.person();
    if !is_own {
        require_host(access, &office)?;
    }
    if store::leave(tx, (id, person))? {
        if !is_own {
            tell(tx, &office, (person, true), (OfficeWord::Removed, now), now)?;
        }
        settle(tx, id, None, now)?;
    }
    get(tx, access, id)
}

/// Calls in who is next: a session begins in the conversation between the two, and rings with whoever can be reached. Who was
/// inside has been received.
pub(crate) fn call(
    tx: &mut dyn Tx,
    (who, access): (&SignedIn, &ChannelAccess),
    (id, wanted, post): (OfficeId, &CallOffice, &CardPost),
    now: Timestamp,
) -> Result<Office, Error> {
    let office = open_one(tx, access, id)?;
    require_host(access, &office)?;
    if store::find_of_live(tx, wanted.live_id)?.is_some_and(|(known, _)| known == id) {
        return Ok(office);
    }
    finish_called(tx, &office, now)?;
    let places = store::list_places(tx, &office)?;
    let waiting: Vec<PersonId> = places
        .iter()
        .filter(|row| row.place.called_at.is_none())
        .map(|row| row.place.person_id)
        .collect();
    let readers = spaces::who_may_read(tx, office.channel_id, &waiting)?;
    for gone in waiting.iter().filter(|person| !readers.contains(person)) {
        store::leave(tx, (id, *gone))?;
    }
    let next = waiting.into_iter().find(|person| readers.contains(person));
    let Some(person) = next else {
        return Err(Error::Forbidden("nobody waits"));
    };
    store::set_later(tx, id, None)?;
    let direct = spaces::open_direct(tx, who, &[person], now)?;
    let between = spaces::access::channel_of(tx, who.person, direct)?;
    let session = GoLive {
        id: wanted.live_id,
        message_id: wanted.message_id,
        topic_id: None,
        backchannel_id: None,
        about: wanted.about.clone(),
        is_open: true,
        usual_role: None,
        words_ok: true,
    };
    live::begin(tx, &between, (&session, post), now)?;
    store::call(tx, (id, person), (wanted.live_id, direct), now)?;
    jobs::look_for(tx, id, person, now.after(KEPT))?;
    // The ring and the message between the two tell whoever is called.
    tell(tx, &office, (person, false), (OfficeWord::Called, now), now)?;
    settle(tx, id, Some(access.person()), now)?;
    get(tx, access, id)
}

/// Whoever is inside has been received; whoever was called and has not come yet loses the place.
fn finish_called(tx: &mut dyn Tx, office: &Office, now: Timestamp) -> Result<(), Error> {
    for row in store::list_places(tx, office)? {
        let place = row.place;
        if place.called_at.is_none() {
            continue;
        }
        match place.arrived_at {
            Some(_) => drop(store::leave(tx, (office.id, place.person_id))?),
            None => missed(tx, office, place.person_id, now)?,
        }
        if let Some(live) = place.live_id {
            live::finish(tx, live, now)?;
        }
    }
    Ok(())
}

/// Called in vain: one back in the queue, and after three times out of it.
fn missed(tx: &mut dyn Tx, office: &Office, person: PersonId, now: Timestamp) -> db::Result<()> {
    let rows = store::list_places(tx, office)?;
    let Some(row) = rows.iter().find(|row| row.place.person_id == person) else {
        return Ok(());
    };
    if row.place.n_missed + 1 >= MISSED_MAX {
        store::leave(tx, (office.id, person))?;
        return tell(tx, office, (person, true), (OfficeWord::Removed, now), now);
    }
    store::miss(tx, (office.id, person))?;
    if let Some(behind) = rows
        .iter()
        .find(|other| other.place.called_at.is_none() && other.idx > row.idx)
    {
        store::set_idx(tx, (office.id, person), behind.idx)?;
        store::set_idx(tx, (office.id, behind.place.person_id), row.idx)?;
    }
    let word = (OfficeWord::Missed, row.place.promised_at);
    tell(tx, office, (person, row.place.tells), word, now)
}

/// Three minutes after somebody was called: whether they are there.
pub(crate) fn look_for(
    tx: &mut dyn Tx,
    (id, person): (OfficeId, PersonId),
    now: Timestamp,
) -> db::Result<()> {
    let Some(office) = store::find(tx, id)? else {
        return Ok(());
    };
    let rows = store::list_places(tx, &office)?;
    let called = rows.into_iter().map(|row| row.place).find(|place| {
        place.person_id == person
            && place.arrived_at.is_none()
            && place.called_at.is_some_and(|at| at.after(KEPT) <= now)
    });
    let Some(place) = called else { return Ok(()) };
    missed(tx, &office, person, now)?;
    if let Some(live) = place.live_id {
        live::finish(tx, live, now)?;
    }
    settle(tx, id, None, now)
}

/// Somebody is in the session to which they were called, or it is over.
pub(crate) fn heard_of(tx: &mut dyn Tx, session: &live::LiveSession, now: Timestamp) -> db::Result<()> {
    let Some((id, person)) = store::find_of_live(tx, session.id)? else {
        return Ok(());
    };
    let is_in = session
        .people
        .iter()
        .any(|one| one.person_id == person && one.is_in);
    if is_in && store::arrive(tx, (id, person), now)? {
        return settle(tx, id, None, now);
    }
    if session.ended_at.is_none() {
        return Ok(());
    }
    let Some(office) = store::find(tx, id)? else {
        return Ok(());
    };
    let rows = store::list_places(tx, &office)?;
    let has_come = rows
        .iter()
        .any(|row| row.place.person_id == person && row.place.arrived_at.is_some());
    if has_come {
        store::leave(tx, (id, person))?;
    } else {
        missed(tx, &office, person, now)?;
    }
    settle(tx, id, None, now)
}

/// A break until a time, or its end.
pub(crate) fn later(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, wanted): (OfficeId, LaterOffice),
    now: Timestamp,
) -> Result<Office, Error> {
    let office = open_one(tx, access, id)?;
    require_host(access, &office)?;
    if wanted
        .at
        .is_some_and(|at| at <= now || at > now.after(AHEAD_MAX) || at >= office.until_at)
    {
        return Err(Error::Field {
            pointer: "/at",
            detail: "later than now and before the end",
        });
    }
    store::set_later(tx, id, wanted.at)?;
    settle(tx, id, Some(access.person()), now)?;
    get(tx, access, id)
}

/// They are over; whoever waits is told.
pub(crate) fn end(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: OfficeId,
    now: Timestamp,
) -> Result<Office, Error> {
    let office = get(tx, access, id)?;
    if !access.can_manage() {
        require_host(access, &office)?;
    }
    close(tx, &office, Some(access.person()), now)?;
    get(tx, access, id)
}

pub(crate) fn close(
    tx: &mut dyn Tx,
    office: &Office,
    by: Option<PersonId>,
    now: Timestamp,
) -> db::Result<()> {
    if !store::end(tx, office.id, now)? {
        return Ok(());
    }
    for row in store::list_places(tx, office)? {
        let place = row.place;
        if place.called_at.is_none() {
            let word = (OfficeWord::Ended, place.promised_at);
            tell(tx, office, (place.person_id, place.tells), word, now)?;
        }
    }
    store::clear(tx, office.id)?;
    settle(tx, office.id, by, now)
}

/// Looks at the promises again, tells whom it concerns, asks for the next look, and says how they stand.
pub(crate) fn settle(tx: &mut dyn Tx, id: OfficeId, by: Option<PersonId>, now: Timestamp) -> db::Result<()> {
    let Some(office) = store::find(tx, id)? else {
        return Ok(());
    };
    if office.ended_at.is_none() {
        renew(tx, &office, now)?;
    }
    events::changed(tx, &office, by, now)
}

fn renew(tx: &mut dyn Tx, office: &Office, now: Timestamp) -> db::Result<()> {
    let places = store::list_places(tx, office)?;
    let pace = pace(office, &places);
    let waiting = places.iter().filter(|row| row.place.called_at.is_none());
    let mut first = None;
    for (idx, row) in waiting.enumerate() {
        let (person, tells) = (row.place.person_id, row.place.tells);
        let expected = pace.turn_of(idx, now);
        let becomes = moved(row.place.promised_at, expected);
        if let Some(at) = becomes {
            store::promise(tx, (office.id, person), at)?;
            let (word, tells) = if at > row.place.promised_at {
                (OfficeWord::Later, tells)
            } else {
                (OfficeWord::Earlier, false)
            };
            tell(tx, office, (person, tells), (word, at), now)?;
        }
        if idx == 0 {
            let at = becomes.unwrap_or(row.place.promised_at);
            first = Some(at);
            if !row.was_told_next {
                store::set_told_next(tx, (office.id, person))?;
                tell(tx, office, (person, tells), (OfficeWord::Next, at), now)?;
            }
        }
    }
    // A promise is looked at when it can no longer be kept.
    let broken = first.map(|at| at.after(GRACE + Duration::from_secs(1)));
    let look = broken
        .into_iter()
        .chain([office.until_at])
        .filter(|at| *at > now)
        .min();
    jobs::look_at(tx, office.id, look.unwrap_or_else(|| now.after(GRACE)))
}

/// The time has come to look again; what is long over ends by itself.
pub(crate) fn look(tx: &mut dyn Tx, id: OfficeId, now: Timestamp) -> db::Result<()> {
    let Some(office) = store::find(tx, id)?.filter(|office| office.ended_at.is_none()) else {
        return Ok(());
    };
    let is_idle = office.n_waiting == 0 && !office.is_busy;
    if office.until_at <= now && (is_idle || office.until_at.after(OVERTIME_MAX) <= now) {
        return close(tx, &office, None, now);
    }
    settle(tx, id, None, now)
}

/// Tells somebody what became of their place; where they want to be reminded, as an ordinary notice too.
fn tell(
    tx: &mut dyn Tx,
    office: &Office,
    (person, tells): (PersonId, bool),
    (word, promised_at): (OfficeWord, Timestamp),
    now: Timestamp,
) -> db::Result<()> {
    let event = OfficeTold {
        office_id: office.id,
        channel_id: office.channel_id,
        word,
        promised_at,
    };
    events::told(tx, person, &event, now)?;
    if tells {
        later::remind_now(tx, person, office.message_id, now)?;
    }
    Ok(())
}
