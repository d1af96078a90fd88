//! Rooms of a LiveKit server or cluster: the same verbs, asked of its room service (Twirp over HTTP, protobuf).
//!
//! Clients speak to it directly; of what happens there it tells by webhooks.

use std::time::Duration;

use prost::Message;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use sfu::proto;
use tokio::sync::broadcast;

use crate::token::{Claims, Tokens, VideoGrant, wall};
use crate::{Grants, MediaError, MediaEvent, OpenRoom, StartError};

pub(crate) struct Cluster {
    pub tokens: Tokens,
    /// For clients.
    pub url: String,
    /// Of the room service, without the name of what is asked.
    service: String,
    http: reqwest::Client,
    pub events: broadcast::Sender<MediaEvent>,
}

/// For everything of one call; the cluster answers in milliseconds or is ill.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Of the token with which one thing is asked.
const LIFETIME: Duration = Duration::from_secs(60);

/// How many events may wait for a listener.
const EVENTS: usize = 4_096;

/// The largest answer that is read: a room of 1,000 people with metadata is less than a tenth of it.
const MOST_ANSWER_BYTES: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct Failure {
    #[serde(default)]
    code: String,
    #[serde(default)]
    msg: String,
}

impl Cluster {
    pub fn new(tokens: Tokens, url: String) -> Result<Self, StartError> {
        let url = url.trim_end_matches('/').to_owned();
        let schemes = [
            ("wss://", "https://"),
            ("ws://", "http://"),
            ("https://", "https://"),
            ("http://", "http://"),
        ];
        let found = schemes
            .iter()
            .find_map(|(theirs, ours)| url.strip_prefix(theirs).map(|rest| (*ours, rest)));
        let (scheme, host) = found
            .filter(|(_, host)| !host.is_empty())
            .ok_or_else(|| StartError::BadUrl(url.clone()))?;
        // Whoever came first has set the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| StartError::System(std::io::Error::other(error)))?;
        Ok(Cluster {
            tokens,
            service: format!("{scheme}{host}/twirp/livekit.RoomService/"),
            url: format!("{}{host}", if scheme == "https://" { "wss://" } else { "ws://" }),
            http,
            events: broadcast::channel(EVENTS).0,
        })
    }

    pub async fn open(&self, room: &str, options: &OpenRoom) -> Result<(), MediaError> {
        let request = proto::CreateRoomRequest {
            name: room.to_owned(),
            max_participants: options.most_participants.map_or(0, |most| most as u32),
            metadata: options.metadata.clone(),
            empty_timeout: options
                .empty_timeout
                .map_or(0, |timeout| timeout.as_secs() as u32),
            ..Default::default()
        };
        let grant = VideoGrant {
            room_create: true,
            ..VideoGrant::default()
        };
        self.ask::<proto::Room>("CreateRoom", grant, &request)
            .await
            .map(drop)
    }

    pub async fn close(&self, room: &str) -> Result<(), MediaError> {
        let request = proto::DeleteRoomRequest {
            room: room.to_owned(),
        };
        let grant = VideoGrant {
            room_create: true,
            ..admin(room)
        };
        let closed = self.ask::<proto::DeleteRoomResponse>("DeleteRoom", grant, &request);
        closed.await.map(drop).map_err(|error| match error {
            MediaError::NoParticipant => MediaError::NoRoom,
            error => error,
        })
    }

    pub async fn rooms(&self) -> Result<Vec<proto::Room>, MediaError> {
        let grant = VideoGrant {
            room_list: true,
            ..VideoGrant::default()
        };
        let listed: proto::ListRoomsResponse = self
            .ask("ListRooms", grant, &proto::ListRoomsRequest::default())
            .await?;
        Ok(listed.rooms)
    }

    pub async fn people(&self, room: &str) -> Result<Vec<proto::ParticipantInfo>, MediaError> {
        let request = proto::ListParticipantsRequest {
            room: room.to_owned(),
        };
        let listed: proto::ListParticipantsResponse =
            self.ask("ListParticipants", admin(room), &request).await?;
        Ok(listed.participants)
    }

