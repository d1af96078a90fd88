//! From text to tree: the fast path for plain text, the Markdown parser with a bound on its work, and the fall back.
//!
//! Invariants: `parse` gives `None` exactly for texts whose tree would only repeat the text (the quick scan is an
//! optimisation and never changes an answer); a text that is too much work for the parser is shown as it was typed,
//! with its mentions. Does not know the limit of 16 KiB: the work allowed grows with the text.

use std::cell::Cell;

use comrak::{Arena, Options};

use crate::convert::top_blocks_of;
use crate::mention::expand_mentions;
use crate::node::{Element, Node};
use crate::prepare::{MARK, has_spoilers, prepare};
use crate::scan::is_surely_plain;

/// Deepest nesting of a tree; what is nested deeper is flattened to text.
pub const MAX_DEPTH: usize = 32;

/// The parser asks once per this many steps (a line, an inline or a node) whether to go on: comrak 0.59, `Cancellation`.
const STEPS_PER_QUESTION: usize = 256;

/// Ordinary texts take less than two steps per byte; 20,000 more let a small text hold a fair table. What is refused
/// are tables whose short rows are filled up to hundreds of columns, where bytes become far more nodes than they are.
const MAX_STEPS_PER_BYTE: usize = 6;
const MAX_STEPS_BASE: usize = 20_000;

/// Dollar signs in a text before they are text. For each that opens no formula the parser looks through all that follow
/// (comrak 0.59, `scan_to_closing_dollar`), so that thousands of them take time with the square of their number.
const MAX_DOLLARS: usize = 200;

/// The tree of a message, or `None` for plain text without any markup, which is then shown as it is: paragraphs split
/// at blank lines, single line feeds are breaks.
pub fn parse(text: &str) -> Option<Vec<Node>> {
    if is_surely_plain(text) {
        return None;
    }
    let prepared = prepare(text);
    let tree = parse_markdown(&prepared).unwrap_or_else(|| tree_of_lines(&prepared));
    (!shows_nothing(&tree) && !only_repeats(&tree, text)).then_some(tree)
}

/// The tree of a message even when the text is plain: for HTML and plain text, which are made from trees only.
pub fn tree_of(text: &str) -> Vec<Node> {
    parse(text).unwrap_or_else(|| tree_of_lines(&text.replace(MARK, "\u{FFFD}")))
}

fn parse_markdown(prepared: &str) -> Option<Vec<Node>> {
    let max_questions = (MAX_STEPS_BASE + prepared.len() * MAX_STEPS_PER_BYTE) / STEPS_PER_QUESTION;
    let n_questions = Cell::new(0);
    let is_too_much = || {
        n_questions.set(n_questions.get() + 1);
        n_questions.get() > max_questions
    };
    let arena = Arena::new();
    let root = comrak::try_parse_document(&arena, prepared, &options(prepared), &is_too_much).ok()?;
    Some(top_blocks_of(root))
}

fn options(prepared: &str) -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.shortcodes = true;
    options.extension.spoiler = has_spoilers(prepared);
    options.extension.math_dollars = prepared.matches('$').count() <= MAX_DOLLARS;
    // Without it `**中文。**中文` stays unbold, because CommonMark expects spaces around punctuation.
    options.extension.cjk_friendly_emphasis = true;
    options
}

fn tree_of_lines(text: &str) -> Vec<Node> {
    let mut tree = Vec::new();
    let mut paragraph = Vec::new();
    for line in text.lines().map(|line| line.trim_matches([' ', '\t'])) {
        if line.is_empty() {
            end_paragraph(&mut tree, &mut paragraph);
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(Element::Br.into());
        }
        paragraph.push(Node::Text(line.to_owned()));
    }
    end_paragraph(&mut tree, &mut paragraph);
    tree
}

fn end_paragraph(tree: &mut Vec<Node>, paragraph: &mut Vec<Node>) {
    if !paragraph.is_empty() {
        let c = expand_mentions(std::mem::take(paragraph));
        tree.push(Element::P { c }.into());
    }
}

/// A text that is all link definitions, or a bad link without a text: shown as typed, as nobody should post what
/// nobody can see.
fn shows_nothing(tree: &[Node]) -> bool {
    let is_blank = |inline: &Node| match inline {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(element) => matches!(element, Element::Br),
    };
    tree.iter()
        .all(|block| matches!(block, Node::Element(Element::P { c }) if c.iter().all(is_blank)))
}

fn only_repeats(tree: &[Node], text: &str) -> bool {
    let is_bare_paragraph = |node: &Node| match node {
        Node::Element(Element::P { c }) => c
            .iter()
            .all(|inline| matches!(inline, Node::Text(_) | Node::Element(Element::Br))),
        _ => false,
    };
    // The first test is cheap and nearly always decides.
    tree.iter().all(is_bare_paragraph) && tree_of_lines(text) == tree
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

        #[test]
        fn what_is_surely_plain_has_no_tree(
            text in "([ab] ?|[ \\n\\t\\r]|[0-9.)(:;,!?#>+=/^$%'{}-]|www|http|\\PC){0,24}"
        ) {
            if is_surely_plain(&text) {
                let tree = parse_markdown(&prepare(&text)).expect("a short text is never too much");
                prop_assert!(only_repeats(&tree, &text), "{text:?} became {tree:?}");
            }
        }
    }
}
