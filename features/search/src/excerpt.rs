//! The place in a text that was found, with the hits marked. Pure; work is bounded by the text and the query.

use crate::{model::EXCERPT_MAX_CHARS, query::Phrase, wire::ExcerptPart, words::cut};
use markup::{SearchSpan, is_single_cjk, search_spans};
use std::ops::Range;

/// Characters that are shown before the first hit.
const BEFORE_CHARS: usize = 60;

/// A stretch of the text around its first hit, in parts; white space is collapsed.
pub(crate) fn excerpt(text: &str, phrases: &[Phrase]) -> Vec<ExcerptPart> {
    let hits = hits(text, phrases);
    let window = window(text, hits.first().map_or(0, |hit| hit.start));
    let mut parts = Parts::default();
    if window.start > 0 {
        parts.push("…", false);
    }
    let mut at = window.start;
    for hit in hits {
        let hit = hit.start.max(at)..hit.end.min(window.end);
        if hit.is_empty() {
            continue;
        }
        parts.push(&text[at..hit.start], false);
        parts.push(&text[hit.clone()], true);
        at = hit.end;
    }
    parts.push(&text[at..window.end], false);
    if window.end < text.len() {
        parts.push("…", false);
    }
    parts.done
}

/// Where the phrases stand, in order, without overlaps.
fn hits(text: &str, phrases: &[Phrase]) -> Vec<Range<usize>> {
    let mut spans = search_spans(text);
    for span in &mut spans {
        span.word = cut(&span.word);
    }
    let mut hits: Vec<Range<usize>> = Vec::new();
    for phrase in phrases {
        match phrase.words.as_slice() {
            [single] if is_single_cjk(single) => hits.extend(
                text.match_indices(single.as_str())
                    .map(|(at, found)| at..at + found.len()),
            ),
            words => hits.extend(
                spans
                    .windows(words.len().max(1))
                    .filter(|window| is_phrase(window, phrase))
                    .map(|window| window[0].range.start..window[window.len() - 1].range.end),
            ),
        }
    }
    hits.sort_unstable_by_key(|hit| (hit.start, hit.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(hits.len());
    for hit in hits {
        match apart.last_mut() {
            Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
            _ => apart.push(hit),
        }
    }
    apart
}

fn is_phrase(window: &[SearchSpan], phrase: &Phrase) -> bool {
    let last = phrase.words.len() - 1;
    window
        .iter()
        .zip(&phrase.words)
        .enumerate()
        .all(|(idx, (span, word))| {
            span.word == *word || idx == last && phrase.is_prefix && span.word.starts_with(word.as_str())
        })
}

/// The bytes that are shown, cut at spaces where one is near.
fn window(text: &str, first_hit: usize) -> Range<usize> {
    let mut start = text[..first_hit]
        .char_indices()
        .rev()
        .nth(BEFORE_CHARS)
        .map_or(0, |(at, _)| at);
    if start > 0
        && let Some(space) = text[start..first_hit].find(char::is_whitespace)
    {
        start += space;
    }
    let mut end = text[start..]
        .char_indices()
        .nth(EXCERPT_MAX_CHARS)
        .map_or(text.len(), |(at, _)| start + at);
    if end < text.len()
        && let Some(space) = text[start..end].rfind(char::is_whitespace)
        && start + space > first_hit + (end - first_hit) / 2
    {
        end = start + space;
    }
    start..end
}

#[derive(Default)]
struct Parts {
    done: Vec<ExcerptPart>,
    /// Whether the text so far ends with a space, or is empty.
    is_after_space: bool,
}

impl Parts {
    fn push(&mut self, text: &str, hit: bool) {
        let mut kept = String::with_capacity(text.len());
        for character in text.chars() {
            let is_space = character.is_whitespace();
            if is_space && !self.is_after_space && !(self.done.is_empty() && kept.is_empty()) {
                kept.push(' ');
            } else if !is_space {
                kept.push(character);
            }
            self.is_after_space = is_space;
        }
        match self.done.last_mut() {
            _ if kept.is_empty() => {}
            Some(last) if last.hit == hit => last.text.push_str(&kept),
            _ => self.done.push(ExcerptPart { text: kept, hit }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    /// Hits stand between brackets.
    fn shown(text: &str, query: &str) -> String {
        let phrases = Query::read(query).unwrap().wanted;
        excerpt(text, &phrases)
            .into_iter()
            .map(|part| {
                if part.hit {
                    format!("[{}]", part.text)
                } else {
                    part.text
                }
            })
            .collect()
    }

    #[test]
    fn hits_are_marked_as_they_were_written() {
        for (text, query, expected) in [
            ("Old Häfen, new", "hafen ", "Old [Häfen], new"),
            ("harbours and a harbour", "harb", "[harbours] and a [harbour]"),
            ("harbours and a harbour", "harbour ", "harbours and a [harbour]"),
            ("one two three", "\"two three\"", "one [two three]"),
            ("two, then two three", "\"two three\"", "two, then [two three]"),
            ("我住在東京都内", "東京都 ", "我住在[東京都]内"),
            ("京都と東京", "京 ", "[京]都と東[京]"),
            ("a  b\n\n\tc", "", "a b c"),
            ("", "x", ""),
            ("aa ab", "aa ab", "[aa] [ab]"),
        ] {
            assert_eq!(shown(text, query), expected, "{text} / {query}");
        }
    }

    #[test]
    fn a_long_text_is_cut_around_the_hit() {
        let text = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let found = shown(&text, "needle ");
        assert!(
            found.starts_with("… hay") && found.contains("[needle]") && found.ends_with("straw…"),
            "{found}"
        );
        assert!(found.chars().count() <= EXCERPT_MAX_CHARS + 4, "{found}");
        let solid = "x".repeat(5_000);
        assert_eq!(shown(&solid, "nothing ").chars().count(), EXCERPT_MAX_CHARS + 1);
        let wide = "漢".repeat(5_000);
        assert!(shown(&wide, "漢字").ends_with('…'));
    }
}
