//! Handlers of links.

use crate::{
    actions,
    model::Error,
    store,
    wire::{ChannelCards, ChooseLinks, LinkPage, LinkSettings, PostedLink, SetLinks},
};
use accounts::{Administrator, SignedIn};
use axum::extract::State;
use base::{ChannelId, LinkId, MessageId, Seq, Timestamp};
use http::{HeaderMap, StatusCode};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    journal,
    openapi::Raw,
};
use schemars::JsonSchema;
use serde::Deserialize;
use spaces::access;
use std::collections::BTreeSet;

const PAGE_DEFAULT: i64 = 50;
const PAGE_MAX: i64 = 100;
/// Messages of one question.
const MESSAGES_MAX: usize = 100;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardsQuery {
    /// Ids of up to 100 messages, with commas between them.
    messages: Option<String>,
}

impl CardsQuery {
    fn ids(&self) -> Result<Vec<MessageId>, Error> {
        let refused = || Error::Field {
            pointer: "/messages",
            detail: "name up to 100 messages by their ids, with commas between them".to_owned(),
        };
        let Some(messages) = &self.messages else {
            return Ok(Vec::new());
        };
        let ids: Result<Vec<MessageId>, _> = messages
            .split(',')
            .take(MESSAGES_MAX + 1)
            .map(str::parse)
            .collect();
        ids.ok()
            .filter(|ids| ids.len() <= MESSAGES_MAX)
            .ok_or_else(refused)
    }
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinksQuery {
    before: Option<Timestamp>,
    limit: Option<i64>,
}

impl LinksQuery {
    fn stretch(self) -> (Timestamp, i64) {
        let limit = self.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX);
        (self.before.unwrap_or(Timestamp(i64::MAX)), limit)
    }
}

pub(crate) async fn list_cards(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<CardsQuery>,
) -> Result<Json<ChannelCards>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let ids = query.ids()?;
        let seq = journal::head(tx, access.id())?.unwrap_or(Seq(0));
        let items = match store::fetches(tx)? && store::shows(tx, who.person)? {
            true => store::list_cards(tx, (access.id(), access.reads_after()), &ids)?,
            false => Vec::new(),
        };
        Ok::<_, Error>(ChannelCards { items, seq })
    };
    Ok(Json(app.db.read(read).await?))
}

fn page(tx: &mut dyn Tx, items: Vec<PostedLink>, limit: i64) -> Result<LinkPage, Error> {
    let is_full = i64::try_from(items.len()).is_ok_and(|n| n >= limit);
    let people: BTreeSet<_> = items.iter().map(|item| item.person_id).collect();
    let people: Vec<_> = people.into_iter().collect();
    Ok(LinkPage {
        next: items.last().filter(|_| is_full).map(|last| last.at),
        people: spaces::people_named(tx, &people)?,
        items,
    })
}

pub(crate) async fn list_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<LinksQuery>,
) -> Result<Json<LinkPage>, Problem> {
    let (before, limit) = query.stretch();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let items = store::list_channel(tx, access.id(), before, limit)?;
        page(tx, items, limit)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn list_mine(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<LinksQuery>,
) -> Result<Json<LinkPage>, Problem> {
    let (before, limit) = query.stretch();
    let read = move |tx: &mut dyn Tx| {
        let items = store::list_mine(tx, who.person, before, limit)?;
        page(tx, items, limit)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get_picture(
    State(app): State<App>,
    who: SignedIn,
    Path(link): Path<LinkId>,
    headers: HeaderMap,
) -> Result<Raw, Problem> {
    let read = move |tx: &mut dyn Tx| {
        actions::get(tx, &who, link)?;
        let found = match store::fetches(tx)? {
            true => store::find_picture(tx, link)?,
            false => None,
        };
        found.and_then(|(_, blob)| blob).ok_or(Error::NotFound)
    };
    let blob = app.db.read(read).await?;
    files::send_picture(&app, &headers, Some(&blob)).await.map(Raw)
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path(link): Path<LinkId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let asked = who;
    let channel = app
        .db
        .read(move |tx| actions::get(tx, &asked, link).map(|(access, _)| access.id()))
        .await?;
    let write = move |tx: &mut dyn Tx| {
        let (access, link) = actions::get(tx, &who, link)?;
        actions::remove(tx, &access, &link, now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn get_settings(
    State(app): State<App>,
    who: SignedIn,
) -> Result<Json<LinkSettings>, Problem> {
    let read = move |tx: &mut dyn Tx| settings(tx, &who);
    Ok(Json(app.db.read(read).await?))
}

fn settings(tx: &mut dyn Tx, who: &SignedIn) -> Result<LinkSettings, Error> {
    Ok(LinkSettings {
        fetches: store::fetches(tx)?,
        shows: store::shows(tx, who.person)?,
    })
}

pub(crate) async fn choose(
    State(app): State<App>,
    who: SignedIn,
    Json(choice): Json<ChooseLinks>,
) -> Result<Json<LinkSettings>, Problem> {
    let person = who.person;
    let write = move |tx: &mut dyn Tx| {
        store::set_shows(tx, person, choice.shows)?;
        settings(tx, &who)
    };
    Ok(Json(app.db.write(person, write).await?))
}

pub(crate) async fn set(
    State(app): State<App>,
    Administrator(who): Administrator,
    Json(set): Json<SetLinks>,
) -> Result<Json<LinkSettings>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        actions::switch(tx, &who, set.fetches, now)?;
        settings(tx, &who)
    };
    Ok(Json(app.db.write(journal::ACCESS_SCOPE, write).await?))
}
