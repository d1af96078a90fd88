//! The signature of what goes out: Standard Webhooks 1.0 (standardwebhooks.com), symmetric, `v1`.
//!
//! Invariant: the signature covers id, time and body, so that neither can be changed nor sent again much later.

use base::Timestamp;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a secret begins with, so that it is known for one where it was pasted by mistake.
const PREFIX: &str = "whsec_";

/// A new secret: 32 bytes.
pub fn new_secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(rand::random::<[u8; 32]>()))
}

/// The `webhook-timestamp` of a moment: seconds since 1970.
pub fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000)
}

/// The `webhook-signature` of a body.
pub fn signature(secret: &str, id: &str, at: Timestamp, body: &[u8]) -> String {
    let key = STANDARD
        .decode(secret.trim_start_matches(PREFIX))
        .unwrap_or_default();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{}.", seconds(at)).as_bytes());
    mac.update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference libraries of Standard Webhooks.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let at = Timestamp(1_614_265_330_000_000);
        let signed = signature(
            secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_differ_and_sign_differently() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(one, other);
        let at = Timestamp(0);
        assert_ne!(signature(&one, "a", at, b"x"), signature(&other, "a", at, b"x"));
        assert_ne!(signature(&one, "a", at, b"x"), signature(&one, "b", at, b"x"));
    }
}
