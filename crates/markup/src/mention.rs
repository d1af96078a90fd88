//! Mentions: `<@PERSON_ID>`, `<@&GROUP_ID>` and `<@channel>`, in the source, in text nodes and counted in a tree.
//!
//! A mention inside code, after a backslash, or with `&lt;` is text. Does not know whether a person or a group exists
//! or may be told: callers look the ids up in the channel.

use uuid::Uuid;

use crate::node::{Element, Node};
use crate::parse::parse;
use crate::prepare::{LINK_END, MARK};

/// Most people that one message may mention; a group counts as one, and so does everyone (docs/limits.md).
pub const MAX_MENTIONS: usize = 50;

/// Who is mentioned in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// People, each once, in the order of the text.
    pub people: Vec<Uuid>,
    /// Groups, each once, in the order of the text.
    pub groups: Vec<Uuid>,
    /// Whether `<@channel>` is there.
    pub everyone: bool,
}

impl Mentions {
    /// How many different mentions there are; a group counts as one, and so does everyone.
    pub fn count(&self) -> usize {
        self.people.len() + self.groups.len() + usize::from(self.everyone)
    }

    /// Whether the message breaks the limit of [`MAX_MENTIONS`].
    pub fn is_over_limit(&self) -> bool {
        self.count() > MAX_MENTIONS
    }

    /// Whether nobody is mentioned.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// The mentions of a tree; use `parse(text).as_deref().unwrap_or_default()` as plain text has none.
pub fn mentions(tree: &[Node]) -> Mentions {
    let mut found = Mentions::default();
    let mut seen = std::collections::HashSet::new();
    collect(tree, &mut found, &mut seen);
    found
}

/// The mentions of a text; the parser does not run when there can be none.
pub fn mentions_in_text(text: &str) -> Mentions {
    if !text.contains("<@") {
        return Mentions::default();
    }
    mentions(&parse(text).unwrap_or_default())
}

fn collect(nodes: &[Node], found: &mut Mentions, seen: &mut std::collections::HashSet<Uuid>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element {
            Element::Person { id } if seen.insert(*id) => found.people.push(*id),
            Element::Group { id } if seen.insert(*id) => found.groups.push(*id),
            Element::Everyone => found.everyone = true,
            other => collect(other.children(), found, seen),
        }
    }
}

/// The mention at the beginning of a source text, and its length in bytes.
pub(crate) fn mention_at(source: &str) -> Option<(Element, usize)> {
    let rest = source.strip_prefix("<@")?;
    if rest.starts_with("channel>") {
        return Some((Element::Everyone, "<@channel>".len()));
    }
    if let Some(rest) = rest.strip_prefix('&') {
        let (id, len) = id_at(rest)?;
        return Some((Element::Group { id }, "<@&>".len() + len));
    }
    let (id, len) = id_at(rest)?;
    Some((Element::Person { id }, "<@>".len() + len))
}

/// The id up to a `>`, and its length in bytes.
fn id_at(rest: &str) -> Option<(Uuid, usize)> {
    let hyphenated = rest.get(..uuid::fmt::Hyphenated::LENGTH)?;
    if !rest[hyphenated.len()..].starts_with('>') {
        return None;
    }
    Some((Uuid::try_parse(hyphenated).ok()?, hyphenated.len()))
}

/// Turns marked mentions in the strings of a list into nodes and removes all other marks.
pub(crate) fn expand_mentions(nodes: Vec<Node>) -> Vec<Node> {
    let mut expanded = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Text(text) if text.contains(MARK) => expand_text(&text, &mut expanded),
            Node::Text(text) => push_text(&mut expanded, &text),
            element => expanded.push(element),
        }
    }
    expanded
}

fn expand_text(text: &str, expanded: &mut Vec<Node>) {
    let opening: String = ['<', MARK, '@'].iter().collect();
    let mut rest = text;
    while let Some(at) = rest.find(&opening) {
        push_text(expanded, &without_marks(&rest[..at]));
        rest = &rest[at + opening.len()..];
        // The longest mention is 40 bytes; only so much is copied, for a text of nothing but openings.
        let source: String = "<@".chars().chain(rest.chars().take(40)).collect();
        match mention_at(&source) {
            Some((element, len)) => {
                expanded.push(element.into());
                rest = &rest[len - "<@".len()..];
            }
            None => push_text(expanded, "<@"),
        }
    }
    push_text(expanded, &without_marks(rest));
}

/// Appends text, to the last node if that is text as well.
pub(crate) fn push_text(nodes: &mut Vec<Node>, text: &str) {
    if text.is_empty() {
        return;
    }
    match nodes.last_mut() {
        Some(Node::Text(last)) => last.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}

/// A string of the parser as the writer typed it.
pub(crate) fn without_marks(text: &str) -> String {
    text.replace(LINK_END, "").replace(MARK, "")
}
