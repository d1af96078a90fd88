//! The verbs of meetings.

use crate::{
    costs::{self, Known},
    events::{MEETING_ANSWERED, MEETING_CANCELED, MEETING_CHANGED, MEETING_INVITED, MEETING_MOVED, tell},
    guests, letters,
    model::{Error, check_ahead, clean_people, field, group_key},
    polls, series, soon,
    store::{self, Written},
    wire::{
        ChangeMeeting, Invite, Meeting, MeetingAnswer, MeetingPerson, MeetingRefusal, MeetingTime,
        MeetingWords, NewMeeting,
    },
};
use accounts::SignedIn;
use base::{ChannelId, MeetingId, PersonId, SpaceId, Timestamp};
use platform::db::{self, Tx};
use spaces::access;
use std::collections::HashSet;
use timing::{
    meeting::{Gate, Proposal, gate},
    span::Span,
};

/// This person is invited to this meeting and may see where it belongs.
pub(crate) struct MeetingAccess {
    pub meeting: Meeting,
    pub person: PersonId,
    pub can_change: bool,
}

/// The proof for one meeting; absent and hidden look alike.
pub(crate) fn access(tx: &mut dyn Tx, who: &SignedIn, id: MeetingId) -> Result<MeetingAccess, Error> {
    let meeting = store::find(tx, id)?.ok_or(Error::NotFound)?;
    let is_invited = meeting.people.iter().any(|person| person.person_id == who.person);
    if !is_invited {
        return Err(Error::NotFound);
    }
    let manages = looks_after(tx, who, &meeting)?;
    Ok(MeetingAccess {
        can_change: meeting.created_by == who.person || manages,
        person: who.person,
        meeting,
    })
}

/// Whether the person looks after where the meeting belongs; who cannot see that place is refused.
fn looks_after(tx: &mut dyn Tx, who: &SignedIn, meeting: &Meeting) -> Result<bool, Error> {
    if let Some(channel) = meeting.channel_id {
        return Ok(access::channel(tx, who, channel)?.can_manage());
    }
    match meeting.space_id {
        Some(space) => Ok(access::space(tx, who, space)?.can_manage()),
        None => Ok(false),
    }
}

