//! What is told of rooms from server to server: webhooks, signed as LiveKit signs them. The token in the header holds the
//! SHA-256 of the body. They are read here when a cluster tells them, and made here when our rooms do; who sends them is not
//! known here.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sfu::proto;

use crate::MediaEvent;
use crate::token::{Claims, Tokens, wall};

/// Why a webhook is not believed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadWebhook {
    /// Not signed with our key, over, or for another body.
    #[error("the webhook is not signed for us")]
    Signature,
    /// Signed, and nothing that can be read.
    #[error("the webhook cannot be read")]
    Malformed,
}

/// How long a webhook is good, as LiveKit's.
const LIFETIME: Duration = Duration::from_secs(300);

/// Something that happens now; who and what is added.
pub(crate) fn event(name: &str, room: proto::Room) -> proto::WebhookEvent {
    proto::WebhookEvent {
        event: name.to_owned(),
        room: Some(room),
        id: format!("EV_{:016x}", rand::random::<u64>()),
        created_at: wall().0 / 1_000_000,
        ..Default::default()
    }
}

/// The token for a body.
pub(crate) fn sign(tokens: &Tokens, body: &[u8], now: Timestamp) -> String {
    let claims = Claims {
        sha256: sha256(body),
        ..Claims::default()
    };
    tokens.sign_for(claims, LIFETIME, now)
}

fn sha256(body: &[u8]) -> String {
    STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, body))
}

/// None for an event that is of no use here.
pub(crate) fn read(
    tokens: &Tokens,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Option<MediaEvent>, BadWebhook> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = header.strip_prefix("Bearer ").unwrap_or(header);
    let claims = tokens.verify(token, now).map_err(|_| BadWebhook::Signature)?;
    if claims.sha256 != sha256(body) {
        return Err(BadWebhook::Signature);
    }
    let event: proto::WebhookEvent = serde_json::from_slice(body).map_err(|_| BadWebhook::Malformed)?;
    Ok(translate(event))
}

fn translate(event: proto::WebhookEvent) -> Option<MediaEvent> {
    let info = event.room.unwrap_or_default();
    let room = info.name;
    let who = event.participant.unwrap_or_default();
    let (identity, sid, reason) = (who.identity.clone(), who.sid.clone(), who.disconnect_reason());
    let track = event.track.unwrap_or_default();
    Some(match event.event.as_str() {
        "room_started" => MediaEvent::RoomStarted { room, sid: info.sid },
        "room_finished" => MediaEvent::RoomFinished { room, sid: info.sid },
        "participant_joined" => MediaEvent::Joined { room, identity, sid },
        "participant_left" | "participant_connection_aborted" => MediaEvent::Left {
            room,
            identity,
            sid,
            reason,
            spoke: Duration::ZERO,
        },
        "track_published" => MediaEvent::TrackPublished {
            room,
            identity,
            track: Box::new(track),
        },
        "track_unpublished" => MediaEvent::TrackUnpublished {
            room,
            identity,
            track_sid: track.sid,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
    const BODY: &str = r#"{"event":"participant_left","room":{"sid":"RM_1","name":"hall"},
        "participant":{"sid":"PA_1","identity":"ada","disconnectReason":"CLIENT_INITIATED"},"id":"EV_1","createdAt":"1"}"#;

    fn tokens(secret: &str) -> Tokens {
        Tokens::new("key", secret)
    }

    fn signed(secret: &str, body: &str) -> HeaderMap {
        let token = sign(&tokens(secret), body.as_bytes(), NOW);
        HeaderMap::from_iter([(header::AUTHORIZATION, token.parse().unwrap())])
    }

    #[test]
    fn what_is_signed_for_us_is_an_event() {
        let read = |body: &str| read(&tokens("ours"), &signed("ours", body), body.as_bytes(), NOW);
        let left = MediaEvent::Left {
            room: "hall".into(),
            identity: "ada".into(),
            sid: "PA_1".into(),
            reason: proto::DisconnectReason::ClientInitiated,
            spoke: Duration::ZERO,
        };
        assert_eq!(read(BODY), Ok(Some(left)));
        assert_eq!(read(r#"{"event":"egress_started"}"#), Ok(None));
        assert_eq!(read("[]"), Err(BadWebhook::Malformed));
    }

    #[test]
    fn what_is_not_signed_for_us_is_nothing() {
        let read =
            |headers: &HeaderMap, body: &str, now| read(&tokens("ours"), headers, body.as_bytes(), now);
        let refused = Err(BadWebhook::Signature);
        assert_eq!(read(&HeaderMap::new(), BODY, NOW), refused);
        assert_eq!(read(&signed("theirs", BODY), BODY, NOW), refused);
        assert_eq!(
            read(&signed("ours", BODY), &BODY.replace("ada", "bob"), NOW),
            refused
        );
        assert_eq!(
            read(&signed("ours", BODY), BODY, NOW.after(LIFETIME * 2)),
            refused
        );
    }
}
