//! Makes a text ready for the Markdown parser: marks the mentions, and stops bombs of nesting and of bare links.
//!
//! All is done with one character that no text may hold, the noncharacter U+FDD0: it is replaced in the source
//! first, and removed from every string of the tree at the end. A mention becomes `·<·@ID>·`. Marked in the source, it is known
//! from `\<@ID>` and `&lt;@ID>`, which are the same text after parsing; as `<` stays, no bare link swallows it; and the
//! outer marks count as letters, so that `hi**<@ID>**` is bold. Where a bare link inside of a spoiler would swallow the
//! bars that end it, a tab ends the link and the marks behind it let the bars close. Invariant: no mark is put where it could make or break
//! a block other than the nesting which it is to break.

use crate::mention::mention_at;

/// The mark; a Unicode noncharacter, so that no honest text holds it.
pub(crate) const MARK: char = '\u{FDD0}';

/// Quote and list signs at the beginning of one line before the next one counts as text. The tree ends at 32 anyway;
/// the parser however walks down all open blocks at each line, which thousands of them make slow.
const MAX_LINE_NESTING: usize = 40;

/// Beginnings of bare links (`://`, `www.`) in a row without white space before the next one counts as text. For each,
/// the parser looks for the end of the row, also when `<` then ends the link at once (comrak 0.59, `autolink.rs`):
/// `http://a<http://a<…` takes time with the square of its length.
const MAX_LINKS_IN_A_ROW: usize = 32;

/// The end of a bare link in front of bars: white space for the link, a letter for the bars.
pub(crate) const LINK_END: &str = "\t\u{FDD0}\u{FDD0}";

pub(crate) fn prepare(text: &str) -> String {
    let unmarked = text.replace(MARK, "\u{FFFD}");
    let unmarked = if has_spoilers(&unmarked) {
        end_links_at_bars(&unmarked)
    } else {
        unmarked
    };
    let mut clean = String::with_capacity(unmarked.len() + 64);
    for row in unmarked.split_inclusive(|character: char| character.is_ascii_whitespace()) {
        break_excess_links(row, &mut clean);
    }
    let mut prepared = String::with_capacity(clean.len() + 64);
    for line in clean.split_inclusive(['\n', '\r']) {
        match find_excess_nesting(line) {
            Some(at) => {
                mark_mentions(&line[..at], &mut prepared);
                prepared.push(MARK);
                mark_mentions(&line[at..], &mut prepared);
            }
            None => mark_mentions(line, &mut prepared),
        }
    }
    prepared
}

/// Whether `||` hides something in this text: in a table it is an empty cell.
pub(crate) fn has_spoilers(text: &str) -> bool {
    text.contains("||") && !text.lines().any(may_divide_a_table)
}

/// The line under the head of a table, such as `|-|:-:|`.
fn may_divide_a_table(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|character| "|:-> \t".contains(character))
}

/// Where the second of two bars stands in a bare link. Bars without others before them in the paragraph are part of the
/// address, as they are in one that is written in brackets.
fn end_links_at_bars(text: &str) -> String {
    let mut ended = String::with_capacity(text.len() + 16);
    let mut is_hidden = false;
    for row in text.split_inclusive(|character: char| character.is_ascii_whitespace()) {
        let link = ["://", "www."].iter().filter_map(|begin| row.find(begin)).min();
        let is_in_brackets = link.is_some_and(|at| {
            let before = row[..at].trim_end_matches(|character: char| character.is_ascii_alphabetic());
            before.ends_with("](") || before.ends_with('<')
        });
        let mut copied = 0;
        for (at, _) in row.match_indices("||") {
            if is_hidden && !is_in_brackets && link.is_some_and(|link| link < at) {
                ended.push_str(&row[copied..at]);
                ended.push_str(LINK_END);
                copied = at;
            }
            is_hidden = !is_hidden;
        }
        ended.push_str(&row[copied..]);
        // A blank line ends the paragraph.
        is_hidden &= !(row == "\n" && ended.ends_with("\n\n"));
    }
    ended
}

fn break_excess_links(row: &str, prepared: &mut String) {
    let beginnings = row.match_indices("://").chain(row.match_indices("www."));
    let mut breaks: Vec<usize> = beginnings.map(|(at, _)| at + 1).collect();
    breaks.sort_unstable();
    let mut copied = 0;
    for at in breaks.into_iter().skip(MAX_LINKS_IN_A_ROW) {
        prepared.push_str(&row[copied..at]);
        prepared.push(MARK);
        copied = at;
    }
    prepared.push_str(&row[copied..]);
}

fn mark_mentions(line: &str, prepared: &mut String) {
    let mut copied = 0;
    for (at, _) in line.match_indices("<@") {
        let Some((_, len)) = mention_at(&line[at..]) else {
            continue;
        };
        let n_backslashes = line[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if n_backslashes % 2 == 1 {
            continue;
        }
        prepared.push_str(&line[copied..at]);
        prepared.extend([MARK, '<', MARK]);
        prepared.push_str(&line[at + 1..at + len]);
        prepared.push(MARK);
        copied = at + len;
    }
    prepared.push_str(&line[copied..]);
}

/// Where the sign stands that would nest too deep, as a byte position.
fn find_excess_nesting(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut depth = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b' ' | b'\t') {
            at += 1;
            continue;
        }
        let sign_len = nesting_sign_len(&bytes[at..])?;
        if depth == MAX_LINE_NESTING {
            return (!is_thematic_break(&bytes[at..])).then_some(at);
        }
        depth += 1;
        at += sign_len;
    }
    None
}

fn nesting_sign_len(bytes: &[u8]) -> Option<usize> {
    let len = match bytes[0] {
        b'>' => return Some(1),
        b'-' | b'+' | b'*' => 1,
        b'0'..=b'9' => {
            let n_digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            matches!(bytes.get(n_digits), Some(b'.' | b')')).then_some(n_digits + 1)?
        }
        _ => return None,
    };
    matches!(bytes.get(len), None | Some(b' ' | b'\t' | b'\n' | b'\r')).then_some(len)
}

/// A line such as `- - - -` draws a line and nests nothing.
fn is_thematic_break(bytes: &[u8]) -> bool {
    matches!(bytes[0], b'-' | b'*')
        && bytes
            .iter()
            .all(|byte| *byte == bytes[0] || matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_nesting(line: &str, expected: Option<usize>) {
        assert_eq!(find_excess_nesting(line), expected, "{line:?}");
    }

    #[test]
    fn only_the_beginning_of_a_line_can_nest() {
        check_nesting("", None);
        check_nesting("> a", None);
        check_nesting(&">".repeat(40), None);
        check_nesting(&">".repeat(41), Some(40));
        check_nesting(&format!("{}a", "- ".repeat(50)), Some(80));
        check_nesting(&"- ".repeat(50), None);
        check_nesting(&"-".repeat(50), None);
        check_nesting(&"1. ".repeat(50), Some(120));
        check_nesting(&format!("a {}", ">".repeat(50)), None);
    }
}
