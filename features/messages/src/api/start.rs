//! The one snapshot with which the app begins, and one row of it.

use super::messages::{newest, read_page};
use crate::{
    levels::store as levels,
    model::Error,
    people,
    store::{reading, slow, topics},
    wire::{ChannelRow, Counts, MessagePage, Start, UnreadTopic},
};
use accounts::SignedIn;
use axum::{extract::State, response::IntoResponse};
use base::{ChannelId, ScopeId, Seq, Timestamp};
use http::{HeaderMap, header::SET_COOKIE};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    journal,
    openapi::Answered,
    realtime::Principal,
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::{ChannelKind, ChannelView, access};
use std::{collections::HashMap, time::Duration};

/// With which channel the app begins.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartQuery {
    channel: Option<ChannelId>,
    limit: Option<i64>,
}

/// When somebody last wrote: anybody, and I myself where people wait between their messages.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    at: Option<Timestamp>,
    mine: Option<Timestamp>,
}

fn row(view: ChannelView, head: Seq, last: Last, counts: Counts, topics: Vec<UnreadTopic>) -> ChannelRow {
    let pause = u64::try_from(view.channel.slow_s).unwrap_or_default();
    let waits = pause > 0 && !view.can_manage;
    let slow_until = last
        .mine
        .filter(|_| waits)
        .map(|mine| mine.after(Duration::from_secs(pause)));
    let n_mentions = match view.channel.kind {
        ChannelKind::Direct => counts.n_unread,
        _ => counts.n_mentions,
    };
    ChannelRow {
        view,
        head,
        counts: Counts { n_mentions, ..counts },
        last_at: last.at,
        topics,
        slow_until,
    }
}

fn read_rows(
    tx: &mut dyn Tx,
    who: &SignedIn,
    heads: &HashMap<ScopeId, Seq>,
) -> Result<Vec<ChannelRow>, Error> {
    let mut counts = reading::list_counts(tx, who.person)?;
    let mut topics = reading::list_unread_topics(tx, who.person)?;
    let newest = reading::list_newest(tx, who.person)?;
    let mine = slow::list_last(tx, who.person)?;
    let views = spaces::my_channels(tx, who)?;
    let rows = views.into_iter().map(|view| {
        let id = view.channel.id;
        let head = heads.get(&id.into()).copied().unwrap_or_default();
        row(
            view,
            head,
            Last {
                at: newest.get(&id).copied(),
                mine: mine.get(&id).copied(),
            },
            counts.remove(&id).unwrap_or_default(),
            topics.remove(&id).unwrap_or_default(),
        )
    });
    Ok(rows.collect())
}

fn read_newest(tx: &mut dyn Tx, who: &SignedIn, query: StartQuery) -> Result<Option<MessagePage>, Error> {
    let Some(channel) = query.channel else {
        return Ok(None);
    };
    match access::channel(tx, who, channel) {
        Ok(access) => Ok(Some(read_page(tx, &access, newest(query.limit))?)),
        Err(spaces::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn read_start(tx: &mut dyn Tx, who: &SignedIn, query: StartQuery) -> Result<Start, Error> {
    let principal = Principal {
        person: who.person,
        session: who.session,
    };
    let scopes = (spaces::gate().scopes)(tx, principal)?.ok_or(Error::NotFound)?;
    let cursors: HashMap<ScopeId, Seq> = scopes.into_iter().collect();
    let channels = read_rows(tx, who, &cursors)?;
    let page = read_newest(tx, who, query)?;
    let directs = channels
        .iter()
        .flat_map(|row| row.view.channel.people.iter().copied())
        .collect();
    Ok(Start {
        me: accounts::get_me(tx, who.person)?,
        workspace: accounts::find_workspace(tx)?.ok_or(Error::NotFound)?,
        spaces: spaces::my_spaces(tx, who)?,
        may_upload: match who.is_link_guest {
            true => spaces::guest_room(tx, who.person)?.is_some_and(|room| room.may_upload),
            false => true,
        },
        members_make_guest_links: spaces::members_make_links(tx)?,
        blocked: spaces::blocked_by(tx, who)?,
        following: topics::list_followed(tx, who.person)?,
        levels: levels::list_all(tx, who.person)?,
        drafts: reading::list_drafts(tx, who.person)?,
        people: people::of_ids(tx, directs)?,
        channels,
        cursors,
        page,
    })
}

pub(crate) async fn start(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
    Query(query): Query<StartQuery>,
) -> Result<Answered<Start>, Problem> {
    let start = app.db.read(move |tx| read_start(tx, &who, query)).await?;
    let mut response = Json(start).into_response();
    // Whoever comes back stays signed in: the cookie lives anew from here.
    if let Some(cookie) = accounts::renewed_cookie(&app.config, &headers) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(Answered::new(response))
}

pub(crate) async fn get_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<ChannelRow>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let view = spaces::channel_view(tx, &access)?;
        let head = journal::head(tx, channel)?.unwrap_or_default();
        let last = Last {
            at: reading::find_newest(tx, channel)?,
            mine: slow::find_last(tx, channel, who.person)?,
        };
        if !access.is_member() {
            return Ok(row(
                view,
                head,
                last,
                Counts {
                    read_seq: head,
                    ..Counts::default()
                },
                Vec::new(),
            ));
        }
        let counts = reading::get_counts(tx, who.person, channel, None)?;
        let topics = reading::list_unread_topics(tx, who.person)?
            .remove(&channel)
            .unwrap_or_default();
        Ok::<_, Error>(row(view, head, last, counts, topics))
    };
    Ok(Json(app.db.read(read).await?))
}
