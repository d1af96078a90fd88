//! Polls that were written before their moment: nobody but who wrote one, and those who look after the channel, knows of it.

use crate::{
    actions, api,
    model::{Error, PREPARED_MAX, check_open_s, clean_answers},
    store,
    wire::{NewPoll, OpenPoll, PollView, PreparePoll, PreparedPoll, PreparedPolls, Scale},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, PersonId, PollId, Timestamp};
use http::StatusCode;
use messages::CardPost;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::{ChannelAccess, access};
use std::{collections::BTreeSet, time::Duration};

/// The text of a question that waits is bounded as that of its message will be.
fn cleaned(content: PreparePoll) -> Result<PreparePoll, Error> {
    check_open_s(content.open_s)?;
    let (_, ends) = clean_answers(content.kind, &content.options, content.scale.as_ref())?;
    let scale = content.scale.zip(ends).map(|(scale, ends)| Scale {
        low: ends.low,
        high: ends.high,
        ..scale
    });
    Ok(PreparePoll { scale, ..content })
}

fn find(tx: &mut dyn Tx, access: &ChannelAccess, id: PollId) -> Result<Option<PreparedPoll>, Error> {
    let found = store::find_prepared(tx, id)?.filter(|prepared| prepared.channel_id == access.id());
    Ok(found.filter(|prepared| prepared.created_by == access.person() || access.can_manage()))
}

fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: PollId) -> Result<PreparedPoll, Error> {
    find(tx, access, id)?.ok_or(Error::NotFound)
}

fn write(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, content): (PollId, &PreparePoll),
    now: Timestamp,
) -> Result<PreparedPoll, Error> {
    access.require_post()?;
    let mut texts: Vec<&str> = content.options.iter().map(String::as_str).collect();
    texts.push(&content.question);
    texts.extend(
        content
            .scale
            .iter()
            .flat_map(|scale| [scale.low.as_str(), scale.high.as_str()]),
    );
    words::check(tx, &texts, content.words_ok)?;
    if find(tx, access, id)?.is_some() {
        store::rewrite(tx, id, content)?;
        return get(tx, access, id);
    }
    // Of somebody else's nothing is said but that the id is taken.
    if store::find_prepared(tx, id)?.is_some() || store::find(tx, id, now)?.is_some() {
        return Err(Error::IdTaken);
    }
    if store::count_prepared(tx, access.id(), access.person())? >= PREPARED_MAX {
        return Err(Error::TooManyPrepared);
    }
    store::prepare(tx, (id, access.id()), access.person(), content, now)?;
    get(tx, access, id)
}

/// What the word list asks about was asked when it was prepared.
fn as_new(prepared: PreparedPoll, open: &OpenPoll, now: Timestamp) -> Result<(NewPoll, CardPost), Error> {
    let content = prepared.content;
    let open_for = content.open_s.and_then(|open_s| u64::try_from(open_s).ok());
    let new = api::cleaned(NewPoll {
        id: prepared.id,
        message_id: open.message_id,
        topic_id: open.topic_id,
        question: content.question,
        options: content.options,
        kind: content.kind,
        scale: content.scale,
        anonymous: content.anonymous,
        hidden: content.hidden,
        closes_at: open_for.map(|open_s| now.after(Duration::from_secs(open_s))),
        words_ok: true,
    })?;
    let post = api::post_of(&new)?;
    Ok((new, post))
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<PreparedPolls>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let by = (!access.can_manage()).then(|| access.person());
        let items = store::list_prepared(tx, channel, by)?;
        let people: BTreeSet<PersonId> = items.iter().map(|item| item.created_by).collect();
        let people = spaces::people_named(tx, &people.into_iter().collect::<Vec<_>>())?;
        Ok::<_, Error>(PreparedPolls { items, people })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn put(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, PollId)>,
    Json(content): Json<PreparePoll>,
) -> Result<Json<PreparedPoll>, Problem> {
    let content = cleaned(content)?;
    let now = app.clock.now();
    // It can be asked later only if it could be now.
    let message = base::MessageId(id.0);
    CardPost::read(message, None, &content.question, (api::CARD, id.0), true).map_err(Error::from)?;
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        self::write(tx, &access, (id, &content), now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, PollId)>,
) -> Result<StatusCode, Problem> {
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        get(tx, &access, id)?;
        Ok::<_, Error>(store::drop_prepared(tx, id)?)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks it. Whoever opens it asks, and a second try finds what the first has asked.
pub(crate) async fn open(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, PollId)>,
    Json(open): Json<OpenPoll>,
) -> Result<(StatusCode, Json<PollView>), Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let poll = match find(tx, &access, id)? {
            Some(prepared) => {
                let (new, post) = as_new(prepared, &open, now)?;
                store::drop_prepared(tx, id)?;
                actions::create(tx, &access, (&new, &post), now)?
            }
            None => actions::get(tx, &access, id, now)?,
        };
        api::view(tx, &access, poll)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}
