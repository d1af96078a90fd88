//! Asks as their readers see them: one, those of a stretch, those on somebody, those somebody waits for.

use crate::{
    model::{AskRow, Error, PAGE_MAX, SeatRow, pace_until},
    store::{self, Cursor, NEVER},
    wire::{Ask, AskCounts, AskForecast, AskItem, AskKind, AskMissing, AskPreview, AskSeatState, AskSide},
};
use accounts::Person;
use base::{MessageId, PersonId, Seq, Timestamp, TopicId};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use std::collections::{BTreeSet, HashMap};
use timing::{charter::Pace, due::due, hours::Hours};
use uuid::Uuid;

/// Announcements that are looked through for one person.
const ANNOUNCED_MAX: i64 = 200;
/// Asks of one stretch: no message has two.
pub(crate) const STRETCH_MAX: i64 = 200;
/// The beginning of all lists.
pub(crate) const BEGINNING: Cursor = (Timestamp(i64::MIN), MessageId(Uuid::nil()));

/// A page of a list, and where the next one begins.
pub struct Listed {
    /// What is due next first.
    pub items: Vec<AskItem>,
    /// None: that is all.
    pub next: Option<(Timestamp, MessageId)>,
}

/// The ask of a message of the channel that was proved; of any other channel it is absent.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: MessageId) -> Result<AskRow, Error> {
    let place = store::find_message(tx, id)?.filter(|place| place.channel == access.id());
    place
        .filter(|place| access.may_see(place.seq) && !place.is_deleted)
        .ok_or(Error::NotFound)?;
    let ask = store::find(tx, id, access.person())?.ok_or(Error::NotFound)?;
    let mut asks = vec![ask];
    add_own_shares(tx, &mut asks, access.person())?;
    asks.pop().ok_or(Error::NotFound)
}

/// Puts a share into each open announcement that somebody has to read and has not moved in: it has no row.
pub(crate) fn add_own_shares(tx: &mut dyn Tx, asks: &mut [AskRow], person: PersonId) -> db::Result<()> {
    let mut hours = None;
    for ask in asks {
        let may_have = ask.everyone && ask.is_open() && ask.asker != person && ask.seat_of(person).is_none();
        if !may_have {
            continue;
        }
        let since = store::find_member_since(tx, ask.channel, person)?;
        if since.is_none_or(|since| since > ask.created_at) {
            continue;
        }
        if hours.is_none() {
            hours = Some(get_hours(tx, person)?);
        }
        if let Some(hours) = &hours {
            ask.seats.push(own_share(ask, person, hours));
        }
    }
    Ok(())
}

fn own_share(ask: &AskRow, person: PersonId, hours: &Hours) -> SeatRow {
    SeatRow {
        person,
        state: AskSeatState::Open,
        since: Some(ask.created_at),
        left_us: i64::try_from(ask.pace.length().as_micros()).ok(),
        due: due(ask.pace, hours, ask.created_at),
        wished: None,
        passed_to: None,
        reason: None,
        moved_at: ask.created_at,
    }
}

/// The hours of somebody; of nobody, those of a week without work.
pub(crate) fn get_hours(tx: &mut dyn Tx, person: PersonId) -> db::Result<Hours> {
    let mut found = list_hours(tx, &[person])?;
    Ok(found.remove(&person).unwrap_or_else(nobodys_hours))
}

/// The same of several; ids of nobody are left out.
pub(crate) fn list_hours(tx: &mut dyn Tx, people: &[PersonId]) -> db::Result<HashMap<PersonId, Hours>> {
    let people = accounts::people(tx, people)?;
    let known = hours::list_hours(tx, &people)?;
    Ok(known
        .into_iter()
        .map(|(person, (hours, _))| (person, hours))
        .collect())
}

pub(crate) fn nobodys_hours() -> Hours {
    Hours::new(timing::week::Zone::utc(), timing::week::Week::default())
}

