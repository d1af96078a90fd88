//! What stands in the index of one thing: its words, and tokens that say what it is. Pure.
//!
//! Invariants: a token begins with a character that no word holds, so nobody finds one by typing it; both databases are
//! given the same words at the same places, within what PostgreSQL keeps (positions to 16,383, 255 of one word).

use base::{ChannelId, PersonId};
use markup::{Element, Node, search_text};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Characters of a word that are looked at: longer ones are no words but data, and PostgreSQL refuses 2 KiB.
pub(crate) const WORD_MAX_CHARS: usize = 64;
/// How often one word of a text is noted: PostgreSQL keeps 255 places of a word.
const PLACES_MAX: usize = 255;
/// From the private use area: no text of people keeps it through `search_text`.
const MARK: char = '\u{E000}';

/// What a message can have that is seen in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Has {
    Link,
    Code,
    Table,
    Task,
    Mention,
    Quote,
}

impl Has {
    pub const ALL: [Has; 6] = [
        Has::Link,
        Has::Code,
        Has::Table,
        Has::Task,
        Has::Mention,
        Has::Quote,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Has::Link => "link",
            Has::Code => "code",
            Has::Table => "table",
            Has::Task => "task",
            Has::Mention => "mention",
            Has::Quote => "quote",
        }
    }
}

/// Every message has this one.
pub(crate) fn message_token() -> String {
    format!("{MARK}m")
}

/// Every topic has this one.
pub(crate) fn topic_token() -> String {
    format!("{MARK}t")
}

pub(crate) fn channel_token(channel: ChannelId) -> String {
    format!("{MARK}c{}", channel.0.simple())
}

pub(crate) fn author_token(person: PersonId) -> String {
    format!("{MARK}a{}", person.0.simple())
}

pub(crate) fn has_token(has: Has) -> String {
    format!("{MARK}h{}", has.as_str())
}

/// The words of a text, in order.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let text = search_text(text);
    text.split(' ').filter(|word| !word.is_empty()).map(cut).collect()
}

/// A word as the index knows it.
pub(crate) fn cut(word: &str) -> String {
    word.chars().take(WORD_MAX_CHARS).collect()
}

/// A text as people see it, and what else can be searched in it: without marks, and with the addresses of links.
pub(crate) fn seen_text(text: &str, tree: Option<&[Node]>) -> String {
    let Some(tree) = tree else {
        return text.to_owned();
    };
    let mut seen = markup::plain(tree, &|_| String::new());
    each_element(tree, &mut |element| {
        if let Element::A { href, c } = element
            && !matches!(c.as_slice(), [Node::Text(label)] if label == href)
        {
            seen.push('\n');
            seen.push_str(href);
        }
    });
    seen
}

/// What stands in a tree.
pub(crate) fn has_of(tree: Option<&[Node]>, is_answer: bool) -> Vec<Has> {
    let mut found = Vec::new();
    let mut note = |has| {
        if !found.contains(&has) {
            found.push(has);
        }
    };
    if is_answer {
        note(Has::Quote);
    }
    each_element(tree.unwrap_or_default(), &mut |element| match element {
        Element::A { .. } => note(Has::Link),
        Element::Code { .. } | Element::Pre { .. } => note(Has::Code),
        Element::Table { .. } => note(Has::Table),
        Element::Task { .. } => note(Has::Task),
        Element::Person { .. } | Element::Group { .. } | Element::Everyone => note(Has::Mention),
        Element::Quote { .. } => note(Has::Quote),
        _ => {}
    });
    found
}

/// A tree nests at most `markup::MAX_DEPTH` deep.
fn each_element(nodes: &[Node], visit: &mut dyn FnMut(&Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            visit(element);
            each_element(element.children(), visit);
        }
    }
}

/// All that is indexed of one thing, in order: its tokens, its words, and the last characters of Chinese runs, which
/// begin no pair, so that one character finds all that hold it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document(Vec<String>);

impl Document {
    pub fn new(tokens: Vec<String>, text: &str) -> Self {
        let words = words_of(text);
        let ends = ends_of_runs(&words);
        let mut all = tokens;
        all.extend(without_floods(words));
        if !ends.is_empty() {
            // Words on both sides of this are no neighbours.
            all.push(MARK.to_string());
            all.extend(ends);
        }
        Self(all)
    }

