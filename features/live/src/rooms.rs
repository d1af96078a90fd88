//! Between the record and the media: what the record says is done in the rooms, and who is in the rooms is written down.
//!
//! What is done in a room right after a change makes it quick; that it is done at all does not hang on it: `compare`
//! compares rooms and record again and again, so that a lost event, a process that died in between, a deleted message
//! and a right that somebody lost all come to the same.

use crate::{
    actions,
    model::{Error, is_over, person_of},
    store, webhooks,
    wire::{LiveRole, LiveSession},
};
use base::{ChannelId, LiveId, PersonId, ScopeId, Timestamp};
use media::{Embedded, Grants, Media, MediaError, MediaEvent, Mode, Settings, StartError, Turn, proto};
use platform::{
    app::App,
    config::{Config, LiveConfig},
    db::Tx,
    seal::Seal,
};
use std::{
    any::Any,
    collections::HashSet,
    net::{Ipv6Addr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::{broadcast::error::RecvError, watch};
use uuid::Uuid;

/// How often rooms and record are compared. Whoever lost the right to be there is out by then.
const COMPARE_EVERY: Duration = Duration::from_secs(5);

/// Threads that share the rooms; forwarding for some hundred people takes one core.
const THREADS: usize = 2;
/// The name of our key.
const KEY: &str = "antiphon";
/// For what the key of tickets is: the same after each start, so that who is in stays in.
const KEY_OF_TICKETS: &[u8] = b"tickets of live sessions";

/// The media of this server, as they are kept in [`App::kept`]; none before [`start`], and where there are none.
#[derive(Default)]
pub(crate) struct Rooms(OnceLock<Media>);

/// What this slice keeps in memory, for [`platform::app::Parts`].
pub fn kept() -> Vec<Arc<dyn Any + Send + Sync>> {
    vec![Arc::new(Rooms::default())]
}

/// Why there are no live sessions here.
#[derive(Debug, thiserror::Error)]
pub enum NoMedia {
    /// The configuration says so.
    #[error("live.enabled = false")]
    Disabled,
    /// A room is in one process, and whoever comes to another one would be alone in it.
    #[error("several processes share one database: live.livekit names a server that runs the sessions")]
    ManyProcesses,
    /// The key file is missing or broken.
    #[error("the key file of this server cannot be used: {0}")]
    Key(String),
    /// The port is taken, or there is no address.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// Opens the doors for media and begins to [`keep`] rooms and record together. The router has the doors for clients; it
/// goes around `/api`, because it is LiveKit's.
pub async fn start(app: &App) -> Result<axum::Router, NoMedia> {
    let settings = settings(app)?;
    let Some(rooms) = Rooms::find(app) else {
        return Err(NoMedia::Disabled);
    };
    let media = Media::start(settings).await?;
    let router = media.router().merge(webhooks::door(app, &media));
    let started = media.clone();
    if rooms.0.set(media).is_err() {
        started.stop().await;
        return Err(NoMedia::Disabled);
    }
    keep(app);
    let (end, ended) = watch::channel(false);
    webhooks::keep(app, &started, &ended);
    let stop = app.shutdown.token.clone();
    app.shutdown.spawn("end the rooms of live sessions", async move {
        stop.cancelled().await;
        started.stop().await;
        // Nobody may wait for it.
        let _ = end.send(true);
    });
    Ok(router)
}

fn settings(app: &App) -> Result<Settings, NoMedia> {
    let config: &Config = &app.config;
    let live = &config.live;
    if !live.enabled {
        return Err(NoMedia::Disabled);
    }
    if let Some(livekit) = &live.livekit {
        return Ok(Settings {
            key: livekit.key.clone(),
            secret: livekit.secret.clone(),
            mode: Mode::LiveKit {
                url: livekit.url.clone(),
            },
        });
    }
    if config.nats.url.is_some() {
        return Err(NoMedia::ManyProcesses);
    }
    Ok(Settings {
        key: KEY.to_owned(),
        secret: secret(&app.seal)?,
        mode: Mode::Embedded(embedded(live)),
    })
}

/// The key of the rooms of this process and its secret, for programs that ask their room service or read their webhooks.
pub fn key(config: &Config) -> Result<(&'static str, String), NoMedia> {
    Ok((KEY, secret(&Seal::new(config))?))
}

fn secret(seal: &Seal) -> Result<String, NoMedia> {
    let secret = seal.key_for(KEY_OF_TICKETS);
    secret.map_err(|error| NoMedia::Key(format!("{error:?}")))
}

fn embedded(live: &LiveConfig) -> Embedded {
    Embedded {
        listen: SocketAddr::from((Ipv6Addr::UNSPECIFIED, live.port)),
        announce: live.announce.clone(),
        threads: THREADS,
        most_participants: live.people_max,
        turn: live.turn.as_ref().map(|turn| Turn {
            urls: turn.urls.clone(),
            secret: turn.secret.clone(),
        }),
    }
}

/// What a role may do in a room. Data goes through the record, where it is checked, and never from client to client.
pub(crate) fn grants(role: LiveRole) -> Grants {
    Grants {
        can_publish: role != LiveRole::Listener,
        can_publish_sources: Vec::new(),
        can_subscribe: true,
        can_publish_data: false,
        hidden: false,
    }
}

impl Rooms {
    pub(crate) fn find(app: &App) -> Option<&Self> {
        app.kept::<Rooms>()
    }

    pub(crate) fn media(&self) -> Option<&Media> {
        self.0.get()
    }

    /// The media, where there are any.
    pub(crate) fn media_of(app: &App) -> Result<&Media, Error> {
        Self::find(app).and_then(Self::media).ok_or(Error::Off)
    }

    /// Does in the room what was changed of somebody. What cannot be done now is done when rooms and record are compared.
    pub(crate) async fn follow(
        &self,
        rooms: &[String],
        person: PersonId,
        role: Option<LiveRole>,
        is_out: bool,
    ) {
        let Some(media) = self.media() else { return };
        for room in rooms {
            for identity in identities(media, room, person).await {
                let done = match role {
                    _ if is_out => media.remove(room, &identity).await,
                    Some(role) => media.set_grants(room, &identity, grants(role)).await,
                    None => Ok(()),
                };
                if let Err(error) = done {
                    tracing::debug!(live.room = %room, error = %error, "a change did not reach a room");
                }
            }
        }
    }

    /// Mutes somebody's microphone, wherever they are in it.
    pub(crate) async fn mute(&self, rooms: &[String], person: PersonId) {
        let Some(media) = self.media() else { return };
        for room in rooms {
            for one in media.people(room).await.unwrap_or_default() {
                if person_of(&one.identity) != Some(person) {
                    continue;
                }
                let is_microphone =
                    |track: &&proto::TrackInfo| track.source() == proto::TrackSource::Microphone;
                for track in one
                    .tracks
                    .iter()
                    .filter(is_microphone)
                    .filter(|track| !track.muted)
                {
                    if let Err(error) = media.mute(room, &one.identity, &track.sid, true).await {
                        tracing::debug!(live.room = %room, error = %error, "somebody was not muted");
                    }
                }
            }
        }
    }

    /// Shows everybody in a room something for a moment.
    pub(crate) async fn show(&self, room: &str, topic: &str, what: Vec<u8>) {
        let Some(media) = self.media() else { return };
        match media.send(room, topic, what, &[]).await {
            Ok(()) | Err(MediaError::NoRoom) => {}
            Err(error) => {
                tracing::debug!(live.room = %room, error = %error, "nobody in a room was shown something")
            }
        }
    }

    /// Sends everybody out of these rooms.
    pub(crate) async fn close(&self, rooms: &[String]) {
        let Some(media) = self.media() else { return };
        for room in rooms {
            match media.close(room).await {
                Ok(()) | Err(MediaError::NoRoom) => {}
                Err(error) => tracing::debug!(live.room = %room, error = %error, "a room did not close"),
            }
        }
    }
}

async fn identities(media: &Media, room: &str, person: PersonId) -> Vec<String> {
    let people = media.people(room).await.unwrap_or_default();
    people
        .into_iter()
        .map(|one| one.identity)
        .filter(|identity| person_of(identity) == Some(person))
        .collect()
}

/// Writes down who is in the rooms, and does in them what the record says, until the server stops.
fn keep(app: &App) {
    let Some(media) = Rooms::find(app).and_then(Rooms::media) else {
        return;
    };
    let (mut events, this, stop) = (media.events(), app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("write down who is in live sessions", async move {
        let mut tick = tokio::time::interval(COMPARE_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let done = tokio::select! {
                event = events.recv() => match event {
                    Ok(event) => hear(&this, event).await,
                    // What was missed is found by comparing.
                    Err(RecvError::Lagged(_)) => compare(&this).await,
                    Err(RecvError::Closed) => return,
                },
                _ = tick.tick() => compare(&this).await,
                () = stop.cancelled() => return,
            };
            if let Err(error) = done {
                tracing::warn!(error = %error, "could not write down who is in a live session; it will be tried again");
            }
        }
    });
}

async fn hear(app: &App, event: MediaEvent) -> Result<(), Error> {
    match event {
        MediaEvent::Joined { room, identity, sid } => came(app, &room, &identity, sid).await,
        MediaEvent::Left {
            room,
            identity,
            sid,
            spoke,
            ..
        } => left(app, &room, &identity, (sid, spoke)).await,
        _ => Ok(()),
    }
}

/// Before the rooms of a session close: what was said in them last is written down.
pub(crate) async fn keep_spoken(app: &App, channel: ChannelId, id: LiveId) -> Result<(), Error> {
    let Some(media) = Rooms::find(app).and_then(Rooms::media) else {
        return Ok(());
    };
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| {
        let is_told = store::find(tx, id, now)?
            .is_some_and(|session| session.tells_hosts && session.ended_at.is_none());
        let names = if is_told {
            actions::breakouts::rooms_of(tx, id)?
        } else {
            Vec::new()
        };
        Ok::<_, Error>(names)
    };
    let spoken = spoken_in(media, &app.db.read(read).await?).await;
    if spoken.is_empty() {
        return Ok(());
    }
    let write = move |tx: &mut dyn Tx| {
        for (place, spoke) in &spoken {
            store::numbers::set_spoke(tx, (id, place), *spoke)?;
        }
        Ok::<_, Error>(())
    };
    app.db.write(channel, write).await
}

/// Which session a room is of, on which lane its channel is, and who this is.
async fn find(app: &App, room: &str, identity: &str) -> Result<Option<(LiveId, ScopeId, PersonId)>, Error> {
    let (Ok(room), Some(person)) = (room.parse::<Uuid>(), person_of(identity)) else {
        return Ok(None);
    };
    let read = move |tx: &mut dyn Tx| Ok::<_, Error>(store::find_of_room(tx, room)?);
    let found = app.db.read(read).await?;
    Ok(found.map(|(id, channel)| (id, ScopeId::from(channel), person)))
}

async fn came(app: &App, room: &str, identity: &str, place: String) -> Result<(), Error> {
    let Some((id, lane, person)) = find(app, room, identity).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| match store::find(tx, id, now)? {
        Some(session) => Ok::<_, Error>(
            actions::came(tx, (id, &place), person, now)? && actions::may_stay(tx, &session, person)?,
        ),
        None => Ok(false),
    };
    let may_stay = app.db.write(lane, write).await?;
    if !may_stay && let Some(rooms) = Rooms::find(app) {
        rooms.follow(&[room.to_owned()], person, None, true).await;
    }
    Ok(())
}

async fn left(
    app: &App,
    room: &str,
    identity: &str,
    (place, spoke): (String, Duration),
) -> Result<(), Error> {
    let Some((id, lane, person)) = find(app, room, identity).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        // What was said since rooms and record were compared the last time.
        if !spoke.is_zero() && store::find(tx, id, now)?.is_some_and(|session| session.tells_hosts) {
            store::numbers::set_spoke(tx, (id, &place), spoke)?;
        }
        Ok::<_, Error>(actions::left(tx, (id, &place), person, now)?)
    };
    app.db.write(lane, write).await
}

/// Who is in the rooms of a session, by place, and has spoken for how long.
#[derive(Default)]
struct Present {
    people: Vec<(PersonId, String)>,
    spoken: Vec<(String, Duration)>,
}

/// What of a session is not as its room says.
#[derive(Default)]
struct Difference {
    spoken: Vec<(String, Duration)>,
    came: Vec<(PersonId, String)>,
    left: Vec<(PersonId, String)>,
    unwanted: HashSet<PersonId>,
    is_over: bool,
    are_rooms_over: bool,
}

/// Brings rooms and record together.
async fn compare(app: &App) -> Result<(), Error> {
    let Some(rooms) = Rooms::find(app) else {
        return Ok(());
    };
    let Some(media) = rooms.media() else { return Ok(()) };
    let read = |tx: &mut dyn Tx| Ok::<_, Error>((store::list_open(tx)?, store::breakouts::list_all(tx)?));
    let (sessions, small) = app.db.read(read).await?;
    for store::Open { session, .. } in sessions {
        let own = small.iter().filter(|(id, _)| *id == session.id);
        let names = own.map(|(_, room)| room.0.to_string());
        let names: Vec<String> = [session.id.0.to_string()].into_iter().chain(names).collect();
        if let Some(mut present) = present_in(media, &names).await {
            if session.tells_hosts {
                present.spoken = spoken_in(media, &names).await;
            }
            settle(app, rooms, (session, names), present).await?;
        }
    }
    for room in media.metrics() {
        let Ok(id) = room.room.parse::<Uuid>() else {
            continue;
        };
        let read = move |tx: &mut dyn Tx| Ok::<_, Error>(store::find_of_room(tx, id)?);
        if app.db.read(read).await?.is_none() {
            rooms.close(&[room.room]).await;
        }
    }
    Ok(())
}

/// Who is in these rooms. None: it is not known now, and nobody is said to have left.
async fn present_in(media: &Media, rooms: &[String]) -> Option<Present> {
    let mut present = Present::default();
    for room in rooms {
        match media.people(room).await {
            Ok(people) => {
                let known = people
                    .into_iter()
                    .filter_map(|one| Some((person_of(&one.identity)?, one.sid)));
                present.people.extend(known);
            }
            Err(MediaError::NoRoom) => {}
            Err(_) => return None,
        }
    }
    Some(present)
}

/// For how long those who are in these rooms have spoken. What is not known now is known five seconds later.
async fn spoken_in(media: &Media, rooms: &[String]) -> Vec<(String, Duration)> {
    let mut spoken = Vec::new();
    for room in rooms {
        let found = media.spoken(room).await.unwrap_or_default();
        spoken.extend(found.into_iter().map(|one| (one.sid, one.spoke)));
    }
    spoken
}

async fn settle(
    app: &App,
    rooms: &Rooms,
    (session, names): (LiveSession, Vec<String>),
    present: Present,
) -> Result<(), Error> {
    let (id, channel, now) = (session.id, session.channel_id, app.clock.now());
    let read = move |tx: &mut dyn Tx| difference(tx, &session, &present, now);
    let difference = app.db.read(read).await?;
    let (unwanted, are_rooms_over) = (difference.unwanted.clone(), difference.are_rooms_over);
    let is_same = difference.came.is_empty() && difference.left.is_empty() && difference.spoken.is_empty();
    if !is_same || difference.is_over || are_rooms_over {
        let write = move |tx: &mut dyn Tx| {
            for (person, place) in &difference.left {
                actions::left(tx, (id, place), *person, now)?;
            }
            for (person, place) in &difference.came {
                actions::came(tx, (id, place), *person, now)?;
            }
            for (place, spoke) in &difference.spoken {
                store::numbers::set_spoke(tx, (id, place), *spoke)?;
            }
            actions::breakouts::close_at_time(tx, id, now)?;
            actions::end_empty(tx, id, now)?;
            Ok::<_, Error>(())
        };
        app.db.write(channel, write).await?;
    }
    if are_rooms_over {
        rooms.close(&names[1..]).await;
    }
    for person in unwanted {
        rooms.follow(&names, person, None, true).await;
    }
    Ok(())
}

fn difference(
    tx: &mut dyn Tx,
    session: &LiveSession,
    Present { people, spoken }: &Present,
    now: Timestamp,
) -> Result<Difference, Error> {
    let present = people;
    let stays = store::list_stays(tx, session.id)?;
    let known = if spoken.is_empty() {
        Vec::new()
    } else {
        store::numbers::list_spoken(tx, session.id)?
    };
    let mut difference = Difference {
        is_over: is_over(store::find_empty_since(tx, session.id)?, now) && present.is_empty(),
        are_rooms_over: session.n_breakouts > 0 && session.breakouts_until.is_some_and(|until| until <= now),
        spoken: spoken
            .iter()
            .filter(|one| !one.1.is_zero() && !known.contains(one))
            .cloned()
            .collect(),
        left: stays
            .iter()
            .filter(|stay| !present.contains(stay))
            .cloned()
            .collect(),
        ..Difference::default()
    };
    for (person, place) in present {
        if !actions::may_stay(tx, session, *person)? {
            difference.unwanted.insert(*person);
        } else if !stays.iter().any(|(_, known)| known == place) {
            difference.came.push((*person, place.clone()));
        }
    }
    Ok(difference)
}