/// The asks of a stretch of a channel, as its reader sees them.
pub(crate) fn list_between(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (from, to): (Seq, Seq),
) -> Result<Vec<Ask>, Error> {
    let from = from.max(access.reads_after().next());
    let ids = store::list_between(tx, access.id(), (from, to), STRETCH_MAX)?;
    let reader = access.person();
    let mut asks = store::list(tx, &ids, reader)?;
    add_own_shares(tx, &mut asks, reader)?;
    let mut by_id: HashMap<MessageId, AskRow> = asks.into_iter().map(|ask| (ask.message, ask)).collect();
    let asks = ids.iter().filter_map(|id| by_id.remove(id));
    Ok(asks.map(|ask| ask.seen_by(Some(reader))).collect())
}

/// What is on somebody, or what they wait for, after a place of that list; only in channels of which they are a member now.
pub(crate) fn list(
    tx: &mut dyn Tx,
    (person, side): (PersonId, AskSide),
    after: Cursor,
    limit: i64,
) -> db::Result<Listed> {
    let limit = limit.clamp(1, PAGE_MAX);
    let (mut places, mut known) = match side {
        AskSide::IWaitFor => (
            store::list_waited_for(tx, person, after, limit + 1)?,
            HashMap::new(),
        ),
        AskSide::OnMe => {
            let mut places = store::list_on(tx, person, after, limit + 1)?;
            let announced = list_announced(tx, person)?;
            places.extend(
                announced
                    .values()
                    .map(|ask| (ask.message, ask.due_for(person).unwrap_or(NEVER)))
                    .filter(|(id, at)| (*at, *id) > after),
            );
            places.sort_by_key(|(id, at)| (*at, *id));
            (places, announced)
        }
    };
    let limit = usize::try_from(limit).unwrap_or(0);
    let is_more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| is_more).map(|(id, at)| (*at, *id));
    let others: Vec<MessageId> = places
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| !known.contains_key(id))
        .collect();
    let others = store::list(tx, &others, person)?;
    known.extend(others.into_iter().map(|ask| (ask.message, ask)));
    let ids: Vec<MessageId> = places.iter().map(|(id, _)| *id).collect();
    let mut shown = store::list_shown(tx, &ids)?;
    let item = |(id, at): (MessageId, Timestamp)| {
        let shown = shown.remove(&id).unwrap_or_default();
        Some(AskItem {
            ask: known.remove(&id)?.seen_by(Some(person)),
            topic_id: shown.topic,
            topic_title: shown.title,
            text: messages::quote_text(&shown.text),
            at: (at < NEVER).then_some(at),
        })
    };
    Ok(Listed {
        items: places.into_iter().filter_map(item).collect(),
        next,
    })
}

/// Announcements that somebody has not confirmed, with their share.
fn list_announced(tx: &mut dyn Tx, person: PersonId) -> db::Result<HashMap<MessageId, AskRow>> {
    let ids = store::list_announced_to(tx, person, ANNOUNCED_MAX)?;
    let mut asks = store::list(tx, &ids, person)?;
    add_own_shares(tx, &mut asks, person)?;
    Ok(asks.into_iter().map(|ask| (ask.message, ask)).collect())
}

/// What is on somebody at this moment, what is due next first; `after` is where an earlier page ended. At most 100 at once.
pub fn list_on(
    tx: &mut dyn Tx,
    person: PersonId,
    after: Option<(Timestamp, MessageId)>,
    limit: i64,
) -> db::Result<Listed> {
    list(tx, (person, AskSide::OnMe), after.unwrap_or(BEGINNING), limit)
}

