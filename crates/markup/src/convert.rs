//! From the Markdown parser's tree to ours.
//!
//! Invariants: an element stands only where the wire format has it (a `ul` holds only `li` and `task`, a link holds no
//! link); elements nest at most `MAX_DEPTH` deep, and recursion goes no deeper; raw HTML becomes text. Does not know
//! the source text.

use comrak::nodes::{ListType, NodeCodeBlock, NodeTable, NodeValue, TableAlignment};

use crate::link::safe_href;
use crate::mention::{expand_mentions, push_text, without_marks};
use crate::node::{Align, Element, Node};
use crate::parse::MAX_DEPTH;

type Parsed<'a> = comrak::Node<'a>;

/// Longest name of a programming language that is kept.
const MAX_LANG_CHARS: usize = 32;

/// The blocks of a text; its footnotes, wherever they were written, are the last of them.
pub(crate) fn top_blocks_of(root: Parsed<'_>) -> Vec<Node> {
    let is_note = |parsed: &Parsed<'_>| matches!(parsed.data().value, NodeValue::FootnoteDefinition(_));
    let (notes, blocks): (Vec<_>, Vec<_>) = root.children().partition(is_note);
    let mut tree: Vec<Node> = blocks.into_iter().map(|child| block(child, 1).into()).collect();
    if !notes.is_empty() {
        let item = |note: Parsed<'_>| {
            Element::Li {
                c: blocks_of(note, 3),
            }
            .into()
        };
        let c = notes.into_iter().map(item).collect();
        tree.push(Element::Notes { c }.into());
    }
    tree
}

/// The blocks within a parsed block; they will stand at `depth`, where the top is 1.
fn blocks_of(parent: Parsed<'_>, depth: usize) -> Vec<Node> {
    parent
        .children()
        .map(|child| block(child, depth).into())
        .collect()
}

fn block(parsed: Parsed<'_>, depth: usize) -> Element {
    let value = &parsed.data().value;
    if depth + levels_needed(value) > MAX_DEPTH {
        return Element::P { c: flattened(parsed) };
    }
    match value {
        NodeValue::Paragraph => Element::P {
            c: inlines_of(parsed, depth + 1, false),
        },
        NodeValue::Heading(heading) => Element::H {
            level: heading.level.clamp(1, 6),
            c: inlines_of(parsed, depth + 1, false),
        },
        NodeValue::BlockQuote => Element::Quote {
            c: blocks_of(parsed, depth + 1),
        },
        NodeValue::List(list) => {
            let c = parsed
                .children()
                .map(|item| list_item(item, list.tight, depth + 1).into())
                .collect();
            match list.list_type {
                ListType::Bullet => Element::Ul { c },
                ListType::Ordered => Element::Ol {
                    start: u32::try_from(list.start).ok().filter(|start| *start != 1),
                    c,
                },
            }
        }
        NodeValue::CodeBlock(code) => code_block(code),
        NodeValue::Table(table) => table_rows(parsed, table, depth + 1),
        NodeValue::ThematicBreak => Element::Hr,
        _ => Element::P { c: flattened(parsed) },
    }
}

/// Levels below a block that it takes to keep its shape: a list for example holds an item, a paragraph, a break.
fn levels_needed(value: &NodeValue) -> usize {
    match value {
        NodeValue::List(_) | NodeValue::Table(_) => 3,
        NodeValue::BlockQuote => 2,
        NodeValue::Paragraph | NodeValue::Heading(_) => 1,
        _ => 0,
    }
}

fn list_item(item: Parsed<'_>, is_tight: bool, depth: usize) -> Element {
    let mut c = Vec::new();
    for child in item.children() {
        let inlines = match child.data().value {
            NodeValue::Paragraph if is_tight => inlines_of(child, depth + 1, false),
            NodeValue::HtmlBlock(_) if is_tight => flattened(child),
            _ => {
                c.push(block(child, depth + 1).into());
                continue;
            }
        };
        if c.last().is_some_and(is_inline) {
            c.push(Element::Br.into());
        }
        c.extend(inlines);
    }
    match &item.data().value {
        NodeValue::TaskItem(task) => Element::Task {
            done: task.symbol.is_some(),
            c,
        },
        _ => Element::Li { c },
    }
}

