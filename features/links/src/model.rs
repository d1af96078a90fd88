//! Rules of links: which of a text count, which get a card, and how the words of a stranger's page are made harmless. Pure.

use base::Timestamp;
use markup::{Element, Node};
use reqwest::Url;
use std::{collections::HashSet, time::Duration};

/// Links of one message that are kept; a message of 16 KiB can hold 2,000.
pub const PER_MESSAGE_MAX: usize = 20;
/// Links of one message that get a card, from the first on.
pub const CARDS_MAX: usize = 3;
/// Pages that wait for being asked. Links beyond get no card, so that nobody's flood is remembered for ever.
pub const WAITING_MAX: i64 = 500;
/// Pages that are asked at a time; each takes 5 s at most, and its picture as long.
pub const CONCURRENT_MAX: usize = 8;
/// How long an answer is good enough.
pub const FRESH_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long no card is: the site may be back then.
pub const FAILED_FOR: Duration = Duration::from_secs(10 * 60);
/// What was said longer ago is history, from an import for instance, and nobody is told of its cards.
pub const TELL_WITHIN: Duration = Duration::from_secs(24 * 3600);
/// Bytes of a page that are read: its head stands at the beginning.
pub const PAGE_MAX_BYTES: usize = 512 * 1024;
/// Smaller pictures count visitors and show nothing.
pub const PICTURE_MIN_PX: u32 = 32;

const TITLE_MAX_CHARS: usize = 200;
const DESCRIPTION_MAX_CHARS: usize = 300;
const SITE_MAX_CHARS: usize = 80;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such link for this person")]
    NotFound,
    /// What the person may not do.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// Files.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// The addresses outside to which a text leads, each once, in order, at most [`PER_MESSAGE_MAX`]. Code holds no links;
/// what is hidden in a text is not shown by a card.
pub fn links_of(tree: Option<&[Node]>) -> Vec<String> {
    let mut found = Vec::new();
    collect(tree.unwrap_or_default(), &mut HashSet::new(), &mut found);
    found
}

fn collect<'a>(nodes: &'a [Node], seen: &mut HashSet<&'a str>, found: &mut Vec<String>) {
    for node in nodes {
        if found.len() == PER_MESSAGE_MAX {
            return;
        }
        match node {
            Node::Element(Element::A { href, .. }) => {
                if is_outside(href) && seen.insert(href) {
                    found.push(href.clone());
                }
            }
            Node::Element(Element::Spoiler { .. }) | Node::Text(_) => {}
            Node::Element(element) => collect(element.children(), seen, found),
        }
    }
}

