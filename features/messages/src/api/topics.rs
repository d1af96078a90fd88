//! Handlers of topics.

use super::{page_limit, read_text};
use crate::{
    actions::topics::{self, Begin, Origin},
    model::{Error, TopicState},
    people,
    store::{
        overview::{self, After},
        pages, reading, topics as store,
    },
    wire::{ChangeTopic, NewTopic, Topic, TopicFilter, TopicOverview, TopicPage, TopicView},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, Seq, Timestamp, TopicId};
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
use uuid::Uuid;

/// Which page of the topics of all my channels.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverviewQuery {
    #[serde(default)]
    filter: TopicFilter,
    after: Option<TopicId>,
    limit: Option<i64>,
}

/// Which page of topics.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicQuery {
    state: Option<TopicState>,
    before: Option<Seq>,
    limit: Option<i64>,
}

async fn read_begin(new: NewTopic) -> Result<Begin, Problem> {
    let origin = match (new.origin_id, new.message) {
        (Some(id), None) => Origin::At(id),
        (None, Some(first)) => Origin::With {
            id: first.id,
            text: Box::new(read_text(first.text, !first.file_ids.is_empty()).await?),
            files: first.file_ids,
            everyone_ok: first.everyone_ok,
        },
        _ => {
            return Err(Problem::invalid(
                "/origin_id",
                "name the message at which it begins, or bring a new one",
            ));
        }
    };
    Ok(Begin {
        id: new.id,
        title: new.title,
        origin,
        words_ok: new.words_ok,
    })
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewTopic>,
) -> Result<(StatusCode, Json<Topic>), Problem> {
    let begin = read_begin(new).await?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        topics::begin(tx, &access, &begin, now)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(query): Query<TopicQuery>,
) -> Result<Json<TopicPage>, Problem> {
    let limit = page_limit(query.limit);
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let before = query.before.unwrap_or(Seq(i64::MAX));
        let mut items = store::list_by_time(tx, access.id(), before, query.state, limit)?;
        let full = i64::try_from(items.len()).is_ok_and(|n| n >= limit);
        let next = items.last().filter(|_| full).map(|last| last.last_seq);
        items.retain(|topic| access.may_see(topic.origin_seq));
        let named: Vec<_> = items.iter().flat_map(people::in_topic).collect();
        let people = people::of_ids(tx, named)?;
        Ok::<_, Error>(TopicPage { items, next, people })
    };
    Ok(Json(app.db.read(read).await?))
}

/// Topics of all channels in which the person is a member.
pub(crate) async fn overview(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<OverviewQuery>,
) -> Result<Json<TopicOverview>, Problem> {
    let limit = page_limit(query.limit);
    let read = move |tx: &mut dyn Tx| {
        let after = find_after(tx, &who, query.after)?;
        let items = overview::list(tx, who.person, query.filter, after, limit)?;
        let full = i64::try_from(items.len()).is_ok_and(|n| n >= limit);
        let next = items.last().filter(|_| full).map(|last| last.topic.id);
        let named = items
            .iter()
            .flat_map(|row| people::in_topic(&row.topic))
            .collect();
        let people = people::of_ids(tx, named)?;
        Ok::<_, Error>(TopicOverview { items, next, people })
    };
    Ok(Json(app.db.read(read).await?))
}

/// The place of the topic with which the page before ended, as it stands now.
fn find_after(tx: &mut dyn Tx, who: &SignedIn, after: Option<TopicId>) -> Result<After, Error> {
    let Some(id) = after else {
        return Ok(After {
            last_at: Timestamp(i64::MAX),
            id: TopicId(Uuid::max()),
        });
    };
    let topic = store::find(tx, id)?.ok_or(Error::NotFound)?;
    access::channel(tx, who, topic.channel_id)?;
    Ok(After {
        last_at: topic.last_at,
        id,
    })
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
) -> Result<Json<TopicView>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let topic = topics::get_topic(tx, &access, topic)?;
        let mut origin = pages::list_some(tx, access.id(), &[topic.origin_id])?;
        pages::complete(tx, pages::Conversation::of(&access, None), &mut origin)?;
        let origin = origin.pop().ok_or(Error::NotFound)?;
        let people = people::named_in(tx, std::slice::from_ref(&origin))?;
        let groups = people::groups_named_in(tx, std::slice::from_ref(&origin))?;
        let following = store::is_followed(tx, access.person(), topic.id)?;
        let read_seq = reading::get_pointer(tx, access.person(), access.id(), Some(topic.id))?;
        Ok::<_, Error>(TopicView {
            topic,
            origin,
            following,
            read_seq,
            people,
            groups,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
    Json(change): Json<ChangeTopic>,
) -> Result<Json<Topic>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        topics::change(tx, &access, topic, &change, now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn follow(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        topics::start_following(tx, &access, topic, now)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn unfollow(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, topic)): Path<(ChannelId, TopicId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        topics::stop_following(tx, &access, topic, now)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}
