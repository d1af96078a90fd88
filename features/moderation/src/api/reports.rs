//! Handlers of reports.

use crate::{
    actions,
    model::{Error, State as ReportState, page_limit},
    store::reports::{self as store, ReportRow, Wanted},
    wire::{
        ModeratedPlace, ModerationState, NewReport, OwnReport, OwnReportPage, Report, ReportPage, ReportVoice,
    },
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{ChannelId, MessageId, PersonId, ReportId};
use http::StatusCode;
use messages::RemoveMessage;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::{ModeratedChannels, access};
use std::collections::{BTreeSet, HashMap};

/// Which page of which reports.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportQuery {
    state: Option<ReportState>,
    channel: Option<ChannelId>,
    before: Option<ReportId>,
    limit: Option<i64>,
}

/// Which page of my own.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnQuery {
    before: Option<MessageId>,
    limit: Option<i64>,
}

pub(crate) async fn report(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Json(new): Json<NewReport>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::report(tx, &access, (message, &new), now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn state(State(app): State<App>, who: SignedIn) -> Result<Json<ModerationState>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let moderated = access::moderated_channels(tx, &who)?;
        let n_open_reports = store::count_open(tx, &moderated)?;
        Ok::<_, Error>(ModerationState { n_open_reports })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<ReportQuery>,
) -> Result<Json<ReportPage>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let moderated = access::moderated_channels(tx, &who)?;
        if let Some(channel) = query.channel {
            moderated.one(channel)?;
        }
        let limit = page_limit(query.limit);
        let wanted = Wanted {
            state: query.state.unwrap_or(ReportState::Open),
            channel: query.channel,
            before: query.before,
        };
        let mut rows = store::list(tx, &moderated, wanted, limit + 1)?;
        let has_more = rows.len() as i64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or(0));
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        page(tx, &moderated, rows, next)
    };
    Ok(Json(app.db.read(read).await?))
}

fn page(
    tx: &mut dyn Tx,
    moderated: &ModeratedChannels,
    rows: Vec<ReportRow>,
    next: Option<ReportId>,
) -> Result<ReportPage, Error> {
    let ids: Vec<ReportId> = rows.iter().map(|row| row.id).collect();
    let mut voices = store::list_voices(tx, &ids)?;
    let named: BTreeSet<PersonId> = rows
        .iter()
        .flat_map(|row| named_in(row, voices.get(&row.id).map_or(&[], Vec::as_slice)))
        .collect();
    let people = spaces::people_named(tx, &named.into_iter().collect::<Vec<_>>())?;
    let items = rows.into_iter().map(|row| Report {
        id: row.id,
        message_id: row.message,
        place: ModeratedPlace::new(moderated, row.place, row.topic),
        author_id: row.author,
        text: plain(&row.text, &people),
        gone: row.is_gone,
        words: row
            .words
            .and_then(|words| serde_json::from_str(&words).ok())
            .unwrap_or_default(),
        opened_at: row.opened_at,
        voices: voices.remove(&row.id).unwrap_or_default(),
        handled: row.handled,
    });
    Ok(ReportPage {
        items: items.collect(),
        next,
        people,
    })
}

fn named_in(row: &ReportRow, voices: &[ReportVoice]) -> Vec<PersonId> {
    let mentioned = markup::mentions_in_text(&row.text).people;
    let mut named: Vec<PersonId> = mentioned.into_iter().map(PersonId).collect();
    named.push(row.author);
    named.extend(row.handled.map(|handled| handled.by));
    named.extend(voices.iter().map(|voice| voice.person_id));
    named
}

/// What a message said, for those who may not see it in its place: without markup, and people by their names.
fn plain(text: &str, people: &[Person]) -> String {
    let names: HashMap<uuid::Uuid, &str> = people
        .iter()
        .map(|person| (person.id.0, person.name.as_str()))
        .collect();
    markup::plain(&markup::tree_of(text), &|id| {
        names.get(&id).copied().unwrap_or_default().to_owned()
    })
}

/// Where a report is handled: on the lane of its channel, like everything that is said there.
async fn channel_of(app: &App, id: ReportId) -> Result<ChannelId, Error> {
    let found = app.db.read(move |tx: &mut dyn Tx| store::find(tx, id)).await?;
    found.map(|facts| facts.channel).ok_or(Error::NotFound)
}

pub(crate) async fn dismiss(
    State(app): State<App>,
    who: SignedIn,
    Path(report): Path<ReportId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let lane = channel_of(&app, report).await?;
    let write = move |tx: &mut dyn Tx| actions::dismiss(tx, &who, report, now);
    app.db.write(lane, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path(report): Path<ReportId>,
    Json(order): Json<RemoveMessage>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let lane = channel_of(&app, report).await?;
    let write = move |tx: &mut dyn Tx| actions::remove(tx, &who, (report, order.reason.as_deref()), now);
    app.db.write_freeing(lane, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_own(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<OwnQuery>,
) -> Result<Json<OwnReportPage>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let limit = page_limit(query.limit);
        let mut rows = store::list_own(tx, who.person, query.before, limit + 1)?;
        let has_more = rows.len() as i64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or(0));
        Ok::<_, Error>(OwnReportPage {
            next: rows.last().filter(|_| has_more).map(|row| row.message),
            items: rows
                .into_iter()
                .map(|row| OwnReport {
                    message_id: row.message,
                    channel_id: row.channel,
                    reason: row.reason,
                    at: row.at,
                    handled: row.is_handled,
                })
                .collect(),
        })
    };
    Ok(Json(app.db.read(read).await?))
}