fn is_outside(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// The address that is asked for a link: without its fragment, in one spelling. None: it cannot be asked.
pub fn page_of(href: &str) -> Option<String> {
    let mut url = Url::parse(href).ok()?;
    url.set_fragment(None);
    let url = String::from(url);
    (url.len() <= platform::outbound::URL_MAX_BYTES).then_some(url)
}

/// Whether two addresses are of the same server.
pub fn is_same_server(one: &str, other: &str) -> bool {
    let server = |url: &str| {
        let url = Url::parse(url).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
    };
    server(one).is_some() && server(one) == server(other)
}

/// The address of a picture that a page names.
pub fn join(page: &str, picture: &str) -> Option<String> {
    let url = Url::parse(page).ok()?.join(picture.trim()).ok()?;
    Some(url.into())
}

/// Who speaks: what the page says, or its host without `www.`.
pub fn site_of(said: Option<&str>, url: &str) -> String {
    let host = || {
        let url = Url::parse(url).ok()?;
        let host = url.host_str()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    let said = said.and_then(|said| clean(said, SITE_MAX_CHARS));
    said.or_else(host).unwrap_or_default()
}

/// A title in one line.
pub fn clean_title(text: &str) -> Option<String> {
    clean(text, TITLE_MAX_CHARS)
}

/// A description in one line.
pub fn clean_description(text: &str) -> Option<String> {
    clean(text, DESCRIPTION_MAX_CHARS)
}

/// One line of bounded length without anything that is invisible, turns the text beside it round, or is stacked upon a
/// letter. None: nothing is left of it.
fn clean(text: &str, max_chars: usize) -> Option<String> {
    // What is looked at is bounded too: a title may have half a megabyte.
    let spaced: String = text
        .chars()
        .take(8 * max_chars)
        .filter(|char| !matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|char| {
            if char.is_control() || char == '\u{FFFD}' {
                ' '
            } else {
                char
            }
        })
        .collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let n_chars = words.chars().count();
    let cut: String = match n_chars > max_chars {
        true => words.chars().take(max_chars - 1).chain(['…']).collect(),
        false => words,
    };
    markup::clean_name(&cut, max_chars).ok()
}

/// Until when a page need not be asked again.
pub fn fresh_until(is_card: bool, now: Timestamp) -> Timestamp {
    now.after(if is_card { FRESH_FOR } else { FAILED_FOR })
}

/// Whether it is too late to tell of something.
pub fn is_history(at: Timestamp, now: Timestamp) -> bool {
    at.after(TELL_WITHIN) < now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_those_that_a_reader_can_see_and_follow() {
        for (text, expected) in [
            (
                "see https://a.example/x and [b](http://b.example)",
                vec!["https://a.example/x", "http://b.example"],
            ),
            ("`https://code.example`", vec![]),
            ("```\nhttps://code.example\n```", vec![]),
            ("||see [it](https://hidden.example)||", vec![]),
            (r"\[a](https://a.example", vec!["https://a.example"]),
            ("mailto:ada@example.org and /c/1", vec![]),
            ("https://a.example https://a.example", vec!["https://a.example"]),
            ("> - **https://deep.example**", vec!["https://deep.example"]),
            ("nothing", vec![]),
        ] {
            assert_eq!(links_of(markup::parse(text).as_deref()), expected, "{text}");
        }
    }

    #[test]
    fn a_text_full_of_links_keeps_a_few() {
        let text: String = (0..2_000).map(|n| format!("http://{n}.x ")).collect();
        let found = links_of(markup::parse(&text).as_deref());
        assert_eq!(found.len(), PER_MESSAGE_MAX);
        assert_eq!(found[0], "http://0.x");
    }

    #[test]
    fn one_page_has_one_address() {
        for (href, page) in [
            ("HTTP://Example.ORG/a#part", Some("http://example.org/a")),
            ("https://example.org", Some("https://example.org/")),
            ("https://example.org/?q=1#x", Some("https://example.org/?q=1")),
            ("https://[::1", None),
        ] {
            assert_eq!(page_of(href).as_deref(), page, "{href}");
        }
        assert_eq!(page_of(&format!("https://x.example/{}", "a".repeat(2048))), None);
        let ours = "https://chat.example.org/x";
        assert!(is_same_server(ours, "https://CHAT.example.org:443"));
        for other in ["https://example.org", "https://chat.example.org:8443", "nothing"] {
            assert!(!is_same_server(ours, other), "{other}");
        }
    }

    #[test]
    fn the_words_of_a_stranger_are_one_harmless_line() {
        let long = "x".repeat(100_000);
        for (text, expected) in [
            ("  Two \n\t lines\u{0} ", Some("Two lines")),
            ("<script>alert(1)</script>", Some("<script>alert(1)</script>")),
            ("moc\u{202E}.evil\u{2066}!", Some("moc.evil!")),
            ("a\u{200B}b", Some("ab")),
            ("\u{202E}\u{200B} ", None),
            ("", None),
            ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", None),
            ("שלום world", Some("שלום world")),
        ] {
            assert_eq!(clean_title(text).as_deref(), expected, "{text:?}");
        }
        let title = clean_title(&long).expect("a title");
        assert_eq!(
            (title.chars().count(), title.chars().last()),
            (TITLE_MAX_CHARS, Some('…'))
        );
        assert_eq!(site_of(None, "https://www.example.org/x"), "example.org");
        assert_eq!(
            site_of(Some("The Example"), "https://www.example.org/x"),
            "The Example"
        );
    }
}