    /// For SQLite: words between spaces.
    pub fn to_text(&self) -> String {
        self.0.join(" ")
    }

    /// For PostgreSQL: the literal of a `tsvector`.
    pub fn to_vector(&self) -> String {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (idx, word) in self.0.iter().enumerate() {
            places.entry(word).or_default().push(idx + 1);
        }
        let mut vector = String::new();
        for (word, places) in places {
            vector.push('\'');
            vector.push_str(word);
            vector.push('\'');
            for (idx, place) in places.into_iter().enumerate() {
                vector.push(if idx == 0 { ':' } else { ',' });
                vector.push_str(&place.to_string());
            }
            vector.push(' ');
        }
        vector
    }
}

/// A run of pairs ends where the next word does not begin with the pair's second character.
fn ends_of_runs(words: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut ends = Vec::new();
    for (idx, word) in words.iter().enumerate() {
        let mut characters = word.chars();
        let (Some(first), Some(last), None) = (characters.next(), characters.next(), characters.next())
        else {
            continue;
        };
        let goes_on = words.get(idx + 1).is_some_and(|next| next.starts_with(last));
        let end = last.to_string();
        let is_pair = markup::is_single_cjk(&end) && markup::is_single_cjk(&first.to_string());
        if is_pair && !goes_on && seen.insert(last) {
            ends.push(end);
        }
    }
    ends
}

fn without_floods(mut words: Vec<String>) -> Vec<String> {
    if words.len() <= PLACES_MAX {
        return words;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in &mut words {
        let n = counts.entry(word.clone()).or_default();
        *n += 1;
        if *n > PLACES_MAX {
            *word = MARK.to_string();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexed(text: &str) -> String {
        Document::new(Vec::new(), text).to_text()
    }

    #[test]
    fn both_databases_are_given_the_same_words_at_the_same_places() {
        let document = Document::new(vec![message_token()], "No, no! Müller");
        assert_eq!(document.to_text(), "\u{E000}m no no muller");
        assert_eq!(document.to_vector(), "'muller':4 'no':2,3 '\u{E000}m':1 ");
    }

    #[test]
    fn the_last_character_of_a_run_is_found_too() {
        assert_eq!(indexed("東京都 x"), "東京 京都 x \u{E000} 都");
        assert_eq!(indexed("京 東京"), "京 東京 \u{E000} 京");
        assert_eq!(indexed("ab cd"), "ab cd");
    }

    #[test]
    fn nobody_can_type_a_token() {
        assert_eq!(words_of(&channel_token(ChannelId(uuid::Uuid::nil()))).len(), 1);
        assert!(!words_of(&message_token()).contains(&message_token()));
        assert_eq!(words_of("\u{E000}"), Vec::<String>::new());
    }

    #[test]
    fn long_and_frequent_words_fit_postgresql() {
        let words = words_of(&"x".repeat(16_000));
        assert_eq!((words.len(), words[0].len()), (1, WORD_MAX_CHARS));
        let flood = indexed(&"a ".repeat(8_000));
        assert_eq!(flood.split(' ').filter(|word| *word == "a").count(), PLACES_MAX);
    }

    #[test]
    fn what_a_message_has_is_seen_in_its_tree() {
        for (text, has) in [
            ("plain", vec![]),
            ("see https://example.org/a", vec![Has::Link]),
            ("`x` and\n\n```\ny\n```", vec![Has::Code]),
            ("- [ ] milk", vec![Has::Task]),
            ("|a|b|\n|-|-|\n|1|2|", vec![Has::Table]),
            ("> said", vec![Has::Quote]),
            ("<@channel> look", vec![Has::Mention]),
        ] {
            assert_eq!(has_of(markup::parse(text).as_deref(), false), has, "{text}");
        }
    }

    #[test]
    fn marks_do_not_cut_words_and_addresses_are_found() {
        let text = "un**believ**able [map](https://example.org/harbour)";
        let seen = seen_text(text, markup::parse(text).as_deref());
        assert_eq!(
            words_of(&seen),
            ["unbelievable", "map", "https", "example", "org", "harbour"]
        );
    }
}
