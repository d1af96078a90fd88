//! Handlers of meetings.

use crate::{
    actions::{self, MeetingAccess},
    costs,
    guest_api::check_letters,
    guests,
    model::{Error, MINUTES, PAGE, WINDOW_MAX, check_window, clean_guests, clean_people},
    park, poll_api, slots, store,
    wire::{
        AnswerMeeting, ChangeMeeting, FindSlots, Meeting, MeetingHours, MeetingPage, MeetingPreview,
        MeetingView, NewMeeting, SlotList, TryMeeting,
    },
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MeetingId, PersonId, ScopeId, SpaceId, TimePollId, Timestamp};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::access;
use std::{collections::HashMap, time::Duration};
use timing::span::Span;

/// People whose hours are shown at once.
const IDS_MAX: usize = 100;
/// The window in which hours are shown.
const HOURS_MAX: Duration = Duration::from_secs(15 * 24 * 3600);

/// The window in which a time is looked for.
const SLOTS_WITHIN_MAX: Duration = Duration::from_secs(31 * 24 * 3600);

/// A list that has no further pages.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed<T> {
    items: Vec<T>,
}

pub(crate) fn view(
    tx: &mut dyn Tx,
    (who, now): (&SignedIn, Timestamp),
    access: MeetingAccess,
) -> Result<MeetingView, Error> {
    let park = park::find_hint(tx, who, &access, now)?;
    let people = spaces::people_named(tx, &named([&access.meeting]))?;
    let guests = guests::shown(tx, &access)?;
    Ok(MeetingView {
        meeting: access.meeting,
        people,
        guests,
        can_change: access.can_change,
        park,
    })
}

fn named<'m>(meetings: impl IntoIterator<Item = &'m Meeting>) -> Vec<PersonId> {
    let people = meetings.into_iter().flat_map(|meeting| &meeting.people);
    let mut ids: Vec<PersonId> = people.map(|person| person.person_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// The window, at most 62 days: what touches it is listed.
    from: Timestamp,
    /// Its end.
    to: Timestamp,
    /// The meeting on which the last page ended.
    after: Option<MeetingId>,
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Json<MeetingPage>, Problem> {
    let window = check_window(Span::between(query.from, query.to), WINDOW_MAX)?;
    let read = move |tx: &mut dyn Tx| {
        let after = match query.after {
            Some(id) => {
                let meeting = store::find(tx, id)?.ok_or(Error::NotFound)?;
                Some((meeting.starts_at, id))
            }
            None => None,
        };
        let mut items = store::list_of(tx, who.person, window, after)?;
        let is_full = i64::try_from(items.len()).is_ok_and(|n| n >= PAGE);
        let next = items.last().filter(|_| is_full).map(|meeting| meeting.id);
        retain_visible(tx, &who, &mut items)?;
        let people = spaces::people_named(tx, &named(&items))?;
        Ok::<_, Error>(MeetingPage { items, people, next })
    };
    Ok(Json(app.db.read(read).await?))
}

/// Who cannot see any more where a meeting belongs does not see the meeting.
fn retain_visible(tx: &mut dyn Tx, who: &SignedIn, items: &mut Vec<Meeting>) -> Result<(), Error> {
    let mut channels: HashMap<ChannelId, bool> = HashMap::new();
    let mut spaces: HashMap<SpaceId, bool> = HashMap::new();
    for meeting in items.iter() {
        if let Some(channel) = meeting.channel_id {
            channels.insert(channel, false);
        } else if let Some(space) = meeting.space_id {
            spaces.insert(space, false);
        }
    }
    if !channels.is_empty() {
        for id in access::readable_channels(tx, who)?.ids() {
            channels.entry(id).and_modify(|is_readable| *is_readable = true);
        }
    }
    for (id, is_visible) in &mut spaces {
        *is_visible = match access::space(tx, who, *id) {
            Ok(_) => true,
            Err(spaces::Error::NotFound) => false,
            Err(error) => return Err(error.into()),
        };
    }
    let sees = |meeting: &Meeting| match (meeting.channel_id, meeting.space_id) {
        (Some(channel), _) => channels.get(&channel).copied().unwrap_or(false),
        (None, Some(space)) => spaces.get(&space).copied().unwrap_or(false),
        (None, None) => true,
    };
    items.retain(sees);
    Ok(())
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
) -> Result<Json<MeetingView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewMeeting>,
) -> Result<(StatusCode, Json<MeetingView>), Problem> {
    let new = NewMeeting {
        words: new.words.clean("/words")?,
        guests: clean_guests(&new.guests, "/guests")?,
        ..new
    };
    let n_wishes = match new.time_poll_id {
        Some(id) => poll_api::count_letters(&app, &who, id).await?,
        None => 0,
    };
    check_letters(&app, &who, new.guests.len() + n_wishes)?;
    let span = new.time.span("/time")?;
    let now = app.clock.now();
    let time_poll = new.time_poll_id;
    let write = move |tx: &mut dyn Tx| {
        actions::propose(tx, &who, (&new, span), now)?;
        let access = actions::access(tx, &who, new.id)?;
        view(tx, (&who, now), access)
    };
    let lane = new_lane(&who, time_poll);
    let made = app.db.write(lane, write).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// What comes of a question when people can goes the way of that question.
fn new_lane(who: &SignedIn, time_poll: Option<TimePollId>) -> ScopeId {
    time_poll.map_or(ScopeId::from(who.person), poll_api::lane)
}

/// How far ahead it is said that a meeting is near.
const SOON: Duration = Duration::from_secs(30 * 60);

pub(crate) async fn list_soon(State(app): State<App>, who: SignedIn) -> Result<Json<MeetingPage>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let mut items = Vec::new();
        for id in store::soon::list_told(tx, who.person, (now, now.after(SOON)))? {
            items.extend(store::find(tx, id)?);
        }
        retain_visible(tx, &who, &mut items)?;
        let people = spaces::people_named(tx, &named(&items))?;
        Ok::<_, Error>(MeetingPage {
            items,
            people,
            next: None,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

/// All that changes one meeting goes one way, and all that changes one series.
pub(crate) async fn lane(app: &App, id: MeetingId) -> Result<ScopeId, Problem> {
    let find = move |tx: &mut dyn Tx| store::find_series(tx, id).map_err(Error::from);
    let series = app.db.read(find).await?;
    Ok(ScopeId(series.unwrap_or(id).0))
}

/// Of a series.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowingQuery {
    /// The meetings after it, too.
    following: Option<bool>,
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
    Json(change): Json<ChangeMeeting>,
) -> Result<Json<MeetingView>, Problem> {
    let words = change.words.map(|words| words.clean("/words")).transpose()?;
    let change = ChangeMeeting { words, ..change };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        actions::change(tx, &who, (id, &change), now)?;
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.write(lane(&app, id).await?, write).await?))
}

pub(crate) async fn answer(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
    Json(given): Json<AnswerMeeting>,
) -> Result<Json<MeetingView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        actions::answer(tx, &access, (given.answer, given.following), now)?;
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.write(lane(&app, id).await?, write).await?))
}

