//! Passwords for the relay: a name that says when it is over, and its HMAC with the secret that the relay shares
//! (draft-uberti-behave-turn-rest-00, `use-auth-secret` of coturn).

use std::time::Duration;

use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use sfu::proto;

use crate::Turn;

/// A relay asks for the password again and again while it is used, so this bounds a call over it.
const LIFETIME: Duration = Duration::from_secs(24 * 3_600);

pub(super) fn server(turn: &Turn, identity: &str, now: Timestamp) -> proto::IceServer {
    let ends_at = now.after(LIFETIME).0 / 1_000_000;
    let username = format!("{ends_at}:{identity}");
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, turn.secret.as_bytes());
    proto::IceServer {
        urls: turn.urls.clone(),
        credential: STANDARD.encode(hmac::sign(&key, username.as_bytes())),
        username,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_the_one_that_the_relay_reckons() {
        let turn = Turn {
            urls: vec!["turn:relay.example:3478".into()],
            secret: "north".into(),
        };
        let server = server(&turn, "ada", Timestamp(1_800_000_000_000_000));
        assert_eq!(server.username, "1800086400:ada");
        // printf '1800086400:ada' | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(server.credential, "S/NvgtasJET+rxpreu2BwNJu+hM=");
    }
}
