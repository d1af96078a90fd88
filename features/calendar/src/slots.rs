//! Times that are fair: whom each asks for an hour outside of their work, and who was asked before.

use crate::{
    costs::{Known, know},
    model::group_key,
    store::{self, Paid},
    wire::{FindSlots, Invite, MeetingAim, MeetingSlot, SlotList, TimesOutside},
};
use base::{MeetingId, PersonId, Timestamp};
use platform::db::{Result, Tx};
use std::{collections::HashMap, time::Duration};
use timing::{
    slots::{Found, Participant, find, ledger},
    span::Span,
};

/// Slots that are shown.
const SHOWN: usize = 5;
/// Slots that are looked through for those: the fairest of a window often lie side by side on one day.
const LOOKED_THROUGH: usize = 500;
/// What was paid before this weighs a thousandth: ten half-lives.
const REMEMBERED: Duration = Duration::from_secs(80 * 7 * 24 * 3600);

/// The fairest times of a window for these people, its maker first; at most one a day while there are others.
pub(crate) fn find_slots(
    tx: &mut dyn Tx,
    (asked, window): (&FindSlots, Span),
    people: &[Invite],
) -> Result<SlotList> {
    let ids: Vec<PersonId> = people.iter().map(|invite| invite.person_id).collect();
    let known = know(tx, &ids)?;
    let since = window.from.before(REMEMBERED);
    let paid = store::list_paid(tx, &group_key(people), (since, window.from))?;
    let taken = store::list_busy(tx, &ids, window, MeetingId(uuid::Uuid::nil()))?;
    let owls = store::list_owls(tx, &ids)?;
    let participants: Vec<Participant> = people
        .iter()
        .filter_map(|invite| {
            let id = invite.person_id;
            let payments = paid.iter().filter(|paid| paid.person == id);
            let mut busy = taken.get(&id).cloned().unwrap_or_default();
            if asked.aim != MeetingAim::Crisis {
                busy.extend(known.closed(id, window));
            }
            Some(Participant {
                hours: known.hours.get(&id)?,
                is_required: invite.is_required,
                accepts_nights: owls.contains(&id),
                ledger: ledger(payments.map(Paid::weight), window.from),
                busy,
            })
        })
        .collect();
    let length = Duration::from_secs(u64::from(asked.minutes) * 60);
    let found = find(&participants, length, window, LOOKED_THROUGH);
    let slots = spread(&known, &ids, found);
    Ok(SlotList {
        slots: slots.iter().map(|found| shown(&known, people, found)).collect(),
        times_outside: times_outside(&paid),
        last_outside: paid.iter().max_by_key(|paid| paid.at).map(|paid| paid.person),
        people: accounts::people(tx, &ids)?,
    })
}

/// The first of each of the maker's days, then what is next.
fn spread(known: &Known, ids: &[PersonId], found: Vec<Found>) -> Vec<Found> {
    let maker = ids.first().and_then(|id| known.hours.get(id));
    let day = |found: &Found| maker.map(|hours| hours.zone().date(found.span.from));
    let mut days = Vec::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for one in found {
        let day = day(&one);
        if days.contains(&day) {
            rest.push(one);
        } else {
            days.push(day);
            first.push(one);
        }
    }
    first.into_iter().chain(rest).take(SHOWN).collect()
}

fn shown(known: &Known, people: &[Invite], found: &Found) -> MeetingSlot {
    let costs = people
        .iter()
        .filter_map(|invite| known.cost(invite.person_id, found.span, None));
    let missing = found.missing.iter().filter_map(|idx| people.get(*idx));
    let missing: Vec<PersonId> = missing.map(|invite| invite.person_id).collect();
    let asked = costs.filter(|cost| cost.outside_minutes > 0 && !missing.contains(&cost.person_id));
    MeetingSlot {
        starts_at: found.span.from,
        ends_at: found.span.to,
        asked: asked.collect(),
        missing,
    }
}

fn times_outside(paid: &[Paid]) -> Vec<TimesOutside> {
    let mut n_times: HashMap<PersonId, (i64, Timestamp)> = HashMap::new();
    for one in paid {
        let entry = n_times.entry(one.person).or_insert((0, one.at));
        *entry = (entry.0 + 1, entry.1.max(one.at));
    }
    let mut times: Vec<TimesOutside> = n_times
        .into_iter()
        .map(|(person_id, (n, last_at))| TimesOutside {
            person_id,
            n,
            last_at,
        })
        .collect();
    times.sort_by_key(|times| (std::cmp::Reverse(times.n), times.person_id));
    times
}
