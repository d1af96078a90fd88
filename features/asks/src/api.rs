//! Handlers of asks.

use crate::{
    actions::{moving, open},
    gone,
    model::{AskRow, Error, field},
    reading::{self, BEGINNING, STRETCH_MAX, Wanted},
    store::Cursor,
    wire::{
        AskCounts, AskKind, AskMessage, AskMissing, AskMove, AskNeeds, AskPage, AskPreview, AskSide, AskView,
        AskWordLists, AskWords, AskedMessage, ChannelAsks, NewAsk,
    },
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp, TopicId};
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
use serde::Deserialize;
use spaces::{ChannelAccess, access};

/// Asks of a page when nothing else is asked.
const PAGE_DEFAULT: i64 = 50;

/// Which stretch of a channel.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StretchQuery {
    /// From the first place on, when it is not said.
    from: Option<Seq>,
    /// At most 200 places; so many, when it is not said.
    to: Option<Seq>,
}

/// What would be asked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewQuery {
    /// Up to 50 ids, separated by commas.
    people: Option<String>,
    /// A question, when it is not said.
    kind: Option<AskKind>,
    topic: Option<TopicId>,
    by: Option<Timestamp>,
}

/// Which asks of mine.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    side: AskSide,
    after: Option<String>,
    limit: Option<i64>,
}

/// After whom the page begins.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingQuery {
    after: Option<PersonId>,
}

fn view(tx: &mut dyn Tx, access: &ChannelAccess, ask: &AskRow) -> Result<AskView, Error> {
    let ask = ask.seen_by(Some(access.person()));
    let people = reading::people_in(tx, std::iter::once(&ask), [])?;
    Ok(AskView { ask, people })
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<AskMessage>,
) -> Result<(StatusCode, Json<AskedMessage>), Problem> {
    if new.message.forward_id.is_some() {
        let refused = field(
            "/message/forward_id",
            "ask with words of your own, and quote or link the other message",
        );
        return Err(refused.into());
    }
    let post = messages::read_new(new.message).await?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        open::post_ask_in(tx, &access, (&post, &new.ask), new.topic.as_ref(), now)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn put(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Json(new): Json<NewAsk>,
) -> Result<(StatusCode, Json<AskView>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ask = open::ask_with(tx, &access, (message, &new), now)?;
        let people = reading::people_in(tx, std::iter::once(&ask), [])?;
        Ok::<_, Error>(AskView { ask, people })
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<AskView>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ask = reading::get(tx, &access, message)?;
        view(tx, &access, &ask)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn make_move(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Json(made): Json<AskMove>,
) -> Result<Json<AskView>, Problem> {
    let made = made.clean()?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ask = moving::make(tx, &access, (message, &made), now)?;
        view(tx, &access, &ask)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn remind(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<AskView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ask = moving::remind(tx, &access, message, now)?;
        view(tx, &access, &ask)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn missing(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Query(query): Query<MissingQuery>,
) -> Result<Json<AskMissing>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        reading::missing(tx, &access, (message, query.after))
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list_of_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<StretchQuery>,
) -> Result<Json<ChannelAsks>, Problem> {
    let from = query.from.unwrap_or(Seq(1));
    let to = query.to.unwrap_or(Seq(from.0.saturating_add(STRETCH_MAX - 1)));
    if to.0.saturating_sub(from.0) >= STRETCH_MAX {
        return Err(field("/to", "a stretch is at most 200 places long").into());
    }
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let asks = reading::list_between(tx, &access, (from, to))?;
        let people = reading::people_in(tx, asks.iter(), [])?;
        Ok::<_, Error>(ChannelAsks { asks, people })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn preview(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<PreviewQuery>,
) -> Result<Json<AskPreview>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ids = query.people.as_deref().unwrap_or_default().split(',');
        let people: Result<Vec<PersonId>, _> = ids.filter(|id| !id.is_empty()).map(str::parse).collect();
        let new = NewAsk {
            kind: query.kind.unwrap_or(AskKind::Question),
            everyone: false,
            needs: AskNeeds::Any,
            by: query.by,
            people: people.map_err(|_| field("/people", "ids are UUIDs, separated by commas"))?,
        };
        let new = new.clean("", who.person, now)?;
        let wanted = Wanted {
            people: &new.people,
            kind: new.kind,
            topic: query.topic,
            by: new.by,
        };
        reading::preview(tx, &access, &wanted, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Json<AskPage>, Problem> {
    let after = match query.after.as_deref() {
        None => BEGINNING,
        Some(text) => parse_cursor(text).ok_or_else(|| field("/after", "is not where a page ended"))?,
    };
    let limit = query.limit.unwrap_or(PAGE_DEFAULT);
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let listed = reading::list(tx, (who.person, query.side), after, limit)?;
        let gone = match query.after.is_some() {
            true => Vec::new(),
            false => gone::list(tx, (who.person, query.side), now)?,
        };
        let askers = gone.iter().map(|gone| gone.asker_id);
        let people = reading::people_in(tx, listed.items.iter().map(|item| &item.ask), askers)?;
        Ok::<_, Error>(AskPage {
            items: listed.items,
            next: listed.next.map(show_cursor),
            gone,
            people,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

fn show_cursor((at, id): Cursor) -> String {
    format!("{}.{}", at.0, id.0)
}

fn parse_cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp(at.parse().ok()?), id.parse().ok()?))
}

pub(crate) async fn count(State(app): State<App>, who: SignedIn) -> Result<Json<AskCounts>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| reading::count(tx, who.person, now);
    Ok(Json(app.db.read(read).await?))
}

/// Nothing is looked up: the lists come with the program.
pub(crate) async fn words(_: SignedIn) -> Json<AskWordLists> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let lists = timing::detect::LISTS.iter().map(|list| AskWords {
        language: list.language.to_owned(),
        openings: owned(list.openings),
        requests: owned(list.requests),
        confusion: owned(list.confusion),
    });
    Json(AskWordLists {
        lists: lists.collect(),
    })
}
