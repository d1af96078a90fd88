//! Handlers of messages.

use super::{page_limit, read_text};
use crate::{
    actions::{
        change::{self, Edit},
        forward::carry,
        get_message,
        post::{Post, Posted, post},
        removal::remove_message,
    },
    model::{Error, Text},
    people,
    store::{
        messages,
        pages::{self, Conversation},
    },
    wire::{EditMessage, Message, MessagePage, MessagePlace, NewMessage, RemoveMessage, Revision},
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{ChannelId, MessageId, Seq, TopicId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    journal,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::{ChannelAccess, access};

/// People listed under one reaction.
const REACTION_LIST_MAX: i64 = 200;

/// Which stretch of a conversation.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    before: Option<Seq>,
    after: Option<Seq>,
    around: Option<Seq>,
    topic: Option<TopicId>,
    limit: Option<i64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct History {
    items: Vec<Revision>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReactionPeople {
    people: Vec<Person>,
}

/// The newest messages of a conversation, or those around a place.
pub(crate) fn read_page(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    query: PageQuery,
) -> Result<MessagePage, Error> {
    let of = Conversation::of(access, query.topic);
    if let Some(topic) = query.topic {
        crate::actions::topics::get_topic(tx, access, topic)?;
    }
    let limit = page_limit(query.limit);
    let (mut found, has_older, has_newer) = match (query.before, query.after, query.around) {
        (_, Some(after), _) => after_place(tx, of, after, limit)?,
        (_, _, Some(around)) => around_place(tx, of, around, limit)?,
        (before, _, _) => before_place(tx, of, before.unwrap_or(Seq(i64::MAX)), limit)?,
    };
    pages::complete(tx, of, &mut found)?;
    let people = people::named_in(tx, &found)?;
    let groups = people::groups_named_in(tx, &found)?;
    let seq = journal::head(tx, access.id())?.unwrap_or_default();
    Ok(MessagePage {
        channel_id: access.id(),
        topic_id: query.topic,
        messages: found,
        has_older,
        has_newer,
        seq,
        people,
        groups,
    })
}

type Stretch = (Vec<Message>, bool, bool);

fn before_place(tx: &mut dyn Tx, of: Conversation, before: Seq, limit: i64) -> Result<Stretch, Error> {
    let mut found = pages::list_before(tx, of, before, limit + 1)?;
    let has_older = cut_front(&mut found, limit);
    let has_newer = before != Seq(i64::MAX) && !pages::list_after(tx, of, before.before(), 1)?.is_empty();
    Ok((found, has_older, has_newer))
}

fn after_place(tx: &mut dyn Tx, of: Conversation, after: Seq, limit: i64) -> Result<Stretch, Error> {
    let mut found = pages::list_after(tx, of, after, limit + 1)?;
    let has_newer = cut_back(&mut found, limit);
    let has_older = !pages::list_before(tx, of, after.next(), 1)?.is_empty();
    Ok((found, has_older, has_newer))
}

fn around_place(tx: &mut dyn Tx, of: Conversation, around: Seq, limit: i64) -> Result<Stretch, Error> {
    let half = (limit / 2).max(1);
    let mut found = pages::list_before(tx, of, around, half + 1)?;
    let has_older = cut_front(&mut found, half);
    let mut newer = pages::list_after(tx, of, around.before(), half + 1)?;
    let has_newer = cut_back(&mut newer, half);
    found.append(&mut newer);
    Ok((found, has_older, has_newer))
}

fn cut_front(found: &mut Vec<Message>, limit: i64) -> bool {
    let surplus = found.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
    found.drain(..surplus);
    surplus > 0
}

fn cut_back(found: &mut Vec<Message>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(0);
    let surplus = found.len() > limit;
    found.truncate(limit);
    surplus
}

/// The newest page of a channel's stream.
pub(crate) fn newest(limit: Option<i64>) -> PageQuery {
    PageQuery {
        before: None,
        after: None,
        around: None,
        topic: None,
        limit,
    }
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<MessagePage>, Problem> {
    let list = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        read_page(tx, &access, query)
    };
    Ok(Json(app.db.read(list).await?))
}

/// Checks and reads a message that is to be posted, before any transaction. What it carries on from elsewhere is found in the
/// transaction, by whoever posts it.
pub async fn read_new(new: NewMessage) -> Result<Post, Problem> {
    let text = match new.forward_id {
        Some(_) if new.text.trim().is_empty() => Text::nothing(),
        _ => read_text(new.text, !new.file_ids.is_empty()).await?,
    };
    Ok(Post {
        id: new.id,
        text,
        files: new.file_ids,
        topic: new.topic_id,
        quote: new.quote_id,
        everyone_ok: new.everyone_ok,
        words_ok: new.words_ok,
        forward: None,
        card: None,
    })
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let forward_id = new.forward_id;
    let new = read_new(new).await?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let Some(id) = forward_id else {
            return post(tx, &access, &new, now);
        };
        let carrying = Post {
            forward: Some(carry(tx, &who, id)?),
            ..new.clone()
        };
        post(tx, &access, &carrying, now)
    };
    Ok(match app.db.write(channel, write).await? {
        Posted::New(message) => (StatusCode::CREATED, Json(message)),
        Posted::Before(message) => (StatusCode::OK, Json(message)),
    })
}

pub(crate) async fn edit(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Json(new): Json<EditMessage>,
) -> Result<Json<Message>, Problem> {
    // Whether files are left to carry an empty text is known only inside the transaction.
    let edit = Edit {
        text: read_text(new.text, true).await?,
        files: new.file_ids,
        words_ok: new.words_ok,
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        change::edit(tx, &access, message, &edit, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn delete(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        change::delete(tx, &access, message, now)
    };
    app.db.write_freeing(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
    Json(order): Json<RemoveMessage>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let moderation = access::channel(tx, &who, channel)?.moderation()?;
        remove_message(tx, &moderation, message, order.reason.as_deref(), now)
    };
    app.db.write_freeing(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn history(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<Json<History>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        change::history(tx, &access, message)
    };
    Ok(Json(History {
        items: app.db.read(read).await?,
    }))
}

pub(crate) async fn react(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message, emoji)): Path<(ChannelId, MessageId, String)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        change::react(tx, &access, message, &emoji, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn unreact(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message, emoji)): Path<(ChannelId, MessageId, String)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        change::unreact(tx, &access, message, &emoji, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn reaction_people(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message, emoji)): Path<(ChannelId, MessageId, String)>,
) -> Result<Json<ReactionPeople>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let row = get_message(tx, &access, message)?;
        let people = messages::list_reaction_people(tx, &row, &emoji, REACTION_LIST_MAX)?;
        Ok::<_, Error>(spaces::people_named(tx, &people)?)
    };
    Ok(Json(ReactionPeople {
        people: app.db.read(read).await?,
    }))
}

/// Where a message stands, for links; hidden channels look like absent messages.
pub(crate) async fn place(
    State(app): State<App>,
    who: SignedIn,
    Path(message): Path<MessageId>,
) -> Result<Json<MessagePlace>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let channel = messages::find(tx, message)?.ok_or(Error::NotFound)?.channel;
        let access = access::channel(tx, &who, channel)?;
        let row = get_message(tx, &access, message)?;
        Ok::<_, Error>(MessagePlace {
            channel_id: access.id(),
            topic_id: row.topic,
            seq: row.seq,
        })
    };
    Ok(Json(app.db.read(read).await?))
}
