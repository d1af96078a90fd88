//! The room service of LiveKit (Twirp, protobuf and JSON), for tools that speak to a LiveKit server.
//!
//! Each method asks for the grant that LiveKit asks for. What is not built says so.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use prost::Message;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sfu::proto;

use super::Running;
use crate::token::{BadToken, VideoGrant};
use crate::{Grants, MediaError, OpenRoom};

/// The largest question: data for a room, or its metadata.
const MOST_BYTES: usize = 256 * 1024;

pub(super) fn router(running: Arc<Running>) -> axum::Router {
    axum::Router::new()
        .route("/twirp/livekit.RoomService/{method}", post(answer))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(running)
}

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Token(#[from] BadToken),
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error("the request cannot be read")]
    Malformed,
    #[error("application/json or application/protobuf is needed")]
    Kind,
    #[error("this server does not do that")]
    Unimplemented,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, code) = match &self {
            Refused::Token(BadToken::Grant) => (StatusCode::FORBIDDEN, "permission_denied"),
            Refused::Token(_) => (StatusCode::UNAUTHORIZED, "unauthenticated"),
            Refused::Media(MediaError::NoRoom | MediaError::NoParticipant | MediaError::NoTrack) => {
                (StatusCode::NOT_FOUND, "not_found")
            }
            Refused::Media(MediaError::CannotUnmute) => (StatusCode::FORBIDDEN, "permission_denied"),
            Refused::Media(MediaError::BadName) => (StatusCode::BAD_REQUEST, "invalid_argument"),
            Refused::Media(MediaError::Unavailable | MediaError::Cluster(_)) => {
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            Refused::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Refused::Kind => (StatusCode::NOT_FOUND, "bad_route"),
            Refused::Unimplemented => (StatusCode::NOT_IMPLEMENTED, "unimplemented"),
        };
        let body = json!({ "code": code, "msg": self.to_string() }).to_string();
        (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
    }
}

/// One question, in either form.
struct Asked {
    is_json: bool,
    video: VideoGrant,
    body: Bytes,
}

impl Asked {
    fn read<T: Message + Default + DeserializeOwned>(&self) -> Result<T, Refused> {
        let read = match self.is_json {
            true => serde_json::from_slice(&self.body).ok(),
            false => T::decode(&self.body[..]).ok(),
        };
        read.ok_or(Refused::Malformed)
    }

    fn write<T: Message + Serialize>(&self, answer: &T) -> Result<Response, Refused> {
        let (kind, body) = match self.is_json {
            true => (
                "application/json",
                serde_json::to_vec(answer).map_err(|_| Refused::Malformed)?,
            ),
            false => ("application/protobuf", answer.encode_to_vec()),
        };
        Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
    }

    fn must(&self, is_granted: bool) -> Result<(), Refused> {
        if is_granted {
            Ok(())
        } else {
            Err(BadToken::Grant.into())
        }
    }

    /// To administer a room takes a token for that very room.
    fn must_administer(&self, room: &str) -> Result<(), Refused> {
        self.must(self.video.room_admin && self.video.room == room)
    }
}

async fn answer(
    State(running): State<Arc<Running>>,
    Path(method): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let claims = running.read_token(None, &headers)?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let asked = Asked {
        is_json: match kind.split(';').next().unwrap_or_default().trim() {
            "application/json" => true,
            "application/protobuf" => false,
            _ => return Err(Refused::Kind),
        },
        video: claims.video,
        body,
    };
    match method.as_str() {
        "CreateRoom" => running.answer_create(&asked).await,
        "ListRooms" => running.answer_rooms(&asked).await,
        "DeleteRoom" => running.answer_delete(&asked).await,
        "ListParticipants" => running.answer_people(&asked).await,
        "GetParticipant" => running.answer_person(&asked).await,
        "RemoveParticipant" => running.answer_remove(&asked).await,
        "MutePublishedTrack" => running.answer_mute(&asked).await,
        "UpdateParticipant" => running.answer_update(&asked).await,
        "SendData" => running.answer_send(&asked).await,
        "UpdateRoomMetadata" => running.answer_metadata(&asked).await,
        _ => Err(Refused::Unimplemented),
    }
}