/// How much is on somebody, and how much they wait for.
pub fn count(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> db::Result<AskCounts> {
    let mut counts = store::count(tx, person, now)?;
    for ask in list_announced(tx, person)?.values() {
        counts.n_on_me += 1;
        match ask.due_for(person) {
            Some(due) if due < now => counts.n_overdue += 1,
            Some(due) => counts.next_due = Some(counts.next_due.map_or(due, |next| next.min(due))),
            None => {}
        }
    }
    Ok(counts)
}

/// By when this person has to answer this message. None: it asks nothing of them now, or their hours hold no such moment.
pub fn due_of_message(
    tx: &mut dyn Tx,
    message: MessageId,
    person: PersonId,
) -> db::Result<Option<Timestamp>> {
    Ok(find_on(tx, message, person)?.and_then(|ask| ask.due))
}

/// Of these people, each with their hours, whose turn it is to answer a message, and by when; None beside a name: their hours
/// hold no such moment. One look for many, also while the message is being posted.
pub fn list_turns_on(
    tx: &mut dyn Tx,
    message: MessageId,
    people: &[(PersonId, &Hours)],
) -> db::Result<HashMap<PersonId, Option<Timestamp>>> {
    let Some(ask) = store::find(tx, message, PersonId(Uuid::nil()))?.filter(AskRow::is_open) else {
        return Ok(HashMap::new());
    };
    let ids: Vec<PersonId> = people.iter().map(|(person, _)| *person).collect();
    let moved: HashMap<PersonId, SeatRow> = if ask.everyone {
        store::list_seats_among(tx, message, &ids)?
    } else {
        ask.seats.iter().map(|seat| (seat.person, seat.clone())).collect()
    };
    let turn_of = |&(person, hours): &(PersonId, &Hours)| {
        if let Some(seat) = moved.get(&person) {
            return seat.is_held().then_some((person, seat.due));
        }
        let is_asked = ask.everyone && person != ask.asker;
        is_asked.then(|| (person, own_share(&ask, person, hours).due))
    };
    Ok(people.iter().filter_map(turn_of).collect())
}

/// The ask of a message as this person sees it, if it is their turn. Works in the transaction in which the message is posted,
/// also for who hears of the message before they hear of the ask. Who asks here has made sure that they may read it.
pub fn find_on(tx: &mut dyn Tx, message: MessageId, person: PersonId) -> db::Result<Option<Ask>> {
    let Some(ask) = store::find(tx, message, person)? else {
        return Ok(None);
    };
    let mut asks = vec![ask];
    add_own_shares(tx, &mut asks, person)?;
    let on = asks.into_iter().find(|ask| ask.is_on(person));
    Ok(on.map(|ask| ask.seen_by(Some(person))))
}

/// The open asks of a conversation, as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenIn {
    /// How many.
    pub n_open: usize,
    /// Of those, with a share that is promised or overdue.
    pub n_promised_or_overdue: usize,
    /// It is the turn of whoever looks, in at least one.
    pub is_mine: bool,
    /// By when they have to answer next.
    pub next_due: Option<Timestamp>,
    /// Who has to answer, then who asked; each once.
    pub people: Vec<PersonId>,
}

/// How the open asks of a topic stand, or those of the stream. The topic is one of the channel.
pub fn open_in(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    topic: Option<TopicId>,
    now: Timestamp,
) -> db::Result<OpenIn> {
    let me = access.person();
    let ids = store::list_open_in(tx, (access.id(), topic), access.reads_after(), PAGE_MAX)?;
    let mut asks = store::list(tx, &ids, me)?;
    asks.retain(|ask| !ask.everyone);
    let is_late =
        |seat: &&SeatRow| seat.state == AskSeatState::Promised || seat.due.is_some_and(|due| due < now);
    let mut open = OpenIn {
        n_open: asks.len(),
        ..OpenIn::default()
    };
    let mut askers = Vec::new();
    for ask in &asks {
        let held: Vec<&SeatRow> = ask.seats.iter().filter(|seat| seat.is_held()).collect();
        if held.iter().any(is_late) {
            open.n_promised_or_overdue += 1;
        }
        if ask.is_on(me) {
            open.is_mine = true;
            let due = ask.due_for(me);
            open.next_due = open.next_due.into_iter().chain(due).min();
        }
        open.people.extend(held.iter().map(|seat| seat.person));
        askers.push(ask.asker);
    }
    open.people.extend(askers);
    let mut seen = BTreeSet::new();
    open.people.retain(|person| seen.insert(*person));
    Ok(open)
}

