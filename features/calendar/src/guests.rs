//! People outside: invited by mail, answering over the link in their letter, without an account.
//!
//! The link is sealed with the key file, so that nobody can make one and nothing of it is kept. It opens one invitation, tells
//! of it what its letter told, and ends when its guest is taken off. Of a series a guest is invited to all.

use crate::{
    actions::{MeetingAccess, ids_of, require_open},
    events::{MEETING_ANSWERED, MEETING_CHANGED, tell},
    letters,
    model::{Error, GUESTS_MAX, Guest, field},
    store::{
        self,
        guests::{self, NewGuest},
    },
    wire::{GuestInvitation, InviteGuest, Meeting, MeetingAnswer, MeetingGuest},
};
use accounts::{Role, SignedIn};
use base::{MeetingGuestId, MeetingId, PersonId, Timestamp};
use platform::{app::App, db::Tx, seal::Broken};

/// What the seal is about: a link of another kind opens nothing here.
const ABOUT: &[u8] = b"calendar.guest";

/// What stands in the address.
pub(crate) fn link_of(app: &App, guest: MeetingGuestId) -> Result<String, Broken> {
    app.seal.link(guest.0, ABOUT)
}

/// Whose link it is; absent when we have not made it.
pub(crate) fn id_of(app: &App, link: &str) -> Result<MeetingGuestId, Error> {
    app.seal
        .find_link(link, ABOUT)
        .map(MeetingGuestId)
        .ok_or(Error::NotFound)
}

/// A meeting alone, or its series: what guests are invited to and what a letter is about.
pub(crate) fn occasion_of(meeting: &Meeting) -> MeetingId {
    meeting.series.map_or(meeting.id, |series| series.id)
}

/// Guests of the workspace see what they were invited to, and have nobody written to.
pub(crate) fn check_may_invite(who: &SignedIn) -> Result<(), Error> {
    if who.role == Role::Guest || who.is_link_guest {
        return Err(Error::Forbidden("guests invite nobody outside"));
    }
    Ok(())
}

/// Writes down whom a meeting invites outside, once each; how many are new.
pub(crate) fn put(
    tx: &mut dyn Tx,
    (meeting, invited): (&Meeting, &[InviteGuest]),
    by: PersonId,
    now: Timestamp,
) -> Result<Vec<MeetingGuestId>, Error> {
    if invited.is_empty() {
        return Ok(Vec::new());
    }
    let occasion = occasion_of(meeting);
    let there = guests::list(tx, occasion)?;
    let new = invited
        .iter()
        .filter(|one| there.iter().all(|guest| guest.address != one.address));
    let new: Vec<&InviteGuest> = new.collect();
    if there.len() + new.len() > GUESTS_MAX {
        return Err(field("/guests", "at most 20 people outside"));
    }
    let inviter = accounts::find_person(tx, by)?.ok_or(Error::NotFound)?;
    let mut added = Vec::new();
    for guest in new {
        let new = NewGuest {
            occasion,
            address: &guest.address,
            name: &guest.name,
            language: &inviter.language,
            by,
            is_own_wish: false,
        };
        added.extend(guests::put(tx, &new, now)?);
    }
    Ok(added)
}

/// Invites people outside to a meeting that is there.
pub(crate) fn invite(
    tx: &mut dyn Tx,
    (who, access): (&SignedIn, &MeetingAccess),
    invited: &[InviteGuest],
    now: Timestamp,
) -> Result<(), Error> {
    check_may_invite(who)?;
    require_change(access, now)?;
    let added = put(tx, (&access.meeting, invited), who.person, now)?;
    if added.is_empty() {
        return Ok(());
    }
    letters::ask_guests(tx, occasion_of(&access.meeting), &added, now)?;
    told_all(tx, &access.meeting, who.person, now)
}

