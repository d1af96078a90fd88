//! Handlers of what is written now and posted later.

use crate::{
    actions::{self, Change, Ready},
    firing, landing,
    model::{Error, field},
    store,
    wire::{ChangeScheduled, ChooseLanding, LandingView, NewScheduled, Scheduled, ScheduledList},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, MessageId};
use http::StatusCode;
use messages::{Message, NewMessage, Post, Posted, Text};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;

/// A page of markup takes more than a millisecond, so it is read on a blocking thread, before the transaction.
pub(crate) async fn read_text(source: String, has_files: bool) -> Result<Text, Problem> {
    let read = match has_files {
        true => Text::read_beside_files,
        false => Text::read,
    };
    let read = tokio::task::spawn_blocking(move || read(&source)).await;
    Ok(read.unwrap_or(Err(platform::db::Error::Panicked.into()))?)
}

pub(crate) async fn schedule(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewScheduled>,
) -> Result<(StatusCode, Json<Scheduled>), Problem> {
    let text = read_text(new.text.clone(), !new.file_ids.is_empty()).await?;
    let now = app.clock.now();
    let ready = Ready { new, text };
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, ready.new.channel_id)?;
        actions::schedule(tx, &access, &ready, now)
    };
    let (scheduled, is_new) = app.db.write(who.person, write).await?;
    firing::wake();
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(scheduled)))
}

pub(crate) async fn list(State(app): State<App>, who: SignedIn) -> Result<Json<ScheduledList>, Problem> {
    let items = app
        .db
        .read(move |tx: &mut dyn Tx| actions::list(tx, who.person))
        .await?;
    Ok(Json(ScheduledList { items }))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MessageId>,
    Json(new): Json<ChangeScheduled>,
) -> Result<Json<Scheduled>, Problem> {
    if new.text.is_none() && new.due_at.is_none() {
        return Err(field("", "say what shall be different: text or due_at").into());
    }
    let text = match new.text {
        // Whether files are left to carry an empty text is known only inside the transaction.
        Some(text) => Some(read_text(text, true).await?),
        None => None,
    };
    let wanted = Change {
        revision: new.revision,
        text,
        due_at: new.due_at,
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| actions::change(tx, who.person, id, &wanted, now);
    let changed = app.db.write(who.person, write).await?;
    firing::wake();
    Ok(Json(changed))
}

pub(crate) async fn take_back(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MessageId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| actions::take_back(tx, who.person, id, now);
    app.db.write_freeing(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn send(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MessageId>,
) -> Result<Json<Message>, Problem> {
    let find = move |tx: &mut dyn Tx| actions::get_own(tx, who.person, id);
    let row = app.db.read(find).await?;
    let text = read_text(row.text.clone(), true).await?;
    let (channel, now) = (row.channel, app.clock.now());
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, row.channel)?;
        actions::send_now(tx, &access, (&row, &text), now)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn get_landing(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<LandingView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        landing::view(tx, &access, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn choose_landing(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<ChooseLanding>,
) -> Result<Json<LandingView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        landing::choose(tx, &access, new.choice, now)?;
        landing::view(tx, &access, now)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

/// Posts a message that interrupts nobody: the mark stands before the event of the message is told to those who deliver.
pub(crate) async fn post_silently(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    if new.forward_id.is_some() {
        return Err(field("/forward_id", "what is carried on cannot be silent").into());
    }
    let text = read_text(new.text, !new.file_ids.is_empty()).await?;
    let post = Post {
        id: new.id,
        text,
        files: new.file_ids,
        topic: new.topic_id,
        quote: new.quote_id,
        everyone_ok: new.everyone_ok,
        words_ok: new.words_ok,
        forward: None,
        card: None,
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        store::silence(tx, post.id)?;
        Ok::<_, Error>(messages::post_message(tx, &access, &post, now)?)
    };
    Ok(match app.db.write(channel, write).await? {
        Posted::New(message) => (StatusCode::CREATED, Json(message)),
        Posted::Before(message) => (StatusCode::OK, Json(message)),
    })
}
