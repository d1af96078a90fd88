//! What the search index holds of a text, and what a query is turned into: the same function for both.
//!
//! Lower-case words divided by single spaces, without accents and punctuation. Chinese, Japanese and Korean are written
//! without spaces, so that a run of them becomes overlapping pairs (`東京都` → `東京 京都`), which every full-text index
//! can find. Invariants: applying it twice changes nothing; the result is at most [`MAX_SEARCH_TEXT_BYTES`] long.
//! Does not know Markdown, except that mentions are left out: the ids of people are not words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::mention::mention_at;
use crate::unicode::{is_accent, is_cjk, is_invisible};
use std::ops::Range;

/// Longest result in bytes. 16 KiB of Chinese make 38 KiB; only single signs that stand for whole sentences make more.
pub const MAX_SEARCH_TEXT_BYTES: usize = 65_536;

/// Marks in a row that are kept (vowel signs of Indic and Thai); no word has more, decorated text has hundreds.
const MAX_MARKS: usize = 3;

/// The text as search sees it.
pub fn search_text(text: &str) -> String {
    let mut words = Words::default();
    let text = without_mentions(text);
    for character in folded(text.chars()) {
        if words.searchable.len() >= MAX_SEARCH_TEXT_BYTES - 16 {
            break;
        }
        words.push(character);
    }
    words.end_run();
    words.searchable
}

/// Characters without case, accents and invisible marks.
fn folded(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    characters
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|character| !is_accent(*character))
        .map(|character| if character == '\u{200B}' { ' ' } else { character })
        .filter(|character| !is_invisible(*character))
        .flat_map(|character| fold(character).chain())
        // Hangul and voiced kana must be whole again before they are paired.
        .nfc()
}

fn without_mentions(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, _) in text.match_indices("<@") {
        if let Some((_, len)) = mention_at(&text[at..]) {
            kept.push_str(&text[copied..at]);
            kept.push(' ');
            copied = at + len;
        }
    }
    kept.push_str(&text[copied..]);
    kept
}

/// A letter that Unicode does not take apart, as people type it who do not have it on their keyboard.
struct Folded(char, Option<char>);

impl Folded {
    fn chain(self) -> impl Iterator<Item = char> {
        std::iter::once(self.0).chain(self.1)
    }
}

fn fold(character: char) -> Folded {
    match character {
        'ß' => Folded('s', Some('s')),
        'æ' => Folded('a', Some('e')),
        'œ' => Folded('o', Some('e')),
        'þ' => Folded('t', Some('h')),
        'ø' => Folded('o', None),
        'đ' | 'ð' => Folded('d', None),
        'ł' => Folded('l', None),
        'ı' => Folded('i', None),
        'ς' => Folded('σ', None),
        other => Folded(other, None),
    }
}

#[derive(Default)]
struct Words {
    searchable: String,
    is_in_word: bool,
    n_marks: usize,
    /// The last character of a run that is being paired, and whether it was already written as part of a pair.
    pair: Option<(char, bool)>,
}

impl Words {
    fn push(&mut self, character: char) {
        if is_cjk(character) {
            self.is_in_word = false;
            self.push_cjk(character);
        } else if is_combining_mark(character) {
            self.push_mark(character);
        } else {
            self.end_run();
            if character.is_alphanumeric() {
                self.push_letter(character);
            } else {
                self.is_in_word = false;
            }
        }
    }

    fn push_letter(&mut self, character: char) {
        if !self.is_in_word {
            self.begin_word();
        }
        self.is_in_word = true;
        self.n_marks = 0;
        self.searchable.push(character);
    }

    fn push_mark(&mut self, mark: char) {
        if self.is_in_word && self.n_marks < MAX_MARKS {
            self.n_marks += 1;
            self.searchable.push(mark);
        }
    }

    fn push_cjk(&mut self, character: char) {
        if let Some((previous, _)) = self.pair {
            self.begin_word();
            self.searchable.extend([previous, character]);
        }
        self.pair = Some((character, self.pair.is_some()));
    }

