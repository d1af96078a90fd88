//! The verbs of live sessions. Each proves what it needs, and says what became of the session in one event.

pub(crate) mod breakouts;
pub(crate) mod deciding;
pub(crate) mod numbers;

use crate::{
    events::{self, Touched},
    model::{Error, INTERPRETERS_MAX, clean_points},
    store,
    wire::{ChangeLive, ChangeLiveAgenda, ChangeLivePerson, EndLive, GoLive, LiveRole, LiveSession},
};
use base::{LiveId, PersonId, Seq, Timestamp, TopicId};
use messages::{CardPost, begin_topic, get_topic, post_card};
use platform::db::Tx;
use spaces::{ChannelAccess, ChannelKind};
use std::collections::HashMap;
use uuid::Uuid;

/// A session of the channel that was proved; of any other channel it is absent.
pub(crate) fn get(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: LiveId,
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = store::find(tx, id, now)?
        .filter(|session| session.channel_id == access.id())
        .ok_or(Error::NotFound)?;
    if access.reads_after() > Seq(0) && !access.may_see(store::get_place(tx, id)?) {
        return Err(Error::NotFound);
    }
    Ok(session)
}

/// Goes live, or finds what an earlier try of the same person has begun.
pub(crate) fn start(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&GoLive, &CardPost),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    if let Some(before) = store::find(tx, new.id, now)? {
        let same = before.channel_id == access.id() && before.started_by == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    if new.usual_role == Some(LiveRole::Host) {
        return Err(Error::Field {
            pointer: "/usual_role",
            detail: "speaker or listener; hosts are named one by one",
        });
    }
    let topic = new.topic_id.map(|id| get_topic(tx, access, id)).transpose()?;
    let topic = topic.map(|topic| topic.id);
    if store::list_live_in(tx, access.id())?.contains(&topic) {
        return Err(Error::AlreadyLive);
    }
    post_card(tx, access, post, now)?;
    if store::find_of_message(tx, new.message_id)?.is_some() {
        return Err(Error::IdTaken);
    }
    let backchannel = match topic {
        Some(topic) => topic,
        None => {
            let id = new.backchannel_id.unwrap_or_else(TopicId::random);
            let title = title_of(tx, &new.about)?;
            begin_topic(tx, access, (id, &title), new.message_id, now)?.id
        }
    };
    // What is said at the door holds to the end, so it is written down now.
    let tells_hosts = charters::expected_in(tx, access, None)?.tells_hosts.is_on;
    let by = (access.person(), tells_hosts);
    store::insert(tx, (access.id(), topic, backchannel), by, new, now)?;
    store::add_person(tx, new.id, access.person(), LiveRole::Host)?;
    ring(tx, access, new.id, now)?;
    told(tx, access, (new.id, Touched::Many), now)
}

/// In a direct conversation it rings with those who can be reached at this moment. The others find it, and are told of its
/// message in their own time, as of any other.
fn ring(tx: &mut dyn Tx, access: &ChannelAccess, id: LiveId, now: Timestamp) -> Result<(), Error> {
    if access.kind() != ChannelKind::Direct {
        return Ok(());
    }
    let others = store::list_others(tx, access.id(), access.person())?;
    let others = spaces::people_named(tx, &others)?;
    for (person, (hours, _)) in hours::list_hours(tx, &others)? {
        if hours.reachable_from(now, Some(access.person())) == Some(now) {
            events::live_rang(tx, access, (id, person), now)?;
        }
    }
    Ok(())
}

/// Lets somebody in: what they are in the session is written down, and with it a ticket can be made, for the room in which
/// they are meant to be.
pub(crate) fn enter(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: LiveId,
    now: Timestamp,
) -> Result<(LiveSession, LiveRole, Uuid), Error> {
    access.require_member()?;
    access.require_open()?;
    let session = open(tx, access, id, now)?;
    let known = store::find_person(tx, id, access.person())?;
    if let Some((_, true)) = known {
        return Err(Error::Forbidden("whoever hosts this has sent you out"));
    }
    let role = known.map_or(session.usual_role, |(role, _)| role);
    if role != LiveRole::Host && session.opened_at.is_none() {
        return Err(Error::Closed("Whoever hosts this is still preparing it."));
    }
    if known.is_none() {
        if session.is_locked {
            return Err(Error::Closed("Whoever hosts this has locked it."));
        }
        store::add_person(tx, id, access.person(), role)?;
    }
    let place = store::breakouts::find_place(tx, id, access.person())?;
    Ok((session, role, place.map_or(id.0, |room| room.0)))
}

