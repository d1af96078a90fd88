//! Hostile texts from a seed, and what must hold for the answer to any text. Shared by the tests and `examples/fuzz.rs`.

#![allow(dead_code, reason = "the tests and the example each use their part")]

use std::sync::LazyLock;

use markup::{Element, MAX_DEPTH, Node};
use uuid::Uuid;

pub const ADA: &str = "0190f3a0-1111-7000-8000-000000000001";
pub const BOB: &str = "0190f3a0-2222-7000-8000-000000000002";

/// Longest text that the product accepts.
pub const MAX_TEXT_BYTES: usize = 16_384;

pub fn name_of(id: Uuid) -> String {
    match id.to_string().as_str() {
        ADA => "Ada <b>&\"'".to_owned(),
        _ => "Bob".to_owned(),
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// A text of some pieces of syntax, words and odd characters; mostly short, as most mistakes need few pieces.
    pub fn text(&mut self) -> String {
        let max_pieces = if self.below(8) == 0 { 60 } else { 14 };
        let n_pieces = 1 + self.below(max_pieces);
        let mut text = String::new();
        for _ in 0..n_pieces {
            match self.below(20) {
                0 => text.extend(char::from_u32(self.below(0x11_0000) as u32)),
                1 => text.extend(char::from_u32(self.below(0x80) as u32)),
                _ => text.push_str(PIECES[self.below(PIECES.len())]),
            }
        }
        text
    }
}

const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "$",
    "$$",
    "||",
    "|",
    "[^1]",
    "[^1]: ",
    "[^a]",
    "\n[^a]: ",
    ":tada:",
    ":a:",
    "```math\n",
    "`",
    "``",
    "```",
    "~~~",
    "```rust\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[a](",
    "[a]: ",
    "<",
    ">",
    "> ",
    ">> ",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "10) ",
    "- [ ] ",
    "- [x] ",
    "# ",
    "### ",
    "---",
    "===",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "  ",
    "    ",
    "\t",
    "  \n",
    "\\",
    "\\\n",
    "|",
    " | ",
    "|-|-|",
    "\n|-|:-:|\n",
    ":-:",
    "&",
    "&amp;",
    "&lt;",
    "&#x6a;",
    "&#0;",
    "&NewLine;",
    "http://",
    "https://a.b/",
    "www.",
    "www.a.b",
    "a@b.co",
    "mailto:",
    "javascript:",
    "JaVa&Tab;script:",
    "data:text/html,",
    "//evil.example",
    "/c/1",
    "\\\\",
    "<@",
    "<@channel>",
    "@channel",
    "<@0190f3a0-1111-7000-8000-000000000001>",
    "<@0190f3a0-2222-7000-8000-000000000002>",
    "<script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<style>",
    "<a href='javascript:x'>",
    "<div>\n",
    "</div>",
    "<http://a.b>",
    "<a@b.co>",
    "\"",
    "'",
    ":",
    "://",
    ";",
    ".",
    "!",
    "#",
    "=",
    "0",
    "a",
    "word",
    "two words",
    "é",
    "e\u{301}",
    "\u{301}",
    "中文",
    "ひらがな",
    "한글",
    "が",
    "\u{202E}",
    "\u{200B}",
    "\u{200D}",
    "\u{FDD0}",
    "<\u{FDD0}@0190f3a0-1111-7000-8000-000000000001>",
    "\u{FEFF}",
    "\u{0}",
    "\u{1}",
    "\u{A0}",
    "\u{85}",
    "\u{2028}",
    "👩‍👩‍👧",
    "ß",
    "İ",
];

/// Ammonia with its own lists rather than ours.
static SECOND_PASS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    builder.link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Fails unless everything that this crate makes of a text is clean.
pub fn check_everything(text: &str) {
    let tree = markup::parse(text);
    let shown = markup::tree_of(text);
    check_tree(text, &shown);
    let html = markup::to_html(&shown, &name_of);
    check_html(text, &html);
    let again = ammonia::Builder::default()
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&html)
        .to_string();
    assert_eq!(html, again, "a second pass changed the HTML of {text:?}");
    let plain = markup::plain(&shown, &name_of);
    assert!(
        plain
            .chars()
            .all(|character| "\n\t".contains(character) || !character.is_control()),
        "{text:?}"
    );
    let excerpt = markup::excerpt(&plain, 20);
    assert!(
        excerpt.chars().count() <= 20 && !excerpt.contains('\n'),
        "{text:?} → {excerpt:?}"
    );
    let searchable = markup::search_text(text);
    assert_eq!(
        markup::search_text(&searchable),
        searchable,
        "search text of {text:?}"
    );
    assert_eq!(
        markup::mentions_in_text(text),
        markup::mentions(&tree.unwrap_or_default()),
        "{text:?}"
    );
    if let Ok(name) = markup::clean_name(text, 1_000) {
        assert_eq!(
            markup::clean_name(&name, 1_000).as_ref(),
            Ok(&name),
            "name {text:?}"
        );
    }
    markup::skeleton(text);
}

