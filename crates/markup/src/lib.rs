//! Message text: one parser for everything that people write, and the only place that turns text into HTML.
//!
//! Stored text (CommonMark with tables, task lists, strikethrough, bare links, formulas `$…$`, hidden text `||…||`,
//! footnotes, emoji by name, and mentions `<@PERSON_ID>`, `<@&GROUP_ID>` and `<@channel>`) becomes a small tree of [`Node`]s, which is
//! the wire format of clients. From the tree come HTML for mail and exports, plain text for notices, and the list of
//! mentioned people.
//!
//! Invariants: pure (no I/O, no clock, no randomness); never panics; work is linear in the length of the text and
//! bounded; a tree nests at most [`MAX_DEPTH`] deep; links lead only to http, https, mailto or a path of our own;
//! raw HTML never survives as HTML.
//!
//! Does not know: who the people are (callers look up names), how long a text may be (callers check 16 KiB), who may
//! mention whom.

mod convert;
mod emoji;
mod html;
mod link;
mod mention;
mod name;
mod node;
mod parse;
mod plain;
mod prepare;
mod scan;
mod search;
mod unicode;

pub use emoji::{MAX_EMOJI_BYTES, is_emoji};
pub use html::to_html;
pub use link::safe_href;
pub use mention::{MAX_MENTIONS, Mentions, mentions, mentions_in_text};
pub use name::{NameProblem, clean_name, skeleton};
pub use node::{Align, Element, Node};
pub use parse::{MAX_DEPTH, parse, tree_of};
pub use plain::{excerpt, plain};
pub use search::{MAX_SEARCH_TEXT_BYTES, SearchSpan, is_single_cjk, search_spans, search_text};