/// Whether somebody who does not ask by themselves can see where a meeting belongs.
pub(crate) fn is_seen_by(tx: &mut dyn Tx, person: PersonId, meeting: &Meeting) -> db::Result<bool> {
    let seen = match (meeting.channel_id, meeting.space_id) {
        (Some(channel), _) => access::channel_of(tx, person, channel).map(drop),
        (None, Some(space)) => access::space_of(tx, person, space).map(drop),
        (None, None) => Ok(()),
    };
    match seen {
        Ok(()) => Ok(true),
        Err(spaces::Error::Db(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// Proposes a meeting, or finds what an earlier try of the same maker has proposed.
pub(crate) fn propose(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (new, span): (&NewMeeting, Span),
    now: Timestamp,
) -> Result<Meeting, Error> {
    if let Some(before) = store::find(tx, new.id)? {
        return if before.created_by == who.person {
            Ok(before)
        } else {
            Err(Error::IdTaken)
        };
    }
    check_ahead(span, now, "/time")?;
    check_place(tx, who, new)?;
    let people = clean_people(who.person, &new.people, "/people")?;
    check_people(tx, who, (new.channel_id, new.space_id), (&new.people, &[]))?;
    words::check(tx, &new.words.texts(), new.words_ok)?;
    check_gate(&new.words, &new.time, people.len())?;
    let meeting = Meeting {
        id: new.id,
        title: new.words.title.clone(),
        outcome: new.words.outcome.clone(),
        aim: new.words.aim,
        agenda: new.words.agenda.clone(),
        reason: new.words.reason.clone(),
        channel_id: new.channel_id,
        topic_id: new.topic_id,
        space_id: new.space_id,
        created_by: who.person,
        starts_at: span.from,
        ends_at: span.to,
        time_zone: new.time.time_zone.clone(),
        series: None,
        is_canceled: false,
        revision: 1,
        people: Vec::new(),
    };
    let meeting = match &new.repeats {
        Some(repeats) => series::write_out(tx, (meeting, new, *repeats), &people, now)?,
        None => write_new(tx, (meeting, &people), new.asks, now)?,
    };
    guests::put(tx, (&meeting, &new.guests), who.person, now)?;
    if let Some(id) = new.time_poll_id {
        polls::choose(tx, (who, id), &meeting, now)?;
    }
    letters::ask(tx, &meeting, &others(&meeting, who.person), now)?;
    // Of a series its first says it for all.
    tell(
        tx,
        MEETING_INVITED,
        (&meeting, &ids_of(&meeting)),
        (Some(who.person), now),
    )?;
    Ok(meeting)
}

/// Invites people to a meeting and writes it; nobody is told.
pub(crate) fn write_new(
    tx: &mut dyn Tx,
    (meeting, people): (Meeting, &[Invite]),
    asks: bool,
    now: Timestamp,
) -> Result<Meeting, Error> {
    let (meeting, pains) = invite(tx, (meeting, people), asks)?;
    let written = Written {
        meeting: &meeting,
        group_key: &group_key(people),
        pains: &pains,
    };
    store::insert(tx, &written, now)?;
    soon::ask(tx, &meeting)?;
    Ok(meeting)
}

fn check_place(tx: &mut dyn Tx, who: &SignedIn, new: &NewMeeting) -> Result<(), Error> {
    match (new.channel_id, new.space_id) {
        (Some(_), Some(_)) => return Err(field("/space_id", "a meeting belongs to one place")),
        (None, _) if new.topic_id.is_some() => {
            return Err(field("/topic_id", "a topic is in a channel: name that too"));
        }
        (Some(channel), None) => {
            let access = access::channel(tx, who, channel)?;
            access.require_member()?;
            access.require_open()?;
            if let Some(topic) = new.topic_id {
                messages::get_topic(tx, &access, topic)?;
            }
        }
        (None, Some(space)) => access::space(tx, who, space)?.require_take_part()?,
        (None, None) => {}
    }
    Ok(())
}

/// A channel, or a space.
type Place = (Option<ChannelId>, Option<SpaceId>);

fn place_of(meeting: &Meeting) -> Place {
    (meeting.channel_id, meeting.space_id)
}

/// Everybody who is invited is a person of this workspace who can see where it belongs. Who was invited before is not asked
/// about.
pub(crate) fn check_people(
    tx: &mut dyn Tx,
    who: &SignedIn,
    place: Place,
    (invited, before): (&[Invite], &[MeetingPerson]),
) -> Result<(), Error> {
    let ids: Vec<PersonId> = invited.iter().map(|invite| invite.person_id).collect();
    let visible = spaces::people_visible(tx, who, &ids)?;
    let there = match place {
        (Some(channel), _) => {
            let access = access::channel(tx, who, channel)?;
            Some(spaces::readers_among(tx, &access, &ids)?)
        }
        (None, Some(space)) => {
            let access = access::space(tx, who, space)?;
            Some(spaces::space_members_among(tx, &access, &ids)?)
        }
        (None, None) => None,
    };
    let is_new = |invite: &Invite| before.iter().all(|person| person.person_id != invite.person_id);
    for (idx, invite) in invited.iter().enumerate().filter(|(_, invite)| is_new(invite)) {
        let person = visible.iter().find(|person| person.id == invite.person_id);
        let comes = person.is_some_and(|person| !person.bot && !person.deactivated && !person.link_guest);
        if !comes {
            return Err(field(format!("/people/{idx}"), "nobody who can be invited"));
        }
        let is_there = there
            .as_ref()
            .is_none_or(|there| there.contains(&invite.person_id));
        if !is_there && invite.person_id != who.person {
            return Err(field(
                format!("/people/{idx}"),
                "cannot see where the meeting belongs",
            ));
        }
    }
    Ok(())
}

/// Those of them whom the person may see.
pub(crate) fn only_visible(tx: &mut dyn Tx, who: &SignedIn, people: &[Invite]) -> Result<Vec<Invite>, Error> {
    let ids: Vec<PersonId> = people.iter().map(|invite| invite.person_id).collect();
    let visible = spaces::people_visible(tx, who, &ids)?;
    let is_visible = |invite: &&Invite| visible.iter().any(|person| person.id == invite.person_id);
    Ok(people.iter().filter(is_visible).copied().collect())
}

fn check_gate(words: &MeetingWords, time: &MeetingTime, n_people: usize) -> Result<(), Error> {
    let proposal = Proposal {
        has_reason: !words.reason.is_empty(),
        n_agenda_items: u32::try_from(words.agenda.len()).unwrap_or(u32::MAX),
        ..costs::proposal(words.aim, time.length(), n_people)
    };
    match gate(&proposal) {
        Gate::Open => Ok(()),
        Gate::Ask => Err(Error::Gated),
    }
}

/// Puts people to a meeting, with what it costs each. Those who would have to agree are asked, or refuse it. The maker agrees
/// by making it.
fn invite(
    tx: &mut dyn Tx,
    (mut meeting, people): (Meeting, &[Invite]),
    asks: bool,
) -> Result<(Meeting, Vec<i64>), Error> {
    let span = span_of(&meeting);
    let ids: Vec<PersonId> = people.iter().map(|invite| invite.person_id).collect();
    let known = costs::know(tx, &ids)?;
    let affected = must_agree(&known, &meeting, people);
    if !affected.is_empty() && !asks {
        return Err(Error::Refused(affected, meeting.starts_at));
    }
    let maker = meeting.created_by;
    meeting.people = people
        .iter()
        .map(|invite| MeetingPerson {
            person_id: invite.person_id,
            is_required: invite.is_required,
            answer: if invite.person_id == maker {
                MeetingAnswer::Yes
            } else {
                MeetingAnswer::Open
            },
            is_asked: affected.iter().any(|(person, _)| *person == invite.person_id),
        })
        .collect();
    let pains = ids.iter().map(|id| known.pain_milli(*id, span)).collect();
    Ok((meeting, pains))
}

fn must_agree(known: &Known, meeting: &Meeting, people: &[Invite]) -> Vec<(PersonId, MeetingRefusal)> {
    let mut affected = known.refusals(people, (meeting.aim, span_of(meeting)));
    affected.retain(|(person, _)| *person != meeting.created_by);
    affected
}

pub(crate) fn span_of(meeting: &Meeting) -> Span {
    Span {
        from: meeting.starts_at,
        to: meeting.ends_at,
    }
}

/// Moves a meeting, or changes its words or its people.
pub(crate) fn change(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (id, change): (MeetingId, &ChangeMeeting),
    now: Timestamp,
) -> Result<Meeting, Error> {
    let MeetingAccess {
        meeting: before,
        can_change,
        ..
    } = access(tx, who, id)?;
    require_open(&before, now)?;
    if !can_change {
        return Err(Error::Forbidden(
            "whoever made it changes it, or who looks after its channel",
        ));
    }
    if before.revision != change.revision {
        return Err(Error::Changed(before.revision));
    }
    let mut meeting = Meeting {
        revision: before.revision + 1,
        ..before.clone()
    };
    if let Some(words) = &change.words {
        words::check(tx, &words.texts(), change.words_ok)?;
        meeting.title.clone_from(&words.title);
        meeting.outcome.clone_from(&words.outcome);
        meeting.agenda.clone_from(&words.agenda);
        meeting.reason.clone_from(&words.reason);
        meeting.aim = words.aim;
    }
    if let Some(time) = &change.time {
        let span = time.span("/time")?;
        if span != span_of(&before) {
            check_ahead(span, now, "/time")?;
        }
        (meeting.starts_at, meeting.ends_at) = (span.from, span.to);
        meeting.time_zone.clone_from(&time.time_zone);
    }
    let moved = series::shift(&before, &meeting);
    let people = match &change.people {
        Some(invited) => {
            let people = clean_people(before.created_by, invited, "/people")?;
            check_people(tx, who, place_of(&meeting), (invited, &before.people))?;
            people
        }
        None => before.people.iter().map(invite_of).collect(),
    };
    let is_news = moved.is_some() || change.words.is_some();
    let by = (who.person, now);
    let mut told = HashSet::new();
    let written = rewrite(tx, (&before, meeting, &people), (change.asks, &mut told), by)?;
    if change.following {
        let how = (moved, change.asks, &mut told);
        series::change_following(tx, (&before, &written, &people), how, by)?;
    }
    if moved.is_some() && (change.following || written.series.is_none()) {
        store::guests::ask_again(tx, guests::occasion_of(&written))?;
    }
    write_to(tx, (&before, &written), is_news, by)?;
    Ok(written)
}

/// Letters about a change: what is news goes to all, people who come or go hear of that alone.
fn write_to(
    tx: &mut dyn Tx,
    (before, after): (&Meeting, &Meeting),
    is_news: bool,
    (actor, now): (PersonId, Timestamp),
) -> Result<(), Error> {
    let (was, is) = (others(before, actor), others(after, actor));
    if is_news {
        let gone = was.into_iter().filter(|person| !is.contains(person));
        let all: Vec<PersonId> = is.iter().copied().chain(gone).collect();
        return Ok(letters::ask(tx, after, &all, now)?);
    }
    let gone = was.iter().filter(|person| !is.contains(person));
    let come = is.iter().filter(|person| !was.contains(person));
    let some: Vec<PersonId> = gone.chain(come).copied().collect();
    Ok(letters::ask_people(tx, guests::occasion_of(after), &some, now)?)
}

/// Everybody but one.
fn others(meeting: &Meeting, but: PersonId) -> Vec<PersonId> {
    ids_of(meeting)
        .into_iter()
        .filter(|person| *person != but)
        .collect()
}

fn invite_of(person: &MeetingPerson) -> Invite {
    Invite {
        person_id: person.person_id,
        is_required: person.is_required,
    }
}

/// Writes how it stands now. At a new time everybody is asked again; who stays at the same time has answered.
pub(crate) fn rewrite(
    tx: &mut dyn Tx,
    (before, meeting, people): (&Meeting, Meeting, &[Invite]),
    (asks, told): (bool, &mut HashSet<PersonId>),
    (actor, now): (PersonId, Timestamp),
) -> Result<Meeting, Error> {
    let is_moved = span_of(before) != span_of(&meeting);
    let (mut meeting, pains) = invite(tx, (meeting, people), asks || !is_moved)?;
    let find = |id: PersonId| before.people.iter().find(|person| person.person_id == id);
    let (mut kept, mut added) = (Vec::new(), Vec::new());
    for person in &mut meeting.people {
        match find(person.person_id) {
            Some(earlier) => {
                if !is_moved {
                    (person.answer, person.is_asked) = (earlier.answer, earlier.is_asked);
                }
                kept.push(person.person_id);
            }
            None => added.push(person.person_id),
        }
    }
    let written = Written {
        meeting: &meeting,
        group_key: &group_key(people),
        pains: &pains,
    };
    store::update(tx, &written)?;
    if is_moved {
        soon::ask(tx, &meeting)?;
    }
    let left = before.people.iter().map(|person| person.person_id);
    let left: Vec<PersonId> = left.filter(|id| !kept.contains(id)).collect();
    for person in &left {
        store::disinvite(tx, meeting.id, *person)?;
    }
    let by = (Some(actor), now);
    let kind = if is_moved { MEETING_MOVED } else { MEETING_CHANGED };
    tell(tx, kind, (&meeting, &once(&kept, told)), by)?;
    tell(tx, MEETING_INVITED, (&meeting, &once(&added, told)), by)?;
    tell(tx, MEETING_CANCELED, (&meeting, &once(&left, told)), by)?;
    Ok(meeting)
}

/// Those of them who have not been told yet: of a series each hears once.
fn once(people: &[PersonId], told: &mut HashSet<PersonId>) -> Vec<PersonId> {
    people
        .iter()
        .copied()
        .filter(|person| told.insert(*person))
        .collect()
}

pub(crate) fn require_open(meeting: &Meeting, now: Timestamp) -> Result<(), Error> {
    if meeting.is_canceled || meeting.ends_at <= now {
        return Err(Error::Over);
    }
    Ok(())
}

/// Says whether the person comes, to this one, and of a series to those after it. Where their consent was asked for, anything
/// but yes calls the meeting off.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    access: &MeetingAccess,
    (answer, following): (MeetingAnswer, bool),
    now: Timestamp,
) -> Result<(), Error> {
    require_open(&access.meeting, now)?;
    let mut told = HashSet::new();
    answer_one(tx, (&access.meeting, access.person), answer, (&mut told, now))?;
    for meeting in series::list_after(tx, &access.meeting, following)? {
        answer_one(tx, (&meeting, access.person), answer, (&mut told, now))?;
    }
    Ok(())
}

fn answer_one(
    tx: &mut dyn Tx,
    (meeting, person): (&Meeting, PersonId),
    answer: MeetingAnswer,
    (told, now): (&mut HashSet<PersonId>, Timestamp),
) -> Result<(), Error> {
    let own = meeting.people.iter().find(|one| one.person_id == person);
    let Some(own) = own.filter(|own| own.answer != answer) else {
        return Ok(());
    };
    store::answer(tx, meeting.id, person, answer)?;
    if answer == MeetingAnswer::Yes {
        soon::ask(tx, meeting)?;
    }
    let by = (Some(person), now);
    if own.is_asked && matches!(answer, MeetingAnswer::No | MeetingAnswer::Later) {
        return Ok(call_off(tx, meeting.id, by)?);
    }
    let people = once(&ids_of(meeting), told);
    Ok(tell(tx, MEETING_ANSWERED, (meeting, &people), by)?)
}

pub(crate) fn ids_of(meeting: &Meeting) -> Vec<PersonId> {
    meeting.people.iter().map(|person| person.person_id).collect()
}

/// Calls a meeting off in somebody's name, and of a series those after it.
pub(crate) fn cancel(
    tx: &mut dyn Tx,
    access: &MeetingAccess,
    following: bool,
    now: Timestamp,
) -> Result<(), Error> {
    if !access.can_change {
        return Err(Error::Forbidden(
            "whoever made it calls it off, or who looks after its channel",
        ));
    }
    let meeting = &access.meeting;
    let by = (Some(access.person), now);
    if !meeting.is_canceled {
        require_open(meeting, now)?;
        call_off(tx, meeting.id, by)?;
    }
    let mut told: HashSet<PersonId> = ids_of(meeting).into_iter().collect();
    for meeting in series::list_after(tx, meeting, following)? {
        store::cancel(tx, meeting.id, now)?;
        let people = once(&ids_of(&meeting), &mut told);
        tell(tx, MEETING_CANCELED, (&meeting, &people), by)?;
    }
    if meeting.is_canceled {
        letters::ask(tx, meeting, &others(meeting, access.person), now)?;
    }
    Ok(())
}

/// Calls a meeting off for whatever reason.
pub(crate) fn call_off(
    tx: &mut dyn Tx,
    id: MeetingId,
    (actor, now): (Option<PersonId>, Timestamp),
) -> db::Result<()> {
    store::cancel(tx, id, now)?;
    let meeting = store::find(tx, id)?.ok_or(db::Error::NoRow)?;
    tell(tx, MEETING_CANCELED, (&meeting, &ids_of(&meeting)), (actor, now))?;
    let mut people = ids_of(&meeting);
    people.retain(|person| Some(*person) != actor);
    letters::ask(tx, &meeting, &people, now)
}