fn is_inline(node: &Node) -> bool {
    match node {
        Node::Text(_) => true,
        Node::Element(element) => matches!(
            element,
            Element::B { .. }
                | Element::I { .. }
                | Element::S { .. }
                | Element::Spoiler { .. }
                | Element::Math { block: false, .. }
                | Element::Noteref { .. }
                | Element::A { .. }
                | Element::Code { .. }
                | Element::Br
                | Element::Person { .. }
                | Element::Group { .. }
                | Element::Everyone
        ),
    }
}

fn code_block(code: &NodeCodeBlock) -> Element {
    let info = without_marks(&code.info);
    let is_lang_character =
        |character: char| character.is_ascii_alphanumeric() || "+#._-".contains(character);
    let lang = info
        .split_whitespace()
        .next()
        .filter(|lang| lang.len() <= MAX_LANG_CHARS && lang.chars().all(is_lang_character))
        .map(str::to_owned);
    let text = without_marks(code.literal.strip_suffix('\n').unwrap_or(&code.literal));
    if lang.as_deref() == Some("math") && !text.trim().is_empty() {
        return Element::Math { text, block: true };
    }
    Element::Pre { lang, text }
}

fn table_rows(parsed: Parsed<'_>, table: &NodeTable, depth: usize) -> Element {
    let row = |row: Parsed<'_>| -> Node {
        let head = matches!(row.data().value, NodeValue::TableRow(true));
        let cell = |(idx, cell): (usize, Parsed<'_>)| -> Node {
            let align = match table.alignments.get(idx) {
                Some(TableAlignment::Left) => Some(Align::Left),
                Some(TableAlignment::Center) => Some(Align::Center),
                Some(TableAlignment::Right) => Some(Align::Right),
                Some(TableAlignment::None) | None => None,
            };
            Element::Cell {
                head,
                align,
                c: inlines_of(cell, depth + 2, false),
            }
            .into()
        };
        Element::Row {
            c: row.children().enumerate().map(cell).collect(),
        }
        .into()
    };
    Element::Table {
        c: parsed.children().map(row).collect(),
    }
}

/// The inlines within a parsed block or inline; they will stand at `depth`.
fn inlines_of(parent: Parsed<'_>, depth: usize, is_in_link: bool) -> Vec<Node> {
    let mut marked = Vec::new();
    push_inlines(parent, depth, is_in_link, &mut marked);
    expand_mentions(marked)
}

fn push_inlines(parent: Parsed<'_>, depth: usize, is_in_link: bool, marked: &mut Vec<Node>) {
    for parsed in parent.children() {
        push_inline(parsed, depth, is_in_link, marked);
    }
}

fn push_inline(parsed: Parsed<'_>, depth: usize, is_in_link: bool, marked: &mut Vec<Node>) {
    let value = &parsed.data().value;
    if push_leaf(parsed, marked) || push_element_without_children(value, is_in_link, marked) {
        return;
    }
    if depth >= MAX_DEPTH {
        push_flattened(parsed, marked);
        return;
    }
    let children = |is_in_link| inlines_of(parsed, depth + 1, is_in_link);
    match value {
        NodeValue::Strong => marked.push(
            Element::B {
                c: children(is_in_link),
            }
            .into(),
        ),
        NodeValue::Emph => marked.push(
            Element::I {
                c: children(is_in_link),
            }
            .into(),
        ),
        NodeValue::SpoileredText => marked.push(
            Element::Spoiler {
                c: children(is_in_link),
            }
            .into(),
        ),
        NodeValue::Strikethrough => marked.push(
            Element::S {
                c: children(is_in_link),
            }
            .into(),
        ),
        NodeValue::Link(link) | NodeValue::Image(link) if !is_in_link => {
            match safe_href(&without_marks(&link.url)) {
                Some(href) => marked.push(anchor(href, children(true)).into()),
                None => push_inlines(parsed, depth + 1, is_in_link, marked),
            }
        }
        // A picture within a link, or an address that the parser found in the text of a link: its text alone. Counted
        // as a level, here and above, because pictures nest without end: `![![![…`.
        _ => push_inlines(parsed, depth + 1, is_in_link, marked),
    }
}

