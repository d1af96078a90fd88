//! What people did in a week, derived from what stands anyway. It is added up or given to whom it is about, and kept nowhere.

use crate::{
    model::{self, OWN_WEEKS, add_ask, add_live, monday, week_everywhere, week_of, weeks_after},
    store::{self, Asked},
    wire::{MyNumbers, MyWeek},
};
use accounts::Person;
use base::{PersonId, Timestamp};
use jiff::civil::Date;
use platform::db::{Result, Tx};
use std::collections::HashMap;
use timing::{hours::Hours, numbers::PersonWeek, span::Span};

/// A week of each of these people, on their own clock and by their hours as they are now.
pub(crate) fn list_weeks(
    tx: &mut dyn Tx,
    people: &[Person],
    monday: Date,
    now: Timestamp,
) -> Result<HashMap<PersonId, PersonWeek>> {
    let Some(window) = week_everywhere(monday) else {
        return Ok(HashMap::new());
    };
    let hours = hours::list_hours(tx, people)?;
    let own: HashMap<PersonId, (&Hours, Span)> = hours
        .iter()
        .filter_map(|(id, (hours, _))| Some((*id, (hours, week_of(monday, hours.zone())?))))
        .collect();
    let ids = store::ids_of(tx, own.keys().copied());
    let asked = Asked { ids: &ids, window };
    let mut weeks: HashMap<PersonId, PersonWeek> =
        own.keys().map(|id| (*id, PersonWeek::default())).collect();
    let lies_in = |id: &PersonId, at: Timestamp| own.get(id).is_some_and(|(_, week)| week.holds(at));
    let mut add = |id: PersonId, at: Timestamp, add: &dyn Fn(&mut PersonWeek)| {
        if let (true, Some(week)) = (lies_in(&id, at), weeks.get_mut(&id)) {
            add(week);
        }
    };
    for (id, due, settled) in asked.asks(tx)? {
        add(id, due, &|week| add_ask(week, (due, settled), now));
    }
    for (id, at, n) in asked.interruptions(tx)? {
        add(id, at, &|week| week.n_interruptions_in_focus += n.unsigned_abs());
    }
    for (id, at, was_held) in asked.sent(tx)? {
        if own.get(&id).is_some_and(|(hours, _)| !hours.is_available(at)) {
            add(id, at, &|week| {
                week.n_sent_outside_hours += 1;
                week.n_of_those_held += u64::from(was_held);
            });
        }
    }
    for (id, at, is_doubted) in asked.urgent(tx)? {
        add(id, at, &|week| {
            week.n_urgent += 1;
            week.n_not_urgent += u64::from(is_doubted);
        });
    }
    let mut meetings: HashMap<PersonId, Vec<Span>> = HashMap::new();
    for (id, from, to, pain) in asked.meetings(tx, now)? {
        add(id, from, &|week| week.burden += pain.unsigned_abs());
        if let (true, Some(span)) = (lies_in(&id, from), Span::between(from, to)) {
            meetings.entry(id).or_default().push(span);
        }
    }
    for (id, spans) in meetings {
        if let (Some(week), Some((hours, _))) = (weeks.get_mut(&id), own.get(&id)) {
            add_live(week, spans, hours);
        }
    }
    Ok(weeks)
}

/// Somebody's own weeks, for themselves: this one, and those before it of which everything is still there.
pub fn own_numbers(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<MyNumbers> {
    let people = accounts::people(tx, &[person])?;
    let hours = hours::list_hours(tx, &people)?;
    let Some((hours, _)) = hours.get(&person) else {
        return Ok(MyNumbers { weeks: Vec::new() });
    };
    let this = monday(hours.zone().date(now));
    let forgotten = now.before(model::KEPT);
    let mut weeks = Vec::new();
    for n in 0..OWN_WEEKS {
        let monday = weeks_after(this, -n);
        if week_of(monday, hours.zone()).is_none_or(|week| week.from < forgotten) {
            break;
        }
        let counted = list_weeks(tx, &people, monday, now)?;
        weeks.push(own_week(
            monday,
            counted.get(&person).copied().unwrap_or_default(),
        ));
    }
    Ok(MyNumbers { weeks })
}

fn own_week(monday: Date, week: PersonWeek) -> MyWeek {
    MyWeek {
        week: monday.to_string(),
        live_minutes: week.live.as_secs() / 60,
        live_outside_minutes: week.live_outside_hours.as_secs() / 60,
        burden_minutes: week.burden.saturating_mul(60) / 1_000,
        n_asks: week.n_asks,
        n_answered_in_time: week.n_answered_in_time,
        n_interruptions: week.n_interruptions_in_focus,
        n_sent_outside_hours: week.n_sent_outside_hours,
        n_of_those_held: week.n_of_those_held,
        n_urgent: week.n_urgent,
        n_not_urgent: week.n_not_urgent,
    }
}
