//! The quick look that spares most messages the Markdown parser.
//!
//! Invariant: "surely plain" means that the parser would find only paragraphs and breaks and change no character; a
//! property test compares both ways. When in doubt it says no, which costs some microseconds and nothing else.

/// Longer than any name of an emoji.
const MAX_EMOJI_NAME: usize = 64;

/// Whether the text surely holds no markup: no Markdown, no bare link or address, no mention, no control character.
pub(crate) fn is_surely_plain(text: &str) -> bool {
    if text.contains("www.") || text.contains(crate::prepare::MARK) {
        return false;
    }
    let bytes = text.as_bytes();
    let has_syntax = bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'*' | b'_' | b'~' | b'`' | b'[' | b'<' | b'\\' | b'&' | b'|' | b'@' | b'$' => true,
        b':' => bytes[at + 1..].starts_with(b"//") || may_name_an_emoji(&bytes[at + 1..]),
        b'\n' | b'\t' => false,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        0..=31 | 127 => true,
        _ => false,
    });
    !has_syntax && !text.lines().any(may_begin_a_block)
}

/// Whether another colon ends a name that begins here.
fn may_name_an_emoji(bytes: &[u8]) -> bool {
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let len = bytes.iter().take_while(is_of_name).take(MAX_EMOJI_NAME).count();
    len > 0 && bytes.get(len) == Some(&b':')
}

fn may_begin_a_block(line: &str) -> bool {
    let content = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - content.len()];
    if !content.is_empty() && (indent.len() >= 4 || indent.contains('\t')) {
        return true;
    }
    match content.bytes().next() {
        Some(b'#' | b'>' | b'-' | b'+' | b'=' | b':') => true,
        Some(b'0'..=b'9') => content
            .trim_start_matches(|character: char| character.is_ascii_digit())
            .starts_with(['.', ')']),
        _ => false,
    }
}
