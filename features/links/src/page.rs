//! What a page says of itself, from its head.
//!
//! Invariants: reads no further than the body; linear in the bytes it is given, whatever they are; runs nothing and
//! asks for nothing. Its words are as they stand there: `model` makes them harmless.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Where the standard of HTML looks for the charset of a page (WHATWG HTML 13.2.3.2).
const CHARSET_WITHIN_BYTES: usize = 1024;

/// What stands in the head of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// What it wants to be called elsewhere, else its title.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The name of the whole site.
    pub site: Option<String>,
    /// Where its picture is, as it stands there.
    pub picture: Option<String>,
    /// It does not want to be shown elsewhere.
    pub is_shy: bool,
}

/// Reads the beginning of a page.
pub fn read(bytes: &[u8], content_type: &str) -> Head {
    let text = decode(bytes, content_type);
    let mut emitter = DefaultEmitter::default();
    // Script, style and title are read as such, as a browser would.
    emitter.naively_switch_states(true);
    let mut found = Found::default();
    let mut is_title = false;
    for token in Tokenizer::new_with_emitter(text.as_str(), emitter) {
        // Reading from memory cannot fail, and the type says so.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"body" => break,
                b"title" => is_title = found.title.is_none(),
                b"meta" => found.meta(&tag),
                _ => {}
            },
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"head" => break,
                b"title" => is_title = false,
                _ => {}
            },
            Token::String(text) if is_title => {
                let title = found.title.get_or_insert_default();
                title.push_str(&String::from_utf8_lossy(&text));
            }
            _ => {}
        }
    }
    found.into_head()
}

/// By its mark, by the header, by what it says itself; what says nothing and is no UTF-8 is from the old days.
fn decode(bytes: &[u8], content_type: &str) -> String {
    let said = charset_in(content_type.as_bytes())
        .or_else(|| charset_in(&bytes[..bytes.len().min(CHARSET_WITHIN_BYTES)]))
        .unwrap_or_else(|| match is_utf8(bytes) {
            true => UTF_8,
            false => WINDOWS_1252,
        });
    said.decode(bytes).0.into_owned()
}

/// A page that was cut may end within a letter.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// The label after `charset=`, in a header or in a tag.
fn charset_in(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"charset";
    let lower = bytes.to_ascii_lowercase();
    let at = lower.windows(KEY.len()).position(|part| part == KEY)? + KEY.len();
    let rest = lower[at..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let n_bytes = rest.iter().take_while(|byte| is_label(byte)).count();
    Encoding::for_label(&rest[..n_bytes])
}

/// Whether a page, in a header or a tag, asks not to be shown elsewhere: `none`, `noindex` or `nosnippet`, for everybody.
pub fn is_shy(robots: &str) -> bool {
    robots
        .split(',')
        .map(|word| word.trim().to_ascii_lowercase())
        .any(|word| matches!(word.as_str(), "none" | "noindex" | "nosnippet"))
}

/// Everything that may become part of a head; the first of each wins.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    og_title: Option<String>,
    twitter_title: Option<String>,
    description: Option<String>,
    og_description: Option<String>,
    twitter_description: Option<String>,
    site: Option<String>,
    og_picture: Option<String>,
    twitter_picture: Option<String>,
    is_shy: bool,
}

