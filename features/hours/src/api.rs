//! Handlers of hours.

use crate::{
    events, holidays,
    model::{Error, FOCUS_MINUTES, field, next_at, reckon},
    reading,
    store::{self, HoursRow},
    wire::{
        BeginFocus, FocusNow, Holiday, HoursPreview, HoursView, OwnHours, PersonHours, Region, SaveHours,
        TimePolicy, Told, TryHours,
    },
};
use accounts::{Administrator, Deed, SignedIn, Subject, audit};
use axum::extract::State;
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use timing::delivery::{Decision, Notice, Why, decide};

/// What this slice writes down in the audit log.
pub(crate) const DEEDS: &[&str] = &["time_policy.changed"];
/// People who are asked about at once.
const IDS_MAX: usize = 100;

/// A list that has no further pages.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed<T> {
    items: Vec<T>,
}

pub(crate) async fn get(State(app): State<App>, who: SignedIn) -> Result<Json<HoursView>, Problem> {
    let now = app.clock.now();
    Ok(Json(app.db.read(move |tx| view(tx, who.person, now)).await?))
}

fn view(tx: &mut dyn Tx, me: PersonId, now: Timestamp) -> Result<HoursView, Error> {
    let person = accounts::find_person(tx, me)?.ok_or(Error::NotFound)?;
    let policy = store::get_policy(tx)?;
    let row = store::find(tx, me)?;
    let revision = row.as_ref().map_or(0, |row| row.revision);
    let focus = row.as_ref().and_then(|row| row.focus);
    Ok(HoursView {
        hours: row
            .and_then(|row| row.hours)
            .unwrap_or_else(|| OwnHours::undeclared(&policy)),
        revision,
        focus_now: focus.filter(|focus| focus.until > now),
        time_zone: person.time_zone,
    })
}