/// What an ask would mean for these people, if it were asked now.
pub(crate) struct Wanted<'a> {
    pub people: &'a [PersonId],
    pub kind: AskKind,
    pub topic: Option<TopicId>,
    pub by: Option<Timestamp>,
}

pub(crate) fn preview(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<AskPreview, Error> {
    let pace = pace(tx, access, wanted, now)?;
    let ids = askable(tx, access, wanted.people)?;
    let people = spaces::people_named(tx, &ids)?;
    let hours = list_hours(tx, &ids)?;
    let shown = hours::list_shown(tx, &people, now)?;
    let forecast = shown.into_iter().map(|shown| AskForecast {
        person_id: shown.person_id,
        due: hours
            .get(&shown.person_id)
            .and_then(|hours| due(pace, hours, now)),
        time_zone: shown.time_zone,
        away: shown.away,
    });
    Ok(AskPreview {
        people: forecast.collect(),
    })
}

/// How soon: as whoever asks says, else as the charter says there now.
pub(crate) fn pace(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<Pace, Error> {
    if let Some(by) = wanted.by {
        return Ok(pace_until(by, now));
    }
    let expected = charters::expected_in(tx, access, wanted.topic)?;
    let expectation = match wanted.kind.pace() {
        timing::charter::Kind::Normal => expected.normal,
        timing::charter::Kind::Feedback => expected.feedback,
        timing::charter::Kind::Urgent => expected.urgent,
    };
    Ok(expectation.pace.reckoned())
}

/// Those of them who can be asked here: members of the channel who may read it now, but for whoever asks.
pub(crate) fn askable(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    let members: BTreeSet<PersonId> = spaces::members_among(tx, access, people)?.into_iter().collect();
    let mut readers = spaces::readers_among(tx, access, people)?;
    readers.retain(|person| members.contains(person) && *person != access.person());
    Ok(readers)
}

/// Everybody named in asks, and who else is named beside them.
pub(crate) fn people_in<'a>(
    tx: &mut dyn Tx,
    asks: impl Iterator<Item = &'a Ask>,
    beside: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Person>, Error> {
    let mut ids: BTreeSet<PersonId> = beside.into_iter().collect();
    for ask in asks {
        ids.insert(ask.asker_id);
        for seat in &ask.seats {
            ids.insert(seat.person_id);
            ids.extend(seat.passed_to);
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(spaces::people_named(tx, &ids.into_iter().collect::<Vec<_>>())?)
}

/// Who has not answered, for whoever asked.
pub(crate) fn missing(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, after): (MessageId, Option<PersonId>),
) -> Result<AskMissing, Error> {
    let ask = get(tx, access, id)?;
    if ask.asker != access.person() {
        return Err(Error::Forbidden("only whoever asked sees who has not answered"));
    }
    let after = after.unwrap_or(PersonId(Uuid::nil()));
    let (ids, n_missing, n_asked) = if ask.everyone {
        let n_missing = store::count_missing(tx, &ask)?;
        let ids = store::list_missing(tx, &ask, after, PAGE_MAX + 1)?;
        (ids, n_missing, n_missing + ask.head.n_answered)
    } else {
        let held = ask.seats.iter().filter(|seat| seat.is_held());
        let held: Vec<PersonId> = held.map(|seat| seat.person).collect();
        let n_missing = i64::try_from(held.len()).unwrap_or(0);
        let ids = held.into_iter().filter(|person| *person > after).collect();
        (ids, n_missing, n_missing + ask.head.n_answered)
    };
    let limit = usize::try_from(PAGE_MAX).unwrap_or(0);
    let next = ids.get(limit).and_then(|_| ids.get(limit - 1)).copied();
    let ids: Vec<PersonId> = ids.into_iter().take(limit).collect();
    let mut people = spaces::people_named(tx, &ids)?;
    people.sort_by_key(|person| person.id);
    Ok(AskMissing {
        n_asked,
        n_missing,
        people,
        next,
    })
}
