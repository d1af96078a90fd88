//! Rules of groups. Pure.

use markup::{clean_name, skeleton};

/// Characters of a handle.
pub const HANDLE_MAX_CHARS: usize = 40;
/// Characters of a title.
pub const TITLE_MAX_CHARS: usize = 80;
/// Groups of one space, and of the workspace as a whole.
pub const GROUPS_MAX: i64 = 200;
/// People of one group. A larger one is a channel.
pub const MEMBERS_MAX: usize = 500;
/// People whom the groups in one message call together: their ids travel with it.
pub const CALLED_MAX: usize = 500;
/// Groups of one list; more are found by name.
pub const LIST_MAX: i64 = 500;
/// Handles that mean something else already, here or to people who come from elsewhere.
const RESERVED: [&str; 5] = ["channel", "everyone", "here", "all", "group"];

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such group for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// What places refuse, and what is refused in their words.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// What follows the `@`: one word of letters, digits, `.`, `_` and `-`, in small letters; and the key under which
/// look-alikes meet.
pub fn clean_handle(handle: &str) -> Result<(String, String), Error> {
    let field = |detail: String| Error::Field {
        pointer: "/handle",
        detail,
    };
    let handle = handle.trim().trim_start_matches('@').to_lowercase();
    let handle = clean_name(&handle, HANDLE_MAX_CHARS).map_err(|problem| field(problem.to_string()))?;
    let is_part =
        |char: char| char.is_alphanumeric() || unicode_mark(char) || matches!(char, '.' | '_' | '-');
    let begins = handle.chars().next().is_some_and(char::is_alphanumeric);
    let ends = handle.chars().last().is_some_and(|char| char != '.');
    if !begins || !ends || !handle.chars().all(is_part) {
        let detail = "one word of letters, digits, dots, hyphens and underscores, such as \"class-9b\"";
        return Err(field(detail.to_owned()));
    }
    let key = skeleton(&handle);
    if RESERVED.contains(&key.as_str()) {
        return Err(field("this word calls somebody else already".to_owned()));
    }
    Ok((handle, key))
}

/// Vowel signs and the like, which belong to letters of Arabic, Hebrew and Indic scripts.
fn unicode_mark(char: char) -> bool {
    matches!(u32::from(char), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x900..=0xdff)
}

/// What a group is called in full.
pub fn clean_title(title: &str) -> Result<String, Error> {
    clean_name(title, TITLE_MAX_CHARS).map_err(|problem| Error::Field {
        pointer: "/title",
        detail: problem.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_one_word() {
        for (typed, expected) in [
            ("crew", Some("crew")),
            (" @Class-9B ", Some("class-9b")),
            ("lab.2_a", Some("lab.2_a")),
            ("صف-٩", Some("صف-٩")),
            ("数学", Some("数学")),
            ("two words", None),
            ("", None),
            ("-crew", None),
            ("crew.", None),
            ("<b>", None),
            ("a@b", None),
            ("channel", None),
            ("Everyone", None),
            ("сhannel", None),
            ("a\u{202e}b", None),
        ] {
            let found = clean_handle(typed).ok().map(|(handle, _)| handle);
            assert_eq!(found.as_deref(), expected, "{typed:?}");
        }
        assert!(clean_handle(&"x".repeat(HANDLE_MAX_CHARS)).is_ok());
        assert!(clean_handle(&"x".repeat(HANDLE_MAX_CHARS + 1)).is_err());
    }

    #[test]
    fn look_alikes_share_a_key() {
        let key = |handle| clean_handle(handle).expect("it can be used").1;
        assert_eq!(
            key("crew"),
            key("сrew"),
            "the first letter of the second is Cyrillic"
        );
        assert_ne!(key("crew-a"), key("crew-b"));
    }
}
