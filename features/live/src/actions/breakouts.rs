//! Smaller rooms: opening them, who is where, what is written there, and the way back.

use super::{get, open, require_host, said, told};
use crate::{
    events::{self, Touched},
    model::{
        BREAKOUTS_MAX, Error, NOTE_MAX_CHARS, NOTES_MAX, RECALL_MAX, as_plain, check_minutes, clean_line,
    },
    store::{self, breakouts},
    wire::{
        LiveBreakout, LiveNote, LiveRole, LiveSession, NewBreakout, NewLiveNote, OpenBreakouts,
        PlaceLivePerson, RecallBreakouts,
    },
};
use base::{BreakoutId, LiveId, MessageId, PersonId, Timestamp};
use messages::{Post, Text, post_message};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// Bytes of a message in which notes are gathered; what is longer goes on in the next one.
const GATHERED_MAX: usize = 12_000;

/// Opens smaller rooms. One set at a time.
pub(crate) fn open_rooms(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, wanted): (LiveId, &OpenBreakouts),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    access.require_open()?;
    let session = open(tx, access, id, now)?;
    require_host(tx, access, id)?;
    if session.n_breakouts > 0 {
        let known = breakouts::list(tx, id)?;
        let same = known
            .iter()
            .map(|room| room.id)
            .eq(wanted.rooms.iter().map(|room| room.id));
        return if same {
            Ok(session)
        } else {
            Err(Error::Forbidden(
                "call everybody back from the smaller rooms first",
            ))
        };
    }
    if !(1..=BREAKOUTS_MAX).contains(&wanted.rooms.len()) {
        return Err(Error::Field {
            pointer: "/rooms",
            detail: "1 to 30 rooms",
        });
    }
    check_minutes(wanted.minutes, "/minutes")?;
    let rooms = clean_rooms(tx, id, &wanted.rooms)?;
    let until = wanted
        .minutes
        .map(|minutes| now.after(Duration::from_secs(u64::from(minutes) * 60)));
    breakouts::open(tx, id, &rooms, (wanted.may_choose, until))?;
    told(tx, access, (id, Touched::Many), now)
}

fn clean_rooms(tx: &mut dyn Tx, id: LiveId, wanted: &[NewBreakout]) -> Result<Vec<NewBreakout>, Error> {
    let (mut placed, mut ids) = (HashSet::new(), HashSet::new());
    let mut rooms = Vec::with_capacity(wanted.len());
    for (idx, room) in wanted.iter().enumerate() {
        if !ids.insert(room.id) || breakouts::exists(tx, room.id)? {
            return Err(Error::IdTaken);
        }
        for (n, person) in room.people.iter().enumerate() {
            let takes_part = store::find_person(tx, id, *person)?.is_some_and(|(_, is_out)| !is_out);
            if !takes_part || !placed.insert(*person) {
                return Err(Error::Line {
                    pointer: format!("/rooms/{idx}/people/{n}"),
                    detail: "does not take part, or is in two rooms".to_owned(),
                });
            }
        }
        rooms.push(NewBreakout {
            name: clean_line(&room.name, &format!("/rooms/{idx}/name"))?,
            ..room.clone()
        });
    }
    let names: Vec<&str> = rooms.iter().map(|room| room.name.as_str()).collect();
    words::check(tx, &names, true)?;
    Ok(rooms)
}

/// Sends somebody to a room or back; whoever may choose, and hosts, do so for themselves.
pub(crate) fn place(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, person, wanted): (LiveId, PersonId, PlaceLivePerson),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    let chooses = person == access.person() && session.may_choose;
    if !chooses {
        require_host(tx, access, id)?;
    }
    match store::find_person(tx, id, person)? {
        Some((_, false)) => {}
        _ => return Err(Error::NotFound),
    }
    if let Some(room) = wanted.breakout_id
        && !breakouts::has(tx, id, room)?
    {
        return Err(Error::Field {
            pointer: "/breakout_id",
            detail: "there is no such room now",
        });
    }
    if breakouts::find_place(tx, id, person)? == wanted.breakout_id {
        return Ok(session);
    }
    breakouts::put(tx, id, person, wanted.breakout_id)?;
    told(tx, access, (id, Touched::One(person)), now)
}