/// A link holds no link, and the number of a footnote is one.
fn push_element_without_children(value: &NodeValue, is_in_link: bool, marked: &mut Vec<Node>) -> bool {
    let element = match value {
        NodeValue::Code(code) => Element::Code {
            text: without_marks(&code.literal),
        },
        NodeValue::Math(math) => Element::Math {
            text: without_marks(math.literal.trim()),
            block: math.display_math,
        },
        NodeValue::FootnoteReference(note) if !is_in_link => Element::Noteref { n: note.ix },
        NodeValue::FootnoteReference(note) => {
            push_text(marked, &format!("[{}]", note.ix));
            return true;
        }
        _ => return false,
    };
    marked.push(element.into());
    true
}

/// A link without a text, such as a picture without a description, shows its address: nobody can click on nothing.
fn anchor(href: String, c: Vec<Node>) -> Element {
    let c = if c.is_empty() {
        vec![Node::Text(href.clone())]
    } else {
        c
    };
    Element::A { href, c }
}

/// Everything within a parsed block or inline as text, breaks and mentions alone; without recursion.
fn flattened(parsed: Parsed<'_>) -> Vec<Node> {
    let mut marked = Vec::new();
    push_flattened(parsed, &mut marked);
    expand_mentions(marked)
}

fn push_flattened(parsed: Parsed<'_>, marked: &mut Vec<Node>) {
    for descendant in parsed.descendants() {
        let value = &descendant.data().value;
        let begins_line = value.block() && !matches!(marked.last(), None | Some(Node::Element(Element::Br)));
        if begins_line {
            marked.push(Element::Br.into());
        }
        push_leaf(descendant, marked);
        match value {
            NodeValue::Code(code) => push_text(marked, &without_marks(&code.literal)),
            NodeValue::Math(math) => push_text(marked, &without_marks(&math.literal)),
            NodeValue::FootnoteReference(note) => push_text(marked, &format!("[{}]", note.ix)),
            NodeValue::CodeBlock(code) => push_lines(marked, &without_marks(&code.literal)),
            NodeValue::HtmlBlock(html) => push_lines(marked, &html.literal),
            _ => {}
        }
    }
    if matches!(marked.last(), Some(Node::Element(Element::Br))) && parsed.data().value.block() {
        marked.pop();
    }
}

/// Pushes an inline that is the same whatever is around it.
fn push_leaf(parsed: Parsed<'_>, marked: &mut Vec<Node>) -> bool {
    match &parsed.data().value {
        NodeValue::Text(text) => push_text(marked, text),
        NodeValue::ShortCode(named) if stands_alone(parsed) => push_text(marked, &named.emoji),
        NodeValue::ShortCode(named) => push_text(marked, &format!(":{}:", named.code)),
        NodeValue::HtmlInline(html) => push_lines(marked, html),
        NodeValue::SoftBreak | NodeValue::LineBreak => marked.push(Element::Br.into()),
        _ => return false,
    }
    true
}

/// Whether a name between colons stands for an emoji: in `10:100:20` and `std::a::b` it does not.
fn stands_alone(parsed: Parsed<'_>) -> bool {
    let joins = |character: char| character.is_alphanumeric() || matches!(character, ':' | '/' | '_');
    let text_of = |parsed: Parsed<'_>| match &parsed.data().value {
        NodeValue::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let before = parsed.previous_sibling().map(text_of).unwrap_or_default();
    let after = parsed.next_sibling().map(text_of).unwrap_or_default();
    !before.ends_with(joins) && !after.starts_with(joins)
}

fn push_lines(marked: &mut Vec<Node>, text: &str) {
    for (idx, line) in text.trim_end_matches(['\n', '\r']).lines().enumerate() {
        if idx > 0 {
            marked.push(Element::Br.into());
        }
        push_text(marked, line);
    }
}
