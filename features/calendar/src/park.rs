//! "Park it": a hint at a meeting that should rather be written down, since somebody who is invited is asleep or away then, or
//! nothing is on its agenda.
//!
//! Invariants: it is for whoever may change the meeting, while that lies ahead or goes on; who said no hears of that meeting no
//! more, and after two noes of none for a while; when something is parked, and who is away, `timing` says. It does not know how
//! anything is written down.

use crate::{
    actions::{MeetingAccess, span_of},
    costs,
    events::{MEETING_PARK_ENDED, tell},
    model::Error,
    store::park,
    wire::{Meeting, MeetingAnswer, ParkHint, ParkWhy},
};
use accounts::SignedIn;
use base::{PersonId, Timestamp};
use platform::db::Tx;
use timing::{
    hints::{self, Park, Shown, Talk, may_show},
    meeting::can_be_written,
};

/// Why this meeting should be written down, if it should and its reader wants to hear of it.
pub(crate) fn find_hint(
    tx: &mut dyn Tx,
    who: &SignedIn,
    access: &MeetingAccess,
    now: Timestamp,
) -> Result<Option<ParkHint>, Error> {
    let meeting = &access.meeting;
    let is_over = meeting.is_canceled || meeting.ends_at <= now;
    let is_alone = meeting.people.len() < 2;
    if !access.can_change || is_over || is_alone || !can_be_written(meeting.aim.into()) {
        return Ok(None);
    }
    if park::is_over(tx, meeting.id, access.person)? {
        return Ok(None);
    }
    let people = list_unsure(tx, who, meeting)?;
    let known = costs::know(tx, &[&[access.person], people.as_slice()].concat())?;
    let is_away = |person: &PersonId| {
        let hours = known.hours.get(person);
        hours.is_some_and(|hours| hints::is_away(hours, span_of(meeting)))
    };
    let away: Vec<PersonId> = people.into_iter().filter(is_away).collect();
    let talk = Talk {
        n_invited_away: away.len(),
        has_agenda: !meeting.agenda.is_empty(),
        // Nobody listens to a meeting: who speaks in it is not known.
        last_change_of_speaker: now,
    };
    let Some(why) = hints::park(&talk, now).and_then(said) else {
        return Ok(None);
    };
    let shown = Shown {
        // It stands where somebody looks at the meeting, and goes to nobody by itself: so not once a day.
        last_in_topic: None,
        dismissed_in_topic: false,
        dismissals: park::list_noes(tx, access.person)?,
    };
    let mine = known.hours.get(&access.person);
    let may = mine.is_some_and(|hours| may_show(&shown, hours.zone(), now));
    Ok(may.then_some(ParkHint { why, people: away }))
}

/// Those who have not said that they come, as far as the reader may see them. Whoever says yes is there, whatever the hour.
fn list_unsure(tx: &mut dyn Tx, who: &SignedIn, meeting: &Meeting) -> Result<Vec<PersonId>, Error> {
    let unsure = meeting
        .people
        .iter()
        .filter(|person| person.answer != MeetingAnswer::Yes);
    let unsure: Vec<PersonId> = unsure.map(|person| person.person_id).collect();
    let visible = spaces::people_visible(tx, who, &unsure)?;
    let is_visible = |person: &PersonId| visible.iter().any(|one| one.id == *person);
    Ok(unsure.into_iter().filter(is_visible).collect())
}

fn said(park: Park) -> Option<ParkWhy> {
    match park {
        Park::SomebodyIsAway => Some(ParkWhy::SomebodyIsAway),
        Park::NoAgenda => Some(ParkWhy::NoAgenda),
        Park::AlmostSilent => None,
    }
}

/// How a hint came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// They said no.
    Waved,
    /// They did what it says.
    Parked,
}

/// Ends the hint of one meeting for its reader; their other devices hear of it.
pub(crate) fn end(
    tx: &mut dyn Tx,
    access: &MeetingAccess,
    ended: Ended,
    now: Timestamp,
) -> Result<(), Error> {
    if !access.can_change {
        return Err(Error::Forbidden("the hint is for whoever may change the meeting"));
    }
    let (meeting, person) = (&access.meeting, access.person);
    if park::end(tx, (meeting.id, person), ended == Ended::Waved, now)? {
        tell(tx, MEETING_PARK_ENDED, (meeting, &[person]), (Some(person), now))?;
    }
    Ok(())
}