/// Fails unless the tree has the shape of the wire format.
pub fn check_tree(text: &str, tree: &[Node]) {
    check_nodes(text, tree, 1, "", false);
}

fn check_nodes(text: &str, nodes: &[Node], depth: usize, parent: &str, is_in_link: bool) {
    for pair in nodes.windows(2) {
        assert!(
            !matches!(pair, [Node::Text(_), Node::Text(_)]),
            "two strings side by side in {text:?}"
        );
    }
    for node in nodes {
        let element = match node {
            Node::Text(string) => {
                assert!(!string.is_empty(), "empty string in {text:?}");
                assert!(!string.contains('\u{FDD0}'), "mark left over in {text:?}");
                assert!(
                    !["", "ul", "ol", "table", "row"].contains(&parent),
                    "string in {parent} in {text:?}"
                );
                continue;
            }
            Node::Element(element) => element,
        };
        assert!(depth <= MAX_DEPTH, "too deep in {text:?}");
        let (name, expected_parents): (&str, &[&str]) = match element {
            Element::Li { .. } | Element::Task { .. } => ("li", &["ul", "ol"]),
            Element::Row { .. } => ("row", &["table"]),
            Element::Cell { .. } => ("cell", &["row"]),
            Element::P { .. } | Element::H { .. } => ("p", &["", "quote", "li"]),
            Element::Quote { .. } => ("quote", &["", "quote", "li"]),
            Element::Ul { .. } | Element::Ol { .. } => ("ul", &["", "quote", "li"]),
            Element::Table { .. } => ("table", &["", "quote", "li"]),
            Element::Notes { .. } => ("ul", &[""]),
            Element::Math { block: true, .. } => ("pre", &["", "quote", "li", "inline", "p", "cell"]),
            Element::Pre { .. } | Element::Hr => ("pre", &["", "quote", "li"]),
            _ => ("inline", &["inline", "p", "li", "cell"]),
        };
        assert!(
            expected_parents.contains(&parent),
            "{name} in {parent:?} in {text:?}"
        );
        if let Element::A { href, c } = element {
            assert!(!is_in_link, "link in link in {text:?}");
            assert!(!c.is_empty(), "link without text in {text:?}");
            assert_eq!(
                markup::safe_href(href).as_ref(),
                Some(href),
                "address in {text:?}"
            );
        }
        let is_in_link = is_in_link || matches!(element, Element::A { .. });
        check_nodes(text, element.children(), depth + 1, name, is_in_link);
    }
}

/// Fails unless the HTML holds only the tags and attributes of our list. Knows nothing of how the HTML was made.
pub fn check_html(text: &str, html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').expect("every tag is closed") + at;
        let tag = &rest[at + 1..end];
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = name.strip_prefix('/').unwrap_or(name);
        assert!(TAGS.contains(&name), "tag {tag:?} of {text:?}");
        check_attributes(text, name, attributes);
        rest = &rest[end + 1..];
    }
    let is_allowed = |character: char| "\n\t".contains(character) || !character.is_control();
    assert!(
        html.chars().all(is_allowed),
        "control character in the HTML of {text:?}"
    );
}

fn check_attributes(text: &str, tag: &str, attributes: &str) {
    let mut rest = attributes;
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("every attribute is closed");
        let is_good = match (tag, name) {
            ("a", "rel") => value == "noopener noreferrer nofollow",
            ("a", "href") => {
                let lower = value.to_lowercase();
                let is_own = value.starts_with('/') && !value.starts_with("//");
                is_own
                    || ["http://", "https://", "mailto:"]
                        .iter()
                        .any(|scheme| lower.starts_with(scheme))
            }
            ("ol", "start") => value.parse::<u32>().is_ok(),
            ("td" | "th", "align") => ["left", "center", "right"].contains(&value),
            _ => false,
        };
        assert!(is_good, "attribute {name}={value:?} of {tag} of {text:?}");
        rest = after.trim_start();
    }
    assert_eq!(rest, "", "attribute without a value in {tag} of {text:?}");
}

const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
