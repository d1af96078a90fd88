//! Where a link may lead.
//!
//! Allowed: http and https with a host, mailto, and a path of our own that begins with exactly one slash. Refused by
//! shape, not by a list of bad schemes. An answer holds no control, format or white-space character, no quote and no
//! angle bracket, so that it is harmless in every place where an address is written.

use crate::unicode::is_hidden_or_directional;

/// The address as it may be used in a link, or `None` if it must be shown as text only.
pub fn safe_href(address: &str) -> Option<String> {
    let is_refused =
        |character: char| character.is_control() || character == '\\' || is_hidden_or_directional(character);
    if address.chars().any(is_refused) || !is_allowed_shape(address) {
        return None;
    }
    let mut href = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '"' | '<' | '>' | '`' | '\'' => push_encoded(character, &mut href),
            space if space.is_whitespace() => push_encoded(space, &mut href),
            other => href.push(other),
        }
    }
    Some(href)
}

/// Whether an address is a path of our own: `/c/…`, but neither `//other.example` nor `/\other.example`.
pub(crate) fn is_own_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

fn is_allowed_shape(address: &str) -> bool {
    if is_own_path(address) {
        return true;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        // `https:host` and `https:///host` mean different things to different programs.
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| host.starts_with(|first: char| first.is_alphanumeric() || first == '[')),
        "mailto" => !rest.is_empty() && !rest.starts_with(['/', '?']),
        _ => false,
    }
}

fn push_encoded(character: char, href: &mut String) {
    let mut buffer = [0; 4];
    for byte in character.encode_utf8(&mut buffer).bytes() {
        href.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(safe_href(address).as_deref(), expected, "{address:?}");
    }

    #[test]
    fn only_web_mail_and_own_paths_are_allowed() {
        check("https://example.org/a?b=c#d", Some("https://example.org/a?b=c#d"));
        check("HTTP://Example.org", Some("HTTP://Example.org"));
        check("https://[::1]:8080/", Some("https://[::1]:8080/"));
        check("https://例え.jp/ä", Some("https://例え.jp/ä"));
        check("mailto:ada@example.org", Some("mailto:ada@example.org"));
        check("/c/1?at=2", Some("/c/1?at=2"));
        check("/a b\"<c>'`", Some("/a%20b%22%3Cc%3E%27%60"));
        check("/a\u{A0}b", Some("/a%C2%A0b"));
        for refused in [
            "",
            "a",
            "a/b",
            "#a",
            "?a",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.b",
            "blob:https://a",
            "tel:1",
            "http:evil",
            "http:/evil",
            "http:///evil",
            "http:",
            "https://",
            "https://\u{202E}a",
            "https://a\u{200B}b",
            "mailto:",
            "mailto:\u{0}a",
            "/a\u{7f}",
            "/\u{1}",
            "http://a\r\nb",
            "\u{1}javascript:x",
            "https://@evil",
        ] {
            check(refused, None);
        }
    }
}
