//! Letters about meetings: to people here who want invitations also by mail, and to people outside.
//!
//! Invariants: a letter is asked for in the transaction of its cause and says, when it goes out, how things stand then; the one
//! before it says nothing any more (decision 0041). Who may not see the place of a meeting any more, is deactivated, or has
//! ended their letters gets none. What has begun to change may change again: from the second letter on about the same thing
//! they wait for a minute.

mod words;

use crate::{
    actions::is_seen_by,
    guests::{link_of, occasion_of},
    invitation::{Named, Told, calendar},
    model::Guest,
    store::{self, guests},
    wire::{Meeting, MeetingAnswer},
};
use accounts::Me;
use base::{MeetingGuestId, MeetingId, PersonId, Timestamp};
use platform::{
    app::App,
    db::{Result, Tx},
    mail::{self, CalendarMethod, ForCalendar, LateLetter, Letter, Written},
};
use std::time::Duration;
use uuid::Uuid;
use words::{Place, Says};

/// The kind of our letters.
const KIND: &str = "meeting";
/// How long what has changed may change again.
const SETTLES: Duration = Duration::from_secs(60);

pub(crate) fn kinds() -> Vec<LateLetter> {
    vec![LateLetter { kind: KIND, write }]
}

/// Asks for letters to those of them who want them, and to everybody outside.
pub(crate) fn ask(tx: &mut dyn Tx, meeting: &Meeting, people: &[PersonId], now: Timestamp) -> Result<()> {
    let occasion = occasion_of(meeting);
    ask_people(tx, occasion, people, now)?;
    let there: Vec<MeetingGuestId> = guests::list(tx, occasion)?.iter().map(|guest| guest.id).collect();
    ask_guests(tx, occasion, &there, now)
}

/// The same for people here alone.
pub(crate) fn ask_people(
    tx: &mut dyn Tx,
    occasion: MeetingId,
    people: &[PersonId],
    now: Timestamp,
) -> Result<()> {
    for person in guests::list_by_mail(tx, people)? {
        let me = accounts::get_me(tx, person)?;
        ask_one(tx, (occasion, person.0), &me.email, now)?;
    }
    Ok(())
}

/// The same for people outside alone.
pub(crate) fn ask_guests(
    tx: &mut dyn Tx,
    occasion: MeetingId,
    there: &[MeetingGuestId],
    now: Timestamp,
) -> Result<()> {
    for id in there {
        if let Some(guest) = guests::find(tx, *id)? {
            ask_one(tx, (occasion, id.0), &guest.address, now)?;
        }
    }
    Ok(())
}

fn ask_one(
    tx: &mut dyn Tx,
    (occasion, recipient): (MeetingId, Uuid),
    address: &str,
    now: Timestamp,
) -> Result<()> {
    let meetings = store::list_occasion(tx, occasion)?;
    let Some(useless_at) = meetings.iter().map(|meeting| meeting.ends_at).max() else {
        return Ok(());
    };
    let n = guests::count_letter(tx, occasion, recipient)?;
    let due = if n == 1 { now } else { now.after(SETTLES) };
    let key = format!("{KIND}:{occasion}:{recipient}:{n}");
    mail::send_late(tx, (KIND, &key), address, due, useless_at)
}

/// Occasion, recipient, and the how-manieth letter.
fn read_key(key: &str) -> Option<(MeetingId, Uuid, i64)> {
    let mut parts = key.split(':').skip(1);
    let (occasion, recipient, n) = (parts.next()?, parts.next()?, parts.next()?);
    Some((occasion.parse().ok()?, recipient.parse().ok()?, n.parse().ok()?))
}

/// Whoever gets a letter.
enum Reader {
    Here(Box<Me>),
    Outside(Guest),
}

impl Reader {
    fn named(&self) -> Named<'_> {
        match self {
            Self::Here(me) => Named {
                name: &me.person.name,
                address: &me.email,
            },
            Self::Outside(guest) => Named {
                name: &guest.name,
                address: &guest.address,
            },
        }
    }
}

