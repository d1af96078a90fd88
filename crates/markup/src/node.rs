//! The tree of a message: the wire format that clients draw.
//!
//! A node is a JSON string (text) or an object `{"t": …, "c": [children], …attributes}`. Invariants of a tree made by
//! this crate: no two strings stand side by side, no string is empty, `c` is left out when there are no children.
//! A type never changes its meaning silently: old clients hold old trees.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One node of a message tree: text, or an element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// Text to show as it is; never HTML.
    Text(String),
    /// Everything else.
    Element(Element),
}

/// An element of a message tree. The names are the wire format's `t`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Element {
    /// Paragraph.
    P {
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Block quote.
    Quote {
        /// Blocks.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// List with bullets.
    Ul {
        /// `li` and `task`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Numbered list.
    Ol {
        /// Number of the first item; left out when it is 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// `li` and `task`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Item of a list.
    Li {
        /// Blocks, or inlines when the list is tight.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Item of a list with a check box.
    Task {
        /// Whether the box is checked.
        done: bool,
        /// As in `Li`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Heading.
    H {
        /// 1 to 6.
        level: u8,
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Block of code.
    Pre {
        /// Language after the opening fence, at most 32 characters of `A-Za-z0-9+#._-`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
        /// The code, without the last line feed.
        text: String,
    },
    /// Line between two parts.
    Hr,
    /// Table.
    Table {
        /// `row`s; the first is the head.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Row of a table.
    Row {
        /// `cell`s.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Cell of a table.
    Cell {
        /// Whether the cell stands in the head.
        #[serde(default, skip_serializing_if = "is_false")]
        head: bool,
        /// Alignment of the column, if the text gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        align: Option<Align>,
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Bold.
    B {
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Italic.
    I {
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Struck through.
    S {
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Code within a line.
    Code {
        /// The code.
        text: String,
    },
    /// Link.
    A {
        /// http, https, mailto, or a path of our own; see [`crate::safe_href`].
        href: String,
        /// Inlines without further links.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Text that is hidden until the reader asks for it.
    Spoiler {
        /// Inlines.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Formula.
    Math {
        /// In the notation of TeX.
        text: String,
        /// Whether it stands on a line of its own; such a formula may stand among blocks too.
        #[serde(default, skip_serializing_if = "is_false")]
        block: bool,
    },
    /// Where a footnote belongs.
    Noteref {
        /// Which of the `notes`, from 1.
        n: u32,
    },
    /// The footnotes of a text, at its end.
    Notes {
        /// `li`s of blocks, in the order in which the text first refers to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        c: Vec<Node>,
    },
    /// Line break.
    Br,
    /// Mention of a person.
    Person {
        /// The person's id; nobody has checked that there is such a person.
        id: Uuid,
    },
    /// Mention of a group of people.
    Group {
        /// The group's id; nobody has checked that there is such a group.
        id: Uuid,
    },
    /// Mention of everyone in the channel.
    Everyone,
}

/// Alignment of a table column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

impl Element {
    /// The children; none for an element that cannot have any.
    pub fn children(&self) -> &[Node] {
        match self {
            Self::P { c }
            | Self::Quote { c }
            | Self::Ul { c }
            | Self::Ol { c, .. }
            | Self::Li { c }
            | Self::Task { c, .. }
            | Self::H { c, .. }
            | Self::Table { c }
            | Self::Row { c }
            | Self::Cell { c, .. }
            | Self::B { c }
            | Self::I { c }
            | Self::S { c }
            | Self::Spoiler { c }
            | Self::Notes { c }
            | Self::A { c, .. } => c,
            Self::Pre { .. }
            | Self::Hr
            | Self::Code { .. }
            | Self::Math { .. }
            | Self::Noteref { .. }
            | Self::Br
            | Self::Person { .. }
            | Self::Group { .. }
            | Self::Everyone => &[],
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

// serde hands over a reference, whatever the size of the field.
fn is_false(value: &bool) -> bool {
    !*value
}
