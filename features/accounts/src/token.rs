//! Secrets that are shown once: of sessions, of programs, of reset links.
//!
//! Invariants: 32 random bytes, written in base64url; only the SHA-256 of that text is ever stored or compared, so
//! neither a stolen database nor the time of a comparison gives a token away; a token is never printed by `Debug`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of a token's bytes.
pub type TokenHash = [u8; 32];

/// A secret that its owner gets to see once.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// What its owner gets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> TokenHash {
        token_hash(&self.0)
    }
}

/// The hash by which a token that somebody shows is found. A text that is no token has one too; nobody has it.
pub fn token_hash(text: &str) -> TokenHash {
    Sha256::digest(text).into()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_hash_and_by_nothing_else() {
        let token = Token::random();
        assert_eq!(token.as_str().len(), 43, "32 bytes in base64url");
        assert_eq!(token_hash(token.as_str()), token.hash());
        assert_ne!(Token::random().hash(), token.hash());
        assert_ne!(token_hash(&token.as_str()[1..]), token.hash());
    }

    #[test]
    fn a_token_does_not_reach_the_log() {
        let token = Token::random();
        assert!(!format!("{token:?}").contains(token.as_str()));
    }
}