pub(crate) async fn save(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<SaveHours>,
) -> Result<Json<HoursView>, Problem> {
    let hours = new.hours.clean("/hours", who.person)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        check_people(tx, &who, &hours)?;
        let revision = store::find(tx, who.person)?.map_or(0, |row| row.revision);
        if revision != new.revision {
            return Err(Error::Changed(revision));
        }
        store::save(tx, who.person, revision + 1, &hours)?;
        events::hours_changed(tx, who.person, revision + 1, now)?;
        view(tx, who.person, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

/// Deputies and those who get through are people whom this person may see.
fn check_people(tx: &mut dyn Tx, who: &SignedIn, hours: &OwnHours) -> Result<(), Error> {
    let deputies = hours.days_off.iter().filter_map(|day| day.deputy_id);
    let mut named: Vec<PersonId> = deputies.chain(hours.focus_allowed.iter().copied()).collect();
    named.sort_unstable();
    named.dedup();
    let n_seen = spaces::people_visible(tx, who, &named)?.len();
    if n_seen != named.len() {
        return Err(field("/hours", "somebody named in it is not there"));
    }
    Ok(())
}

pub(crate) async fn preview(
    State(app): State<App>,
    who: SignedIn,
    Json(asked): Json<TryHours>,
) -> Result<Json<HoursPreview>, Problem> {
    let own = asked.hours.clean("/hours", who.person)?;
    if !(1..=7).contains(&asked.weekday) || asked.minute >= 1_440 {
        return Err(field("/weekday", "a weekday from 1 to 7, and a minute of a day").into());
    }
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| accounts::find_person(tx, who.person)?.ok_or(Error::NotFound);
    let person = app.db.read(read).await?;
    let hours = reckon(&person.time_zone, &own, None);
    let at = next_at(hours.zone(), (asked.weekday, asked.minute), now).ok_or(Error::NotFound)?;
    let told = |urgent: bool| {
        let notice = Notice {
            sender: None,
            due: None,
            urgent,
            consented: urgent && own.urgent_rings,
            muted: false,
        };
        shown(decide(&notice, own.profile.into(), &hours, at))
    };
    Ok(Json(HoursPreview {
        at,
        urgent: told(true),
        others: told(false),
    }))
}

fn shown(decision: Decision) -> Told {
    match decision {
        Decision::Now => Told::Now,
        Decision::Batch(until) => Told::Batch { until },
        Decision::Hold(until, Why::Focus) => Told::Focus { until },
        Decision::Hold(until, Why::Quiet) => Told::Quiet { until },
        Decision::Silent => Told::Never,
    }
}

pub(crate) async fn begin_focus(
    State(app): State<App>,
    who: SignedIn,
    Json(begin): Json<BeginFocus>,
) -> Result<Json<HoursView>, Problem> {
    if !FOCUS_MINUTES.contains(&begin.minutes) {
        return Err(field("/minutes", "between 5 minutes and 12 hours").into());
    }
    let from = app.clock.now();
    let until = from.after(Duration::from_secs(u64::from(begin.minutes) * 60));
    set_focus(&app, who, Some(FocusNow { from, until })).await
}

pub(crate) async fn end_focus(State(app): State<App>, who: SignedIn) -> Result<Json<HoursView>, Problem> {
    set_focus(&app, who, None).await
}

async fn set_focus(app: &App, who: SignedIn, focus: Option<FocusNow>) -> Result<Json<HoursView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let before = store::find(tx, who.person)?;
        let goes_on = |row: &HoursRow| row.focus.is_some();
        if focus.is_some() || before.as_ref().is_some_and(goes_on) {
            store::set_focus(tx, who.person, focus)?;
            events::hours_changed(tx, who.person, before.map_or(0, |row| row.revision), now)?;
        }
        view(tx, who.person, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleQuery {
    /// Up to 100 ids, separated by commas. Whom I may not see is left out.
    ids: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<PeopleQuery>,
) -> Result<Json<Listed<PersonHours>>, Problem> {
    let ids = query.ids.split(',').filter(|id| !id.is_empty()).map(str::parse);
    let ids: Vec<PersonId> = ids
        .collect::<Result<_, _>>()
        .map_err(|_| Problem::invalid("/ids", "ids are UUIDs, separated by commas"))?;
    if ids.len() > IDS_MAX {
        return Err(Problem::invalid("/ids", "at most 100 people at once"));
    }
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let mut people = spaces::people_visible(tx, &who, &ids)?;
        people.retain(|person| !person.bot && !person.deactivated && !person.link_guest);
        Ok::<_, Error>(reading::list_shown(tx, &people, now)?)
    };
    let items = app.db.read(read).await?;
    Ok(Json(Listed { items }))
}

pub(crate) async fn list_regions(_: SignedIn) -> Json<Listed<Region>> {
    Json(Listed {
        items: holidays::regions(),
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolidaysQuery {
    /// A country, or a part of one.
    region: String,
    /// 2026 to 2035.
    year: i16,
}

pub(crate) async fn list_holidays(
    _: SignedIn,
    Query(query): Query<HolidaysQuery>,
) -> Result<Json<Listed<Holiday>>, Problem> {
    let items = holidays::of_year(&query.region, query.year).ok_or_else(Problem::not_found)?;
    Ok(Json(Listed { items }))
}

pub(crate) async fn get_policy(State(app): State<App>, _: SignedIn) -> Result<Json<TimePolicy>, Problem> {
    Ok(Json(app.db.read(|tx: &mut dyn Tx| store::get_policy(tx)).await?))
}

pub(crate) async fn put_policy(
    State(app): State<App>,
    who: Administrator,
    Json(new): Json<TimePolicy>,
) -> Result<Json<TimePolicy>, Problem> {
    let policy = new.clean()?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let before = store::get_policy(tx)?;
        store::put_policy(tx, &policy)?;
        let none = || "none".to_owned();
        let deed = Deed::new(who, "time_policy.changed", Subject::named("time_policy", ""))
            .changed(
                "holidays",
                before.holidays.unwrap_or_else(none),
                policy.holidays.clone().unwrap_or_else(none),
            )
            .changed(
                "no_meeting_days",
                days(&before.no_meeting_days),
                days(&policy.no_meeting_days),
            )
            .changed("silent_first", before.silent_first, policy.silent_first)
            .changed("n_work_lines", before.work.len(), policy.work.len());
        audit::record(tx, &deed, now)?;
        if let Some(workspace) = accounts::find_workspace(tx)? {
            events::time_policy_changed(tx, workspace.id, (who.0.person, now))?;
        }
        Ok::<_, Error>(policy.clone())
    };
    Ok(Json(app.db.write(who.0.person, write).await?))
}

fn days(days: &[u8]) -> String {
    let days: Vec<String> = days.iter().map(u8::to_string).collect();
    days.join(", ")
}
