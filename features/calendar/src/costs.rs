//! What a time asks of people: whom it costs sleep, who has to agree, who is elsewhere.

use crate::{
    store,
    wire::{Invite, MeetingAim, MeetingCost, MeetingHours, MeetingPreview, MeetingRefusal, TryMeeting, Wall},
};
use base::{MeetingId, PersonId, Timestamp};
use hours::TimePolicy;
use jiff::civil::{Date, Weekday};
use platform::db::{Result, Tx};
use std::{collections::HashMap, time::Duration};
use timing::{
    charter::Pace,
    due::{due, working_between},
    hours::Hours,
    meeting::{Gate, Proposal, cost, gate, refusal, yearly_cost},
    slots::{Participant, is_night, pain},
    span::{Span, common, merged},
};

/// What a meeting that is written instead waits for: two days of work, as feedback does.
const WRITTEN: Pace = Pace::Working(Duration::from_secs(2 * 8 * 3600));

/// Everything that has to be known of people before they are invited.
pub(crate) struct Known {
    pub hours: HashMap<PersonId, Hours>,
    pub no_meeting_days: Vec<Weekday>,
}

pub(crate) fn know(tx: &mut dyn Tx, people: &[PersonId]) -> Result<Known> {
    let policy = hours::get_policy(tx)?;
    let people = accounts::people(tx, people)?;
    let hours = hours::list_hours(tx, &people)?.into_iter();
    Ok(Known {
        hours: hours.map(|(id, (hours, _))| (id, hours)).collect(),
        no_meeting_days: no_meeting_days(&policy),
    })
}

/// The dates that a window touches on somebody's clock.
fn dates(hours: &Hours, window: Span) -> impl Iterator<Item = Date> {
    let (first, last) = (hours.zone().date(window.from), hours.zone().date(window.to));
    first
        .series(jiff::Span::new().days(1))
        .take_while(move |date| *date <= last)
}

fn no_meeting_days(policy: &TimePolicy) -> Vec<Weekday> {
    let days = policy.no_meeting_days.iter();
    let days = days.filter_map(|day| i8::try_from(*day).ok());
    days.filter_map(|day| Weekday::from_monday_one_offset(day).ok())
        .collect()
}

impl Known {
    /// Who would have to agree to this time, and why.
    pub(crate) fn refusals(
        &self,
        people: &[Invite],
        (aim, span): (MeetingAim, Span),
    ) -> Vec<(PersonId, MeetingRefusal)> {
        let refuses = |invite: &Invite| {
            let hours = self.hours.get(&invite.person_id)?;
            let why = refusal(aim.into(), span, hours, &self.no_meeting_days)?;
            Some((invite.person_id, why.into()))
        };
        people.iter().filter_map(refuses).collect()
    }

    /// What the time costs somebody outside of their work, in thousandths of an hour; nothing on leave.
    pub(crate) fn pain_milli(&self, person: PersonId, span: Span) -> i64 {
        let Some(hours) = self.hours.get(&person) else {
            return 0;
        };
        let participant = Participant {
            hours,
            is_required: true,
            accepts_nights: true,
            ledger: 0.0,
            busy: Vec::new(),
        };
        pain(&participant, span).map_or(0, milli)
    }

    /// When somebody works in a window, and when they are not asked.
    pub(crate) fn shown(&self, person: PersonId, window: Span) -> Option<MeetingHours> {
        let hours = self.hours.get(&person)?;
        let cut = |spans: Vec<Span>| {
            pairs(
                spans
                    .into_iter()
                    .filter_map(|span| span.overlap(window))
                    .collect(),
            )
        };
        Some(MeetingHours {
            person_id: person,
            work: cut(hours
                .work_from(window.from)
                .take_while(|span| span.from < window.to)
                .collect()),
            no_meetings: cut(self.kept_free(hours, window)),
            focus: cut(dates(hours, window)
                .flat_map(|date| hours.focus_of(date))
                .collect()),
        })
    }

