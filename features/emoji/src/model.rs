//! Rules of emoji. Pure.

/// Emoji of a workspace.
pub const EMOJI_MAX: i64 = 1_000;
/// Bytes of a picture that is sent.
pub const SENT_MAX_BYTES: usize = 256 * 1024;
/// Characters of a name.
const NAME_MAX_CHARS: usize = 32;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none of this name.
    #[error("there is no such emoji")]
    NotFound,
    /// What the person may not do.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field; empty for the picture.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// Another emoji has this name.
    #[error("another emoji has this name")]
    NameTaken,
    /// The picture has more than [`SENT_MAX_BYTES`].
    #[error("the picture is too big")]
    TooBig,
    /// Not now.
    #[error("too many pictures are being made")]
    Busy,
    /// Blobs.
    #[error(transparent)]
    Blobs(#[from] platform::blobs::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

impl Error {
    /// A field that cannot be used.
    pub fn field(pointer: &'static str, detail: impl Into<String>) -> Self {
        Self::Field {
            pointer,
            detail: detail.into(),
        }
    }
}

/// A name is 2 to 32 small letters, digits, `_` and `-`, and not that of an emoji which everybody has.
pub fn check_name(name: &str) -> Result<(), Error> {
    let is_word = name
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    if !is_word || !(2..=NAME_MAX_CHARS).contains(&name.len()) {
        let detail = "a name has 2 to 32 small letters a-z, digits, _ and -";
        return Err(Error::field("/name", detail));
    }
    // The parser of texts puts those that everybody has in the place of their names.
    if markup::parse(&format!(":{name}:")).is_some() {
        return Err(Error::field(
            "/name",
            "everybody has an emoji of this name already",
        ));
    }
    Ok(())
}

/// The name in `:name:`; None for everything else.
pub fn name_in(text: &str) -> Option<&str> {
    let name = text.strip_prefix(':')?.strip_suffix(':')?;
    let is_word = name
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    (is_word && (2..=NAME_MAX_CHARS).contains(&name.len())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_short_word_of_its_own() {
        for (name, accepted) in [
            ("party_parrot", true),
            ("parrot-2", true),
            ("42", true),
            ("tada", false),
            ("+1", false),
            ("Parrot", false),
            ("par rot", false),
            ("p", false),
            ("", false),
            ("a:b", false),
            ("../x", false),
            ("päpste", false),
        ] {
            assert_eq!(check_name(name).is_ok(), accepted, "{name}");
        }
        assert!(check_name(&"x".repeat(33)).is_err());
    }

    #[test]
    fn a_use_is_a_name_between_colons() {
        for (text, name) in [
            (":parrot:", Some("parrot")),
            ("parrot", None),
            ("::", None),
            (":a b:", None),
            (":x:", None),
        ] {
            assert_eq!(name_in(text), name, "{text}");
        }
    }
}
