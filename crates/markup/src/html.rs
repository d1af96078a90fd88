//! HTML for mail and exports; the web app draws the tree itself and never sees this.
//!
//! Two walls: our writer makes only tags named here and escapes every string, and what it made goes through ammonia
//! with the same short list. Invariants: no script, style, event handler, id, class, picture, SVG or MathML; links as in
//! [`crate::safe_href`]; a second pass through the second wall changes nothing.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use uuid::Uuid;

use crate::link::{is_own_path, safe_href};
use crate::node::{Align, Element, Node};

/// The tree as HTML. `name_of` gives the name to show for a mentioned person or group; it is escaped here.
pub fn to_html(nodes: &[Node], name_of: &dyn Fn(Uuid) -> String) -> String {
    let mut writer = Writer {
        html: String::new(),
        name_of,
    };
    writer.nodes(nodes);
    SECOND_WALL.clean(&writer.html).to_string()
}

static SECOND_WALL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
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
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["align"])),
            ("th", HashSet::from(["align"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(own_path_only)))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

fn own_path_only(address: &str) -> Option<Cow<'_, str>> {
    is_own_path(address).then_some(Cow::Borrowed(address))
}

struct Writer<'a> {
    html: String,
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
            Element::P { c } => self.tag("p", c),
            Element::Quote { c } => self.tag("blockquote", c),
            Element::Ul { c } => self.tag("ul", c),
            Element::Ol { start: None, c } => self.tag("ol", c),
            Element::Ol {
                start: Some(start),
                c,
            } => self.tag_with("ol", &format!(" start=\"{start}\""), c),
            Element::Li { c } => self.tag("li", c),
            Element::Task { done, c } => self.task(*done, c),
            Element::H { level, c } => self.tag(HEADINGS[usize::from((*level).clamp(1, 6)) - 1], c),
            Element::Pre { text, .. } => self.code_block(text),
            Element::Hr => self.html.push_str("<hr>"),
            Element::Table { c } => self.table(c),
            Element::Row { c } => self.tag("tr", c),
            Element::Cell { head, align, c } => {
                self.tag_with(if *head { "th" } else { "td" }, align_attribute(*align), c);
            }
            Element::B { c } => self.tag("strong", c),
            Element::I { c } => self.tag("em", c),
            Element::S { c } => self.tag("del", c),
            Element::Spoiler { c } => self.nodes(c),
            Element::Math { text, block: true } => self.code_block(text),
            Element::Math { text, block: false } => self.tag("code", &[Node::Text(text.clone())]),
            Element::Noteref { n } => {
                let _ = write!(self.html, "[{n}]");
            }
            Element::Notes { c } => self.notes(c),
            Element::Code { text } => self.tag("code", &[Node::Text(text.clone())]),
            Element::A { href, c } => self.link(href, c),
            Element::Br => self.html.push_str("<br>"),
            Element::Person { id } | Element::Group { id } => self.mention(&(self.name_of)(*id)),
            Element::Everyone => self.mention("channel"),
        }
    }

    fn tag(&mut self, name: &str, c: &[Node]) {
        self.tag_with(name, "", c);
    }

    /// `attributes` is written as it is: never anything that a person typed without `escape`.
    fn tag_with(&mut self, name: &str, attributes: &str, c: &[Node]) {
        // Writing to a string cannot fail.
        let _ = write!(self.html, "<{name}{attributes}>");
        self.nodes(c);
        let _ = write!(self.html, "</{name}>");
    }

    fn notes(&mut self, c: &[Node]) {
        self.html.push_str("<hr>");
        self.tag("ol", c);
    }

    fn task(&mut self, done: bool, c: &[Node]) {
        self.html.push_str(if done { "<li>☑ " } else { "<li>☐ " });
        self.nodes(c);
        self.html.push_str("</li>");
    }

    fn code_block(&mut self, text: &str) {
        self.html.push_str("<pre><code>");
        self.text(text);
        self.html.push_str("</code></pre>");
    }

    fn table(&mut self, rows: &[Node]) {
        let (head, body) = rows.split_at(rows.len().min(1));
        self.html.push_str("<table><thead>");
        self.nodes(head);
        self.html.push_str("</thead>");
        if !body.is_empty() {
            self.tag("tbody", body);
        }
        self.html.push_str("</table>");
    }

    /// Checks the address again: a tree may come from an older version of this crate.
    fn link(&mut self, href: &str, c: &[Node]) {
        match safe_href(href) {
            Some(href) => {
                let mut attribute = " href=\"".to_owned();
                escape(&href, &mut attribute);
                attribute.push('"');
                self.tag_with("a", &attribute, c);
            }
            None => self.nodes(c),
        }
    }

    fn mention(&mut self, name: &str) {
        self.html.push_str("<strong>@");
        self.text(name);
        self.html.push_str("</strong>");
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.html);
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

fn align_attribute(align: Option<Align>) -> &'static str {
    match align {
        Some(Align::Left) => " align=\"left\"",
        Some(Align::Center) => " align=\"center\"",
        Some(Align::Right) => " align=\"right\"",
        None => "",
    }
}

/// Escapes for text and for quoted attributes alike; control characters, which HTML forbids, are dropped.
fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(character),
            dropped if dropped.is_control() => {}
            other => html.push(other),
        }
    }
}
