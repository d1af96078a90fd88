//! Handlers of pins and of what a person keeps for later.

use super::page_limit;
use crate::{
    actions::keeping,
    model::Error,
    people,
    store::{
        keeping as store,
        pages::{self, Conversation},
    },
    wire::{Message, Pin, Pins, Saved, SavedPage},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId, PersonId, Seq, Timestamp};
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
use spaces::access;
use std::collections::{BTreeMap, HashMap};

/// Which page of what is kept.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedQuery {
    before: Option<Timestamp>,
    limit: Option<i64>,
}

/// These messages as a page would show them, by their ids.
fn read_messages(
    tx: &mut dyn Tx,
    reader: PersonId,
    channel: ChannelId,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, Message>, Error> {
    let mut found = pages::list_some(tx, channel, ids)?;
    for message in &mut found {
        let of = Conversation {
            channel,
            topic: message.topic_id,
            reader,
            after: Seq(0),
        };
        pages::complete(tx, of, std::slice::from_mut(message))?;
    }
    Ok(found.into_iter().map(|message| (message.id, message)).collect())
}

pub(crate) async fn list_pins(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<Pins>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let rows = store::list_pins(tx, access.id())?;
        let ids: Vec<MessageId> = rows.iter().map(|row| row.message).collect();
        let mut messages = read_messages(tx, access.person(), access.id(), &ids)?;
        let items: Vec<Pin> = rows
            .into_iter()
            .filter_map(|row| {
                Some(Pin {
                    message: messages.remove(&row.message)?,
                    pinned_by: row.by,
                    pinned_at: row.at,
                })
            })
            .collect();
        let shown: Vec<Message> = items.iter().map(|pin| pin.message.clone()).collect();
        let mut people = people::named_in(tx, &shown)?;
        let pinned_by = items.iter().map(|pin| pin.pinned_by).collect();
        people.extend(people::of_ids(tx, pinned_by)?);
        let groups = people::groups_named_in(tx, &shown)?;
        Ok::<_, Error>(Pins {
            items,
            people,
            groups,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn pin(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        keeping::pin(tx, &access, message, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn unpin(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        keeping::unpin(tx, &access, message, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn save(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        keeping::save(tx, &access, message, now)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn unsave(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, message)): Path<(ChannelId, MessageId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        keeping::unsave(tx, &access, message, now)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the person keeps, from channels that they may read now.
pub(crate) async fn list_saved(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<SavedQuery>,
) -> Result<Json<SavedPage>, Problem> {
    let limit = page_limit(query.limit);
    let read = move |tx: &mut dyn Tx| {
        let before = query.before.unwrap_or(Timestamp(i64::MAX));
        let rows = store::list_saved(tx, who.person, before, limit)?;
        let full = i64::try_from(rows.len()).is_ok_and(|n| n >= limit);
        let next = rows.last().filter(|_| full).map(|last| last.at);
        let mut by_channel: BTreeMap<ChannelId, Vec<MessageId>> = BTreeMap::new();
        for row in &rows {
            by_channel.entry(row.channel).or_default().push(row.message);
        }
        let mut messages = HashMap::new();
        for (channel, ids) in by_channel {
            messages.extend(read_messages(tx, who.person, channel, &ids)?);
        }
        let items: Vec<Saved> = rows
            .into_iter()
            .filter_map(|row| {
                Some(Saved {
                    message: messages.remove(&row.message)?,
                    saved_at: row.at,
                })
            })
            .collect();
        let shown: Vec<Message> = items.iter().map(|saved| saved.message.clone()).collect();
        let people = people::named_in(tx, &shown)?;
        let groups = people::groups_named_in(tx, &shown)?;
        Ok::<_, Error>(SavedPage {
            items,
            next,
            people,
            groups,
        })
    };
    Ok(Json(app.db.read(read).await?))
}