    fn end_run(&mut self) {
        if let Some((single, false)) = self.pair.take() {
            self.begin_word();
            self.searchable.push(single);
        }
    }

    fn begin_word(&mut self) {
        if !self.searchable.is_empty() {
            self.searchable.push(' ');
        }
    }
}

/// A word of [`search_text`] and the bytes of the text in which it stands. Pairs of Chinese characters overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSpan {
    /// Where it stands.
    pub range: Range<usize>,
    /// The word as search sees it.
    pub word: String,
}

/// The words of a text with their places, for marking what was found. Each character is folded by itself, so that a
/// letter and an accent that are typed as two characters may stand in two words where [`search_text`] sees one.
pub fn search_spans(text: &str) -> Vec<SearchSpan> {
    let mut spans = Spans::default();
    for (at, character) in text.char_indices() {
        let range = at..at + character.len_utf8();
        let mut is_drawn = false;
        for character in folded(std::iter::once(character)) {
            is_drawn = true;
            spans.push(character, &range);
        }
        if !is_drawn {
            spans.stretch(range.end);
        }
    }
    spans.end_run();
    spans.end_word();
    spans.found
}

/// True for a word that is one character of a script written without spaces.
pub fn is_single_cjk(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(is_cjk) && characters.next().is_none()
}

#[derive(Default)]
struct Spans {
    found: Vec<SearchSpan>,
    word: Option<SearchSpan>,
    n_marks: usize,
    /// As in [`Words`], with the place of the character.
    pair: Option<(char, Range<usize>, bool)>,
}

impl Spans {
    fn push(&mut self, character: char, range: &Range<usize>) {
        if is_cjk(character) {
            self.end_word();
            self.push_cjk(character, range);
        } else if is_combining_mark(character) {
            if let Some(word) = self.word.as_mut().filter(|_| self.n_marks < MAX_MARKS) {
                word.word.push(character);
                self.n_marks += 1;
            }
            self.stretch(range.end);
        } else {
            self.end_run();
            if character.is_alphanumeric() {
                self.push_letter(character, range);
            } else {
                self.end_word();
            }
        }
    }

    fn push_letter(&mut self, character: char, range: &Range<usize>) {
        let word = self.word.get_or_insert_with(|| SearchSpan {
            range: range.clone(),
            word: String::new(),
        });
        word.word.push(character);
        word.range.end = range.end;
        self.n_marks = 0;
    }

    fn push_cjk(&mut self, character: char, range: &Range<usize>) {
        if let Some((previous, from, _)) = &self.pair {
            self.found.push(SearchSpan {
                range: from.start..range.end,
                word: [*previous, character].iter().collect(),
            });
        }
        self.pair = Some((character, range.clone(), self.pair.is_some()));
    }

    /// An accent belongs to what it stands on.
    fn stretch(&mut self, end: usize) {
        if let Some(word) = &mut self.word {
            word.range.end = end;
        }
    }

    fn end_word(&mut self) {
        self.found.extend(self.word.take());
    }

    fn end_run(&mut self) {
        if let Some((single, range, false)) = self.pair.take() {
            self.found.push(SearchSpan {
                range,
                word: single.to_string(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_spans_are_those_of_the_text() {
        for text in [
            "",
            "Déjà-vu, naïve STRASSE Straße",
            "東京都 and Kyoto 京",
            "我爱Rust语言",
            "한국어 ﾊﾝｶｸ ㍿",
            "नमस्ते สวัสดี",
            "a\u{200B}b c\u{AD}d",
        ] {
            let spans = search_spans(text);
            let words: Vec<&str> = spans.iter().map(|span| span.word.as_str()).collect();
            assert_eq!(words.join(" "), search_text(text), "{text}");
        }
    }

    #[test]
    fn a_span_is_where_the_word_stands() {
        let text = "Ein café, 東京都!";
        let found: Vec<&str> = search_spans(text)
            .iter()
            .map(|span| &text[span.range.clone()])
            .collect();
        assert_eq!(found, ["Ein", "café", "東京", "京都"]);
        assert!(is_single_cjk("京") && !is_single_cjk("京都") && !is_single_cjk("k"));
    }
}