/// Calls everybody back, at once or after a while. Said again before that, it says when anew.
pub(crate) fn recall(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, wanted): (LiveId, RecallBreakouts),
    now: Timestamp,
) -> Result<LiveSession, Error> {
    let session = open(tx, access, id, now)?;
    require_host(tx, access, id)?;
    if wanted.seconds > RECALL_MAX {
        return Err(Error::Field {
            pointer: "/seconds",
            detail: "0 to 14,400 seconds",
        });
    }
    if session.n_breakouts == 0 {
        return Ok(session);
    }
    let touched = if wanted.seconds == 0 {
        gather(tx, &session, Some(access), now)?;
        Touched::Many
    } else {
        let until = now.after(Duration::from_secs(u64::from(wanted.seconds)));
        breakouts::set_until(tx, id, until)?;
        Touched::Nobody
    };
    told(tx, access, (id, touched), now)
}

/// The time of the smaller rooms is over.
pub(crate) fn close_at_time(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> Result<bool, Error> {
    let Some(session) = store::find(tx, id, now)? else {
        return Ok(false);
    };
    if session.n_breakouts == 0 || session.breakouts_until.is_none_or(|until| until > now) {
        return Ok(false);
    }
    gather(tx, &session, None, now)?;
    said(tx, (id, Touched::Many), None, now)?;
    Ok(true)
}

/// Writes what was written in the smaller rooms into the topic, one message for each, and closes them. Without a proof
/// whoever went live or hosts posts it. What nobody can post, because the channel was archived or its topic is gone, stays
/// readable in its room.
pub(crate) fn gather(
    tx: &mut dyn Tx,
    session: &LiveSession,
    access: Option<&ChannelAccess>,
    now: Timestamp,
) -> Result<(), Error> {
    let rooms = [
        breakouts::list_kept(tx, session.id)?,
        breakouts::list(tx, session.id)?,
    ]
    .concat();
    if rooms.is_empty() {
        return Ok(());
    }
    let poster = poster(tx, session, access)?;
    let mut kept = Vec::new();
    for room in &rooms {
        let texts = gathered(tx, session, room)?;
        if !texts.is_empty() && !post_all(tx, (session, poster.as_ref()), &texts, now)? {
            tracing::warn!(live.id = %session.id.0, "kept what was written in a smaller room: nobody could post it");
            kept.push(room.id);
        }
    }
    Ok(breakouts::close(tx, session.id, &kept, now)?)
}

/// Whether what a room wrote stands in the topic now. What is refused is refused at the first message, before anything is
/// written: nothing that could be refused later differs between the messages of a room but what they say.
fn post_all(
    tx: &mut dyn Tx,
    (session, poster): (&LiveSession, Option<&ChannelAccess>),
    texts: &[String],
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(access) = poster else { return Ok(false) };
    let said: Vec<&str> = texts.iter().map(String::as_str).collect();
    match words::check(tx, &said, true) {
        Ok(()) => {}
        Err(words::Error::Db(error)) => return Err(error.into()),
        Err(_) => return Ok(false),
    }
    for text in texts {
        match post(tx, access, (session, text), now) {
            Ok(()) => {}
            Err(Error::Messages(messages::Error::Db(error))) => return Err(error.into()),
            Err(Error::Messages(_)) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// Whoever can post in the channel: who closes the rooms, else who went live, else a host.
fn poster(
    tx: &mut dyn Tx,
    session: &LiveSession,
    access: Option<&ChannelAccess>,
) -> Result<Option<ChannelAccess>, Error> {
    if let Some(access) = access.filter(|access| access.require_post().is_ok()) {
        return Ok(Some(access.without_pause()));
    }
    let hosts = session
        .people
        .iter()
        .filter(|person| person.role == LiveRole::Host);
    for person in [session.started_by]
        .into_iter()
        .chain(hosts.map(|host| host.person_id))
    {
        match spaces::access::channel_of(tx, person, session.channel_id) {
            Ok(access) if access.require_post().is_ok() => return Ok(Some(access.without_pause())),
            Ok(_) => {}
            Err(spaces::Error::Db(error)) => return Err(error.into()),
            Err(_) => {}
        }
    }
    Ok(None)
}

fn post(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (session, text): (&LiveSession, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let post = Post {
        id: MessageId::random(),
        text: Text::read(text)?,
        files: Vec::new(),
        topic: session.backchannel_id,
        quote: None,
        everyone_ok: false,
        words_ok: true,
        forward: None,
        card: None,
    };
    Ok(post_message(tx, access, &post, now).map(drop)?)
}

/// What a room wrote, under its name and those of its people.
fn gathered(tx: &mut dyn Tx, session: &LiveSession, room: &LiveBreakout) -> Result<Vec<String>, Error> {
    let notes = breakouts::list_notes_in(tx, session.id, room.id)?;
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let people = breakouts::list_people(tx, room.id)?;
    let named: Vec<PersonId> = people
        .iter()
        .copied()
        .chain(notes.iter().map(|note| note.person_id))
        .collect();
    let names: HashMap<PersonId, String> = spaces::people_named(tx, &named)?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let name = |person: &PersonId| as_plain(names.get(person).map_or("…", String::as_str));
    let there: Vec<String> = people.iter().map(name).collect();
    let head = match there.as_slice() {
        [] => format!("**{}**", as_plain(&room.name)),
        there => format!("**{}** ({})", as_plain(&room.name), there.join(", ")),
    };
    let (mut texts, mut text) = (Vec::new(), head.clone());
    for note in &notes {
        let line = format!("\n\n{}: {}", name(&note.person_id), as_plain(&note.text));
        if text.len() + line.len() > GATHERED_MAX {
            texts.push(std::mem::replace(&mut text, head.clone()));
        }
        text.push_str(&line);
    }
    texts.push(text);
    Ok(texts)
}

/// Writes something in a smaller room, or to all of them.
pub(crate) fn note(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, new): (LiveId, &NewLiveNote),
    now: Timestamp,
) -> Result<(), Error> {
    access.require_post()?;
    open(tx, access, id, now)?;
    if let Some(before) = breakouts::find_note(tx, new)? {
        return if before == (id, access.person()) {
            Ok(())
        } else {
            Err(Error::IdTaken)
        };
    }
    let text = new.text.trim();
    if text.is_empty() || text.chars().count() > NOTE_MAX_CHARS || text.contains('\0') {
        return Err(Error::Field {
            pointer: "/text",
            detail: "1 to 2,000 characters",
        });
    }
    words::check(tx, &[text], new.words_ok)?;
    let is_there = match new.breakout_id {
        None => false,
        Some(room) if !breakouts::has(tx, id, room)? => {
            return Err(Error::Field {
                pointer: "/breakout_id",
                detail: "there is no such room now",
            });
        }
        Some(room) => breakouts::find_place(tx, id, access.person())? == Some(room),
    };
    if !is_there {
        require_host(tx, access, id)?;
    }
    if breakouts::count_notes(tx, id)? >= NOTES_MAX {
        return Err(Error::Forbidden(
            "5,000 notes stand in these rooms; call everybody back first",
        ));
    }
    breakouts::add_note(tx, id, (new, text), access.person(), now)?;
    Ok(events::live_noted(tx, access, (id, new.breakout_id), now)?)
}

/// What was written in a room and to all of them, for whoever reads the channel.
pub(crate) fn notes(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, room): (LiveId, Option<BreakoutId>),
    now: Timestamp,
) -> Result<Vec<LiveNote>, Error> {
    get(tx, access, id, now)?;
    if let Some(room) = room
        && !breakouts::has_notes_of(tx, id, room)?
    {
        return Err(Error::NotFound);
    }
    Ok(breakouts::list_notes(tx, id, room)?)
}

/// The names of the rooms that a session has now, large and small.
pub(crate) fn rooms_of(tx: &mut dyn Tx, id: LiveId) -> db::Result<Vec<String>> {
    let small = breakouts::list(tx, id)?;
    Ok([id.0.to_string()]
        .into_iter()
        .chain(small.into_iter().map(|room| room.id.0.to_string()))
        .collect())
}
