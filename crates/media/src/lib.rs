//! Rooms on media threads: `crates/sfu` with sockets, threads, signalling and tokens; or the same verbs, asked of a LiveKit
//! cluster.
//!
//! Invariants: a room is touched by its thread only, and every way into it is bounded; what is slow, dead or hostile
//! outside costs itself its place and holds up nobody; a room that breaks costs itself only; whoever is removed does not
//! come back with an older ticket. Time is measured by `Instant`; only tokens know the date.
//!
//! It does not know people, permissions, databases, or what a call is for.

mod cluster;
mod embedded;
mod error;
mod event;
mod metrics;
mod settings;
mod token;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

pub use error::{MediaError, StartError};
pub use event::{MediaEvent, Spoken};
pub use metrics::RoomMetrics;
pub use settings::{Embedded, Mode, Settings, Turn};
pub use sfu::{Gauge, proto};
pub use token::{Grants, Ticket};
use tokio::sync::broadcast;
pub use webhook::BadWebhook;

use cluster::Cluster;
use embedded::Running;
use token::Tokens;

/// Where calls take place. Cheap to clone.
#[derive(Clone)]
pub struct Media(Place);

#[derive(Clone)]
enum Place {
    Here(Arc<Running>),
    There(Arc<Cluster>),
}

/// How a room is opened.
#[derive(Debug, Clone, Default)]
pub struct OpenRoom {
    /// People in it at once; without it what [`Embedded::most_participants`] says.
    pub most_participants: Option<usize>,
    /// Free text, for the product; everybody in the room sees it.
    pub metadata: String,
    /// How long it waits for its first one, 300 s without it. Twenty seconds after the last one left it ends, or sooner.
    pub empty_timeout: Option<Duration>,
}

/// A secret that is shorter is guessed from one token.
const SHORTEST_SECRET_BYTES: usize = 32;

impl Media {
    /// Opens the sockets and starts the threads; or looks whether the address of a cluster is one.
    ///
    /// # Errors
    /// When a port is taken, no address can be announced, or the settings are no good.
    pub async fn start(settings: Settings) -> Result<Media, StartError> {
        if settings.secret.len() < SHORTEST_SECRET_BYTES {
            return Err(StartError::ShortSecret);
        }
        let tokens = Tokens::new(&settings.key, &settings.secret);
        let place = match settings.mode {
            Mode::Embedded(embedded) => Place::Here(Arc::new(Running::start(tokens, embedded)?)),
            Mode::LiveKit { url } => Place::There(Arc::new(Cluster::new(tokens, url)?)),
        };
        Ok(Media(place))
    }

    /// Tells everybody in every room to come in anew, closes the sockets, and waits for the threads.
    pub async fn stop(&self) {
        if let Place::Here(running) = &self.0 {
            running.stop().await;
        }
    }

    /// The doors for clients and tools: `/rtc` and `/rtc/v1`, both with `/validate`, and the room service under `/twirp`.
    /// They check their own tokens. Empty when a cluster has the doors.
    pub fn router(&self) -> axum::Router {
        match &self.0 {
            Place::Here(running) => embedded::router(running.clone()),
            Place::There(_) => axum::Router::new(),
        }
    }

    /// Where clients go: the cluster, or nowhere but the origin that serves [`Media::router`].
    pub fn client_url(&self) -> Option<&str> {
        match &self.0 {
            Place::Here(_) => None,
            Place::There(cluster) => Some(&cluster.url),
        }
    }

    /// The port of UDP and TCP that media come to; a firewall must let both in. None when a cluster has it.
    pub fn port(&self) -> Option<u16> {
        match &self.0 {
            Place::Here(running) => Some(running.port()),
            Place::There(_) => None,
        }
    }

    /// What lets somebody into `room`. The room need not be there.
    pub fn ticket(&self, room: &str, ticket: &Ticket) -> String {
        self.tokens().ticket(room, ticket, token::wall())
    }

    fn tokens(&self) -> &Tokens {
        match &self.0 {
            Place::Here(running) => &running.tokens,
            Place::There(cluster) => &cluster.tokens,
        }
    }

