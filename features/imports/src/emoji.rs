//! Emoji by the short names that Slack and Mattermost give them.
//!
//! The table is made from the shortcodes of `emojibase-data` (MIT), which are those of Slack; where the two products part,
//! the name is unknown here and the reaction is left out.

use std::{collections::HashMap, sync::OnceLock};

const TABLE: &str = include_str!("emoji.txt");
/// Skin tones are written `wave::skin-tone-2`; 2 is the lightest.
const SKIN_TONES: [(&str, char); 5] = [
    ("skin-tone-2", '\u{1f3fb}'),
    ("skin-tone-3", '\u{1f3fc}'),
    ("skin-tone-4", '\u{1f3fd}'),
    ("skin-tone-5", '\u{1f3fe}'),
    ("skin-tone-6", '\u{1f3ff}'),
];

/// The emoji of a name without its outer colons.
pub fn find(name: &str) -> Option<String> {
    let (base, tone) = name
        .split_once("::")
        .map_or((name, None), |(base, tone)| (base, Some(tone)));
    let emoji = table().get(base)?;
    let Some(tone) = tone else {
        return Some((*emoji).to_owned());
    };
    let (_, modifier) = SKIN_TONES.iter().find(|(word, _)| *word == tone)?;
    Some(with_tone(emoji, *modifier))
}

/// The modifier stands behind the first character, in place of a variation selector.
fn with_tone(emoji: &str, modifier: char) -> String {
    let mut chars = emoji.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    let rest = chars.as_str();
    format!(
        "{first}{modifier}{}",
        rest.strip_prefix('\u{fe0f}').unwrap_or(rest)
    )
}

fn table() -> &'static HashMap<&'static str, &'static str> {
    static FOUND: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let pairs = TABLE.lines().filter_map(|line| line.split_once('\t'));
        pairs.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_emoji() {
        for (name, emoji) in [
            ("+1", Some("👍")),
            ("thumbsup", Some("👍")),
            ("heart", Some("❤️")),
            ("flag-de", Some("🇩🇪")),
            ("wave::skin-tone-4", Some("👋🏽")),
            ("wave::skin-tone-9", None),
            ("our-logo", None),
            ("", None),
        ] {
            assert_eq!(find(name).as_deref(), emoji, "{name}");
        }
    }

    #[test]
    fn every_emoji_of_the_table_can_be_a_reaction() {
        let refused: Vec<_> = table()
            .values()
            .filter(|emoji| messages::check_import_emoji(std::iter::once(**emoji)).is_err())
            .collect();
        assert!(refused.is_empty(), "{refused:?}");
    }
}