impl Found {
    fn meta(&mut self, tag: &StartTag<()>) {
        let value = |name: &[u8]| {
            let value = tag.attributes.get(name)?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        let Some(content) = value(b"content") else {
            return;
        };
        for name in [value(b"property"), value(b"name")].into_iter().flatten() {
            let field = match name.trim().to_ascii_lowercase().as_str() {
                "og:title" => &mut self.og_title,
                "og:description" => &mut self.og_description,
                "og:site_name" => &mut self.site,
                "og:image" | "og:image:url" | "og:image:secure_url" => &mut self.og_picture,
                "twitter:title" => &mut self.twitter_title,
                "twitter:description" => &mut self.twitter_description,
                "twitter:image" | "twitter:image:src" => &mut self.twitter_picture,
                "description" => &mut self.description,
                "robots" => {
                    self.is_shy |= is_shy(&content);
                    continue;
                }
                _ => continue,
            };
            if field.is_none() && !content.trim().is_empty() {
                *field = Some(content.clone());
            }
        }
    }

    fn into_head(self) -> Head {
        Head {
            title: self.og_title.or(self.twitter_title).or(self.title),
            description: self
                .og_description
                .or(self.twitter_description)
                .or(self.description),
            site: self.site,
            picture: self.og_picture.or(self.twitter_picture),
            is_shy: self.is_shy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn title(page: &[u8], content_type: &str) -> Option<String> {
        read(page, content_type).title
    }

    #[test]
    fn a_head_is_read_as_it_was_meant() {
        let page = br#"<!DOCTYPE html><html><head><meta charset=utf-8><title>Plain &amp; simple</title>
            <script>document.write("<meta property=og:title content=no>")</script>
            <meta property="og:title" content="For &quot;others&quot;"><meta property="og:title" content="second">
            <meta name=description content="What it is about"><META NAME='Twitter:Image' CONTENT=/a.png>
            <meta property="og:site_name" content="A site"></head>
            <body><meta property="og:description" content="no"><title>no</title>"#;
        assert_eq!(
            read(page, "text/html"),
            Head {
                title: Some("For \"others\"".to_owned()),
                description: Some("What it is about".to_owned()),
                site: Some("A site".to_owned()),
                picture: Some("/a.png".to_owned()),
                is_shy: false,
            }
        );
        assert_eq!(
            title(b"<title>a <b>c</b></title>", ""),
            Some("a <b>c</b>".to_owned())
        );
        assert_eq!(title(b"<body><title>late</title>", ""), None);
        assert_eq!(title(b"<title>cut o", ""), Some("cut o".to_owned()));
        assert_eq!(read(b"", "text/html"), Head::default());
    }

    #[test]
    fn a_charset_is_found_where_it_is_said() {
        let umlaut = "<title>für</title>";
        let latin = b"<title>f\xfcr</title>";
        for (page, content_type) in [
            (umlaut.as_bytes().to_vec(), "text/html"),
            (umlaut.as_bytes().to_vec(), "text/html; charset=UTF-8"),
            (umlaut.as_bytes().to_vec(), "text/html; charset=never-heard-of"),
            (latin.to_vec(), "text/html; charset=\"iso-8859-1\""),
            (latin.to_vec(), "text/html"),
            ([b"<meta charset='latin1'>", &latin[..]].concat(), "text/html"),
            (
                [
                    b"<meta http-equiv=content-type content='text/html; charset=windows-1252'>",
                    &latin[..],
                ]
                .concat(),
                "",
            ),
            // A mark at the beginning is stronger than a wrong word.
            (
                [b"\xef\xbb\xbf", umlaut.as_bytes()].concat(),
                "text/html; charset=latin1",
            ),
        ] {
            assert_eq!(
                title(&page, content_type).as_deref(),
                Some("für"),
                "{content_type}"
            );
        }
        // A wrong word gives wrong letters and nothing worse.
        assert!(title(umlaut.as_bytes(), "text/html; charset=shift_jis").is_some());
        let cut = "<title>ü</title>ü".as_bytes();
        assert_eq!(title(&cut[..cut.len() - 1], "").as_deref(), Some("ü"));
    }

    #[test]
    fn who_does_not_want_to_be_shown_says_so() {
        for (robots, expected) in [
            ("none", true),
            ("NoIndex, follow", true),
            ("nosnippet", true),
            ("max-snippet:20", false),
            ("all", false),
            ("otherbot: none", false),
        ] {
            assert_eq!(is_shy(robots), expected, "{robots}");
            let page = format!("<meta name=robots content='{robots}'>");
            assert_eq!(read(page.as_bytes(), "").is_shy, expected, "{robots}");
        }
    }

    #[test]
    fn the_worst_pages_are_read_in_time() {
        let attributes: String = (0..60_000).map(|n| format!(" a{n}")).collect();
        for page in [
            format!("<meta{attributes}>"),
            "<".repeat(500_000),
            "<!--".repeat(125_000),
            "<meta content=\"".repeat(30_000),
            "&amp".repeat(125_000),
            format!("<title>{}", "x".repeat(500_000)),
            format!("<title>{}", "&#x202e;".repeat(60_000)),
            "<title>".repeat(70_000),
            "</title".repeat(70_000),
        ] {
            let before = Instant::now();
            let _ = read(page.as_bytes(), "text/html; charset=utf-8");
            assert!(
                before.elapsed() < Duration::from_secs(15),
                "{:?}: {}",
                before.elapsed(),
                &page[..20]
            );
        }
    }
}