    /// The days without meetings of a window, on this person's clock.
    fn kept_free(&self, hours: &Hours, window: Span) -> Vec<Span> {
        let free = dates(hours, window).filter(|date| self.no_meeting_days.contains(&date.weekday()));
        let zone = hours.zone();
        free.filter_map(|date| Span::between(zone.midnight(date), zone.midnight(date.tomorrow().ok()?)))
            .collect()
    }

    /// When somebody is not asked for a meeting: their days without any, and their time to think.
    pub(crate) fn closed(&self, person: PersonId, window: Span) -> Vec<Span> {
        let Some(hours) = self.hours.get(&person) else {
            return Vec::new();
        };
        let mut closed = self.kept_free(hours, window);
        closed.extend(dates(hours, window).flat_map(|date| hours.focus_of(date)));
        closed
    }

    pub(crate) fn cost(
        &self,
        person: PersonId,
        span: Span,
        refusal: Option<MeetingRefusal>,
    ) -> Option<MeetingCost> {
        let hours = self.hours.get(&person)?;
        let worked = working_between(hours, span.from, span.to);
        Some(MeetingCost {
            person_id: person,
            starts: Wall(hours.zone().wall(span.from)),
            outside_minutes: minutes(span.length().saturating_sub(worked)),
            is_night: is_night(hours, span),
            is_away: !common(&[span], &hours.days_off()).is_empty(),
            is_busy: false,
            refusal,
        })
    }
}

fn pairs(spans: Vec<Span>) -> Vec<(Timestamp, Timestamp)> {
    merged(spans)
        .into_iter()
        .map(|span| (span.from, span.to))
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "hours of one meeting")]
pub(crate) fn milli(hours: f64) -> i64 {
    (hours * 1_000.0).round() as i64
}

pub(crate) fn minutes(length: Duration) -> i64 {
    i64::try_from(length.as_secs() / 60).unwrap_or(i64::MAX)
}

/// What `timing` reckons with.
pub(crate) fn proposal(aim: MeetingAim, length: Duration, n_people: usize) -> Proposal {
    Proposal {
        aim: aim.into(),
        length,
        n_people: u32::try_from(n_people).unwrap_or(u32::MAX),
        n_repeats: 1,
        refocus: Duration::ZERO,
        n_open: 0,
        has_reason: false,
        n_agenda_items: 0,
    }
}

/// What a meeting would cost, before it is proposed. `people` are those who are invited, its maker first.
pub(crate) fn preview(
    tx: &mut dyn Tx,
    (asked, span): (&TryMeeting, Span),
    people: &[Invite],
    now: Timestamp,
) -> Result<MeetingPreview> {
    let ids: Vec<PersonId> = people.iter().map(|invite| invite.person_id).collect();
    let known = know(tx, &ids)?;
    let busy = store::list_busy(tx, &ids, span, MeetingId(uuid::Uuid::nil()))?;
    let refusals: HashMap<_, _> = known.refusals(people, (asked.aim, span)).into_iter().collect();
    let costs = ids.iter().filter_map(|id| {
        let cost = known.cost(*id, span, refusals.get(id).copied())?;
        Some(MeetingCost {
            is_busy: busy
                .get(id)
                .is_some_and(|busy| busy.iter().any(|one| one.overlap(span).is_some())),
            ..cost
        })
    });
    let costs = costs.collect();
    let proposal = Proposal {
        has_reason: asked.has_reason,
        n_agenda_items: asked.n_agenda,
        ..proposal(asked.aim, span.length(), people.len())
    };
    let answered = known.hours.values().map(|hours| due(WRITTEN, hours, now));
    Ok(MeetingPreview {
        starts_at: span.from,
        ends_at: span.to,
        person_minutes: minutes(cost(&proposal)),
        yearly_minutes: yearly_cost(&proposal).map(minutes),
        is_gated: gate(&proposal) == Gate::Ask,
        written_by: answered.max().flatten(),
        costs,
        people: accounts::people(tx, &ids)?,
    })
}