/// The room in which somebody is.
pub(crate) fn room_of(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: LiveId,
    now: Timestamp,
) -> Result<Uuid, Error> {
    access.require_member()?;
    let session = open(tx, access, id, now)?;
    let me = session
        .people
        .iter()
        .find(|person| person.person_id == access.person());
    match me {
        Some(me) if me.is_in => Ok(me.breakout_id.map_or(id.0, |room| room.0)),
        _ => Err(Error::Forbidden("only who is in does that")),
    }
}

/// Opens the doors, locks them, says what newcomers are.
pub(crate) fn change(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, change): (LiveId, &ChangeLive),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    require_host(tx, access, id)?;
    if change.usual_role == Some(LiveRole::Host) {
        return Err(Error::Field {
            pointer: "/usual_role",
            detail: "speaker or listener; hosts are named one by one",
        });
    }
    if let Some(pinned) = change.pinned_id
        && store::find_person(tx, id, pinned)?.is_none()
    {
        return Err(Error::Field {
            pointer: "/pinned_id",
            detail: "does not take part",
        });
    }
    store::change(tx, &session, change, now)?;
    told(tx, access, (id, Touched::Nobody), now)
}

/// Says what is to be spoken about, and which point it is. The clock of a point that stays goes on.
pub(crate) fn set_agenda(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, change): (LiveId, &ChangeLiveAgenda),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    require_host(tx, access, id)?;
    let points = clean_points(&change.points)?;
    let titles: Vec<&str> = points.iter().map(|point| point.title.as_str()).collect();
    words::check(tx, &titles, true)?;
    if change
        .point
        .is_some_and(|point| usize::from(point) >= points.len())
    {
        return Err(Error::Field {
            pointer: "/point",
            detail: "there is no such point",
        });
    }
    let point = change.point.map(i64::from);
    let since = match (point, session.point) {
        (None, _) => None,
        (now_at, before) if now_at == before => session.point_at,
        _ => Some(now),
    };
    store::set_points(tx, id, &points, (point, since))?;
    told(tx, access, (id, Touched::Nobody), now)
}

/// Puts one's own hand up or down. A hand that is up keeps its place in the order.
pub(crate) fn hand(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, is_up): (LiveId, bool),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    let me = access.person();
    let Some(mine) = session.people.iter().find(|person| person.person_id == me) else {
        return Err(Error::Forbidden("only who takes part raises a hand"));
    };
    if mine.hand_at.is_some() == is_up {
        return Ok(session);
    }
    store::set_hand(tx, id, me, is_up.then_some(now))?;
    told(tx, access, (id, Touched::One(me)), now)
}

/// What those who host change of somebody; also whether what they may do in the room has changed.
pub(crate) fn change_person(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, person): (LiveId, PersonId),
    change: &ChangeLivePerson,
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    require_host(tx, access, id)?;
    let (before, was_out) = store::find_person(tx, id, person)?.ok_or(Error::NotFound)?;
    let stops_hosting = before == LiveRole::Host
        && (change.is_out == Some(true) || change.role.is_some_and(|role| role != LiveRole::Host));
    if stops_hosting && store::count_hosts(tx, id)? <= 1 {
        return Err(Error::Forbidden(
            "somebody has to host it: name another host first",
        ));
    }
    if let Some(interprets) = change.interprets {
        let others = session.interpreters.iter().filter(|other| **other != person);
        if interprets && others.count() >= INTERPRETERS_MAX {
            return Err(Error::Field {
                pointer: "/interprets",
                detail: "two interpret already",
            });
        }
        store::set_interprets(tx, id, person, interprets && !was_out)?;
    }
    if let Some(role) = change.role {
        store::set_role(tx, id, person, role)?;
    }
    if change.hand_down {
        store::set_hand(tx, id, person, None)?;
    }
    if let Some(is_out) = change.is_out {
        store::set_out(tx, id, person, is_out)?;
    }
    told(tx, access, (id, Touched::One(person)), now)
}

/// Ends it for all. Whoever hosts it, and who looks after the channel.
pub(crate) fn end(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, end): (LiveId, &EndLive),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = get(tx, access, id, now)?;
    if !access.can_manage() {
        require_host(tx, access, id)?;
    }
    if session.ended_at.is_some() {
        return Ok(session);
    }
    breakouts::gather(tx, &session, Some(access), now)?;
    // What a session comes to is no turn in a talk: slow mode does not hold up its end.
    deciding::settle_outcome(tx, &access.without_pause(), (&session, end), now)?;
    store::end(tx, id, Some(access.person()), Some(end.outcome), now)?;
    told(tx, access, (id, Touched::Many), now)
}

