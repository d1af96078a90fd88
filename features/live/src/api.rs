//! Handlers of live sessions.

pub(crate) mod breakouts;
pub(crate) mod watching;

use crate::{
    actions,
    model::{Error, REACTIONS, TICKET_LIFETIME, check_device, identity},
    rooms::{Rooms, keep_spoken},
    store,
    wire::{
        ChangeLive, ChangeLiveAgenda, ChangeLivePerson, EndLive, EnterLive, GoLive, LiveAbsent, LiveList,
        LiveNumbers, LiveRole, LiveSession, LiveTest, LiveTicket, LiveView, ObjectLive, RaiseHand, ReactLive,
    },
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{BreakoutId, ChannelId, LiveId, PersonId};
use http::StatusCode;
use media::Ticket;
use messages::{CardPost, Text};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};
use spaces::{ChannelAccess, access};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use uuid::Uuid;

/// The word by which the app finds what draws the card.
pub(crate) const CARD: &str = "live";

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

fn view(tx: &mut dyn Tx, session: LiveSession, me: PersonId) -> Result<LiveView, Error> {
    let sessions = [session];
    let people = named(tx, &sessions)?;
    let [session] = sessions;
    Ok(LiveView {
        title: store::find_title(tx, session.id)?,
        agenda: store::list_points(tx, session.id)?,
        breakouts: if session.n_breakouts > 0 {
            store::breakouts::list(tx, session.id)?
        } else {
            Vec::new()
        },
        kept: store::breakouts::list_kept(tx, session.id)?,
        may_object: actions::deciding::may_object(tx, &session, me)?,
        session,
        people,
    })
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
        view(tx, session, access.person())
    };
    Ok((StatusCode::CREATED, Json(app.db.write(channel, write).await?)))
}

/// What is live in all channels that I may read.
pub(crate) async fn list_mine(State(app): State<App>, who: SignedIn) -> Result<Json<LiveList>, Problem> {
    let read = move |tx: &mut dyn Tx| {
        let readable = access::readable_channels(tx, &who)?;
        let readable: BTreeSet<ChannelId> = readable.ids().collect();
        let (mut sessions, mut titles) = (Vec::new(), Vec::new());
        // Nearly everybody reads from the beginning; who does not is asked about once for each channel.
        let mut proofs: HashMap<ChannelId, ChannelAccess> = HashMap::new();
        for open in store::list_open(tx)? {
            let channel = open.session.channel_id;
            if !readable.contains(&channel) {
                continue;
            }
            let proof = match proofs.entry(channel) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(place) => *place.insert(access::channel(tx, &who, channel)?),
            };
            if proof.may_see(open.place) {
                sessions.push(open.session);
                titles.push(open.title);
            }
        }
        let people = named(tx, &sessions)?;
        Ok::<_, Error>(LiveList {
            sessions,
            titles,
            people,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

/// A room of its own for each try: its name is no session's, so nothing of it is written down, and it is gone with whoever
/// is in it.
pub(crate) async fn test(State(app): State<App>, who: SignedIn) -> Result<Json<LiveTest>, Problem> {
    let media = Rooms::media_of(&app)?;
    let room = format!("test-{}", Uuid::now_v7());
    let ticket = |place: &str, can_publish: bool| {
        let role = if can_publish {
            LiveRole::Speaker
        } else {
            LiveRole::Listener
        };
        let ticket = Ticket {
            identity: identity(who.person, place),
            name: String::new(),
            metadata: String::new(),
            attributes: HashMap::new(),
            grants: crate::rooms::grants(role),
            lifetime: TICKET_LIFETIME,
        };
        media.ticket(&room, &ticket)
    };
    Ok(Json(LiveTest {
        url: media.client_url().map(str::to_owned),
        sends: ticket("sends", true),
        hears: ticket("hears", false),
    }))
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
        view(tx, session, access.person())
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
        let (session, role, room) = actions::enter(tx, &access, id, now)?;
        let me = spaces::people_named(tx, &[access.person()])?;
        let name = me
            .into_iter()
            .next()
            .map(|person| person.name)
            .unwrap_or_default();
        Ok::<_, Error>((
            view(tx, session, access.person())?,
            (role, room),
            access.person(),
            name,
        ))
    };
    let (view, (role, room), person, name) = app.db.write(channel, write).await?;
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
        breakout_id: (room != id.0).then_some(BreakoutId(room)),
        token: media.ticket(&room.to_string(), &ticket),
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
        view(tx, session, access.person())
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
        view(tx, session, access.person())
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
        Ok::<_, Error>((
            view(tx, session, access.person())?,
            actions::breakouts::rooms_of(tx, id)?,
        ))
    };
    let (view, names) = app.db.write(channel, write).await?;
    if let Some(rooms) = Rooms::find(&app) {
        if change.mute {
            rooms.mute(&names, person).await;
        }
        let role: Option<LiveRole> = change.role;
        rooms
            .follow(&names, person, role, change.is_out == Some(true))
            .await;
    }
    Ok(Json(view))
}

pub(crate) async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(end): Json<EndLive>,
) -> Result<Json<LiveView>, Problem> {
    keep_spoken(&app, channel, id).await?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let names = actions::breakouts::rooms_of(tx, id)?;
        let session = actions::end(tx, &access, (id, &end), now)?;
        Ok::<_, Error>((view(tx, session, access.person())?, names))
    };
    let (view, names) = app.db.write(channel, write).await?;
    if let Some(rooms) = Rooms::find(&app) {
        rooms.close(&names).await;
    }
    Ok(Json(view))
}

pub(crate) async fn set_agenda(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(change): Json<ChangeLiveAgenda>,
) -> Result<Json<LiveView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::set_agenda(tx, &access, (id, &change), now)?;
        view(tx, session, access.person())
    };
    Ok(Json(app.db.write(channel, write).await?))
}

/// What is shown goes through the server, so that nobody says anything in another one's name.
pub(crate) async fn react(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(body): Json<ReactLive>,
) -> Result<StatusCode, Problem> {
    if !REACTIONS.contains(&body.emoji.as_str()) {
        return Err(Error::Field {
            pointer: "/emoji",
            detail: "one of 👍 👏 ❤️ 😂 🎉 🤔",
        }
        .into());
    }
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let room = actions::room_of(tx, &access, id, now)?;
        Ok::<_, Error>((room, access.person()))
    };
    let (room, person) = app.db.read(read).await?;
    if let Some(rooms) = Rooms::find(&app) {
        let what = serde_json::json!({ "person_id": person, "emoji": body.emoji });
        rooms
            .show(&room.to_string(), "reaction", what.to_string().into_bytes())
            .await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Who could be asked at the end because they were absent.
pub(crate) async fn list_absent(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
) -> Result<Json<LiveAbsent>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let people = actions::deciding::list_absent(tx, &access, id, now)?;
        let people = if people.is_empty() {
            Vec::new()
        } else {
            spaces::people_named(tx, &people)?
        };
        Ok::<_, Error>(LiveAbsent { people })
    };
    Ok(Json(app.db.read(read).await?))
}

/// Who was in and for how long.
pub(crate) async fn numbers(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
) -> Result<Json<LiveNumbers>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::numbers::read(tx, &access, id, now)
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn object(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, id)): Path<(ChannelId, LiveId)>,
    Json(new): Json<ObjectLive>,
) -> Result<Json<LiveView>, Problem> {
    let text = Text::read(&new.text).map_err(Error::from)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let session = actions::deciding::object(tx, &access, (id, &new, &text), now)?;
        view(tx, session, access.person())
    };
    Ok(Json(app.db.write(channel, write).await?))
}