    /// Opens a room. One that is there stays as it is.
    ///
    /// # Errors
    /// When the name is no good, or media are not available.
    pub async fn open(&self, room: &str, options: OpenRoom) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.open(room, &options).await.map(drop),
            Place::There(cluster) => cluster.open(room, &options).await,
        }
    }

    /// Sends everybody home. Tickets that were made before open nothing any more.
    ///
    /// # Errors
    /// When there is no such room.
    pub async fn close(&self, room: &str) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.close(room).await,
            Place::There(cluster) => cluster.close(room).await,
        }
    }

    /// The rooms that there are.
    ///
    /// # Errors
    /// When media are not available.
    pub async fn rooms(&self) -> Result<Vec<proto::Room>, MediaError> {
        match &self.0 {
            Place::Here(running) => running.rooms().await,
            Place::There(cluster) => cluster.rooms().await,
        }
    }

    /// Who is in.
    ///
    /// # Errors
    /// When there is no such room.
    pub async fn people(&self, room: &str) -> Result<Vec<proto::ParticipantInfo>, MediaError> {
        match &self.0 {
            Place::Here(running) => running.people(room).await,
            Place::There(cluster) => cluster.people(room).await,
        }
    }

    /// How long those who are in have spoken. Nobody's, of a cluster: its service does not say it.
    ///
    /// # Errors
    /// When there is no such room.
    pub async fn spoken(&self, room: &str) -> Result<Vec<Spoken>, MediaError> {
        match &self.0 {
            Place::Here(running) => running.spoken(room).await,
            Place::There(_) => Ok(Vec::new()),
        }
    }

    /// Puts somebody out. Tickets of theirs that were made before open nothing any more, whether they were in or not.
    ///
    /// # Errors
    /// When they are not in.
    pub async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.remove(room, identity).await,
            Place::There(cluster) => cluster.remove(room, identity).await,
        }
    }

    /// Mutes a track; whoever sends it can unmute it.
    ///
    /// # Errors
    /// When there is no such track, and always for `muted` = false.
    pub async fn mute(
        &self,
        room: &str,
        identity: &str,
        track_sid: &str,
        muted: bool,
    ) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.mute(room, identity, track_sid, muted).await,
            Place::There(cluster) => cluster.mute(room, identity, track_sid, muted).await,
        }
    }

    /// Changes what somebody may do; what they may do no more ends at once. Nobody becomes hidden or seen by it.
    ///
    /// # Errors
    /// When they are not in.
    pub async fn set_grants(&self, room: &str, identity: &str, grants: Grants) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.set_grants(room, identity, &grants).await,
            Place::There(cluster) => cluster.set_grants(room, identity, &grants).await,
        }
    }

    /// Says something to those named, or to everybody when nobody is, in nobody's name. Reliable and in order.
    ///
    /// # Errors
    /// When there is no such room.
    pub async fn send(
        &self,
        room: &str,
        topic: &str,
        payload: Vec<u8>,
        to: &[String],
    ) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.send(room, data_packet(topic, payload, to)).await,
            Place::There(cluster) => cluster.send(room, topic, payload, to).await,
        }
    }

    /// Changes the text that the product keeps with the room.
    ///
    /// # Errors
    /// When there is no such room.
    pub async fn set_metadata(&self, room: &str, metadata: &str) -> Result<(), MediaError> {
        match &self.0 {
            Place::Here(running) => running.set_metadata(room, metadata).await.map(drop),
            Place::There(cluster) => cluster.set_metadata(room, metadata).await,
        }
    }

    /// What happens from now on. Whoever is too slow is told how many they missed, and asks [`Media::people`].
    pub fn events(&self) -> broadcast::Receiver<MediaEvent> {
        match &self.0 {
            Place::Here(running) => running.events(),
            Place::There(cluster) => cluster.events.subscribe(),
        }
    }

    /// What happens from now on, as LiveKit's server tells it other servers. None where a cluster has the rooms: it tells it
    /// itself.
    pub fn webhooks(&self) -> Option<broadcast::Receiver<Arc<proto::WebhookEvent>>> {
        match &self.0 {
            Place::Here(running) => Some(running.webhooks()),
            Place::There(_) => None,
        }
    }

    /// What stands in the header `Authorization` of a webhook with this body, for five minutes.
    pub fn sign_webhook(&self, body: &[u8]) -> String {
        webhook::sign(self.tokens(), body, token::wall())
    }

    /// What a cluster tells, in the headers and the body of its webhook. Whoever listens to [`Media::events`] hears of it too;
    /// none when it is of no use here.
    ///
    /// # Errors
    /// When it is not signed for us, or cannot be read.
    pub fn webhook(
        &self,
        headers: &axum::http::HeaderMap,
        body: &[u8],
    ) -> Result<Option<MediaEvent>, BadWebhook> {
        // Rooms of this process tell of themselves; what claims to is a lie.
        let Place::There(cluster) = &self.0 else {
            return Err(BadWebhook::Signature);
        };
        let event = webhook::read(&cluster.tokens, headers, body, token::wall())?;
        if let Some(event) = &event {
            let _ = cluster.events.send(event.clone());
        }
        Ok(event)
    }

    /// How each room of this process does; empty for those of a cluster.
    pub fn metrics(&self) -> Vec<RoomMetrics> {
        match &self.0 {
            Place::Here(running) => running.metrics(),
            Place::There(_) => Vec::new(),
        }
    }
}

fn data_packet(topic: &str, payload: Vec<u8>, to: &[String]) -> proto::DataPacket {
    let user = proto::UserPacket {
        payload,
        topic: Some(topic.to_owned()),
        ..Default::default()
    };
    proto::DataPacket {
        destination_identities: to.to_vec(),
        value: Some(proto::data_packet::Value::User(user)),
        ..Default::default()
    }
}
