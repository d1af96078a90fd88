//! Texts of Mattermost are Markdown already; people are named as `@username`, emoji as `:name:`.

use crate::emoji;
use std::collections::HashMap;
use uuid::Uuid;

/// The text as it is typed here. Code stays as it is. With `ids` people are named by their ids, else as they stand.
pub fn to_markdown(text: &str, ids: Option<&HashMap<String, Uuid>>) -> String {
    let mut markdown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut before = None;
    while let Some(char) = rest.chars().next() {
        let n_taken = match char {
            '`' => code(rest, &mut markdown),
            '@' if is_edge(before) => mention(rest, ids, &mut markdown),
            ':' => short_name(rest, &mut markdown),
            // What looks like one of our mentions is none.
            '<' if rest.starts_with("<@") => {
                markdown.push_str("\\<");
                1
            }
            _ => {
                markdown.push(char);
                char.len_utf8()
            }
        };
        before = rest[..n_taken].chars().next_back();
        rest = &rest[n_taken..];
    }
    markdown.trim().to_owned()
}

fn is_edge(char: Option<char>) -> bool {
    char.is_none_or(|char| !char.is_alphanumeric() && !matches!(char, '_' | '/' | '@'))
}

/// From backticks to as many again, or the backticks alone.
fn code(text: &str, markdown: &mut String) -> usize {
    let n_ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    let ticks = &text[..n_ticks];
    let len = match text[n_ticks..].find(ticks) {
        Some(at) => n_ticks + at + n_ticks,
        None => n_ticks,
    };
    markdown.push_str(&text[..len]);
    len
}

fn mention(text: &str, ids: Option<&HashMap<String, Uuid>>, markdown: &mut String) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let n_name = text.bytes().skip(1).take_while(|byte| is_part(*byte)).count();
    let written = &text[1..1 + n_name];
    let lower = written.to_ascii_lowercase();
    let Some(ids) = ids else {
        markdown.push_str(&text[..1 + n_name]);
        return 1 + n_name;
    };
    // A full stop may belong to the name or to the sentence.
    for name in [lower.as_str(), lower.trim_end_matches(['.', '-', '_'])] {
        if matches!(name, "all" | "channel" | "here") {
            markdown.push_str("<@channel>");
            return 1 + name.len();
        }
        if let Some(id) = ids.get(name) {
            markdown.push_str(&format!("<@{id}>"));
            return 1 + name.len();
        }
    }
    markdown.push_str(&text[..1 + n_name]);
    1 + n_name
}

fn short_name(text: &str, markdown: &mut String) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let n_name = text.bytes().skip(1).take_while(|byte| is_part(*byte)).count();
    let closed = text.as_bytes().get(1 + n_name) == Some(&b':');
    match emoji::find(&text[1..1 + n_name]).filter(|_| closed) {
        Some(emoji) => {
            markdown.push_str(&emoji);
            n_name + 2
        }
        None => {
            markdown.push(':');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_emoji_are_named_as_here() {
        let ada = Uuid::from_u128(7);
        let ids = HashMap::from([
            ("ada.obi".to_owned(), ada),
            ("ben".to_owned(), Uuid::from_u128(8)),
        ]);
        let mentions = format!("Hi <@{ada}>, and <@{}>.", Uuid::from_u128(8));
        for (text, markdown) in [
            ("Hi @Ada.Obi, and @ben.", mentions.as_str()),
            ("@all look", "<@channel> look"),
            ("mail ben@ben.example, @nobody", "mail ben@ben.example, @nobody"),
            (
                "`@ben :tada:` :tada: :logo: 10:30:45",
                "`@ben :tada:` 🎉 :logo: 10:30:45",
            ),
            ("```\n@ben\n``` ok", "```\n@ben\n``` ok"),
            (
                "<@00000000-0000-0000-0000-000000000007>",
                "\\<@00000000-0000-0000-0000-000000000007>",
            ),
            ("**bold** ` open", "**bold** ` open"),
        ] {
            assert_eq!(to_markdown(text, Some(&ids)), markdown, "{text}");
        }
        assert_eq!(to_markdown("@ben", None), "@ben");
    }
}