/// Writes a letter at the moment of its going out.
fn write(app: &App, tx: &mut dyn Tx, key: &str, now: Timestamp) -> Result<Written> {
    let Some((occasion, recipient, n)) = read_key(key) else {
        return Ok(Written::Nothing);
    };
    if guests::find_letter(tx, occasion, recipient)? != Some(n) {
        return Ok(Written::Nothing);
    }
    let all = store::list_occasion(tx, occasion)?;
    let Some(any) = all.first() else {
        return Ok(Written::Nothing);
    };
    let Some(reader) = find_reader(tx, recipient, any)? else {
        return Ok(Written::Nothing);
    };
    let theirs = theirs_of(&reader, &all);
    let is_out = theirs.is_empty();
    let meetings = if is_out { all } else { theirs };
    let is_called_off = meetings.iter().all(|meeting| meeting.is_canceled);
    let ahead =
        |meeting: &&Meeting| meeting.ends_at > now && (is_out || is_called_off || !meeting.is_canceled);
    let shown: Vec<&Meeting> = meetings.iter().filter(ahead).collect();
    let Some(first) = shown.first() else {
        return Ok(Written::Nothing);
    };
    let says = match (is_called_off, is_out, n) {
        (true, ..) => Says::CalledOff,
        (_, true, _) => Says::NotInvited,
        (.., 1) => Says::Invited,
        _ => Says::Changed,
    };
    let organiser = accounts::find_person(tx, first.created_by)?;
    let organiser = organiser.map(|person| person.name).unwrap_or_default();
    let workspace = accounts::find_workspace(tx)?.map_or_else(|| "Antiphon".to_owned(), |found| found.name);
    let url = match &reader {
        Reader::Here(_) => format!("{}/schedule", app.config.public_url),
        Reader::Outside(guest) => match link_of(app, guest.id) {
            Ok(link) => format!("{}/invited/{link}", app.config.public_url),
            Err(error) => {
                tracing::error!(error = %error, "no link to answer could be made, so no invitation goes out");
                return Ok(Written::Nothing);
            }
        },
    };
    let place = Place {
        workspace: &workspace,
        organiser: &organiser,
        url: &url,
    };
    let letter = match &reader {
        Reader::Here(me) => words::to_person(me, &shown, says, &place),
        Reader::Outside(guest) => words::to_guest(guest, &shown, says, &place),
    };
    let calendar = for_calendar(app, &reader, (&meetings, says, n - 1), &organiser, now);
    Ok(Written::Letter(Box::new(Letter { calendar, ..letter })))
}

/// None: they get none any more.
fn find_reader(tx: &mut dyn Tx, recipient: Uuid, meeting: &Meeting) -> Result<Option<Reader>> {
    if let Some(guest) = guests::find(tx, MeetingGuestId(recipient))? {
        return Ok(Some(Reader::Outside(guest)));
    }
    let person = PersonId(recipient);
    if guests::list_by_mail(tx, &[person])?.is_empty() || !is_seen_by(tx, person, meeting)? {
        return Ok(None);
    }
    let me = accounts::get_me(tx, person)?;
    Ok((!me.person.deactivated).then(|| Reader::Here(Box::new(me))))
}

/// Those to which they are invited.
fn theirs_of(reader: &Reader, all: &[Meeting]) -> Vec<Meeting> {
    let is_theirs = |meeting: &&Meeting| match reader {
        Reader::Here(me) => meeting.people.iter().any(|one| one.person_id == me.person.id),
        Reader::Outside(guest) => !guest.is_removed,
    };
    all.iter().filter(is_theirs).cloned().collect()
}

fn for_calendar(
    app: &App,
    reader: &Reader,
    (meetings, says, sequence): (&[Meeting], Says, i64),
    organiser: &str,
    now: Timestamp,
) -> Option<ForCalendar> {
    let config = app.config.mail.as_ref()?;
    let from = config.from.email.to_string();
    let method = match says {
        Says::Invited | Says::Changed => CalendarMethod::Request,
        Says::CalledOff | Says::NotInvited => CalendarMethod::Cancel,
    };
    let answer = match reader {
        Reader::Here(me) => meetings
            .iter()
            .filter(|meeting| meeting.ends_at > now)
            .flat_map(|meeting| &meeting.people)
            .find(|one| one.person_id == me.person.id)
            .map_or(MeetingAnswer::Open, |one| one.answer),
        Reader::Outside(guest) => guest.answer,
    };
    let told = Told {
        method,
        meetings,
        organiser: Named {
            name: organiser,
            address: &from,
        },
        attendee: reader.named(),
        answer,
        sequence,
        public_url: &app.config.public_url,
    };
    Some(ForCalendar {
        method,
        text: calendar(&told, now)?,
    })
}
