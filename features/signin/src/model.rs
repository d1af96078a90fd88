//! The rules: how long things last, what a code looks like, what can go wrong. Pure.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::db;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a sign-in waits for its second step.
pub const ATTEMPT_LIFETIME: Duration = Duration::from_secs(5 * 60);
/// Setting up an app takes longer than typing a code.
pub const SET_UP_LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long a browser may be away at another server.
pub const FLOW_LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Wrong codes after which an attempt dies (ASVS 6.6: the limiter alone is not relied on).
pub const WRONG_MAX: i64 = 5;
/// How long a question for a passkey is good for: what Web Authentication, 15.1, recommends for people at their own speed.
pub const PASSKEY_LIFETIME: Duration = Duration::from_secs(5 * 60);
/// Passkeys of a person: more than anybody has devices.
pub const PASSKEYS_MAX: i64 = 20;
/// Characters of a passkey's name.
pub const PASSKEY_NAME_MAX_CHARS: usize = 80;
/// Questions for passkeys that one network may ask a minute: three classes that open the sign-in page at once.
pub const QUESTIONS_PER_MINUTE: u32 = 120;
/// Characters of each part of what a browser says about a passkey. A key is 1 KiB; with the certificates of a device that sends
/// them although nobody asked, 6 KiB.
pub const ANSWER_PART_MAX_CHARS: usize = 16 * 1024;
/// Recovery codes of a person.
pub const N_RECOVERY_CODES: usize = 10;
/// 80 random bits: no dictionary helps, so a fast hash is enough (NIST SP 800-63B, 5.1.2.2).
const RECOVERY_CODE_BYTES: usize = 10;
/// Letters that are not mistaken for each other (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What went wrong, as far as a caller can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// What the accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
    /// The code is not right.
    #[error("the code is wrong")]
    WrongCode,
    /// The attempt has run out, was used, or had too many wrong codes.
    #[error("the attempt is over")]
    Over,
    /// What the spaces refused.
    #[error(transparent)]
    Spaces(spaces::Error),
    /// There is no other server.
    #[error("no other server is named")]
    NoProvider,
    /// The other server did not answer, or its answer is not to be trusted.
    #[error("the other server did not answer as it should")]
    Provider,
    /// The other server knows them, and nobody here does.
    #[error("nobody here has that identity")]
    Stranger,
    /// Somebody here has that mail address, and did not tie their account to the other server.
    #[error("the account is not tied to that identity")]
    Unlinked,
    /// The other server did not verify their mail address.
    #[error("the mail address is not verified")]
    EmailUnverified,
    /// The other server did not say that it is them, and that they were there just now.
    #[error("the other server did not prove who it is")]
    NotProven,
    /// What a browser said about a passkey is not right, or nobody's: deliberately the same.
    #[error("the passkey did not open anything")]
    Passkey,
    /// There are no passkeys at this server.
    #[error("passkeys are not taken here")]
    NoPasskeys,
    /// No passkey of who asks by that id.
    #[error("there is no such passkey")]
    NotFound,
    /// What somebody calls a passkey.
    #[error("a name that cannot be one: {0}")]
    Name(String),
    /// Too many questions for passkeys from one network.
    #[error("too many questions")]
    TooMany(Duration),
    /// There is a second step already, or none.
    #[error("{0}")]
    Conflict(&'static str),
    /// A fault of ours, with what failed.
    #[error("{0}")]
    Broken(&'static str),
    /// A secret could not be sealed or opened.
    #[error(transparent)]
    Sealed(#[from] platform::seal::Broken),
}

/// What somebody typed as a code.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// Six digits of an app.
    App(String),
    /// The hash of a recovery code.
    Recovery([u8; 32]),
}

/// Reads a code as people type it: with blanks, with dashes, in small letters, O for 0.
pub fn read_code(typed: &str) -> Option<Typed> {
    let bare: String = typed
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '-' | '\u{2010}'..='\u{2015}'))
        .map(|char| match char.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(RECOVERY_CODE_BYTES * 2)
        .collect();
    if bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Typed::App(bare));
    }
    let is_recovery = bare.len() == RECOVERY_CODE_BYTES * 8 / 5;
    is_recovery.then(|| Typed::Recovery(recovery_hash(&bare)))
}

/// New recovery codes, as they are shown once, with their hashes.
pub fn new_recovery_codes() -> Vec<(String, [u8; 32])> {
    (0..N_RECOVERY_CODES)
        .map(|_| {
            let bits = rand::random::<[u8; RECOVERY_CODE_BYTES]>();
            let bare = base32(&bits);
            let groups: Vec<&str> = (0..4).map(|idx| &bare[idx * 4..idx * 4 + 4]).collect();
            (groups.join("-"), recovery_hash(&bare))
        })
        .collect()
}

fn recovery_hash(bare: &str) -> [u8; 32] {
    Sha256::digest(format!("antiphon recovery code {bare}")).into()
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut n_bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        n_bits += 8;
        while n_bits >= 5 {
            n_bits -= 5;
            text.push(char::from(LETTERS[(held >> n_bits & 31) as usize]));
        }
    }
    text
}

/// A hash as text, for state that is kept as JSON.
pub fn text_of(hash: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_as_people_type_it() {
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), N_RECOVERY_CODES);
        for (shown, hash) in codes {
            assert_eq!(shown.len(), 19, "four groups of four");
            let sloppy = shown
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
                .replace('1', "l");
            for typed in [shown.clone(), sloppy, shown.replace('-', "")] {
                assert_eq!(read_code(&typed), Some(Typed::Recovery(hash)), "{typed}");
            }
        }
    }

    #[test]
    fn six_digits_are_an_apps() {
        for (typed, read) in [
            ("123456", Some(Typed::App("123456".to_owned()))),
            (" 123 456 ", Some(Typed::App("123456".to_owned()))),
            ("12345", None),
            ("1234567", None),
            ("", None),
            ("ABCDEF", None),
        ] {
            assert_eq!(read_code(typed), read, "{typed}");
        }
        assert_eq!(read_code(&"9".repeat(100_000)), None);
    }
}