/// Takes somebody outside off again; a letter says so.
pub(crate) fn remove(
    tx: &mut dyn Tx,
    access: &MeetingAccess,
    id: MeetingGuestId,
    now: Timestamp,
) -> Result<(), Error> {
    require_change(access, now)?;
    let occasion = occasion_of(&access.meeting);
    let guest = guests::find(tx, id)?.filter(|guest| guest.occasion == occasion);
    if guest.is_none() {
        return Err(Error::NotFound);
    }
    if guests::remove(tx, id, now)? {
        letters::ask_guests(tx, occasion, &[id], now)?;
        told_all(tx, &access.meeting, access.person, now)?;
    }
    Ok(())
}

fn told_all(tx: &mut dyn Tx, meeting: &Meeting, by: PersonId, now: Timestamp) -> Result<(), Error> {
    let people = ids_of(meeting);
    Ok(tell(tx, MEETING_CHANGED, (meeting, &people), (Some(by), now))?)
}

fn require_change(access: &MeetingAccess, now: Timestamp) -> Result<(), Error> {
    require_open(&access.meeting, now)?;
    if !access.can_change {
        return Err(Error::Forbidden(
            "whoever made it invites people outside, or who looks after its channel",
        ));
    }
    Ok(())
}

/// How they stand in a meeting. Addresses are for whoever may change it.
pub(crate) fn shown(tx: &mut dyn Tx, access: &MeetingAccess) -> Result<Vec<MeetingGuest>, Error> {
    let there = guests::list(tx, occasion_of(&access.meeting))?;
    let shown = |guest: Guest| MeetingGuest {
        id: guest.id,
        name: guest.name,
        address: access.can_change.then_some(guest.address),
        answer: guest.answer,
    };
    Ok(there.into_iter().map(shown).collect())
}

/// The guest of a link, and the meetings to which they are invited; absent and taken off look alike.
fn open(tx: &mut dyn Tx, id: MeetingGuestId) -> Result<(Guest, Vec<Meeting>), Error> {
    let guest = guests::find(tx, id)?
        .filter(|guest| !guest.is_removed)
        .ok_or(Error::NotFound)?;
    let meetings = store::list_occasion(tx, guest.occasion)?;
    Ok((guest, meetings))
}

/// What a guest sees.
pub(crate) fn look(tx: &mut dyn Tx, id: MeetingGuestId, now: Timestamp) -> Result<GuestInvitation, Error> {
    let (guest, meetings) = open(tx, id)?;
    let held: Vec<&Meeting> = meetings.iter().filter(|meeting| !meeting.is_canceled).collect();
    let next = held.iter().position(|meeting| meeting.ends_at > now);
    let last = held.last().copied().or(meetings.last());
    let shown = next
        .and_then(|idx| held.get(idx).copied())
        .or(last)
        .ok_or(Error::NotFound)?;
    let organiser = accounts::find_person(tx, shown.created_by)?.ok_or(Error::NotFound)?;
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    let n_following = next.map_or(0, |idx| held.len() - idx - 1);
    Ok(GuestInvitation {
        title: shown.title.clone(),
        organiser: organiser.name,
        workspace: workspace.name,
        starts_at: shown.starts_at,
        ends_at: shown.ends_at,
        n_following: i64::try_from(n_following).unwrap_or(i64::MAX),
        answer: guest.answer,
        is_canceled: held.is_empty(),
        is_over: next.is_none(),
    })
}

/// A guest answers; those who are invited see it.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    id: MeetingGuestId,
    said: MeetingAnswer,
    now: Timestamp,
) -> Result<(), Error> {
    if said == MeetingAnswer::Open {
        return Err(field("/answer", "yes, no or later"));
    }
    let (guest, meetings) = open(tx, id)?;
    let next = meetings
        .iter()
        .find(|meeting| !meeting.is_canceled && meeting.ends_at > now);
    let next = next.ok_or(Error::Over)?;
    if guest.answer == said {
        return Ok(());
    }
    guests::answer(tx, id, said)?;
    Ok(tell(tx, MEETING_ANSWERED, (next, &ids_of(next)), (None, now))?)
}
