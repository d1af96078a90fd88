//! Who we are for push services (VAPID, RFC 8292): a key pair of this server, made at the first need and kept sealed.

use crate::model::Error;
use base::Timestamp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::seal::Seal;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use std::time::Duration;

/// How long a word of ours is good; at most a day (RFC 8292, 2).
const GOOD_FOR: Duration = Duration::from_secs(12 * 3_600);
/// What the secret is sealed to.
const ABOUT: &[u8] = b"vapid";

/// The key pair of this server.
pub(crate) struct Vapid(EcdsaKeyPair);

impl Vapid {
    /// A new pair, and its secret as it is kept.
    pub fn make(seal: &Seal) -> Result<(Self, String), Error> {
        let secret = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| Error::Broken("a key for push could not be made"))?;
        Ok((Self::read(secret.as_ref())?, seal.seal(secret.as_ref(), ABOUT)?))
    }

    /// The pair that was kept.
    pub fn open(seal: &Seal, sealed: &str) -> Result<Self, Error> {
        Self::read(&seal.open(sealed, ABOUT)?)
    }

    fn read(secret: &[u8]) -> Result<Self, Error> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, secret, &SystemRandom::new());
        pair.map(Self)
            .map_err(|_| Error::Broken("the key for push cannot be read"))
    }

    /// As browsers want it: an uncompressed point in base64url.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// The header by which the service of this endpoint knows us. `contact` is our address, if it has one that others reach.
    pub fn authorization(&self, endpoint: &str, contact: &str, now: Timestamp) -> Result<String, Error> {
        let mut claims = serde_json::json!({
            "aud": origin_of(endpoint),
            "exp": now.after(GOOD_FOR).0 / 1_000_000,
        });
        if contact.starts_with("https://") {
            claims["sub"] = contact.into();
        }
        let said = [r#"{"typ":"JWT","alg":"ES256"}"#.to_owned(), claims.to_string()]
            .map(|part| URL_SAFE_NO_PAD.encode(part))
            .join(".");
        let signature = self
            .0
            .sign(&SystemRandom::new(), said.as_bytes())
            .map_err(|_| Error::Broken("a push could not be signed"))?;
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        Ok(format!("vapid t={said}.{signature}, k={}", self.public()))
    }
}

/// Scheme and host of an address that was checked; without the rest.
fn origin_of(endpoint: &str) -> &str {
    let begin = endpoint.find("://").map_or(0, |at| at + 3);
    let end = endpoint[begin..]
        .find(['/', '?', '#'])
        .map_or(endpoint.len(), |at| begin + at);
    &endpoint[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_an_origin() {
        for (endpoint, expected) in [
            ("https://push.example/abc/def?x=1", "https://push.example"),
            ("https://push.example", "https://push.example"),
            ("http://127.0.0.1:8123/x", "http://127.0.0.1:8123"),
        ] {
            assert_eq!(origin_of(endpoint), expected);
        }
    }
}