/// Somebody is in. Said twice it is so once; of a session that is over, or of somebody without a part in it, nothing is
/// written, and the answer is no.
pub(crate) fn came(
    tx: &mut dyn Tx,
    (id, place): (LiveId, &str),
    person: PersonId,
    now: Timestamp,
) -> Result<bool, platform::db::Error> {
    let is_open = store::find(tx, id, now)?.is_some_and(|session| session.ended_at.is_none());
    let part = store::find_person(tx, id, person)?;
    if !is_open || part.is_none_or(|(_, is_out)| is_out) {
        return Ok(false);
    }
    if !store::is_stay_known(tx, id, place)? {
        store::come(tx, (id, place), person, now)?;
        store::set_empty(tx, id, None)?;
        said(tx, (id, Touched::One(person)), Some(person), now)?;
    }
    Ok(true)
}

/// Somebody is gone. With the last one the session waits for a while: see [`crate::model::EMPTY_MAX`].
pub(crate) fn left(
    tx: &mut dyn Tx,
    (id, place): (LiveId, &str),
    person: PersonId,
    now: Timestamp,
) -> Result<(), platform::db::Error> {
    if !store::leave(tx, (id, place), now)? {
        return Ok(());
    }
    let stays = store::list_stays(tx, id)?;
    if stays.iter().all(|(other, _)| *other != person) {
        store::set_hand(tx, id, person, None)?;
    }
    if stays.is_empty() {
        store::set_empty(tx, id, Some(now))?;
    }
    said(tx, (id, Touched::One(person)), Some(person), now)
}

/// What has waited too long for anybody ends by itself.
pub(crate) fn end_empty(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> Result<bool, Error> {
    let session = store::find(tx, id, now)?.filter(|session| session.ended_at.is_none());
    let Some(session) = session else {
        return Ok(false);
    };
    if !crate::model::is_over(store::find_empty_since(tx, id)?, now) {
        return Ok(false);
    }
    breakouts::gather(tx, &session, None, now)?;
    store::end(tx, id, None, None, now)?;
    said(tx, (id, Touched::Many), None, now)?;
    Ok(true)
}

/// What another slice began is over, without an outcome; its rooms close when they are compared.
pub(crate) fn finish(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> platform::db::Result<()> {
    match store::find(tx, id, now)? {
        Some(session) if session.ended_at.is_none() => {
            store::end(tx, id, None, None, now)?;
            said(tx, (id, Touched::Many), None, now)
        }
        _ => Ok(()),
    }
}

/// Whether this person may go on being in it: they read the channel, and were not sent out.
pub(crate) fn may_stay(
    tx: &mut dyn Tx,
    session: &LiveSession,
    person: PersonId,
) -> Result<bool, platform::db::Error> {
    let is_out = store::find_person(tx, session.id, person)?.is_none_or(|(_, is_out)| is_out);
    match spaces::access::channel_of(tx, person, session.channel_id) {
        Ok(access) => Ok(!is_out && access.is_member()),
        Err(spaces::Error::Db(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// The line under which a session's topic stands: its text without signs, with the names of those it calls.
fn title_of(tx: &mut dyn Tx, about: &str) -> Result<String, Error> {
    let tree = markup::tree_of(about);
    let ids: Vec<PersonId> = markup::mentions(&tree).people.into_iter().map(PersonId).collect();
    let names: HashMap<Uuid, String> = spaces::people_named(tx, &ids)?
        .into_iter()
        .map(|person| (person.id.0, person.name))
        .collect();
    let plain = markup::plain(&tree, &|id| names.get(&id).cloned().unwrap_or_default());
    let line: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = markup::excerpt(&line, crate::model::LINE_MAX_CHARS);
    // What is only a picture has no words.
    Ok(if title.is_empty() { "…".to_owned() } else { title })
}

fn open(tx: &mut dyn Tx, access: &ChannelAccess, id: LiveId, now: Timestamp) -> Result<LiveSession, Error> {
    let session = get(tx, access, id, now)?;
    if session.ended_at.is_some() {
        return Err(Error::Ended);
    }
    Ok(session)
}

fn require_host(tx: &mut dyn Tx, access: &ChannelAccess, id: LiveId) -> Result<(), Error> {
    match store::find_person(tx, id, access.person())? {
        Some((LiveRole::Host, false)) => Ok(()),
        _ => Err(Error::Forbidden("only who hosts this session does that")),
    }
}

fn told(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, touched): (LiveId, Touched),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    said(tx, (id, touched), Some(access.person()), now)?;
    get(tx, access, id, now)
}

fn said(
    tx: &mut dyn Tx,
    (id, touched): (LiveId, Touched),
    actor: Option<PersonId>,
    now: Timestamp,
) -> Result<(), platform::db::Error> {
    match store::find(tx, id, now)? {
        Some(session) => events::live_changed(tx, (&session, touched), actor, now),
        None => Ok(()),
    }
}