pub(crate) async fn cancel(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
    Query(query): Query<FollowingQuery>,
) -> Result<Json<MeetingView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        actions::cancel(tx, &access, query.following == Some(true), now)?;
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.write(lane(&app, id).await?, write).await?))
}

/// Why I want to hear of it no more.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParkQuery {
    /// I wrote it down; else I said no, and after two noes such hints rest for 30 days.
    parked: Option<bool>,
}

pub(crate) async fn end_park(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
    Query(query): Query<ParkQuery>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let ended = match query.parked {
        Some(true) => park::Ended::Parked,
        _ => park::Ended::Waved,
    };
    let write = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        park::end(tx, &access, ended, now)
    };
    app.db.write(lane(&app, id).await?, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn preview(
    State(app): State<App>,
    who: SignedIn,
    Json(asked): Json<TryMeeting>,
) -> Result<Json<MeetingPreview>, Problem> {
    let span = asked.time.span("/time")?;
    let people = clean_people(who.person, &asked.people, "/people")?;
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let people = actions::only_visible(tx, &who, &people)?;
        Ok::<_, Error>(costs::preview(tx, (&asked, span), &people, now)?)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn find_slots(
    State(app): State<App>,
    who: SignedIn,
    Json(asked): Json<FindSlots>,
) -> Result<Json<SlotList>, Problem> {
    if !MINUTES.contains(&asked.minutes) {
        return Err(Problem::invalid("/minutes", "between 5 minutes and 12 hours"));
    }
    let people = clean_people(who.person, &asked.people, "/people")?;
    let from = asked.from.max(app.clock.now());
    let window = check_window(Span::between(from, asked.to), SLOTS_WITHIN_MAX)?;
    let read = move |tx: &mut dyn Tx| {
        let people = actions::only_visible(tx, &who, &people)?;
        Ok::<_, Error>(slots::find_slots(tx, (&asked, window), &people)?)
    };
    Ok(Json(app.db.read(read).await?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursQuery {
    /// Up to 100 ids, separated by commas. Whom I may not see is left out.
    ids: String,
    /// The window, at most 15 days.
    from: Timestamp,
    /// Its end.
    to: Timestamp,
}

pub(crate) async fn list_hours(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<HoursQuery>,
) -> Result<Json<Listed<MeetingHours>>, Problem> {
    let ids = query.ids.split(',').filter(|id| !id.is_empty()).map(str::parse);
    let ids: Vec<PersonId> = ids
        .collect::<Result<_, _>>()
        .map_err(|_| Problem::invalid("/ids", "ids are UUIDs, separated by commas"))?;
    if ids.len() > IDS_MAX {
        return Err(Problem::invalid("/ids", "at most 100 people at once"));
    }
    let window = check_window(Span::between(query.from, query.to), HOURS_MAX)?;
    let read = move |tx: &mut dyn Tx| {
        let mut people = spaces::people_visible(tx, &who, &ids)?;
        people.retain(|person| !person.bot && !person.deactivated && !person.link_guest);
        let people: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let known = costs::know(tx, &people)?;
        let shown = people.iter().filter_map(|id| known.shown(*id, window));
        Ok::<_, Error>(Listed {
            items: shown.collect(),
        })
    };
    Ok(Json(app.db.read(read).await?))
}