    pub async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError> {
        let request = proto::RoomParticipantIdentity {
            room: room.to_owned(),
            identity: identity.to_owned(),
            revoke_token_ts: wall().0 / 1_000_000,
        };
        let removed =
            self.ask::<proto::RemoveParticipantResponse>("RemoveParticipant", admin(room), &request);
        removed.await.map(drop)
    }

    pub async fn mute(&self, room: &str, identity: &str, sid: &str, muted: bool) -> Result<(), MediaError> {
        if !muted {
            return Err(MediaError::CannotUnmute);
        }
        let request = proto::MuteRoomTrackRequest {
            room: room.to_owned(),
            identity: identity.to_owned(),
            track_sid: sid.to_owned(),
            muted,
        };
        let muted = self.ask::<proto::MuteRoomTrackResponse>("MutePublishedTrack", admin(room), &request);
        muted.await.map(drop)
    }

    pub async fn set_grants(&self, room: &str, identity: &str, grants: &Grants) -> Result<(), MediaError> {
        let request = proto::UpdateParticipantRequest {
            room: room.to_owned(),
            identity: identity.to_owned(),
            permission: Some(grants.into()),
            ..Default::default()
        };
        let updated = self.ask::<proto::ParticipantInfo>("UpdateParticipant", admin(room), &request);
        updated.await.map(drop)
    }

    pub async fn send(
        &self,
        room: &str,
        topic: &str,
        payload: Vec<u8>,
        to: &[String],
    ) -> Result<(), MediaError> {
        let request = proto::SendDataRequest {
            room: room.to_owned(),
            data: payload,
            kind: proto::data_packet::Kind::Reliable as i32,
            destination_identities: to.to_vec(),
            topic: Some(topic.to_owned()),
            ..Default::default()
        };
        let sent = self.ask::<proto::SendDataResponse>("SendData", admin(room), &request);
        sent.await.map(drop)
    }

    pub async fn set_metadata(&self, room: &str, metadata: &str) -> Result<(), MediaError> {
        let request = proto::UpdateRoomMetadataRequest {
            room: room.to_owned(),
            metadata: metadata.to_owned(),
        };
        let changed = self.ask::<proto::Room>("UpdateRoomMetadata", admin(room), &request);
        changed.await.map(drop)
    }

    async fn ask<T: Message + Default>(
        &self,
        what: &str,
        video: VideoGrant,
        request: &impl Message,
    ) -> Result<T, MediaError> {
        let claims = Claims {
            video,
            ..Claims::default()
        };
        let asked = self
            .http
            .post(format!("{}{what}", self.service))
            .bearer_auth(self.tokens.sign_for(claims, LIFETIME, wall()))
            .header(CONTENT_TYPE, "application/protobuf")
            .body(request.encode_to_vec());
        let mut response = asked.send().await.map_err(broken)?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > MOST_ANSWER_BYTES {
                return Err(MediaError::Cluster("its answer is too large".into()));
            }
            body.extend(chunk);
        }
        if status == StatusCode::OK {
            return T::decode(&body[..]).map_err(|_| MediaError::Cluster("its answer cannot be read".into()));
        }
        Err(failed(status, &body))
    }
}

fn admin(room: &str) -> VideoGrant {
    VideoGrant {
        room_admin: true,
        room: room.to_owned(),
        ..VideoGrant::default()
    }
}

/// What is not there is told by words only.
fn failed(status: StatusCode, body: &[u8]) -> MediaError {
    match serde_json::from_slice::<Failure>(body) {
        Ok(failure) if failure.code == "not_found" && failure.msg.contains("room") => MediaError::NoRoom,
        Ok(failure) if failure.code == "not_found" && failure.msg.contains("track") => MediaError::NoTrack,
        Ok(failure) if failure.code == "not_found" => MediaError::NoParticipant,
        Ok(failure) => MediaError::Cluster(format!("{}: {}", failure.code, failure.msg)),
        Err(_) => MediaError::Cluster(format!("it answered {status}")),
    }
}

/// Without the address: it may stand in a log.
fn broken(error: reqwest::Error) -> MediaError {
    MediaError::Cluster(error.without_url().to_string())
}
