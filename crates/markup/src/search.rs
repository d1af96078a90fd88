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

/// Longest result in bytes. 16 KiB of Chinese make 38 KiB; only single signs that stand for whole sentences make more.
pub const MAX_SEARCH_TEXT_BYTES: usize = 65_536;

/// Marks in a row that are kept (vowel signs of Indic and Thai); no word has more, decorated text has hundreds.
const MAX_MARKS: usize = 3;

/// The text as search sees it.
pub fn search_text(text: &str) -> String {
    let mut words = Words::default();
    let text = without_mentions(text);
    let characters = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|character| !is_accent(*character))
        .map(|character| if character == '\u{200B}' { ' ' } else { character })
        .filter(|character| !is_invisible(*character))
        .flat_map(|character| fold(character).chain())
        // Hangul and voiced kana must be whole again before they are paired.
        .nfc();
    for character in characters {
        if words.searchable.len() >= MAX_SEARCH_TEXT_BYTES - 16 {
            break;
        }
        words.push(character);
    }
    words.end_run();
    words.searchable
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