impl Running {
    async fn answer_create(&self, asked: &Asked) -> Result<Response, Refused> {
        asked.must(asked.video.room_create)?;
        let request: proto::CreateRoomRequest = asked.read()?;
        let is_said = |number: u32| (number > 0).then_some(number);
        let options = OpenRoom {
            most_participants: is_said(request.max_participants).map(|most| most as usize),
            metadata: request.metadata,
            empty_timeout: is_said(request.empty_timeout).map(|secs| Duration::from_secs(secs.into())),
        };
        asked.write(&self.open(&request.name, &options).await?)
    }

    async fn answer_rooms(&self, asked: &Asked) -> Result<Response, Refused> {
        asked.must(asked.video.room_list)?;
        let request: proto::ListRoomsRequest = asked.read()?;
        let mut rooms = self.rooms().await?;
        rooms.retain(|room| request.names.is_empty() || request.names.contains(&room.name));
        asked.write(&proto::ListRoomsResponse { rooms })
    }

    async fn answer_delete(&self, asked: &Asked) -> Result<Response, Refused> {
        asked.must(asked.video.room_create)?;
        let request: proto::DeleteRoomRequest = asked.read()?;
        self.close(&request.room).await?;
        asked.write(&proto::DeleteRoomResponse {})
    }

    async fn answer_people(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::ListParticipantsRequest = asked.read()?;
        asked.must_administer(&request.room)?;
        let participants = self.people(&request.room).await?;
        asked.write(&proto::ListParticipantsResponse { participants })
    }

    async fn answer_person(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::RoomParticipantIdentity = asked.read()?;
        asked.must_administer(&request.room)?;
        asked.write(&self.person(&request.room, &request.identity).await?)
    }

    async fn person(&self, room: &str, identity: &str) -> Result<proto::ParticipantInfo, MediaError> {
        let people = self.people(room).await?;
        let found = people.into_iter().find(|info| info.identity == identity);
        found.ok_or(MediaError::NoParticipant)
    }

    async fn answer_remove(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::RoomParticipantIdentity = asked.read()?;
        asked.must_administer(&request.room)?;
        self.remove(&request.room, &request.identity).await?;
        asked.write(&proto::RemoveParticipantResponse {})
    }

    async fn answer_mute(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::MuteRoomTrackRequest = asked.read()?;
        asked.must_administer(&request.room)?;
        self.mute(
            &request.room,
            &request.identity,
            &request.track_sid,
            request.muted,
        )
        .await?;
        let info = self.person(&request.room, &request.identity).await?;
        let track = info
            .tracks
            .into_iter()
            .find(|track| track.sid == request.track_sid);
        asked.write(&proto::MuteRoomTrackResponse { track })
    }

    /// Permissions only: name, metadata and attributes are what the ticket said.
    async fn answer_update(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::UpdateParticipantRequest = asked.read()?;
        asked.must_administer(&request.room)?;
        let changes_more =
            !request.name.is_empty() || !request.metadata.is_empty() || !request.attributes.is_empty();
        let permission = request
            .permission
            .filter(|_| !changes_more)
            .ok_or(Refused::Unimplemented)?;
        self.set_grants(&request.room, &request.identity, &Grants::from(&permission))
            .await?;
        asked.write(&self.person(&request.room, &request.identity).await?)
    }

    async fn answer_send(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::SendDataRequest = asked.read()?;
        asked.must_administer(&request.room)?;
        let topic = request.topic.unwrap_or_default();
        let packet = crate::data_packet(&topic, request.data, &request.destination_identities);
        self.send(&request.room, packet).await?;
        asked.write(&proto::SendDataResponse {})
    }

    async fn answer_metadata(&self, asked: &Asked) -> Result<Response, Refused> {
        let request: proto::UpdateRoomMetadataRequest = asked.read()?;
        asked.must_administer(&request.room)?;
        asked.write(&self.set_metadata(&request.room, &request.metadata).await?)
    }
}
