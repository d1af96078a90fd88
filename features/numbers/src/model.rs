//! Rules of weeks, and what a figure is made of. Pure.

use base::{PersonId, Timestamp};
use jiff::{civil::Date, tz::TimeZone};
use std::{collections::BTreeSet, time::Duration};
use timing::{
    hours::Hours,
    numbers::{PersonWeek, Threshold, cohort, publishable},
    span::{Span, common, merged},
    week::Zone,
};
use uuid::Uuid;

/// How long anything about one person is kept.
pub(crate) const KEPT: Duration = Duration::from_secs(35 * 24 * 3_600);
/// Weeks that are shown to whom they are about.
pub(crate) const OWN_WEEKS: i32 = 5;
/// Weeks of a team that are shown at once.
pub(crate) const TEAM_WEEKS: i32 = 13;
/// Weeks that are counted later, when the server was down.
const LATE_WEEKS: i32 = 4;
/// For so many weeks what was shown of a group says something about the next week of it.
const REMEMBERED_WEEKS: i32 = 4;
/// What a workspace may raise the threshold to.
pub(crate) const K_MAX: i64 = 1_000;
const WEEK: i32 = 7;
/// The first place at which a day begins is so far ahead of UTC, and the last so far behind.
const AHEAD: Duration = Duration::from_secs(14 * 3_600);
const BEHIND: Duration = Duration::from_secs(12 * 3_600);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// The Monday of the week in which a date lies.
pub(crate) fn monday(date: Date) -> Date {
    plus(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

fn plus(date: Date, days: i32) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

/// So many weeks later, or earlier.
pub(crate) fn weeks_after(monday: Date, n: i32) -> Date {
    plus(monday, n * WEEK)
}

/// The week that begins on this Monday, on somebody's clock.
pub(crate) fn week_of(monday: Date, zone: &Zone) -> Option<Span> {
    Span::between(zone.midnight(monday), zone.midnight(weeks_after(monday, 1)))
}

/// The same, wide enough for every clock.
pub(crate) fn week_everywhere(monday: Date) -> Option<Span> {
    let week = week_of(monday, &Zone::utc())?;
    Span::between(week.from.before(AHEAD), week.to.after(BEHIND))
}

/// The last week that is over everywhere.
pub(crate) fn last_over(now: Timestamp) -> Date {
    let there = now.before(BEHIND);
    weeks_after(monday(Zone::utc().date(there)), -1)
}

/// The week that is to be counted next, if it is over: that after the last one, or the one in which the workspace began; of
/// weeks that lie further back the inputs are gone.
pub(crate) fn next_week(last: Option<Date>, began: Timestamp, now: Timestamp) -> Option<Date> {
    let over = last_over(now);
    let next = last.map_or_else(|| monday(Zone::utc().date(began)), |last| weeks_after(last, 1));
    let next = next.max(weeks_after(over, 1 - LATE_WEEKS));
    (next <= over).then_some(next)
}

/// The first week whose cohort still counts for this one.
pub(crate) fn remembered_from(week: Date) -> Date {
    weeks_after(week, -REMEMBERED_WEEKS)
}

/// The Monday of a week that lies further back than anything about a person is kept.
pub(crate) fn forgotten_before(now: Timestamp) -> Date {
    monday(TimeZone::UTC.to_datetime(wall(now.before(KEPT))).date())
}

fn wall(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(at.0).unwrap_or_default()
}

/// A workspace, a space or a group, with whom it is made of now and whom it was about in the weeks in which it was shown not
/// long ago, oldest first.
#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub id: Uuid,
    pub kind: &'static str,
    pub people: BTreeSet<PersonId>,
    pub before: Vec<BTreeSet<PersonId>>,
}

/// Whom each team's number may be about, of those that may be shown side by side; the others are None.
pub(crate) fn shown(teams: &[Team], k: Threshold) -> Vec<Option<BTreeSet<PersonId>>> {
    let before: Vec<_> = teams
        .iter()
        .flat_map(|team| team.before.iter().cloned())
        .collect();
    let cohorts: Vec<(usize, BTreeSet<PersonId>)> = teams
        .iter()
        .enumerate()
        .filter_map(|(idx, team)| Some((idx, cohort(&team.before, &before, &team.people, k)?)))
        .collect();
    let mut shown = vec![None; teams.len()];
    for (idx, people) in publishable(&cohorts, k) {
        shown[*idx] = Some(people.clone());
    }
    shown
}

/// The time of meetings, of which some lies outside of somebody's work. What overlaps counts once.
pub(crate) fn add_live(week: &mut PersonWeek, meetings: Vec<Span>, hours: &Hours) {
    let meetings = merged(meetings);
    let length = |spans: &[Span]| spans.iter().map(|span| span.length()).sum::<Duration>();
    let (Some(first), Some(last)) = (meetings.first(), meetings.last()) else {
        return;
    };
    let work = hours.work_from(first.from).take_while(|span| span.from < last.to);
    let work = merged(work.collect());
    week.live = length(&meetings);
    week.live_outside_hours = week.live.saturating_sub(length(&common(&meetings, &work)));
}

/// An ask counts when it was answered, or when its time is over without that.
pub(crate) fn add_ask(week: &mut PersonWeek, (due, settled): (Timestamp, Option<Timestamp>), now: Timestamp) {
    if settled.is_some() || due <= now {
        week.n_asks += 1;
        week.n_answered_in_time += u64::from(settled.is_some_and(|settled| settled <= due));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use timing::week::Week;

    const HOUR_US: i64 = 3_600_000_000;
    /// 2026-11-23T09:00:00Z, a Monday.
    const MONDAY_NINE: Timestamp = Timestamp(1_795_424_400_000_000);

    #[test]
    fn a_week_is_counted_when_it_is_over_everywhere_and_once() {
        let (before, this) = (date(2026, 11, 16), date(2026, 11, 23));
        let began = Timestamp(MONDAY_NINE.0 - 20 * 24 * HOUR_US);
        let noon = MONDAY_NINE.after(Duration::from_secs(3 * 3_600));
        assert_eq!(
            last_over(MONDAY_NINE),
            date(2026, 11, 9),
            "on Baker Island it is Sunday"
        );
        assert_eq!(last_over(noon), before);
        assert_eq!(next_week(None, began, noon), Some(date(2026, 11, 2)));
        assert_eq!(next_week(None, noon, noon), None, "its first week has not passed");
        assert_eq!(next_week(Some(date(2026, 11, 9)), began, noon), Some(before));
        assert_eq!(next_week(Some(before), began, noon), None);
        assert_eq!(next_week(Some(this), began, noon), None, "the clock was set back");
        assert_eq!(
            next_week(Some(date(2026, 1, 5)), began, noon),
            Some(date(2026, 10, 26))
        );
    }

    #[test]
    fn what_overlaps_is_live_once_and_the_evening_is_outside() {
        let hours = Hours::new(Zone::utc(), Week::usual());
        let span = |from: i64, to: i64| {
            Span::between(
                Timestamp(MONDAY_NINE.0 + from * HOUR_US),
                Timestamp(MONDAY_NINE.0 + to * HOUR_US),
            )
            .unwrap()
        };
        let mut week = PersonWeek::default();
        add_live(&mut week, vec![span(1, 3), span(2, 4), span(7, 10)], &hours);
        assert_eq!(week.live, Duration::from_secs(6 * 3_600));
        assert_eq!(week.live_outside_hours, Duration::from_secs(2 * 3_600));
        let mut none = PersonWeek::default();
        add_live(&mut none, Vec::new(), &hours);
        assert_eq!(none, PersonWeek::default());
    }

    #[test]
    fn an_ask_counts_when_it_is_settled_or_over() {
        let at = |n: i64| Timestamp(MONDAY_NINE.0 + n * HOUR_US);
        for (due, settled, expected) in [
            (at(5), None, (0, 0)),
            (at(5), Some(at(1)), (1, 1)),
            (at(1), Some(at(2)), (1, 0)),
            (at(1), None, (1, 0)),
        ] {
            let mut week = PersonWeek::default();
            add_ask(&mut week, (due, settled), at(3));
            assert_eq!(
                (week.n_asks, week.n_answered_in_time),
                expected,
                "{due:?} {settled:?}"
            );
        }
    }
}
