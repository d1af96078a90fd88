//! Counts a week when it is over everywhere, for every team at once.
//!
//! Invariants: a week is counted once, whatever clock and process do: its row is written by whoever is first; what is read
//! about people is added up here and written nowhere; of teams that overlap only those are counted of which no sum and no
//! difference is about a few.

use crate::{
    model::{self, Error, Team, forgotten_before, next_week, remembered_from},
    reading,
    store::{self, CountedRow},
    wire::TeamFigures,
};
use base::{PersonId, Timestamp, WorkspaceId};
use jiff::civil::Date;
use platform::{
    app::App,
    db::{self, Tx},
    jobs::{Job, JobKind, Next},
};
use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};
use timing::numbers::{PersonWeek, Threshold, team_week};

/// How often somebody looks whether a week is over.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// People who are read about at once.
const AT_ONCE: usize = 200;
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Begins to count. Once, after the start.
pub fn keep(app: &App) {
    let this = app.clone();
    app.shutdown.spawn("numbers", async move {
        loop {
            if let Err(error) = count_due(&this).await {
                tracing::warn!(error = %platform::telemetry::chain(&error), "could not count a week; it will be tried again");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = this.shutdown.token.cancelled() => return,
            }
        }
    });
}

/// Counts all weeks that are over, and says how many that were; tests call it in place of waiting.
pub async fn count_due(app: &App) -> db::Result<usize> {
    let mut n_counted = 0;
    loop {
        let now = app.clock.now();
        let due = app.db.read(move |tx: &mut dyn Tx| find_due(tx, now)).await?;
        let Some((workspace, week)) = due else {
            return Ok(n_counted);
        };
        if app.shutdown.token.is_cancelled() {
            return Ok(n_counted);
        }
        count(app, workspace, week, now).await?;
        n_counted += 1;
    }
}

fn find_due(tx: &mut dyn Tx, now: Timestamp) -> db::Result<Option<(WorkspaceId, Date)>> {
    let Some(workspace) = accounts::find_workspace(tx)? else {
        return Ok(None);
    };
    let last = store::find_last_week(tx, workspace.id)?;
    let began = store::get_began(tx)?;
    Ok(next_week(last, began, now).map(|week| (workspace.id, week)))
}

async fn count(app: &App, workspace: WorkspaceId, week: Date, now: Timestamp) -> db::Result<()> {
    let read = move |tx: &mut dyn Tx| {
        let teams = store::list_teams(tx, workspace, (remembered_from(week), week))?;
        Ok::<_, db::Error>((teams, store::get_k(tx)?))
    };
    let (teams, k) = app.db.read(read).await?;
    let k = Threshold::at_least(usize::try_from(k).unwrap_or(usize::MAX));
    let shown = model::shown(&teams, k);
    let everybody: BTreeSet<PersonId> = shown.iter().flatten().flatten().copied().collect();
    let weeks = read_about(app, everybody.into_iter().collect(), week, now).await?;
    let rows: Vec<CountedRow> = teams
        .into_iter()
        .zip(shown)
        .map(|(team, people)| counted(&team, people, &weeks, k))
        .collect();
    let write = move |tx: &mut dyn Tx| {
        for row in &rows {
            store::put_week(tx, week, row)?;
        }
        Ok::<_, db::Error>(())
    };
    app.db.write(workspace, write).await?;
    tracing::info!(week = %week, "counted the week of {week}");
    Ok(())
}

/// A page at a time, so that nobody who writes waits for it.
async fn read_about(
    app: &App,
    everybody: Vec<PersonId>,
    week: Date,
    now: Timestamp,
) -> db::Result<HashMap<PersonId, PersonWeek>> {
    let mut weeks = HashMap::with_capacity(everybody.len());
    for some in everybody.chunks(AT_ONCE) {
        let some = some.to_vec();
        let read = move |tx: &mut dyn Tx| {
            let people = accounts::people(tx, &some)?;
            reading::list_weeks(tx, &people, week, now)
        };
        weeks.extend(app.db.read(read).await?);
    }
    Ok(weeks)
}

fn counted(
    team: &Team,
    people: Option<BTreeSet<PersonId>>,
    weeks: &HashMap<PersonId, PersonWeek>,
    k: Threshold,
) -> CountedRow {
    let shown = people.and_then(|people| {
        let rows = people.iter().map(|id| weeks.get(id).copied().unwrap_or_default());
        let week = team_week(&rows.collect::<Vec<_>>(), k)?;
        Some((people, figures(&week)))
    });
    CountedRow {
        id: team.id,
        kind: team.kind,
        shown,
    }
}

fn figures(week: &timing::numbers::TeamWeek) -> TeamFigures {
    TeamFigures {
        live_minutes_per_person: week.live_minutes_per_person,
        live_outside_percent: week.live_outside_hours_percent,
        upper_half_burden_percent: week.upper_half_burden_percent,
        answered_in_time_percent: week.answered_in_time_percent,
        n_interruptions: week.n_interruptions_in_focus,
        n_sent_outside_hours: week.n_sent_outside_hours,
        held_percent: week.held_percent,
        n_urgent: week.n_urgent,
        not_urgent_percent: week.not_urgent_percent,
    }
}

/// The kinds of jobs of this slice.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: "numbers.forget",
        run: forget_old,
        schedule: true,
    }]
}

/// Once a day: what is about one person goes after 35 days.
fn forget_old(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    store::drop_old(tx, now.before(model::KEPT), forgotten_before(now))?;
    Ok(Next::At(now.after(DAY)))
}

/// What a workspace may set the threshold to.
pub(crate) fn raise(tx: &mut dyn Tx, k: i64) -> Result<i64, Error> {
    let before = store::get_k(tx)?;
    if !(before..=model::K_MAX).contains(&k) {
        return Err(Error::Field {
            pointer: "/k",
            detail: "it can be raised up to 1,000, and never lowered",
        });
    }
    store::raise(tx, k)?;
    Ok(before)
}
