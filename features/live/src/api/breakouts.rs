//! Handlers of smaller rooms.

use super::view;
use crate::{
    actions::breakouts,
    model::Error,
    rooms::Rooms,
    wire::{LiveNotes, LiveView, NewLiveNote, NotesOf, OpenBreakouts, PlaceLivePerson, RecallBreakouts},
};
use accounts::SignedIn;
use axum::extract::State;
use base::{ChannelId, LiveId, PersonId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use spaces::access;
use std::collections::BTreeSet;

pub(crate) async fn open(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(wanted): Json<OpenBreakouts>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = breakouts::open_rooms(tx, &access, (id, &wanted), now)?;
        view(tx, session, access.person())
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn place(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, person)): Path<(ChannelId, LiveId, PersonId)>,
    Json(wanted): Json<PlaceLivePerson>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = breakouts::place(tx, &access, (id, person, wanted), now)?;
        view(tx, session, access.person())
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn recall(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(wanted): Json<RecallBreakouts>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let before = breakouts::rooms_of(tx, id)?;
        let session = breakouts::recall(tx, &access, (id, wanted), now)?;
        let closed = if session.n_breakouts == 0 {
            before
        } else {
            Vec::new()
        };
        Ok::<_, Error>((view(tx, session, access.person())?, closed))
    };
    let (view, closed) = app.db.write(channel, write).await?;
    if let (Some(rooms), Some((_, small))) = (Rooms::find(&app), closed.split_first()) {
        rooms.close(small).await;
    }
    Ok(Json(view))
}

pub(crate) async fn write_note(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(new): Json<NewLiveNote>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        breakouts::note(tx, &access, (id, &new), now)
    };
    app.db.write(channel, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_notes(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Query(of): Query<NotesOf>,
) -> Result<Json<LiveNotes>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let notes = breakouts::notes(tx, &access, (id, of.breakout), now)?;
        let ids: BTreeSet<PersonId> = notes.iter().map(|note| note.person_id).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = if ids.is_empty() {
            Vec::new()
        } else {
            spaces::people_named(tx, &ids)?
        };
        Ok::<_, Error>(LiveNotes { notes, people })
    };
    Ok(Json(app.db.read(read).await?))
}
