//! Handlers of live sessions.

use crate::{
    actions,
    model::{Error, TICKET_LIFETIME, check_device, identity},
    rooms::Rooms,
    store,
    wire::{
        ChangeLive, ChangeLivePerson, EndLive, EnterLive, GoLive, LiveList, LiveRole, LiveSession,
        LiveTicket, LiveView, RaiseHand,
    },
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{ChannelId, LiveId, PersonId};
use http::StatusCode;
use media::Ticket;
use messages::CardPost;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::access;
use std::collections::{BTreeSet, HashMap};

/// The word by which the app finds what draws the card.
const CARD: &str = "live";

fn named(tx: &mut dyn Tx, sessions: &[LiveSession]) -> Result<Vec<Person>, Error> {
    let ids: BTreeSet<PersonId> = sessions
        .iter()
        .flat_map(|session| {
            let people = session.people.iter().map(|person| person.person_id);
            people.chain([session.started_by])
        })
        .collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(spaces::people_named(tx, &ids)?)
}

fn view(tx: &mut dyn Tx, session: LiveSession) -> Result<LiveView, Error> {
    let sessions = [session];
    let people = named(tx, &sessions)?;
    let [session] = sessions;
    Ok(LiveView { session, people })
}

pub(crate) async fn start(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<GoLive>,
) -> Result<(StatusCode, Json<LiveView>), Problem> {
    Rooms::media_of(&app)?;
    let card = (CARD, new.id.0);
    let post =
        CardPost::read(new.message_id, new.topic_id, &new.about, card, new.words_ok).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::start(tx, &access, (&new, &post), now)?;
        view(tx, session)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

/// What is live in all channels that I may read.
pub(crate) async fn list_mine(State(app): State<App>, who: SignedIn) -> Result<Json<LiveList>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let readable = access::readable_channels(tx, &who)?;
        let readable: BTreeSet<ChannelId> = readable.ids().collect();
        let mut sessions = Vec::new();
        for session in store::list_open(tx)? {
            if readable.contains(&session.channel_id) {
                let access = access::channel(tx, &who, session.channel_id)?;
                if access.may_see(store::get_place(tx, session.id)?) {
                    sessions.push(store::fill(tx, session, now)?);
                }
            }
        }
        let people = named(tx, &sessions)?;
        Ok::<_, Error>(LiveList { sessions, people })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::get(tx, &access, id, now)?;
        view(tx, session)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn enter(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(body): Json<EnterLive>,
) -> Result<Json<LiveTicket>, Problem> {
    check_device(&body.device)?;
    let media = Rooms::media_of(&app)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let (session, role) = actions::enter(tx, &access, id, now)?;
        let me = spaces::people_named(tx, &[access.person()])?;
        let name = me
            .into_iter()
            .next()
            .map(|person| person.name)
            .unwrap_or_default();
        Ok::<_, Error>((view(tx, session)?, role, access.person(), name))
    };
    let (view, role, person, name) = app.db.write(channel, write).await?;
    let identity = identity(person, &body.device);
    let ticket = Ticket {
        identity: identity.clone(),
        name,
        metadata: String::new(),
        attributes: HashMap::new(),
        grants: crate::rooms::grants(role),
        lifetime: TICKET_LIFETIME,
    };
    Ok(Json(LiveTicket {
        url: media.client_url().map(str::to_owned),
        token: media.ticket(&id.0.to_string(), &ticket),
        identity,
        session: view.session,
        people: view.people,
    }))
}

pub(crate) async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(change): Json<ChangeLive>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::change(tx, &access, (id, &change), now)?;
        view(tx, session)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn hand(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(hand): Json<RaiseHand>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::hand(tx, &access, (id, hand.is_up), now)?;
        view(tx, session)
    };
    Ok(Json(app.db.write(channel, write).await?))
}

pub(crate) async fn change_person(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id, person)): Path<(ChannelId, LiveId, PersonId)>,
    Json(change): Json<ChangeLivePerson>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::change_person(tx, &access, (id, person), &change, now)?;
        view(tx, session)
    };
    let view = app.db.write(channel, write).await?;
    if let Some(rooms) = Rooms::find(&app) {
        let role: Option<LiveRole> = change.role;
        rooms.follow(id, person, role, change.is_out == Some(true)).await;
    }
    Ok(Json(view))
}

pub(crate) async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(end): Json<EndLive>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::end(tx, &access, (id, &end), now)?;
        view(tx, session)
    };
    let view = app.db.write(channel, write).await?;
    if let Some(rooms) = Rooms::find(&app) {
        rooms.close(id).await;
    }
    Ok(Json(view))
}
