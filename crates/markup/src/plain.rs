//! Text without markup: for notices, quotes, the text part of a mail, previews.
//!
//! Invariants: no control character but line feed and tab, and no direction override, so that a message cannot turn
//! round the words that stand beside it in a notice.

use uuid::Uuid;

use crate::node::{Element, Node};
use crate::unicode::{is_direction_override, joins_neighbours};

/// Stands for what the reader must ask for; always the same, as its length could tell.
const HIDDEN: &str = "▒▒▒▒";

/// The text of a tree: one line per block or break, list items with a bullet or number, cells divided by tabs.
/// What is hidden until the reader asks for it stays hidden: a notice would tell it to whoever sees the screen.
/// `name_of` gives the name to show for a mentioned person or group.
pub fn plain(nodes: &[Node], name_of: &dyn Fn(Uuid) -> String) -> String {
    let mut writer = Writer {
        text: String::new(),
        is_line_begun: false,
        name_of,
    };
    writer.nodes(nodes);
    writer.text.truncate(writer.text.trim_end().len());
    writer.text
}

/// One line of at most `max_chars` characters (not bytes). White space is collapsed; a longer text ends with `…`, cut
/// between words if a word ends in the second half, and never between a character and its accent.
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let mut line: Vec<char> = Vec::new();
    let mut is_space_due = false;
    for character in text
        .chars()
        .filter(|character| !is_direction_override(*character))
    {
        if character.is_whitespace() || character.is_control() {
            is_space_due = !line.is_empty();
            continue;
        }
        if std::mem::take(&mut is_space_due) {
            line.push(' ');
        }
        line.push(character);
        if line.len() > max_chars {
            return cut(&line, max_chars);
        }
    }
    line.into_iter().collect()
}

fn cut(line: &[char], max_chars: usize) -> String {
    let Some(room) = max_chars.checked_sub(1) else {
        return String::new();
    };
    let is_good_cut = |at: &usize| !joins_neighbours(line[*at]) && (*at == 0 || line[*at - 1] != '\u{200D}');
    let at_word = (room / 2 + 1..=room).rev().find(|at| line[*at] == ' ');
    let at_character = || (1..=room).rev().find(is_good_cut);
    let at = at_word.or_else(at_character).unwrap_or(room);
    let kept: String = line[..at].iter().collect();
    format!("{}…", kept.trim_end())
}

struct Writer<'a> {
    text: String,
    /// Whether something that belongs to the present line was written; a bullet leaves the line open for its block.
    is_line_begun: bool,
    name_of: &'a dyn Fn(Uuid) -> String,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Ul { c } => self.items(c, None),
            Element::Ol { start, c } => self.items(c, Some(start.unwrap_or(1))),
            Element::Pre { text, .. } => self.block(&[Node::Text(text.clone())]),
            Element::Row { c } => self.row(c),
            Element::B { c } | Element::I { c } | Element::S { c } | Element::A { c, .. } => self.nodes(c),
            Element::Code { text } | Element::Math { text, block: false } => self.text(text),
            Element::Math { text, block: true } => self.block(&[Node::Text(text.clone())]),
            Element::Spoiler { .. } => self.text(HIDDEN),
            Element::Noteref { n } => self.text(&format!("[{n}]")),
            Element::Notes { c } => self.items(c, Some(1)),
            Element::Br => self.line_feed(),
            Element::Person { id } | Element::Group { id } => self.mention(&(self.name_of)(*id)),
            Element::Everyone => self.mention("channel"),
            block => self.block(block.children()),
        }
    }

    fn block(&mut self, c: &[Node]) {
        self.end_line();
        self.nodes(c);
        self.end_line();
    }

    fn items(&mut self, items: &[Node], first: Option<u32>) {
        for (idx, item) in (0_u32..).zip(items) {
            self.end_line();
            match (item, first) {
                (Node::Element(Element::Task { done: true, .. }), _) => self.text.push_str("☑ "),
                (Node::Element(Element::Task { done: false, .. }), _) => self.text.push_str("☐ "),
                (_, Some(first)) => self.text.push_str(&format!("{}. ", first.saturating_add(idx))),
                (_, None) => self.text.push_str("• "),
            }
            let len_of_bullet = self.text.len();
            match item {
                Node::Text(text) => self.text(text),
                Node::Element(item) => self.nodes(item.children()),
            }
            if self.text.len() == len_of_bullet {
                self.line_feed();
            }
        }
        self.end_line();
    }

    fn row(&mut self, cells: &[Node]) {
        self.end_line();
        for (idx, cell) in cells.iter().enumerate() {
            if idx > 0 {
                self.text("\t");
            }
            if let Node::Element(cell) = cell {
                self.nodes(cell.children());
            }
        }
        self.end_line();
    }

    fn mention(&mut self, name: &str) {
        self.text("@");
        self.text(name);
    }

    fn text(&mut self, text: &str) {
        let is_shown = |character: &char| {
            matches!(character, '\n' | '\t') || !character.is_control() && !is_direction_override(*character)
        };
        self.text.extend(text.chars().filter(is_shown));
        self.is_line_begun = true;
    }

    fn end_line(&mut self) {
        if self.is_line_begun {
            self.line_feed();
        }
    }

    fn line_feed(&mut self) {
        self.text.push('\n');
        self.is_line_begun = false;
    }
}
